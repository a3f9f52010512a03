// Waits for a report that never comes: Events() gets none of them.
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
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte("mine"),
	}, reports)
	if err != nil {
		log.Fatal(err)
	}

	if report := (<-p.Events()).(*kafka.Message); report.TopicPartition.Error != nil {
		log.Fatal(report.TopicPartition.Error)
	}
	p.Close()
}
