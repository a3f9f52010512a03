package quiz

import (
	"strconv"

	"kstep/tracer"
)

// Traces to ask about, made by hand as a run records them.

// tape writes events one after the other, one ns apart.
type tape struct {
	events   []tracer.Event
	calls    int
	messages int
	waiting  int // in the client's queue
	unread   int // events nobody has read
}

func (t *tape) add(e tracer.Event) {
	e.Seq = len(t.events) + 1
	e.At = int64(e.Seq)
	if e.Known == "" {
		e.Known = tracer.Observed
	}
	t.events = append(t.events, e)
}

// call records a call around what happens meanwhile.
func (t *tape) call(c tracer.Call, meanwhile ...func()) {
	t.calls++
	c.ID, c.Producer = t.calls, 1
	c.Site = &tracer.Site{File: "first_message.go", Line: 5 + 5*t.calls}
	began := tracer.Call{ID: c.ID, Name: c.Name, Producer: 1, Site: c.Site, Args: c.Args, Message: c.Message}
	t.add(tracer.Event{Lane: tracer.Application, Kind: tracer.Called, Call: &began})
	for _, f := range meanwhile {
		f()
	}
	c.After = &tracer.Queues{Client: t.waiting, Events: t.unread}
	t.add(tracer.Event{Lane: tracer.Application, Kind: tracer.Returned, Call: &c})
}

func (t *tape) newProducer() {
	t.add(tracer.Event{Lane: tracer.Lab, Kind: tracer.Started})
	t.call(tracer.Call{Name: "NewProducer", Results: []tracer.Value{{Name: "p", Text: "rdkafka#producer-1"}, {Name: "error", Text: "nil"}}})
}

func (t *tape) produce() {
	t.messages++
	t.waiting++
	m := &tracer.Message{Number: t.messages, Topic: "my_topic", Partition: -1, CRC: uint32(t.messages),
		Key: &tracer.Payload{Text: "key1", Size: 4}, Value: &tracer.Payload{Text: "hello", Size: 5}}
	t.call(tracer.Call{Name: "Produce", Message: m, Results: []tracer.Value{{Name: "error", Text: "nil"}}})
}

func (t *tape) refused() {
	m := &tracer.Message{Topic: "my_topic", Partition: -1, Value: &tracer.Payload{Text: "hello", Size: 5}}
	t.call(tracer.Call{Name: "Produce", Message: m, Error: &tracer.Error{Code: -184, Name: "Local: Queue full", Text: "Local: Queue full"},
		Results: []tracer.Value{{Name: "error", Text: "Local: Queue full"}}})
}

func (t *tape) flush(returns int, meanwhile ...func()) {
	t.call(tracer.Call{Name: "Flush", Args: []tracer.Value{{Name: "timeoutMs", Text: "15000"}},
		Results: []tracer.Value{{Name: "int", Text: strconv.Itoa(returns)}}}, meanwhile...)
}

func (t *tape) connect() {
	t.add(tracer.Event{Lane: tracer.Wire, Kind: tracer.ConnectionOpened, Frame: &tracer.Frame{Connection: 1}})
	t.add(tracer.Event{Lane: tracer.Wire, Kind: tracer.Response, Frame: &tracer.Frame{Connection: 1, API: "Metadata", Correlation: 2, Brokers: 1,
		Topics: []tracer.Topic{{Name: "my_topic", Partitions: 1}}}})
}

func (t *tape) batch() {
	t.add(tracer.Event{Lane: tracer.Client, Kind: tracer.Batched, Known: tracer.Reported, Client: &tracer.Log{Topic: "my_topic", Count: t.waiting}})
}

func (t *tape) request() {
	t.add(tracer.Event{Lane: tracer.Wire, Kind: tracer.Request, Frame: &tracer.Frame{Connection: 1, API: "Produce", Correlation: 3, Bytes: 85,
		Batches: []tracer.Batch{{Topic: "my_topic", Records: t.waiting, BaseOffset: -1}}}})
}

func (t *tape) response() {
	t.add(tracer.Event{Lane: tracer.Wire, Kind: tracer.Response, Frame: &tracer.Frame{Connection: 1, API: "Produce", Correlation: 3,
		Batches: []tracer.Batch{{Topic: "my_topic"}}}})
}

func (t *tape) report() {
	t.add(tracer.Event{Lane: tracer.Client, Kind: tracer.Delivered, Known: tracer.Reported, Client: &tracer.Log{Topic: "my_topic", Count: t.waiting}})
	t.waiting = 0
}

func (t *tape) failed() {
	t.add(tracer.Event{Lane: tracer.Client, Kind: tracer.TimedOut, Known: tracer.Reported, Client: &tracer.Log{Topic: "my_topic", Count: t.waiting}})
	t.waiting = 0
}

// sent is everything from connecting to the report.
func (t *tape) sent() { t.connect(); t.batch(); t.request(); t.response(); t.report() }

// exit ends the program and reads the broker's log back.
func (t *tape) exit(records int) {
	t.add(tracer.Event{Lane: tracer.Lab, Kind: tracer.Exited, Exit: &tracer.Exit{}})
	for i := range records {
		t.add(tracer.Event{Lane: tracer.Broker, Kind: tracer.Logged, Record: &tracer.Record{Topic: "my_topic", Offset: int64(i), CRC: uint32(i + 1), Message: i + 1}})
	}
	t.add(tracer.Event{Lane: tracer.Broker, Kind: tracer.Watermark, Record: &tracer.Record{Topic: "my_topic", High: int64(records)}})
}

func (t *tape) trace(variant string) *tracer.Trace {
	return &tracer.Trace{Format: tracer.Format, Header: tracer.TraceHeader{Lesson: "first-message", Variant: variant}, Events: t.events}
}

// firstMessage is the run of the first lesson, with its twin.
func firstMessage() *tracer.Trace {
	t := &tape{}
	t.newProducer()
	t.produce()
	t.flush(0, t.sent)
	t.exit(1)
	trace := t.trace("")
	trace.Twins = []*tracer.Trace{noFlush()}
	return trace
}

func noFlush() *tracer.Trace {
	t := &tape{}
	t.newProducer()
	t.produce()
	t.exit(0)
	return t.trace("no-flush")
}

// noLinger is the same program with linger.ms=0: the message has gone and come
// back before Flush is called. Its twin waits long enough to be delivered too.
func noLinger() *tracer.Trace {
	t := &tape{}
	t.newProducer()
	t.produce()
	t.sent()
	t.flush(0)
	t.exit(1)
	trace := t.trace("")
	trace.Header.Settings = []tracer.Setting{{Key: "linger.ms", Value: "0"}}
	twin := &tape{}
	twin.newProducer()
	twin.produce()
	twin.sent()
	twin.exit(1)
	other := twin.trace("no-flush")
	other.Header.Settings = trace.Header.Settings
	trace.Twins = []*tracer.Trace{other}
	return trace
}

// brokerAway is the same program with nobody to talk to, and no end of it: the
// client gives up in the twin with a short timeout.
func brokerAway() *tracer.Trace {
	t := &tape{}
	t.newProducer()
	t.produce()
	t.flush(5, func() { t.unread = 4 }) // one message and four events about the broker
	t.exit(0)
	trace := t.trace("")
	twin := &tape{}
	twin.newProducer()
	twin.produce()
	twin.flush(0, twin.failed)
	twin.exit(0)
	other := twin.trace("short-timeout")
	other.Header.Settings = []tracer.Setting{{Key: "message.timeout.ms", Value: "500"}}
	trace.Twins = []*tracer.Trace{other}
	return trace
}

// fiveMessages is a run with more than one message; its twin refuses.
func fiveMessages() *tracer.Trace {
	t := &tape{}
	t.newProducer()
	for range 5 {
		t.produce()
	}
	t.flush(0, t.sent)
	t.exit(5)
	trace := t.trace("")
	twin := &tape{}
	twin.newProducer()
	twin.refused()
	twin.exit(0)
	trace.Twins = []*tracer.Trace{twin.trace("full")}
	return trace
}

// partial is a record that ends while Flush waits.
func partial() *tracer.Trace {
	t := &tape{}
	t.newProducer()
	t.produce()
	t.calls++
	t.add(tracer.Event{Lane: tracer.Application, Kind: tracer.Called, Call: &tracer.Call{ID: t.calls, Name: "Flush", Producer: 1}})
	trace := t.trace("")
	trace.Header.Partial = "time limit"
	return trace
}

// allMakers are questions of every kind.
func allMakers(variant string) []Maker {
	return []Maker{
		StateAfter("Produce"), WhichStep(tracer.RowRequest), WhatIf(variant), Returned("Flush"),
		WhoActs(tracer.RowBatched), Proves(), StateAfter("Flush"), Returned("Produce"), WhoActs(tracer.RowReport),
		WhichStep(tracer.RowResponse), WhichStep(tracer.RowReport), WhoActs(tracer.RowRequest), StateAfter(Exit),
	}
}

// runsUnderTest are all traces with the variant that they carry.
func runsUnderTest() map[string]struct {
	trace   *tracer.Trace
	variant string
} {
	return map[string]struct {
		trace   *tracer.Trace
		variant string
	}{
		"first message": {firstMessage(), "no-flush"},
		"no linger":     {noLinger(), "no-flush"},
		"broker away":   {brokerAway(), "short-timeout"},
		"five messages": {fiveMessages(), "full"},
		"partial":       {partial(), "no-flush"},
	}
}
