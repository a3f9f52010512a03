package firstmessage

import (
	"log"

	"kstep/tracer/kafka"
)

// Sends two messages and waits for ever: their delivery reports have no room in
// the channel, and nobody reads it.
func unreadReports() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":  "localhost:9092",
		"batch.num.messages": 1}) // a report for each
	if err != nil {
		log.Fatal(err)
	}

	topic := "my_topic"
	reports := make(chan kafka.Event)
	for _, value := range []string{"hello", "again"} {
		err = p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Key:            []byte("key1"),
			Value:          []byte(value),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	if left := p.Flush(1_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}
