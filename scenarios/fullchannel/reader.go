package fullchannel

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// The same, with a goroutine that reads the channel.
func reader() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":  "localhost:9092",
		"batch.num.messages": 1,
		"max.in.flight":      1})
	if err != nil {
		log.Fatal(err)
	}

	topic := "readings"
	reports := make(chan kafka.Event)
	go func() {
		for e := range reports {
			if report := e.(*kafka.Message); report.TopicPartition.Error != nil {
				log.Println("not delivered:", report.TopicPartition.Error)
			}
		}
	}()
	for _, value := range []string{"20.1", "20.3"} {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	left := p.Flush(1_000)
	fmt.Println("left after Flush():", left)
}
