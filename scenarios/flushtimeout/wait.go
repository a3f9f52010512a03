package flushtimeout

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends one message and calls Flush again as long as it is still waiting.
func wait() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092"})
	if err != nil {
		log.Fatal(err)
	}

	topic := "orders"
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte("tea"),
	}, reports)
	if err != nil {
		log.Fatal(err)
	}

	for left := p.Flush(1_000); left > 0; left = p.Flush(1_000) {
		fmt.Println(left, "still waiting")
	}
	fmt.Println("report:", (<-reports).(*kafka.Message).TopicPartition.Error)
}
