package view

import (
	"strings"
	"testing"

	"kstep/tracer"
)

// A request says which message it carries where a fault may have it sent again,
// and what an idempotent producer's batch is known by.
func TestWhatARequestCarries(t *testing.T) {
	request := func(b tracer.Batch, messages ...int) *tracer.Row {
		e := &tracer.Event{Lane: tracer.Wire, Kind: tracer.Request, Frame: &tracer.Frame{API: "Produce", Batches: []tracer.Batch{b}}}
		return &tracer.Row{Kind: tracer.RowRequest, Event: e, Evidence: []*tracer.Event{e}, Count: 1, Messages: messages}
	}
	for _, c := range []struct {
		row  *tracer.Row
		want string
	}{
		{request(tracer.Batch{Records: 2, ProducerID: -1}), "2 records"},
		{request(tracer.Batch{Records: 2, ProducerID: -1}, 3, 4), "2 records (#3, #4)"},
		{request(tracer.Batch{Records: 1, ProducerID: 0, Epoch: 1, Sequence: 2}, 3), "1 record (#3), epoch 1, sequence 2"},
	} {
		if got := carried(c.row) + marked(c.row); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// How full the queue of events is depends on how fast the program reads it.
func TestNoQueuesOfAProgramThatReadsEvents(t *testing.T) {
	tr := load(t, "first-message")
	if !strings.Contains(dump(Build(tracer.NewRuns(tr), lesson())), "p.Len() {strong}") {
		t.Fatal("the tracker has no p.Len()")
	}
	for i := range tr.Events {
		if c := tr.Events[i].Call; c != nil && c.Name == "Flush" {
			c.Name = "Events"
		}
	}
	if strings.Contains(dump(Build(tracer.NewRuns(tr), lesson())), "p.Len() {strong}") {
		t.Error("the tracker shows p.Len() of a program that reads Events()")
	}
}
