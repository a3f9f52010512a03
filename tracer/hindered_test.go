package tracer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func faultAt(api string) Event {
	return Event{Lane: Lab, Kind: Faulted, Text: "lost", Frame: &Frame{Connection: 2, API: api, Key: 3}}
}

// Where connecting was hindered is told where connecting is told, whenever the
// program called Produce meanwhile.
func TestHinderedConnecting(t *testing.T) {
	want := []string{"1 call", "2 call", "3 call", "3.1 fault", "3.2 prepared", "3.3 batched", "3.4 request", "3.5 response", "3.6 report", "4 end"}
	for when := range 3 {
		s := &script{}
		lost := func(now int) {
			if when == now {
				s.add(faultAt("Metadata"))
			}
		}
		lost(0)
		s.newProducer(9)
		lost(1)
		s.produce(15, Queues{Client: 1})
		flush := s.called("Flush", 19)
		lost(2)
		s.metadata()
		s.send(4, 1)
		s.returned(flush, "Flush", 19, Queues{Reports: 1})
		s.exit(0)
		if d := cmp.Diff(want, addresses(s.trace())); d != "" {
			t.Errorf("fault at %d:\n%s", when, d)
		}
	}
}

// A call that waited for it in vain comes back after it; nothing that never
// came hides it.
func TestHinderedForGood(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.add(faultAt("Metadata"))
	s.produce(15, Queues{Client: 1})
	flush := s.called("Flush", 19)
	s.returned(flush, "Flush", 19, Queues{Client: 1})
	s.produce(20, Queues{Client: 2})
	s.add(faultAt("ApiVersions"))
	s.exit(0)
	want := []string{"1 call", "2 call", "3 call", "3.1 fault", "4 call", "4.1 fault", "5 end"}
	if d := cmp.Diff(want, addresses(s.trace())); d != "" {
		t.Error(d)
	}
}

// A fault at a Produce request, and one that is no frame's, stay where they
// were.
func TestFaultRows(t *testing.T) {
	s := &script{}
	s.add(Event{Lane: Lab, Kind: Faulted, Text: "down"})
	s.newProducer(9)
	s.add(Event{Lane: Lab, Kind: Faulted, Text: "up"})
	s.produce(15, Queues{Client: 1})
	flush := s.called("Flush", 19)
	s.metadata()
	s.line(Batched, 1)
	s.frame(Request, 4, Frame{Batches: []Batch{{Topic: "t", Records: 1}}})
	s.add(Event{Lane: Wire, Kind: ConnectionClosed, Frame: &Frame{Connection: 2}})
	s.add(faultAt("Produce"))
	s.send(5, 1)
	s.returned(flush, "Flush", 19, Queues{Reports: 1})
	s.exit(0)
	run := NewRun(s.trace())
	want := []string{"1 call", "1.1 fault", "1.2 fault", "2 call", "3 call", "3.1 prepared", "3.2 batched", "3.3 request", "3.4 fault",
		"3.5 batched", "3.6 request", "3.7 response", "3.8 report", "4 end"}
	if d := cmp.Diff(want, addresses(run.Trace)); d != "" {
		t.Error(d)
	}
	if r := run.At("3.4"); r == nil || r.Before.InFlight != 1 || r.After.InFlight != 0 || r.After.Queued != 1 {
		t.Errorf("the fault's row: %+v", r)
	}
}

// What kept the client waiting stands before the report that it gave up.
func TestHinderedBeforeGivingUp(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	flush := s.called("Flush", 19)
	s.add(Event{Lane: Lab, Kind: Faulted, Text: "the answer waits", Frame: &Frame{Connection: 1, API: "Metadata"}})
	s.line(Failed, 1)
	s.returned(flush, "Flush", 19, Queues{}, Value{Name: "left", Text: "0"})
	want := []string{"1 call", "2 call", "3 call", "3.1 fault", "3.2 report"}
	if d := cmp.Diff(want, addresses(s.trace())); d != "" {
		t.Error(d)
	}
}
