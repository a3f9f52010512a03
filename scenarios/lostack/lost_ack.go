package lostack

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends one message and waits for its delivery report.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092"})
	if err != nil {
		log.Fatal(err)
	}

	topic := "payments"
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte("ann pays 10"),
	}, nil)
	if err != nil {
		log.Fatal(err)
	}

	for e := range p.Events() {
		if report, ok := e.(*kafka.Message); ok {
			fmt.Println("report:", report.TopicPartition.Error)
			break
		}
	}
}
