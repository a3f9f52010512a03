package brokerdownrecovery

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends a message to warm up, and another, and waits for that one twice.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":        "localhost:9092",
		"reconnect.backoff.max.ms": 200})
	if err != nil {
		log.Fatal(err)
	}
	events := p.Events()
	go func() {
		for range events { // errors of the client that concern no message
		}
	}()

	topic := "meters"
	reports := make(chan kafka.Event, 1)
	send := func(value string) {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
	}

	send("warm-up") // connects, and learns the topic
	<-reports

	send("42 kWh")
	fmt.Println("left:", p.Flush(500))
	fmt.Println("left:", p.Flush(15_000))
	fmt.Println("report:", (<-reports).(*kafka.Message).TopicPartition.Error)
}
