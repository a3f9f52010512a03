//go:build cgo

// The producer: the real one, with every method declared again.

package kafka

import (
	"strconv"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/site"
)

// Producer is a producer whose calls are recorded. It embeds the real one, so
// that it is a Handle, whose methods have names no other package can write
// (confluent-kafka-go v2.15.0 kafka/handle.go:64). Every method of the real
// one is declared here: one that were promoted would be called unseen. Safe
// for concurrent use, as the real one is.
type Producer struct {
	*kafka.Producer
	trace *trace // nil: not recorded, calls go straight through
}

var _ Handle = (*Producer)(nil)

// NewProducer makes a producer with the program's configuration, of which the
// lab may replace the address and change settings; the program's own map is
// never changed. The record holds the program's values. Errors are the real
// client's (confluent-kafka-go v2.15.0 kafka/producer.go:494).
//
//go:noinline
func NewProducer(conf *ConfigMap) (*Producer, error) {
	l := current
	if l == nil {
		client, err := kafka.NewProducer(conf)
		if err != nil {
			return nil, err
		}
		return &Producer{Producer: client}, nil
	}
	c := l.begin(nil, site.PC(), "NewProducer", configArgs(conf)...)
	client, err := kafka.NewProducer(l.prepare(l.less(conf)))
	if err != nil {
		c.fail(err, tracer.Value{Name: "producer", Text: "nil"})
		return nil, err
	}
	p := &Producer{Producer: client, trace: l.add(client)}
	if p.trace != nil {
		c.trace, c.c.Producer = p.trace, p.trace.number
		c.fail(nil, tracer.Value{Name: "producer", Text: client.String()})
	}
	return p, nil
}

// Flush waits until everything is reported or timeoutMs milliseconds are over,
// and returns what is left (confluent-kafka-go v2.15.0 kafka/producer.go:367).
// After Close it returns 0, guarded: the real one reads freed memory.
//
//go:noinline
func (p *Producer) Flush(timeoutMs int) int {
	t := p.trace
	if t == nil {
		return p.Producer.Flush(timeoutMs)
	}
	pc, args := site.PC(), tracer.Value{Name: "timeoutMs", Text: strconv.Itoa(timeoutMs)}
	if t.leavesOut(pc) {
		t.leftOut(pc, "Flush", args)
		return 0
	}
	c := t.begin(pc, "Flush", args)
	n := 0
	if t.enter() {
		defer t.leave()
		n = p.Producer.Flush(timeoutMs)
	} else {
		c.guarded()
	}
	c.done(tracer.Value{Name: "left", Text: strconv.Itoa(n)})
	return n
}

// Len is how many messages, requests and unread events the producer holds
// (confluent-kafka-go v2.15.0 kafka/producer.go:359). After Close it returns
// 0, guarded: the real one reads freed memory.
//
//go:noinline
func (p *Producer) Len() int {
	t := p.trace
	if t == nil {
		return p.Producer.Len()
	}
	pc, began := site.PC(), tracer.Now()
	if !t.enter() {
		t.quick(pc, cheapLen, "Len", began, journal.Result{Name: "n", Kind: 'n'}, "0", nil, true)
		return 0
	}
	defer t.leave()
	n := p.Producer.Len()
	t.quick(pc, cheapLen, "Len", began, journal.Result{Name: "n", Kind: 'n', N: int64(n)}, strconv.Itoa(n), t.split(n), false)
	return n
}

// Close ends the producer. It does not flush: what is still in it is lost
// without a report (confluent-kafka-go v2.15.0 kafka/producer.go:407). It
// first waits, for at most a second, until other goroutines' calls have left
// the client. A second Close does nothing.
//
//go:noinline
func (p *Producer) Close() {
	t := p.trace
	if t == nil {
		p.Producer.Close()
		return
	}
	pc := site.PC()
	if t.leavesOut(pc) {
		t.leftOut(pc, "Close")
		return
	}
	c := t.begin(pc, "Close")
	first, empty := t.shut(closeWait)
	if first && !empty {
		t.lab.note(tracer.Noted, "Close() was called while another goroutine was inside the client, which the client does not allow")
	}
	if first {
		p.Producer.Close()
	}
	if first && empty {
		t.client = nil
	}
	c.done()
}

// Purge removes messages from the client's queues. Their reports say that they
// were purged (confluent-kafka-go v2.15.0 kafka/producer.go:463).
//
//go:noinline
func (p *Producer) Purge(flags int) error {
	t := p.trace
	if t == nil {
		return p.Producer.Purge(flags)
	}
	pc, args := site.PC(), tracer.Value{Name: "flags", Text: purgeFlags(flags)}
	if t.leavesOut(pc) {
		return t.leftOut(pc, "Purge", args)
	}
	c := t.begin(pc, "Purge", args)
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.Purge(flags))
}
