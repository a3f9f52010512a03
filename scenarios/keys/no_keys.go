package keys

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends five visits without a key; the partitioner leaves nothing to chance.
func noKeys() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms":         1000,
		"partitioner":       "consistent"})
	if err != nil {
		log.Fatal(err)
	}

	topic := "visits"
	known, err := p.GetMetadata(&topic, false, 15_000)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("partitions:", len(known.Topics[topic].Partitions))

	reports := make(chan kafka.Event, 5)
	for _, user := range []string{"alice", "carol", "erin", "alice", "erin"} {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte("visit of " + user),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}
