//go:build cgo

// Methods that only look, or hand out a channel. None of them can block.

package kafka

import (
	"strconv"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/site"
)

// IsClosed tells whether Close was called.
//
//go:noinline
func (p *Producer) IsClosed() bool {
	t := p.trace
	if t == nil {
		return p.Producer.IsClosed()
	}
	pc, began := site.PC(), tracer.Now()
	closed := p.Producer.IsClosed()
	r := journal.Result{Name: "closed", Kind: 'b'}
	if closed {
		r.N = 1
	}
	t.quick(pc, cheapIsClosed, "IsClosed", began, r, strconv.FormatBool(closed), nil, false)
	return closed
}

// String is the client's name, like rdkafka#producer-1.
//
//go:noinline
func (p *Producer) String() string {
	t := p.trace
	if t == nil {
		return p.Producer.String()
	}
	pc, began := site.PC(), tracer.Now()
	name := p.Producer.String()
	t.quick(pc, cheapString, "String", began, journal.Result{Name: "name", Kind: 't', Text: name}, name, nil, false)
	return name
}

// Events is the channel of delivery reports and other events, the client's own:
// nothing stands between it and the program. After Close it is closed.
//
//go:noinline
func (p *Producer) Events() chan Event {
	t := p.trace
	if t == nil {
		return p.Producer.Events()
	}
	pc, began := site.PC(), tracer.Now()
	ch := p.Producer.Events()
	t.channel(pc, cheapEvents, "Events", began, "chan kafka.Event")
	return ch
}

// Logs is the channel of the client's log, nil unless the program asked for it
// (go.logs.channel.enable).
//
//go:noinline
func (p *Producer) Logs() chan LogEvent {
	t := p.trace
	if t == nil {
		return p.Producer.Logs()
	}
	pc, began := site.PC(), tracer.Now()
	ch := p.Producer.Logs()
	text := "chan kafka.LogEvent"
	if ch == nil {
		text = "nil"
	}
	t.channel(pc, cheapLogs, "Logs", began, text)
	return ch
}

// ProduceChannel is the client's own channel for messages, which the client
// calls deprecated. What is sent through it is not seen as a call; the record
// says so. After Close it is closed, and sending on it panics, as untraced.
//
//go:noinline
func (p *Producer) ProduceChannel() chan *Message {
	t := p.trace
	if t == nil {
		return p.Producer.ProduceChannel()
	}
	pc, began := site.PC(), tracer.Now()
	ch := p.Producer.ProduceChannel()
	if t.cheap[cheapProduceChannel].n.Load() == 0 {
		t.lab.note(tracer.Noted, "messages sent through ProduceChannel() are not seen one by one")
	}
	t.channel(pc, cheapProduceChannel, "ProduceChannel", began, "chan *kafka.Message")
	return ch
}

// channel records a method that returns a channel.
func (t *trace) channel(pc uintptr, method int, name string, began int64, text string) {
	t.quick(pc, method, name, began, journal.Result{Name: "channel", Kind: 't', Text: text}, text, nil, false)
}
