package tracer

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLedger(t *testing.T) {
	lost := &script{}
	lost.newProducer(9)
	lost.produce(15, Queues{Client: 1})
	lost.exit(0)
	lost.watermark(0)

	twice := firstRun()
	twice.log(1, 0, 1)

	missing := firstRun()
	missing.events = missing.events[:len(missing.events)-2]
	missing.watermark(0)

	for _, c := range []struct {
		name string
		of   *script
		want Ledger
	}{
		{"delivered", firstRun(), Ledger{Produced: 1, Delivered: 1, Records: 1, InLog: 1, LogWasRead: true}},
		{"lost at exit", lost, Ledger{Produced: 1, Lost: 1, LogWasRead: true}},
		{"duplicate", twice, Ledger{Produced: 1, Delivered: 1, Records: 2, InLog: 1, Duplicates: 1, LogWasRead: true}},
		{"reported but not in the log", missing, Ledger{Produced: 1, Delivered: 1, LogWasRead: true, Breaches: []string{"messages reported delivered: 1, messages in the broker's log: 0"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Balance(c.of.trace())
			entries := got.Entries
			got.Entries = nil
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			if len(entries) != 1 || entries[0].First != 1 || entries[0].Last != 1 {
				t.Errorf("entries: %+v", entries)
			}
		})
	}
}

func TestLedgerOfRuns(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	for range 256 {
		s.produce(15, Queues{Client: 1})
	}
	s.produce(15, Queues{Client: 1})
	s.events[len(s.events)-1].Call.Count = 743
	flush := s.called("Flush", 19)
	s.metadata()
	s.send(4, 900)
	s.returned(flush, "Flush", 19, Queues{Client: 100})
	s.exit(0)
	for i := range 256 {
		s.log(i+1, 0, int64(i))
	}
	s.log(257, 644, 256)
	s.watermark(900)
	l := Balance(s.trace())
	if l.Produced != 999 || l.Delivered != 900 || l.Lost != 99 || l.InLog != 900 || len(l.Breaches) > 0 {
		t.Errorf("%+v", l)
	}
	last := l.Entries[len(l.Entries)-1]
	if last.First != 901 || last.Last != 999 || last.Fate != FateLost {
		t.Errorf("the last entry is %+v", last)
	}
}

// Without a line of the client, what left its queue is settled by what the
// wrapper saw.
func TestSettledWithoutALine(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	zero := int16(0)
	s.frame(Request, 4, Frame{Acks: &zero, Batches: []Batch{{Topic: "t", Records: 1}}})
	s.returned(s.called("Flush", 19), "Flush", 19, Queues{Reports: 1})
	s.produce(20, Queues{Client: 1})
	s.returned(s.called("Purge", 21), "Purge", 21, Queues{Reports: 2})
	s.exit(0)
	l := Balance(s.trace())
	if l.Delivered != 1 || l.Purged != 1 || l.Lost != 0 {
		t.Errorf("%+v", l)
	}
}

// What one goroutine hands over while another asks how much waits is not among
// it: no message has a fate because of that.
func TestNotSettledByAnotherGoroutine(t *testing.T) {
	for _, name := range []string{"Len", "Events"} {
		s := &script{}
		s.newProducer(9)
		s.produce(15, Queues{Client: 1})
		produce := &s.events[len(s.events)-1]
		s.returned(s.call+1, name, 17, Queues{}) // asked before the message was in the queue
		last := s.events[len(s.events)-1]
		last.Call.Began, last.At = produce.Call.Began+1, produce.Call.Began+2
		s.events[len(s.events)-1] = last
		produce.At = last.At + 1
		s.send(4, 1)
		s.returned(s.called("Flush", 19), "Flush", 19, Queues{})
		s.exit(0)
		if l := Balance(s.trace()); l.Delivered != 1 || l.Failed != 0 {
			t.Errorf("%s: delivered %d, failed %d", name, l.Delivered, l.Failed)
		}
	}
}

// A run of records may hold messages of several calls that differ, and be held
// twice in a part.
func TestLedgerOfRecordsAcrossCalls(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	for _, n := range []int{10, 90, 900} {
		s.produce(15, Queues{Client: 1})
		s.number += n - 1
		s.events[len(s.events)-1].Call.Count = n
	}
	flush := s.called("Flush", 19)
	s.metadata()
	s.send(4, 1000)
	s.returned(flush, "Flush", 19, Queues{})
	s.exit(0)
	s.log(1, 1000, 0)
	s.log(96, 10, 1000)
	s.watermark(1010)
	l := Balance(s.trace())
	if l.InLog != 1000 || l.Records != 1010 || l.Duplicates != 10 || len(l.Breaches) > 0 {
		t.Errorf("in the log %d, records %d, duplicates %d, %v", l.InLog, l.Records, l.Duplicates, l.Breaches)
	}
	type span struct{ first, last, copies, offset int }
	var got []span
	for _, e := range l.Entries {
		got = append(got, span{e.First, e.Last, e.Copies, int(e.Offset)})
	}
	want := []span{{1, 10, 1, 0}, {11, 95, 1, 10}, {96, 100, 2, 95}, {101, 105, 2, 100}, {106, 1000, 1, 105}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// What a call of Purge that waits has removed is purged, whatever the client's
// log says of it and wherever the reports are by then.
func TestPurged(t *testing.T) {
	for flags, want := range map[string]Ledger{
		"PurgeQueue|PurgeInFlight": {Produced: 3, Purged: 3},
		"PurgeQueue":               {Produced: 3, Purged: 2, Lost: 1},
		"PurgeInFlight":            {Produced: 3, Purged: 1, Lost: 2},
		"PurgeQueue|PurgeInFlight|PurgeNonBlocking": {Produced: 3, Lost: 3},
	} {
		s := &script{}
		s.newProducer(9)
		for range 3 {
			s.produce(15, Queues{Client: 1})
		}
		flush := s.called("Flush", 19)
		s.metadata()
		s.line(Batched, 1)
		s.frame(Request, 4, Frame{Batches: []Batch{{Topic: "t", Records: 1}}})
		s.returned(flush, "Flush", 19, Queues{Client: 3})
		s.returned(s.called("Purge", 21), "Purge", 21, Queues{Client: 3}) // its reports wait
		s.events[len(s.events)-1].Call.Args = []Value{{Name: "flags", Text: flags}}
		s.exit(0)
		got := Balance(s.trace())
		got.Entries, got.Breaches = nil, nil
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", flags, d)
		}
	}
}

// The log's order is another than the program's only where one call had
// returned before the other began: side by side there is no order.
func TestOrderOfGoroutines(t *testing.T) {
	for _, c := range []struct {
		name   string
		began  [3]int64
		mixed  bool
		events [3]int64
		equal  bool
	}{
		{"one after the other", [3]int64{10, 20, 30}, true, [3]int64{11, 21, 31}, false},
		{"one after the other, equal", [3]int64{10, 20, 30}, true, [3]int64{11, 21, 31}, true},
		{"all at once", [3]int64{10, 10, 10}, false, [3]int64{20, 21, 22}, false},
		{"two at once, then one", [3]int64{10, 10, 30}, true, [3]int64{20, 21, 40}, false},
		{"two at once, then one, equal", [3]int64{10, 10, 30}, false, [3]int64{20, 21, 40}, true},
	} {
		s := &script{}
		s.newProducer(9)
		for i := range 3 {
			s.produce(15, Queues{Client: 1})
			e := &s.events[len(s.events)-1]
			e.Call.Began, e.At = int64(time.Second)+c.began[i], int64(time.Second)+c.events[i]
			if !c.equal {
				e.Call.Message.CRC = uint32(i + 1)
			}
		}
		s.at = 2 * int64(time.Second)
		flush := s.called("Flush", 19)
		s.metadata()
		s.send(4, 3)
		s.returned(flush, "Flush", 19, Queues{})
		s.exit(0)
		for i, number := range []int{3, 1, 2} {
			s.log(number, 0, int64(i))
		}
		s.watermark(3)
		if l := Balance(s.trace()); (len(l.Orders) == 1) != c.mixed {
			t.Errorf("%s: %+v", c.name, l.Orders)
		}
	}
}
