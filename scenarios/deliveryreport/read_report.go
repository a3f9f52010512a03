package deliveryreport

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends one message, waits until nothing is left, and reads its report.
func readReport() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092"})
	if err != nil {
		log.Fatal(err)
	}

	topic := "salaries"
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Key:            []byte("ann"),
		Value:          []byte("4200"),
	}, reports)
	if err != nil {
		log.Fatal(err)
	}

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
	report := (<-reports).(*kafka.Message)
	if err := report.TopicPartition.Error; err != nil {
		fmt.Println("not delivered:", err)
		return
	}
	fmt.Println("all sent")
}
