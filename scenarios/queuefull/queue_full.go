package queuefull

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends four jobs through a queue that has room for three.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":            "localhost:9092",
		"linger.ms":                    1000,
		"queue.buffering.max.messages": 3})
	if err != nil {
		log.Fatal(err)
	}

	topic := "jobs"
	if _, err := p.GetMetadata(&topic, false, 15_000); err != nil {
		log.Fatal(err) // no broker, no work
	}

	reports := make(chan kafka.Event, 4)
	for _, job := range []string{"job 1", "job 2", "job 3", "job 4"} {
		message := &kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(job),
		}
		for {
			err := p.Produce(message, reports)
			if err == nil {
				break
			}
			if err.(kafka.Error).Code() != kafka.ErrQueueFull {
				log.Fatal(err)
			}
			fmt.Println(job+":", err)
			p.Flush(15_000) // wait for room, then try again
		}
	}

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}
