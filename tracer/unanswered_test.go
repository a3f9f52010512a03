package tracer

import "testing"

// unheard is a run with acks=0: the tap sees the last byte of the request only
// after Flush() has returned, and the broker's log lacks the message.
func unheard() []Event {
	acks := int16(0)
	sent := Log{Topic: "t", Count: 1}
	return []Event{
		{At: 1, Lane: Application, Kind: Returned, Call: &Call{ID: 1, Name: "Produce", Message: &Message{Number: 1, Topic: "t"}, After: &Queues{Client: 1}}},
		{At: 2, Lane: Application, Kind: Called, Call: &Call{ID: 2, Name: "Flush"}},
		{At: 50, Lane: Application, Kind: Returned, Call: &Call{ID: 2, Name: "Flush", After: &Queues{}}},
		{At: 90, Lane: Wire, Kind: Request, Frame: &Frame{Connection: 1, API: "Produce", Acks: &acks, Batches: []Batch{{Topic: "t", Records: 1}}}},
		{At: 20, Lane: Client, Kind: Batched, Client: &sent},
		{At: 60, Lane: Client, Kind: Delivered, Client: &sent},
		{At: 100, Lane: Lab, Kind: Exited, Exit: &Exit{}},
		{At: 101, Lane: Broker, Kind: Watermark, Record: &Record{Topic: "t"}},
	}
}

// A request that nobody answers stands before the report that says it was sent.
func TestUnansweredRequestStandsBeforeItsReport(t *testing.T) {
	want := []Kind{Returned, Called, Batched, Request, Delivered, Returned, Exited, Watermark}
	for i, e := range Order(unheard()) {
		if e.Kind != want[i] {
			t.Errorf("event %d is %q, want %q", i+1, e.Kind, want[i])
		}
	}
}

// What is reported delivered with acks=0 need not be in the log: no breach.
func TestUnheardIsNoBreach(t *testing.T) {
	tr := &Trace{Events: Order(unheard())}
	if l := Balance(tr); l.Delivered != 1 || l.InLog != 0 || len(l.Breaches) != 0 {
		t.Errorf("%+v", l)
	}
	all := int16(-1)
	for i := range tr.Events {
		if f := tr.Events[i].Frame; f != nil {
			f.Acks = &all
		}
	}
	if l := Balance(tr); len(l.Breaches) != 1 {
		t.Errorf("acks=all: %+v", l)
	}
}
