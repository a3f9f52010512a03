package flushonce

import (
	"log"
	"time"

	"kstep/tracer/kafka"
)

// Produces five readings, 300 ms apart, and flushes after each.
func flushEach() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms":         2_500})
	if err != nil {
		log.Fatal(err)
	}

	topic := "readings"
	reports := make(chan kafka.Event, 5)
	tick := time.Tick(300 * time.Millisecond)
	for _, value := range []string{"20.1", "20.3", "20.2", "20.4", "20.6"} {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
		if left := p.Flush(15_000); left > 0 {
			log.Fatalf("%d still waiting", left)
		}
		<-tick
	}
}
