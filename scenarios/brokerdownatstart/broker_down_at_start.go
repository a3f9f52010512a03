package brokerdownatstart

import (
	"fmt"
	"log"
	"sync/atomic"

	"kstep/tracer/kafka"
)

// Sends one message while no broker can be reached, and waits for it twice.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":        "localhost:9092",
		"reconnect.backoff.max.ms": 200})
	if err != nil {
		log.Fatal(err)
	}

	var allDown atomic.Bool
	events := p.Events()
	go func() { // errors of the client that concern no message
		for e := range events {
			if err, ok := e.(kafka.Error); ok && err.Code() == kafka.ErrAllBrokersDown {
				allDown.Store(true)
			}
		}
	}()

	topic := "alarms"
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte("door open"),
	}, reports)
	if err != nil {
		log.Fatal(err)
	}

	fmt.Println("left:", p.Flush(500))
	fmt.Println("all brokers down:", allDown.Load())
	fmt.Println("left:", p.Flush(15_000))
	fmt.Println("report:", (<-reports).(*kafka.Message).TopicPartition.Error)
}
