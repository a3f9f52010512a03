package acks

import (
	"fmt"
	"log"
	"strings"

	"kstep/tracer/kafka"
)

// Sends a payment that is larger than the broker takes, and asks for no answer.
func nobodyAsked() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"message.max.bytes": 2_000_000, // the broker takes 1,048,588
		"batch.size":        2_000_000,
		"linger.ms":         1000,
		"acks":              "0"})
	if err != nil {
		log.Fatal(err)
	}

	topic := "payments"
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte(strings.Repeat("10 euro to Bob ", 80_000)),
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
