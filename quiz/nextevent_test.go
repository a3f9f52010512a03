package quiz

import (
	"strings"
	"testing"

	"kstep/tracer"
)

// retried is a run whose first request comes to nothing: fault and answer say
// how; what follows is told by next.
func retried(fault string, answer string, next ...func(*tape)) *tape {
	t := &tape{}
	t.newProducer()
	t.produce()
	t.flush(0, func() {
		t.connect()
		t.batch()
		t.request()
		if fault != "" {
			t.add(tracer.Event{Lane: tracer.Lab, Kind: tracer.Faulted, Text: fault, Frame: &tracer.Frame{Connection: 1, API: "Produce", Correlation: 3}})
		}
		if answer != "" {
			t.add(tracer.Event{Lane: tracer.Wire, Kind: tracer.Response, Frame: &tracer.Frame{Connection: 1, API: "Produce", Correlation: 3,
				Batches: []tracer.Batch{{Topic: "my_topic", BaseOffset: -1, Error: answer}}}})
		}
		for _, f := range next {
			f(t)
		}
	})
	t.exit(0)
	return t
}

// again sends what waits with the next correlation id.
func again(t *tape) {
	t.batch()
	t.add(tracer.Event{Lane: tracer.Wire, Kind: tracer.Request, Frame: &tracer.Frame{Connection: 1, API: "Produce", Correlation: 4,
		Batches: []tracer.Batch{{Topic: "my_topic", Records: t.waiting, BaseOffset: -1}}}})
	t.add(tracer.Event{Lane: tracer.Wire, Kind: tracer.Response, Frame: &tracer.Frame{Connection: 1, API: "Produce", Correlation: 4,
		Batches: []tracer.Batch{{Topic: "my_topic"}}}})
	t.report()
}

func TestNextEvent(t *testing.T) {
	lost := &tape{}
	lost.newProducer()
	lost.produce()
	lost.flush(1, lost.connect, lost.batch, lost.request)
	lost.exit(0)
	for _, c := range []struct {
		name  string
		trace *tracer.Trace
		maker Maker
		key   string
	}{
		{"after a batch", firstMessage(), NextEvent(tracer.RowBatched, 1), "A Produce request carries it to the broker"},
		{"after a request", firstMessage(), NextEvent(tracer.RowRequest, 1), "The broker answers that it has appended it"},
		{"after an answer", firstMessage(), NextEvent(tracer.RowResponse, 1), "A report is put out: it has been delivered"},
		{"after an error that passes", retried("", "NOT_LEADER_OR_FOLLOWER", again).trace(""), NextEvent(tracer.RowResponse, 1), "The client builds a batch of it once more"},
		{"after a last error", retried("", "TOPIC_AUTHORIZATION_FAILED", (*tape).failed).trace(""), NextEvent(tracer.RowResponse, 1), "A report is put out, and it names an error"},
		{"after a request with an error", retried("", "NOT_LEADER_OR_FOLLOWER", again).trace(""), NextEvent(tracer.RowRequest, 1), "The broker answers, and it is an error"},
		{"after a request to no avail", retried("the answer is lost", "", again).trace(""), NextEvent(tracer.RowRequest, 1), "No answer gets to the client: something fails"},
		{"after a request at the end", lost.trace(""), NextEvent(tracer.RowRequest, 1), "The program ends, and its queue goes with it"},
	} {
		if got := keyOf(ask(t, c.trace, c.maker)); got != c.key {
			t.Errorf("%s: the key is %q, want %q", c.name, got, c.key)
		}
	}
}

// What two batches do at once is an accident: with two under way and nothing
// that tells their messages apart, no step follows on an error.
func TestNextEventIsNoAccident(t *testing.T) {
	two := &tape{}
	two.newProducer()
	two.produce()
	two.produce()
	send := func(correlation int32) func() {
		return func() {
			two.add(tracer.Event{Lane: tracer.Client, Kind: tracer.Batched, Known: tracer.Reported, Client: &tracer.Log{Topic: "my_topic", Count: 1}})
			two.add(tracer.Event{Lane: tracer.Wire, Kind: tracer.Request, Frame: &tracer.Frame{Connection: 1, API: "Produce", Correlation: correlation,
				Batches: []tracer.Batch{{Topic: "my_topic", Records: 1, BaseOffset: -1}}}})
		}
	}
	two.flush(2, two.connect, send(3), send(4), func() {
		two.add(tracer.Event{Lane: tracer.Wire, Kind: tracer.Response, Frame: &tracer.Frame{Connection: 1, API: "Produce", Correlation: 3,
			Batches: []tracer.Batch{{Topic: "my_topic", BaseOffset: -1, Error: "NOT_ENOUGH_REPLICAS"}}}})
	}, send(5))
	two.exit(0)
	other := retried("the broker's answer to the Metadata request is held back", "", again)
	for i := range other.events {
		if other.events[i].Kind == tracer.Faulted {
			other.events[i].Frame.API = "Metadata"
		}
	}
	many := fiveMessages()
	for _, c := range []struct {
		trace *tracer.Trace
		maker Maker
		want  string
	}{
		{two.trace(""), NextEvent(tracer.RowResponse, 1), "does not show what comes after"},
		{other.trace(""), NextEvent(tracer.RowFault, 1), "does not show what comes after"},
		{many, NextEvent(tracer.RowReport, 1), "is an accident of the run"},
		{many, NextEvent(tracer.RowPrepared, 1), "is an accident of the run"},
		{many, NextEvent(tracer.RowRequest, 2), "the run has 1 rows"},
		{partial(), NextEvent(tracer.RowRequest, 1), "the record is partial"},
	} {
		qs, left := Build(tracer.NewRuns(c.trace), "s", c.maker)
		if len(qs) > 0 || !strings.Contains(left[0].Error(), c.want) {
			t.Errorf("want %q, got %v", c.want, left)
		}
	}
}
