//go:build cgo

// The other clients: made with the lab's broker, and not recorded further.

package kafka

import (
	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"kstep/tracer"
	"kstep/tracer/site"
)

// NewConsumer makes a consumer, with the lab's broker in a traced process. Its
// calls are not recorded. Errors are the real client's.
//
//go:noinline
func NewConsumer(conf *ConfigMap) (*Consumer, error) {
	l := current
	if l == nil {
		return kafka.NewConsumer(conf)
	}
	c := l.begin(nil, site.PC(), "NewConsumer", configArgs(conf)...)
	client, err := kafka.NewConsumer(l.prepare(conf))
	return client, c.fail(err, made("consumer", client != nil))
}

// NewAdminClient makes an administrator, with the lab's broker in a traced
// process. Its calls are not recorded. Errors are the real client's.
//
//go:noinline
func NewAdminClient(conf *ConfigMap) (*AdminClient, error) {
	l := current
	if l == nil {
		return kafka.NewAdminClient(conf)
	}
	c := l.begin(nil, site.PC(), "NewAdminClient", configArgs(conf)...)
	client, err := kafka.NewAdminClient(l.prepare(conf))
	return client, c.fail(err, made("admin", client != nil))
}

// NewAdminClientFromProducer makes an administrator that shares a producer's
// connections. Of a closed producer the real one makes a client that reads
// freed memory; here it is the error that its source means to return, guarded
// (confluent-kafka-go v2.15.0 kafka/adminapi.go:3782).
//
//go:noinline
func NewAdminClientFromProducer(p *Producer) (a *AdminClient, err error) {
	if p == nil || p.trace == nil {
		var client *kafka.Producer
		if p != nil {
			client = p.Producer
		}
		return kafka.NewAdminClientFromProducer(client)
	}
	t := p.trace
	c := t.begin(site.PC(), "NewAdminClientFromProducer", tracer.Value{Name: "p", Text: p.Producer.String()})
	if !t.enter() {
		err = kafka.NewError(kafka.ErrInvalidArg, "Can't derive AdminClient from closed producer", false)
		return nil, c.guarded().fail(err, made("admin", false))
	}
	defer t.leave()
	a, err = kafka.NewAdminClientFromProducer(p.Producer)
	return a, c.fail(err, made("admin", a != nil))
}

func made(what string, ok bool) tracer.Value {
	if !ok {
		return tracer.Value{Name: what, Text: "nil"}
	}
	return tracer.Value{Name: what, Text: "a new " + what}
}
