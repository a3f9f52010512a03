package keys

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends five visits, each with the name of its user as the key.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms":         1000})
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
			Key:            []byte(user),
			Value:          []byte("visit"),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}
