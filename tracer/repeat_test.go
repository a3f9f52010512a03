package tracer

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What differs from run to run though the program does the same, and must not
// be seen in its rows.

// The process's end closes its connections, and the tap may see that before the
// lab sees the end.
func TestClosedByExit(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	s.metadata()
	s.line(Batched, 1)
	s.frame(Request, 4, Frame{Batches: []Batch{{Topic: "t", Records: 1}}})
	s.returned(s.called("Flush", 19), "Flush", 19, Queues{Client: 1})
	s.frame(ConnectionClosed, 0, Frame{})
	s.add(Event{Lane: Application, Kind: Printed, Text: "1 left"})
	s.exit(0)
	run := NewRun(s.trace())
	if end := run.End(); end.Before.InFlight != 1 || end.After.Lost != 1 {
		t.Errorf("before the end %d in flight, after it %d lost", end.Before.InFlight, end.After.Lost)
	}
}

// Close closes the connections of the last producer.
func TestCloseDisconnects(t *testing.T) {
	s := firstRun()
	s.events = s.events[:len(s.events)-3]
	s.returned(s.called("Close", 20), "Close", 20, Queues{Closed: true})
	s.frame(ConnectionClosed, 0, Frame{})
	s.exit(0)
	if got := NewRun(s.trace()).Call("Close").After; got.Carrying != 0 || got.Up != 0 {
		t.Errorf("after Close %d connections carry messages, %d are up", got.Carrying, got.Up)
	}
}

// What Purge removed has its report under Purge, however late its line is read.
func TestPurgedInPurge(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	purge := s.called("Purge", 19)
	s.returned(purge, "Purge", 19, Queues{Client: 2})
	s.line(Purged, 1).At += int64(20 * time.Millisecond)
	s.returned(s.called("Flush", 20), "Flush", 20, Queues{Reports: 1})
	s.exit(0)
	want := []string{"1 call", "2 call", "3 call", "3.1 report", "4 call", "5 end"}
	if d := cmp.Diff(want, addresses(s.trace())); d != "" {
		t.Error(d)
	}
}

// A topic that the client knows is no news, on whatever connection it asks.
func TestKnownTopicIsNoNews(t *testing.T) {
	var want []string
	for _, asks := range []bool{false, true} {
		s := &script{}
		s.newProducer(9)
		s.produce(15, Queues{Client: 1})
		s.metadata()
		s.send(4, 1)
		if asks {
			s.metadata()
		}
		s.send(5, 1)
		s.exit(0)
		got := addresses(s.trace())
		if want == nil {
			want = got
		} else if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
}

// Goroutines' calls may be recorded in another order than their numbers.
func TestLedgerFollowsNumbers(t *testing.T) {
	s := twoMessages("", "", true)
	for i := range s.events {
		if c := s.events[i].Call; c != nil && c.Message != nil {
			c.Message.Number = 3 - c.Message.Number
		}
	}
	s.watermark(0)
	if l := Balance(s.trace()); l.Entries[0].First != 1 || l.Entries[1].First != 2 {
		t.Errorf("entries %+v", l.Entries)
	}
}
