package oneproducer

import (
	"log"
	"sync"

	"kstep/tracer/kafka"
)

// Three visitors click twice each, after a first click; all clicks go through
// one producer.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms":         100})
	if err != nil {
		log.Fatal(err)
	}

	topic := "clicks"
	reports := make(chan kafka.Event, 7)
	click := func() {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte("click"),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	click() // connects, and learns the topic
	<-reports

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
