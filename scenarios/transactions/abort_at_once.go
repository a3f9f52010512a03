package transactions

import (
	"context"
	"log"
	"time"

	"kstep/tracer/kafka"
)

// Aborts a transaction at once, before its payment is sent.
func abortAtOnce() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"transactional.id":  "shop"})
	check := func(err error) {
		if err != nil {
			log.Fatal(err)
		}
	}
	check(err)

	topic := "payments"
	reports := make(chan kafka.Event, 2)
	pay := func(value string) {
		check(p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports))
	}

	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	check(p.InitTransactions(ctx))

	check(p.BeginTransaction())
	pay("bob pays 20")
	check(p.AbortTransaction(ctx))
}
