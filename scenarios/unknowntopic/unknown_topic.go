package unknowntopic

import (
	"fmt"
	"log"

	"kstep/tracer/kafka"
)

// Sends two orders to a topic whose name is misspelt.
func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":                 "localhost:9092",
		"topic.metadata.propagation.max.ms": 2_000})
	if err != nil {
		log.Fatal(err)
	}

	topic := "oders" // the broker has orders
	reports := make(chan kafka.Event, 2)
	for _, order := range []string{"two pizzas", "one salad"} {
		err := p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(order),
		}, reports)
		if err != nil {
			fmt.Println(order+", refused:", err)
			continue
		}
		p.Flush(15_000)
		report := (<-reports).(*kafka.Message)
		fmt.Println(order+", report:", report.TopicPartition.Error)
	}
}
