package tracer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWindow(t *testing.T) {
	s := firstRun()
	run := NewRun(s.trace())
	for _, c := range []struct {
		name string
		of   Window
		want int
	}{
		{"the whole run", run.Whole(), 1},
		{"after Produce", run.After("Produce"), 1},
		{"before Flush", run.Before("Flush"), 0},
		{"between", run.After("Produce").Before("Flush"), 0},
		{"during Flush", run.During("Flush"), 1},
		{"after Flush", run.After("Flush"), 0},
		{"after a call that was not made", run.After("Purge"), 0},
		{"before a call that was not made", run.Before("Purge"), 0},
		{"of no run", (*Run)(nil).After("Produce"), 0},
		{"of a twin that is not there", NewRuns(s.trace()).Twin("none").Whole().After("Produce").Before("Flush"), 0},
		{"nothing", Window{}, 0},
	} {
		f := c.of.Requests("Produce")
		if f.N() != c.want || f.None() == f.Any() || f.Records() != c.want {
			t.Errorf("%s: %d requests with %d records, want %d", c.name, f.N(), f.Records(), c.want)
		}
		if got := len(f.Rows()); got != c.want {
			t.Errorf("%s: rows %v", c.name, f.Rows())
		}
	}
	if d := cmp.Diff([]string{"3.3"}, run.During("Flush").Requests("Produce").Rows()); d != "" {
		t.Error(d)
	}
	if got := run.During("Flush").Reports(Delivered).Records(); got != 1 {
		t.Errorf("%d messages were reported", got)
	}
}

// The n-th call by a name is the first one of the rest.
func TestWindowOfLaterCalls(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	for i := range 2 {
		s.produce(15, Queues{Client: 1})
		flush := s.called("Flush", 19)
		s.send(int32(4+i), 1)
		s.add(Event{Lane: Application, Kind: Printed, Text: "sent", Stream: "stdout"})
		s.returned(flush, "Flush", 19, Queues{}, Value{Name: "left", Text: "0"})
	}
	run := NewRun(s.trace())
	second := run.After("Flush").Requests("Produce")
	if d := cmp.Diff([]string{"5.2"}, second.Rows()); d != "" {
		t.Error(d)
	}
	if got := run.After("Flush").After("Flush").Requests("Produce").N(); got != 0 {
		t.Errorf("%d requests after the last Flush()", got)
	}
	if got := len(run.After("Flush").Calls("Produce")); got != 1 {
		t.Errorf("%d calls of Produce() after the first Flush()", got)
	}
	if d := cmp.Diff([]string{"sent"}, run.After("Flush").Printed()); d != "" {
		t.Error(d)
	}
}

// Errors of answers by their names.
func TestFramesErrors(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	s.produced(Request, 4, 0, "")
	s.produced(Response, 4, 0, "NOT_LEADER_OR_FOLLOWER")
	if d := cmp.Diff([]string{"NOT_LEADER_OR_FOLLOWER"}, NewRun(s.trace()).Whole().Responses("Produce").Errors()); d != "" {
		t.Error(d)
	}
}
