package tracer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// produced is a Produce request or response for a partition of topic t.
func (s *script) produced(kind Kind, correlation, partition int32, err string) {
	b := Batch{Topic: "t", Partition: partition, Error: err}
	if kind == Request {
		b.Records = 1
	}
	s.frame(kind, correlation, Frame{Batches: []Batch{b}})
}

func (s *script) batched(partition int32) { s.line(Batched, 1).Client.Partition = partition }

func (s *script) delivered(partition int32) { s.line(Delivered, 1).Client.Partition = partition }

// kinds are the rows under the last call, with the partition they are about.
func kinds(t *Trace) []string {
	var out []string
	for _, r := range Rows(t) {
		e := r.Event
		switch {
		case r.Kind == RowCall || r.Kind == RowEnd || r.Kind == RowPrepared:
		case e.Frame != nil && len(e.Frame.Batches) > 0:
			out = append(out, string(r.Kind)+" "+string(rune('0'+e.Frame.Batches[0].Partition)))
		case e.Client != nil:
			out = append(out, string(r.Kind)+" "+string(rune('0'+e.Client.Partition)))
		default:
			out = append(out, string(r.Kind))
		}
	}
	return out
}

// Two batches at work at once: however wire and client interleave, the rows are
// those of one batch and then those of the other.
func TestRowsFollowBatches(t *testing.T) {
	run := func(between func(*script)) []string {
		s := &script{}
		s.newProducer(9)
		s.produce(15, Queues{Client: 1})
		s.produce(15, Queues{Client: 2})
		flush := s.called("Flush", 19)
		between(s)
		s.returned(flush, "Flush", 19, Queues{}, Value{Name: "left", Text: "0"})
		s.exit(0)
		return kinds(s.trace())
	}
	want := []string{"batched 0", "request 0", "response 0", "report 0", "batched 1", "request 1", "response 1", "report 1"}
	for name, between := range map[string]func(*script){
		"one by one": func(s *script) {
			for p := int32(0); p < 2; p++ {
				s.batched(p)
				s.produced(Request, 4+p, p, "")
				s.produced(Response, 4+p, p, "")
				s.delivered(p)
			}
		},
		"both in flight": func(s *script) {
			s.batched(0)
			s.produced(Request, 4, 0, "")
			s.batched(1)
			s.produced(Request, 5, 1, "")
			s.produced(Response, 4, 0, "")
			s.produced(Response, 5, 1, "")
			s.delivered(0)
			s.delivered(1)
		},
		"the other one first": func(s *script) {
			s.batched(1)
			s.produced(Request, 4, 1, "")
			s.batched(0)
			s.produced(Request, 5, 0, "")
			s.produced(Response, 4, 1, "")
			s.delivered(1)
			s.produced(Response, 5, 0, "")
			s.delivered(0)
		},
	} {
		if d := cmp.Diff(want, run(between)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// What the lab did, and a call of the program, are not moved across.
func TestRowsKeepDeeds(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	s.produce(15, Queues{Client: 2})
	flush := s.called("Flush", 19)
	s.batched(0)
	s.produced(Request, 4, 0, "")
	s.batched(0)
	s.produced(Request, 5, 0, "")
	s.add(Event{Lane: Lab, Kind: Faulted, Text: "the answer was held"})
	s.produced(Response, 4, 0, "NOT_ENOUGH_REPLICAS")
	s.produced(Response, 5, 0, "")
	s.delivered(0)
	s.returned(flush, "Flush", 19, Queues{Client: 1}, Value{Name: "left", Text: "1"})
	got := kinds(s.trace())
	want := []string{"batched 0", "request 0", "batched 0", "request 0", "response 0", "response 0", "report 0"}
	i := 0
	for _, k := range got { // the row of the lab's own deed may stand in between
		if i < len(want) && k == want[i] {
			i++
		}
	}
	if i != len(want) {
		t.Errorf("rows %v do not keep the order %v", got, want)
	}
}

func (s *script) ask(kind Kind, api string, correlation int32, f Frame) {
	f.Connection, f.API, f.Correlation = 2, api, correlation
	s.add(Event{Lane: Wire, Kind: kind, Frame: &f})
}

// A producer id stands before the request that needed it; one that a call waits
// for stands under the call; one that is asked for again is the same row.
func TestExchanges(t *testing.T) {
	epoch := int16(3)
	s := &script{}
	s.newProducer(9)
	s.ask(Request, "InitProducerID", 1, Frame{}) // the client's own thread, at some time
	s.ask(Response, "InitProducerID", 1, Frame{Error: "COORDINATOR_LOAD_IN_PROGRESS"})
	s.ask(Request, "InitProducerID", 2, Frame{})
	s.ask(Response, "InitProducerID", 2, Frame{Epoch: &epoch})
	s.produce(15, Queues{Client: 1})
	flush := s.called("Flush", 19)
	s.metadata()
	s.send(4, 1)
	s.returned(flush, "Flush", 19, Queues{}, Value{Name: "left", Text: "0"})
	want := []string{"1 call", "2 call", "3 call", "3.1 prepared", "3.2 exchange", "3.3 batched", "3.4 request", "3.5 response", "3.6 report"}
	if d := cmp.Diff(want, addresses(s.trace())); d != "" {
		t.Error(d)
	}
	for _, r := range Rows(s.trace()) {
		if r.Kind == RowExchange && (r.Count != 2 || r.After.Epoch != 3 || len(r.Evidence) != 4 || r.Event.Frame.Error != "") {
			t.Errorf("the row of the producer id: %d times, epoch %d, %d events, %q", r.Count, r.After.Epoch, len(r.Evidence), r.Event.Frame.Error)
		}
	}

	s = &script{}
	s.newProducer(9)
	init := s.called("InitTransactions", 10)
	s.ask(Request, "InitProducerID", 1, Frame{})
	s.ask(Response, "InitProducerID", 1, Frame{Epoch: &epoch})
	s.returned(init, "InitTransactions", 10, Queues{})
	s.returned(s.called("BeginTransaction", 11), "BeginTransaction", 11, Queues{})
	commit := s.called("CommitTransaction", 12)
	s.ask(Request, "EndTxn", 2, Frame{})
	s.ask(Response, "EndTxn", 2, Frame{})
	s.returned(commit, "CommitTransaction", 12, Queues{})
	want = []string{"1 call", "2 call", "2.1 exchange", "3 call", "4 call", "4.1 exchange"}
	if d := cmp.Diff(want, addresses(s.trace())); d != "" {
		t.Error(d)
	}
	rows := Rows(s.trace())
	if got := rows[3].After.Transaction + ", " + rows[4].After.Transaction; got != "open, committed" {
		t.Errorf("the transaction is %s", got)
	}
}

// With acks=0 nobody answers, and the client's report may be read before the
// request is seen at the broker: it still follows the request.
func TestReportWithoutAnswer(t *testing.T) {
	none := int16(0)
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	flush := s.called("Flush", 19)
	s.metadata()
	s.batched(0)
	s.delivered(0)
	s.frame(Request, 4, Frame{Acks: &none, Batches: []Batch{{Topic: "t", Records: 1}}})
	s.returned(flush, "Flush", 19, Queues{}, Value{Name: "left", Text: "0"})
	if d := cmp.Diff([]string{"batched 0", "request 0", "report 0"}, kinds(s.trace())); d != "" {
		t.Error(d)
	}
}

// Of two goroutines one found the client empty before the other's message was
// in it: that is no sign that the message had its report.
func TestEmptyQueueOfAnotherGoroutine(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	at := s.at
	s.produce(15, Queues{Client: 1}) // began first, returned last
	first := s.events[len(s.events)-1].Call
	s.produce(15, Queues{Client: 2})
	second := s.events[len(s.events)-1].Call
	first.Began, second.Began = at+1, at+2
	first.Before, second.Before = &Queues{}, &Queues{}
	flush := s.called("Flush", 19)
	s.send(4, 2)
	s.returned(flush, "Flush", 19, Queues{}, Value{Name: "left", Text: "0"})
	if d := cmp.Diff([]string{"batched 0", "request 0", "response 0", "report 0"}, kinds(s.trace())); d != "" {
		t.Error(d)
	}
	for _, r := range Rows(s.trace()) {
		if r.Kind == RowBatched && r.After.Batched != 2 {
			t.Errorf("the batch holds %d messages", r.After.Batched)
		}
	}
}
