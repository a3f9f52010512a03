package messagetoolarge

import (
	"fmt"
	"log"
	"strings"

	"kstep/tracer/kafka"
)

// Sends a note of 1,100,000 bytes and prints where the error comes up.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"batch.size":        2_000_000,
		"linger.ms":         1000})
	if err != nil {
		log.Fatal(err)
	}

	topic := "notes"
	reports := make(chan kafka.Event, 1)
	err = p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte(strings.Repeat("a long note", 100_000)),
	}, reports)
	if err != nil {
		fmt.Println("Produce:", err)
		return
	}

	if left := p.Flush(15_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
	report := (<-reports).(*kafka.Message)
	fmt.Println("report:", report.TopicPartition.Error)
}
