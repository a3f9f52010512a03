package view

import (
	"strings"
	"testing"

	"kstep/tracer"
)

// Where calls are too many for the page, those have a column that fill the queue
// or settle what was in it; the others are named.
func TestTrackerColumnsOfManyCalls(t *testing.T) {
	row := func(seq, queued, delivered int, transaction string, before tracer.State) *tracer.Row {
		after := before
		after.Queued, after.Delivered, after.Transaction = queued, delivered, transaction
		return &tracer.Row{Event: &tracer.Event{Seq: seq}, Before: before, After: after}
	}
	var calls []*tracer.Row
	state := tracer.State{}
	for i, s := range []struct {
		queued, delivered int
		transaction       string
	}{{0, 0, ""}, {0, 0, "open"}, {1, 0, "open"}, {0, 1, "committed"}, {0, 1, "open"}, {1, 1, "open"}, {0, 2, "open"}, {0, 2, "aborted"}} {
		r := row(i+1, s.queued, s.delivered, s.transaction, state)
		calls, state = append(calls, r), r.After
	}
	of := func(calls []*tracer.Row) string {
		var out strings.Builder
		for _, r := range columnsFor(calls) {
			out.WriteString(number(r.Event.Seq) + " ")
		}
		return out.String()
	}
	for n, want := range map[int]string{4: "1 2 3 4 ", 8: "3 4 7 8 ", 5: "2 3 4 5 "} {
		if got := of(calls[:n]); got != want {
			t.Errorf("of %d calls, %s have a column, want %s", n, got, want)
		}
	}
}
