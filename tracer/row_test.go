package tracer

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRows(t *testing.T) {
	got := addresses(firstRun().trace())
	want := []string{"1 call", "2 call", "3 call", "3.1 prepared", "3.2 batched", "3.3 request", "3.4 response", "3.5 report", "4 end"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRowStates(t *testing.T) {
	run := NewRun(firstRun().trace())
	for _, c := range []struct {
		address string
		want    State
	}{
		{"1", State{}},
		{"2", State{Produced: 1, Queued: 1}},
		{"3.1", State{Produced: 1, Queued: 1, Carrying: 1}},
		{"3.2", State{Produced: 1, Batched: 1}},
		{"3.3", State{Produced: 1, InFlight: 1}},
		{"3.4", State{Produced: 1, Answered: 1}},
		{"3.5", State{Produced: 1, Delivered: 1}},
		{"3", State{Produced: 1, Delivered: 1}},
		{"4", State{Produced: 1, Delivered: 1}},
	} {
		r := run.At(c.address)
		if r == nil {
			t.Fatalf("no row %s", c.address)
		}
		for _, v := range Variables[:8] {
			if got, want := v.Of(&r.After), v.Of(&c.want); got != want {
				t.Errorf("row %s: %s is %d, want %d", c.address, v.Name, got, want)
			}
		}
	}
}

// The client's lines are stamped when kstep reads them, which may be late. The
// rows must not depend on it.
func TestOrderByCause(t *testing.T) {
	want := addresses(firstRun().trace())
	for late := range 9 {
		s := firstRun()
		for i := range s.events {
			if s.events[i].Lane == Client {
				s.events[i].At += int64(late) * 3 * int64(time.Millisecond)
			}
		}
		if d := cmp.Diff(want, addresses(s.trace())); d != "" {
			t.Errorf("client lines %d ms late: %s", late*3, d)
		}
	}
}

// Where the request really leaves before Flush is called, the table says so.
func TestRequestBeforeFlush(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	s.metadata()
	s.send(4, 1)
	s.returned(s.called("Flush", 19), "Flush", 19, Queues{Reports: 1})
	s.exit(0)
	got := addresses(s.trace())
	want := []string{"1 call", "2 call", "2.1 prepared", "2.2 batched", "2.3 request", "2.4 response", "2.5 report", "3 call", "4 end"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A program that reads its report, prints, and goes on with an empty queue had
// the report before that, however late its line in the client's log is read.
func TestReportBeforeTheNextCall(t *testing.T) {
	for late := range 4 {
		s := &script{}
		s.newProducer(9)
		s.produce(15, Queues{Client: 1})
		s.metadata()
		s.send(4, 1)
		report := len(s.events) - 1
		s.add(Event{Lane: Application, Kind: Printed, Stream: "stdout", Text: "delivered"})
		s.produce(15, Queues{Client: 1})
		second := &s.events[len(s.events)-1]
		second.Call.Before = &Queues{}
		s.events[len(s.events)-2].At = Place(second) - 1 // where the lab puts it
		s.events[report].At += int64(late) * int64(time.Millisecond)
		s.exit(0)
		got := addresses(s.trace())
		want := []string{"1 call", "2 call", "2.1 prepared", "2.2 batched", "2.3 request", "2.4 response", "2.5 report", "2.6 printed", "3 call", "4 end"}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("line %d ms late: %s", late, d)
		}
	}
}

func TestManyCalls(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	for range 1000 {
		s.produce(15, Queues{Client: 1})
	}
	s.events[len(s.events)-1].Call.Count = 999_001 // a run from the journal
	s.called("Flush", 19)
	for i := range 30 {
		s.send(int32(10+i), 33_000)
	}
	rows := Rows(s.trace())
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.Address, " ", r.Kind, " x", r.Count))
	}
	want := []string{"1 call x1", "2 call x1000000", "3 call x1", "3.1 batched x30", "3.2 request x30", "3.3 response x30", "3.4 report x30"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if !rows[2].Unfinished {
		t.Error("Flush never returned, and its row does not say so")
	}
}

// A call that differs from its neighbours keeps a row of its own.
func TestExceptionOpensTheRun(t *testing.T) {
	s := &script{}
	for range 10 {
		s.produce(15, Queues{Client: 1})
	}
	s.call++
	s.add(Event{Lane: Application, Kind: Returned, Call: &Call{ID: s.call, Name: "Produce", Producer: 1, Site: &Site{File: "p.go", Line: 15}, Error: &Error{Code: -184, Name: "Local: Queue full"}}})
	for range 10 {
		s.produce(15, Queues{Client: 1})
	}
	var got []int
	for _, r := range Rows(s.trace()) {
		got = append(got, r.Count)
	}
	if d := cmp.Diff([]int{10, 1, 10}, got); d != "" {
		t.Error(d)
	}
}

// A program that waits for its report and prints acts on it: the report's row
// stands before, however late the client's line was read.
func TestReportBeforeWhatFollowsFromIt(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	s.metadata()
	s.send(4, 1)
	s.events[len(s.events)-1].At += int64(20 * time.Millisecond) // the line of the report
	s.add(Event{Lane: Application, Kind: Printed, Stream: "stdout", Text: "there"})
	s.exit(0)
	want := []string{"1 call", "2 call", "2.1 prepared", "2.2 batched", "2.3 request", "2.4 response", "2.5 report", "2.6 printed", "3 end"}
	if d := cmp.Diff(want, addresses(s.trace())); d != "" {
		t.Error(d)
	}
}

// What a fault leads to is shown request by request.
func TestFaultedRunsStayOpen(t *testing.T) {
	for faults, want := range map[string]int{"": 8, "lose Produce response 9": 16} {
		s := &script{}
		s.newProducer(9)
		s.produce(15, Queues{Client: 1})
		s.metadata()
		for i := range 3 {
			s.send(int32(4+i), 1)
		}
		s.exit(0)
		tr := s.trace()
		if faults != "" {
			tr.Header.Faults = []string{faults}
		}
		if got := len(Rows(tr)); got != want {
			t.Errorf("faults %q: %d rows, want %d: %v", faults, got, want, addresses(tr))
		}
	}
}

// A connection that is cut leaves nothing in flight.
func TestCutConnection(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	flush := s.called("Flush", 16)
	s.line(Batched, 1)
	s.frame(Request, 4, Frame{Batches: []Batch{{Topic: "t", Records: 1}}})
	s.frame(ConnectionClosed, 0, Frame{})
	s.returned(flush, "Flush", 16, Queues{Client: 1})
	rows := Rows(s.trace())
	if got := rows[2].After; got.InFlight != 0 || got.Queued != 1 {
		t.Errorf("after the cut %d in flight, %d queued", got.InFlight, got.Queued)
	}
}

// How many looks the client took to find what timed out is an accident.
func TestTimedOutIsOneRow(t *testing.T) {
	for _, looks := range [][]int{{3}, {2, 1}, {1, 1, 1}} {
		s := &script{}
		s.newProducer(9)
		for n := range 3 {
			s.produce(15, Queues{Client: n + 1})
		}
		flush := s.called("Flush", 19)
		for _, n := range looks {
			s.line(TimedOut, n)
		}
		s.returned(flush, "Flush", 19, Queues{Reports: 3})
		s.exit(0)
		run := NewRun(s.trace())
		want := []string{"1 call", "2 call", "3 call", "4 call", "5 call", "5.1 report", "6 end"}
		if d := cmp.Diff(want, addresses(s.trace())); d != "" {
			t.Fatalf("%v: %s", looks, d)
		}
		if r := run.At("5.1"); r.Before.Queued != 3 || r.After.Queued != 0 || len(r.Evidence) != len(looks) {
			t.Errorf("%v: queued %d -> %d, of %d events", looks, r.Before.Queued, r.After.Queued, len(r.Evidence))
		}
	}
}

// After an error that passes the messages are queued again, after another they
// wait for their report only.
func TestPermanentError(t *testing.T) {
	for _, c := range []struct {
		said             []Kind
		queued, answered int
	}{
		{[]Kind{Retried}, 1, 0},
		{[]Kind{Failed}, 0, 1},
		{nil, 1, 0},                    // the client's lines are not there
		{[]Kind{Failed, Failed}, 1, 0}, // nor do they fit
	} {
		s := &script{}
		s.newProducer(9)
		s.produce(15, Queues{Client: 1})
		s.metadata()
		s.line(Batched, 1)
		s.frame(Request, 4, Frame{Batches: []Batch{{Topic: "t", Records: 1}}})
		s.frame(Response, 4, Frame{Batches: []Batch{{Topic: "t", Error: "TOPIC_AUTHORIZATION_FAILED"}}})
		for _, k := range c.said {
			s.line(k, 1)
		}
		s.exit(0)
		r := NewRun(s.trace()).First(RowResponse)
		if got := r.After; got.Queued != c.queued || got.Answered != c.answered {
			t.Errorf("%v: %d queued, %d answered, want %d and %d", c.said, got.Queued, got.Answered, c.queued, c.answered)
		}
	}
}
