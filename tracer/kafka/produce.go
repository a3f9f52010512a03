//go:build cgo

// Produce: in detail for the first calls, in short form for the many.

package kafka

import (
	"math"
	"sync/atomic"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/site"
)

// counter counts up to a limit and then costs a load.
type counter struct{ n atomic.Int64 }

// below is true the first limit times.
func (c *counter) below(limit int64) bool {
	return c.n.Load() < limit && c.n.Add(1) <= limit
}

// produceCounts is what Produce keeps of its calls.
type produceCounts struct {
	detailed, refused counter
	last              atomic.Pointer[lineAndTopic]
}

// lineAndTopic is what the last call had in common with those before it, and
// the numbers it has in the journal: most programs produce from one line.
type lineAndTopic struct {
	pc          uintptr
	name        string
	site, topic uint32
}

// Produce hands a message to the client, which queues a copy and returns
// (confluent-kafka-go v2.15.0 kafka/producer.go:308). As it cannot block, only
// its return is recorded: the first 256 calls of a producer, and after them the
// first 256 that failed, with message and queues; the others with line, topic,
// asked partition, error, sizes, CRC and the time of their return. Messages,
// errors and their order are the client's. Safe for concurrent use.
//
//go:noinline
func (p *Producer) Produce(msg *Message, deliveryChan chan Event) error {
	t := p.trace
	if t == nil {
		return p.Producer.Produce(msg, deliveryChan)
	}
	pc := site.PC()
	if t.leavesOut(pc) {
		return t.leftOutProduce(pc, msg, deliveryChan)
	}
	if deliveryChan != nil {
		t.channels.seen(deliveryChan)
	}
	if !t.enter() {
		now := tracer.Now()
		t.unlike(pc, journal.Like{}, false, msg, deliveryChan, errClosed, now, now)
		return errClosed
	}
	if t.detailed.below(inDetail) {
		defer t.leave()
		return t.produceInDetail(pc, msg, deliveryChan)
	}
	like, short := t.like(pc, msg, deliveryChan)
	run := t.lab.w.Run(&like)
	if run != nil {
		return t.produceLikeBefore(run, pc, like, short, msg, deliveryChan)
	}
	defer t.leave()
	began := tracer.Now()
	err := p.Producer.Produce(msg, deliveryChan)
	ended := tracer.Now()
	if err != nil || !short {
		t.unlike(pc, like, short, msg, deliveryChan, err, began, ended)
		return err
	}
	t.lab.w.Produce(&like, began, ended, tracer.CRC(msg.Key, msg.Value))
	return nil
}

// produceLikeBefore makes a call that is like the one before it, as most calls
// of a loop are. The record keeps when the first of the run began and when one
// in eight returned, so that the clock is seldom read.
func (t *trace) produceLikeBefore(run *journal.Run, pc uintptr, like journal.Like, short bool, msg *Message, deliveryChan chan Event) error {
	err := t.client.Produce(msg, deliveryChan)
	t.leave()
	if err != nil || !short {
		now := tracer.Now()
		t.unlike(pc, like, short, msg, deliveryChan, err, now, now)
		return err
	}
	var ended int64
	if run.Timed() {
		ended = tracer.Now()
	}
	if crc := tracer.CRC(msg.Key, msg.Value); !run.Add(crc, ended) {
		now := tracer.Now()
		t.lab.w.Produce(&like, now, now, crc)
	}
	return nil
}

// like is what the journal compares calls by. It is false where the call has no
// short form.
func (t *trace) like(pc uintptr, msg *Message, deliveryChan chan Event) (journal.Like, bool) {
	if msg == nil || msg.TopicPartition.Topic == nil {
		return journal.Like{}, false
	}
	name := *msg.TopicPartition.Topic
	last := t.last.Load()
	if last == nil || last.pc != pc || last.name != name {
		last = t.lookUp(pc, name)
	}
	k := journal.Like{
		Producer: uint16(t.number), Site: last.site, Topic: last.topic, Partition: msg.TopicPartition.Partition, Key: size(msg.Key), Value: size(msg.Value), Channel: capacity(deliveryChan),
	}
	return k, k.Topic != 0
}

// produceInDetail makes the call and records everything about it.
func (t *trace) produceInDetail(pc uintptr, msg *Message, deliveryChan chan Event) error {
	m := message(msg) // before the call: afterwards the program may change it
	before, out := t.queues(), printed()
	began := tracer.Now()
	err := t.client.Produce(msg, deliveryChan)
	ended := tracer.Now()
	t.detail(pc, m, deliveryChan, err, began, ended, before, out)
	return err
}

// detail writes a call of Produce in full.
func (t *trace) detail(pc uintptr, m *tracer.Message, deliveryChan chan Event, err error, began, ended int64, before *tracer.Queues, out int64) {
	e := t.lab.errorOf(err)
	c := tracer.Call{
		ID: int(t.lab.calls.Add(1)), Name: "Produce", Producer: t.number, Site: t.lab.sites.Site(pc), Began: began,
		Args:    []tracer.Value{{Name: "deliveryChan", Text: journal.ChannelText(int(capacity(deliveryChan)))}},
		Results: []tracer.Value{errorResult(e)}, Error: e, Message: m, Before: before, After: t.queues(), Printed: out,
	}
	t.lab.w.Event(&tracer.Event{At: ended, Lane: tracer.Application, Kind: tracer.Returned, Known: tracer.Observed, Call: &c})
}

// unlike records a call that returned an error or has no short form. Errors
// get a short form when there are many: a program may try again without a
// pause while the queue is full.
func (t *trace) unlike(pc uintptr, like journal.Like, short bool, msg *Message, deliveryChan chan Event, err error, began, ended int64) {
	if err != nil && short && !t.refused.below(inDetail) {
		if number, ok := t.lab.w.Error(*t.lab.errorOf(err)); ok {
			like.Error = number
			t.lab.w.Produce(&like, began, ended, tracer.CRC(msg.Key, msg.Value))
			return
		}
	}
	t.detail(pc, message(msg), deliveryChan, err, began, ended, nil, printed())
}

// lookUp finds the numbers of a line and a topic; 0 for what has none.
func (t *trace) lookUp(pc uintptr, name string) *lineAndTopic {
	l := &lineAndTopic{pc: pc, name: name}
	direct := false
	l.site, direct = t.lab.sites.ID(pc)
	l.topic, _ = t.lab.w.Text(name)
	if direct && l.topic != 0 {
		t.last.Store(l)
	}
	return l
}

// size is a key's or value's bytes, -1 for none. The client refuses what is
// longer than message.max.bytes, at most 1,000,000,000.
func size(b []byte) int32 {
	if b == nil {
		return -1
	}
	return int32(min(len(b), math.MaxInt32))
}

func capacity(ch chan Event) int32 {
	if ch == nil {
		return -1
	}
	return int32(min(cap(ch), math.MaxInt32-1))
}
