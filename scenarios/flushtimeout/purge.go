package flushtimeout

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends one message, gives it a second, and then gives it up.
func purge() {
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

	if left := p.Flush(1_000); left > 0 {
		fmt.Println(left, "still waiting")
		if err := p.Purge(kafka.PurgeQueue | kafka.PurgeInFlight); err != nil {
			log.Fatal(err)
		}
		p.Flush(1_000) // until the report is out
	}
	fmt.Println("report:", (<-reports).(*kafka.Message).TopicPartition.Error)
}
