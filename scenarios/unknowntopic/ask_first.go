package unknowntopic

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Asks for the topic, which is misspelt, and sends an order to it all the same.
func askFirst() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":                 "localhost:9092",
		"topic.metadata.propagation.max.ms": 2_000})
	if err != nil {
		log.Fatal(err)
	}

	topic := "oders" // the broker has orders
	known, err := p.GetMetadata(&topic, false, 15_000)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("metadata:", known.Topics[topic].Error)

	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte("two pizzas"),
	}, reports)
	if err != nil {
		log.Fatal(err)
	}
	p.Flush(15_000)
	report := (<-reports).(*kafka.Message)
	fmt.Println("report:", report.TopicPartition.Error)
}
