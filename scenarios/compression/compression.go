package compression

import (
	"fmt"
	"log"
	"time"

	"kstep/tracer/kafka"
)

// Sends one click in a quiet hour, then two hundred in a busy one.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"compression.type":  "gzip",
		"linger.ms":         1000})
	if err != nil {
		log.Fatal(err)
	}

	topic, hour := "clicks", time.Date(2026, time.January, 2, 15, 0, 0, 0, time.UTC)
	reports := make(chan kafka.Event, 201)
	send := func(value string) {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
			Timestamp:      hour,
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	send("user 7 opened the basket")
	p.Flush(15_000)
	time.Sleep(200 * time.Millisecond)

	for user := range 200 {
		send(fmt.Sprintf("user %d opened the basket", user))
	}
	p.Flush(15_000)
}
