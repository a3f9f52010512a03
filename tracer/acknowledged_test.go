package tracer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// twoMessages are two messages with contents of their own, each in a request of its own.
func twoMessages(first, second string, read bool) *script {
	s := &script{}
	s.newProducer(9)
	for i := range 2 {
		s.produce(15, Queues{Client: i + 1})
		s.events[len(s.events)-1].Call.Message.CRC = uint32(10 + i)
	}
	for i, err := range []string{first, second} {
		b := Batch{Topic: "t", Records: 1}
		if read {
			b.CRCs = []uint32{uint32(10 + i)}
		}
		s.line(Batched, 1)
		s.frame(Request, int32(4+i), Frame{Batches: []Batch{b}})
		s.frame(Response, int32(4+i), Frame{Batches: []Batch{{Topic: "t", Error: err}}})
		if err == "" {
			s.line(Delivered, 1)
		} else {
			s.line(Failed, 1)
		}
	}
	s.exit(0)
	return s
}

func fatesOf(l Ledger) []Fate {
	var out []Fate
	for _, e := range l.Entries {
		out = append(out, e.Fate)
	}
	return out
}

// The first message failed though the log holds it, the second was delivered:
// the wire tells which is which, the counts alone would not.
func TestFateByTheWire(t *testing.T) {
	s := twoMessages("REQUEST_TIMED_OUT", "", true)
	s.log(1, 0, 0)
	s.log(2, 0, 1)
	s.watermark(2)
	l := Balance(s.trace())
	if d := cmp.Diff([]Fate{FateFailed, FateDelivered}, fatesOf(l)); d != "" {
		t.Error(d)
	}
	if len(l.Breaches) > 0 {
		t.Error(l.Breaches)
	}
	if acked := acknowledged(twoMessages("", "", false).trace(), nil); acked != nil {
		t.Errorf("records that were not read tell %v", acked)
	}
}

// Duplicates and another order are named, and are no breach.
func TestLedgerNames(t *testing.T) {
	s := twoMessages("", "", true)
	s.log(2, 0, 0)
	s.log(1, 0, 1)
	s.log(1, 0, 2)
	s.watermark(3)
	l := Balance(s.trace())
	if l.Duplicates != 1 || len(l.Breaches) > 0 {
		t.Errorf("duplicates %d, breaches %v", l.Duplicates, l.Breaches)
	}
	if d := cmp.Diff([]LogOrder{{Topic: "t", Numbers: []int{2, 1}}}, l.Orders); d != "" {
		t.Error(d)
	}
}

// What a read_committed reader does not get is named.
func TestLedgerNamesAborted(t *testing.T) {
	s := twoMessages("", "", true)
	s.log(1, 0, 0)
	s.log(2, 0, 1)
	for i := range s.events {
		if r := s.events[i].Record; r != nil && r.Message == 2 {
			r.Aborted = true
		}
	}
	s.watermark(2)
	l := Balance(s.trace())
	if l.Aborted != 1 || l.Entries[0].Aborted || !l.Entries[1].Aborted || len(l.Breaches) > 0 {
		t.Errorf("aborted %d, entries %+v, breaches %v", l.Aborted, l.Entries, l.Breaches)
	}
}
