package headers

import (
	"fmt"
	"log"
	"time"

	"kstep/tracer/kafka"
)

// Sends the same event without a header.
func noHeaders() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092"})
	if err != nil {
		log.Fatal(err)
	}

	topic := "events"
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Key:            []byte("alice"),
		Value:          []byte("login"),
		Timestamp:      time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC),
		Opaque:         "task 7",
	}, reports)
	if err != nil {
		log.Fatal(err)
	}
	p.Flush(15_000)

	report := (<-reports).(*kafka.Message)
	fmt.Printf("key: %q\n", report.Key)
	fmt.Printf("value: %q\n", report.Value)
	fmt.Println("headers:", report.Headers)
	fmt.Println("timestamp:", report.TimestampType)
	fmt.Println("opaque:", report.Opaque)
}
