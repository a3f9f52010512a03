//go:build cgo

// What waits in a producer's queues and in the program's delivery channels.

package kafka

import (
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"kstep/tracer"
)

// maxChannels is how many of the delivery channels a program passed are asked
// for unread reports: the last ones. They are held as long as the producer is.
const maxChannels = 16

// channels are the delivery channels that the program passed last.
type channels struct {
	newest atomic.Uintptr // address of the last one, to see quickly that it is the same again; never followed
	mu     sync.Mutex
	recent []chan kafka.Event
}

func (c *channels) seen(ch chan kafka.Event) {
	address := *(*uintptr)(unsafe.Pointer(&ch))
	if c.newest.Load() == address {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.Index(c.recent, ch); i >= 0 {
		c.recent = slices.Delete(c.recent, i, i+1)
	} else if len(c.recent) == maxChannels {
		c.recent = slices.Delete(c.recent, 0, 1)
	}
	c.recent = append(c.recent, ch)
	c.newest.Store(address)
}

func (c *channels) reports() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, ch := range c.recent {
		n += len(ch)
	}
	return n
}

// queues asks the producer what waits in it. Unread reports in delivery
// channels outlive Close.
func (t *trace) queues() *tracer.Queues {
	if !t.enter() {
		return &tracer.Queues{Reports: t.channels.reports(), Closed: true}
	}
	defer t.leave()
	return t.split(t.client.Len())
}

// split divides what Len returned by the formula it was added up with
// (confluent-kafka-go v2.15.0 kafka/producer.go:359). The channels are asked
// after Len was, so that they may have changed; the sum is always n.
func (t *trace) split(n int) *tracer.Queues {
	q := &tracer.Queues{Reports: t.channels.reports()}
	q.Channel = min(n, len(t.client.ProduceChannel()))
	q.Events = min(n-q.Channel, len(t.client.Events()))
	q.Client = n - q.Channel - q.Events
	return q
}
