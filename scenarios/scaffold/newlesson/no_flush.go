package newlesson

import (
	"log"

	"kstep/tracer/kafka"
)

// TODO(variant): the program with one thing changed, and which thing that is.
func noFlush() {
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
}
