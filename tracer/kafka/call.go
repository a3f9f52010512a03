//go:build cgo

// One call of the program on its way into the journal.

package kafka

import (
	"errors"
	"fmt"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"kstep/tracer"
	"kstep/tracer/journal"
)

// realProducer is the client that is wrapped.
type realProducer = kafka.Producer

// trace is the record of one producer.
type trace struct {
	gate
	lab      *lab
	number   int
	client   *realProducer // only inside the gate; nil after Close, so that the record does not hold the client's memory
	channels channels
	produceCounts
	cheap [cheapMethods]counter
}

// call is a call that has begun.
type call struct {
	lab   *lab
	trace *trace // nil for functions of the package
	c     tracer.Call
}

// begin records that a call began. pc is the return address of the method that
// the program called (site.PC).
func (l *lab) begin(t *trace, pc uintptr, name string, args ...tracer.Value) *call {
	c := &call{lab: l, trace: t, c: tracer.Call{ID: int(l.calls.Add(1)), Name: name, Site: l.sites.Site(pc), Args: args}}
	if t != nil {
		c.c.Producer, c.c.Before = t.number, t.queues()
	}
	c.c.Printed = printed()
	c.c.Began = tracer.Now()
	l.w.Event(&tracer.Event{At: c.c.Began, Lane: tracer.Application, Kind: tracer.Called, Known: tracer.Observed, Call: &c.c})
	return c
}

// begin is the lab's begin for a call of this producer.
func (t *trace) begin(pc uintptr, name string, args ...tracer.Value) *call {
	return t.lab.begin(t, pc, name, args...)
}

// fail records that a call returned, its last result an error that may be nil,
// and hands the error back as it is.
func (c *call) fail(err error, results ...tracer.Value) error {
	at := tracer.Now()
	c.c.Error = c.lab.errorOf(err)
	c.returned(at, append(results, errorResult(c.c.Error)))
	return err
}

// done records that a call without an error result returned.
func (c *call) done(results ...tracer.Value) { c.returned(tracer.Now(), results) }

func (c *call) returned(at int64, results []tracer.Value) {
	c.c.Results = results
	if c.trace != nil {
		c.c.After = c.trace.queues()
	}
	c.c.Printed = printed()
	c.lab.w.Event(&tracer.Event{At: at, Lane: tracer.Application, Kind: tracer.Returned, Known: tracer.Observed, Call: &c.c})
}

// guarded marks a call that the real client was not asked, because it was
// closed and would have crashed or hung.
func (c *call) guarded() *call {
	c.c.Guarded = true
	return c
}

// errorOf copies an error of the client; nil for none.
func (l *lab) errorOf(err error) *tracer.Error {
	if err == nil {
		return nil
	}
	var e kafka.Error
	if !errors.As(err, &e) {
		return &tracer.Error{Name: fmt.Sprintf("%T", err), Text: cut(l.hide(err.Error())).Text}
	}
	return &tracer.Error{
		Code: int(e.Code()), Name: e.Code().String(), Text: cut(l.hide(e.Error())).Text,
		Fatal: e.IsFatal(), Retriable: e.IsRetriable(),
	}
}

func errorResult(e *tracer.Error) tracer.Value {
	if e == nil {
		return tracer.Value{Name: "error", Text: "nil"}
	}
	return tracer.Value{Name: "error", Text: e.Text}
}

// inDetail is how many calls of a kind are recorded in detail. What a program
// does more often than that, it does in a loop.
const inDetail = 256

// Methods without arguments that cannot block. They are recorded when they
// have returned, and after inDetail calls in short form: a program may ask
// Len() in a loop without a pause.
const (
	cheapLen = iota
	cheapEvents
	cheapLogs
	cheapProduceChannel
	cheapIsClosed
	cheapString
	cheapMethods
)

// quick records a call of such a method, after it returned.
func (t *trace) quick(pc uintptr, method int, name string, began int64, r journal.Result, text string, after *tracer.Queues, guarded bool) {
	ended := tracer.Now()
	if !t.cheap[method].below(inDetail) {
		line, _ := t.lab.sites.ID(pc)
		if t.lab.w.Call(name, uint16(t.number), line, began, ended, r, guarded) {
			return
		}
	}
	c := tracer.Call{
		ID: int(t.lab.calls.Add(1)), Name: name, Producer: t.number, Site: t.lab.sites.Site(pc), Began: began,
		Results: []tracer.Value{{Name: r.Name, Text: text}}, After: after, Printed: printed(), Guarded: guarded,
	}
	if c.After == nil {
		c.After = t.queues()
	}
	t.lab.w.Event(&tracer.Event{At: ended, Lane: tracer.Application, Kind: tracer.Returned, Known: tracer.Observed, Call: &c})
}
