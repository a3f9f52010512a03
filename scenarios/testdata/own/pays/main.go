// Commits one payment and aborts another, in its own way.
package main

import (
	"log"

	"kstep/tracer/kafka"
)

func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"transactional.id":  "mine"})
	check(err)
	check(p.InitTransactions(nil))
	pay(p, "ann pays 10")
	check(p.CommitTransaction(nil))
	pay(p, "bob pays 20")
	check(p.AbortTransaction(nil))
	p.Close()
}

// pay begins a transaction and waits until its payment has its report.
func pay(p *kafka.Producer, what string) {
	check(p.BeginTransaction())
	topic := "payments"
	check(p.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Value:          []byte(what),
	}, nil))
	report := (<-p.Events()).(*kafka.Message)
	check(report.TopicPartition.Error)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
