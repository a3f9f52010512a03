package oneproducer

import (
	"log"
	"sync"

	"kstep/tracer/kafka"
)

// Three visitors click twice each; all clicks go through one producer.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms":         1_000})
	if err != nil {
		log.Fatal(err)
	}

	topic := "clicks"
	reports := make(chan kafka.Event, 6)
	click := func() {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte("click"),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	var visitors sync.WaitGroup
	for range 3 {
		visitors.Go(func() {
			click()
			click()
		})
	}
	visitors.Wait()

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}
