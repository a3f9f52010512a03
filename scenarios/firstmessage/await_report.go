package firstmessage

import (
	"log"

	"kstep/tracer/kafka"
)

// Sends one message and waits for its delivery report, without Flush.
func awaitReport() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092"})
	if err != nil {
		log.Fatal(err)
	}

	topic := "my_topic"
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Key:            []byte("key1"),
		Value:          []byte("hello"),
	}, reports)
	if err != nil {
		log.Fatal(err)
	}

	report := (<-reports).(*kafka.Message)
	if report.TopicPartition.Error != nil {
		log.Fatal(report.TopicPartition.Error)
	}
}
