package quiz

import (
	"strings"
	"testing"

	"kstep/tracer"
)

// lingering gives a trace a long linger.ms.
func lingering(trace *tracer.Trace) *tracer.Trace {
	trace.Header.Settings = []tracer.Setting{{Key: "linger.ms", Value: "1000"}}
	return trace
}

// oneByOne produces two messages, the second when the first has its report, or
// both at once.
func oneByOne(wait bool) *tracer.Trace {
	t := &tape{}
	t.newProducer()
	for range 2 {
		t.produce()
		if wait {
			t.batch()
			t.request()
			t.response()
			t.report()
		}
	}
	if !wait {
		t.sent()
	}
	t.flush(0)
	t.exit(2)
	trace := t.trace("")
	for i := range trace.Events {
		if c := trace.Events[i].Call; c != nil && c.Message != nil && trace.Events[i].Kind == tracer.Returned {
			c.Before = &tracer.Queues{Client: c.After.Client - 1}
		}
		if f := trace.Events[i].Frame; f != nil && trace.Events[i].Kind == tracer.Request && wait {
			f.Batches[0].CRCs = []uint32{1}
			if i > 10 {
				f.Batches[0].CRCs = []uint32{2}
			}
		}
	}
	return trace
}

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		name  string
		trace *tracer.Trace
		maker Maker
		key   string
	}{
		{"until Flush", firstMessage(), OrderUntil("Flush", 1), "Produce() is called, then a request leaves, then a report comes out, then Flush() returns"},
		{"until Flush, too early", noneLeft(1), OrderUntil("Flush", 1), ""},
		{"linger", lingering(firstMessage()), OrderWithLinger(1), "Produce() returns, then Flush() is called, then a request leaves, then a report comes out"},
		{"short linger", firstMessage(), OrderWithLinger(1), ""},
		{"one by one", oneByOne(true), OrderOneByOne(1), "1 is produced, then 1 is reported, then 2 is produced, then 2 is reported"},
		{"at once", oneByOne(false), OrderOneByOne(1), ""},
	} {
		qs, left := Build(tracer.NewRuns(c.trace), "s", c.maker)
		switch {
		case c.key == "" && len(qs) > 0:
			t.Errorf("%s: asked, though the order is an accident: %q", c.name, keyOf(qs[0]))
		case c.key != "" && len(left) > 0:
			t.Errorf("%s: %v", c.name, left)
		case c.key != "" && keyOf(qs[0]) != c.key:
			t.Errorf("%s: the key is %q", c.name, keyOf(qs[0]))
		}
	}
}

// noneLeft is the first message with a Flush that says that n wait.
func noneLeft(n int) *tracer.Trace {
	t := &tape{}
	t.newProducer()
	t.produce()
	t.flush(n, t.connect, t.batch, t.request, t.response, func() {
		t.add(tracer.Event{Lane: tracer.Client, Kind: tracer.Delivered, Known: tracer.Reported, Client: &tracer.Log{Topic: "my_topic", Count: t.waiting}})
	})
	t.exit(1)
	return t.trace("")
}

// The only order that is asked for is one that causes make.
func TestOrderIsNoAccident(t *testing.T) {
	o := twoOrders
	o.Orders = []Ordering{{Of: []int{0, 1, 2}, Belief: "only-flush-sends"}, {Of: []int{2, 0, 1}, Belief: "produce-sends"}, {Of: []int{1, 0, 2}, Belief: "any-order-is-possible"}, {Of: []int{2, 1, 0}, Belief: "exit-flushes"}}
	_, left := Build(tracer.NewRuns(firstMessage()), "s", o.Maker())
	if len(left) != 1 || !strings.Contains(left[0].Error(), "whether Flush() is called before a request leaves is an accident of the run") {
		t.Errorf("got %v", left)
	}
	qs, left := Build(tracer.NewRuns(lingering(firstMessage())), "s", o.Maker())
	if len(left) > 0 || keyOf(qs[0]) != "Produce() is called, then Flush() is called, then a request leaves" {
		t.Errorf("with a long linger.ms: %v %v", qs, left)
	}
}
