package linger

import (
	"log"
	"time"

	"kstep/tracer/kafka"
)

// Sends a message to warm up, then three readings, 200 ms apart.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092"})
	if err != nil {
		log.Fatal(err)
	}

	reports := make(chan kafka.Event, 4)
	send := func(value string) {
		topic := "readings"
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	send("warm-up") // connects, and learns the topic
	p.Flush(15_000)

	const pause = 200 * time.Millisecond
	for _, value := range []string{"20.1", "20.3", "20.2"} {
		time.Sleep(pause)
		send(value)
	}
	time.Sleep(pause)

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}
