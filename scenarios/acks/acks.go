package acks

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends one payment and prints where its delivery report says it is.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"acks":              "all"})
	if err != nil {
		log.Fatal(err)
	}

	topic := "payments"
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte("10 euro to Bob"),
	}, reports)
	if err != nil {
		log.Fatal(err)
	}

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
	report := (<-reports).(*kafka.Message)
	fmt.Println("report:", report.TopicPartition)
}
