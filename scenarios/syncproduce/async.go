package syncproduce

import (
	"fmt"
	"log"
	"time"

	"kstep/tracer/kafka"
)

// Sends three readings and then waits for all their reports.
func async() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms":         700})
	if err != nil {
		log.Fatal(err)
	}

	topic := "readings"
	reports := make(chan kafka.Event, 3)
	for _, value := range []string{"20.1", "20.3", "20.2"} {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond) // until the next reading
	}

	p.Flush(15_000)
	for range 3 {
		report := (<-reports).(*kafka.Message)
		if report.TopicPartition.Error != nil {
			log.Fatal(report.TopicPartition.Error)
		}
		fmt.Printf("%s is at offset %v\n", report.Value, report.TopicPartition.Offset)
	}
}
