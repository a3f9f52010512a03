package noerrorisnotdelivery

import (
	"fmt"
	"log"
	"time"

	"kstep/tracer/kafka"
)

// The same with a topic that nobody has made: its name is misspelled.
func unknownTopic() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":  "localhost:9092",
		"linger.ms":          1_000,
		"message.timeout.ms": 1_300})
	if err != nil {
		log.Fatal(err)
	}

	topic := "raedings"
	reports := make(chan kafka.Event, 3)
	tick := time.Tick(100 * time.Millisecond)
	for _, value := range []string{"20.1", "20.3", "20.2"} {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports)
		if err != nil {
			log.Fatal(err)
		}
		<-tick
	}
	fmt.Println("no error, and still waiting:", p.Len())

	p.Flush(15_000)
	for range 3 {
		report := (<-reports).(*kafka.Message)
		if err := report.TopicPartition.Error; err != nil {
			fmt.Printf("%s failed: %v\n", report.Value, err)
		} else {
			fmt.Printf("%s delivered\n", report.Value)
		}
	}
}
