package flushoverrideslinger

import (
	"log"

	"kstep/tracer/kafka"
)

// Sends one order with a long linger.ms and calls Flush.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms":         1000})
	if err != nil {
		log.Fatal(err)
	}

	topic := "orders"
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte("two pizzas"),
	}, reports)
	if err != nil {
		log.Fatal(err)
	}

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}
