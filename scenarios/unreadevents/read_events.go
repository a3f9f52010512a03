package unreadevents

import (
	"fmt"
	"log"
	"time"

	"kstep/tracer/kafka"
)

// The same, with a goroutine that reads Events().
func readEvents() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms":         1_500})
	if err != nil {
		log.Fatal(err)
	}

	events := p.Events()
	go func() {
		for e := range events {
			if report, ok := e.(*kafka.Message); ok && report.TopicPartition.Error != nil {
				log.Println("not delivered:", report.TopicPartition.Error)
			}
		}
	}()

	topic := "readings"
	tick := time.Tick(100 * time.Millisecond)
	for _, value := range []string{"20.1", "20.3", "20.2", "20.4", "20.6"} {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, nil)
		if err != nil {
			log.Fatal(err)
		}
		<-tick
	}

	left := p.Flush(1_000)
	fmt.Println("left after Flush():", left)
}
