package exitwithoutflush

import (
	"log"
	"time"

	"kstep/tracer/kafka"
)

// The same, with Close() deferred.
func deferClose() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms":         10_000})
	if err != nil {
		log.Fatal(err)
	}
	defer p.Close()

	topic := "readings"
	reports := make(chan kafka.Event, 5)
	tick := time.Tick(100 * time.Millisecond)
	for _, value := range []string{"20.1", "20.3", "20.2", "20.4", "20.6"} {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
		<-tick
	}
}
