package transactions

import (
	"context"
	"fmt"
	"log"
	"time"

	"kstep/tracer/kafka"
)

// Starts a second producer with the same transactional.id while the first has
// a transaction open.
func fenced() {
	check := func(err error) {
		if err != nil {
			log.Fatal(err)
		}
	}
	start := func(ctx context.Context) *kafka.Producer {
		p, err := kafka.NewProducer(&kafka.ConfigMap{
			"bootstrap.servers": "localhost:9092",
			"transactional.id":  "shop"})
		check(err)
		check(p.InitTransactions(ctx))
		return p
	}
	topic := "payments"
	reports := make(chan kafka.Event, 2)
	pay := func(p *kafka.Producer, value string) {
		check(p.Produce(&kafka.Message{
			TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
			Value:          []byte(value),
		}, reports))
	}

	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()

	old := start(ctx)
	check(old.BeginTransaction())
	pay(old, "ann pays 10")
	<-reports

	young := start(ctx)
	fmt.Println("old:", old.CommitTransaction(ctx))

	check(young.BeginTransaction())
	pay(young, "ann pays 10")
	fmt.Println("young:", young.CommitTransaction(ctx))
}
