package oneproducer

import (
	"log"

	"kstep/tracer/kafka"
)

// Makes a producer for each of seven clicks, and closes it again.
func producerPerMessage() {
	topic := "clicks"
	reports := make(chan kafka.Event, 7)
	click := func() {
		p, err := kafka.NewProducer(&kafka.ConfigMap{
			"bootstrap.servers": "localhost:9092",
			"linger.ms":         100})
		if err != nil {
			log.Fatal(err)
		}
		defer p.Close()

		err = p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte("click"),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
		if left := p.Flush(15_000); left > 0 {
			log.Fatalf("%d still waiting", left)
		}
	}

	for range 7 {
		click()
	}
}
