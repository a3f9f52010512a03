package main

import (
	"log"

	"kstep/tracer/kafka"
)

func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092"})
	if err != nil {
		log.Fatal(err)
	}

	topic := "my_topic"
	log.Printf("%d waiting; to do: send to %s", p.Len(), topic)
}
