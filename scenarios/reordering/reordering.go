package reordering

import (
	"log"

	"kstep/tracer/kafka"
)

// Sends A, B and C, each in a request of its own.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":  "localhost:9092",
		"linger.ms":          0,
		"batch.num.messages": 1})
	if err != nil {
		log.Fatal(err)
	}

	topic := "letters"
	reports := make(chan kafka.Event, 3)
	for _, value := range []string{"A", "B", "C"} {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}
