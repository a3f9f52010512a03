package transactions

import (
	"context"
	"log"
	"time"

	"kstep/tracer/kafka"
)

// Commits one transaction and aborts another, with a payment in each.
func main() {
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
	pay("ann pays 10")
	check(p.CommitTransaction(ctx))

	check(p.BeginTransaction())
	pay("bob pays 20")
	p.Flush(15_000) // the payment is sent, and then taken back
	check(p.AbortTransaction(ctx))
}
