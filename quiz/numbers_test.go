package quiz

import (
	"strings"
	"testing"

	"kstep/tracer"
)

// each sends five messages one by one over as many connections.
func each() *tracer.Trace {
	t := &tape{}
	t.newProducer()
	for i := range 5 {
		t.produce()
		t.flush(0, t.batch, t.request, t.response, t.report)
		for j := range t.events {
			if f := t.events[j].Frame; f != nil && j > len(t.events)-7 {
				f.Connection, f.Correlation = i+1, int32(i)
			}
		}
	}
	t.exit(5)
	return t.trace("")
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		name  string
		trace *tracer.Trace
		maker Maker
		key   string
	}{
		{"requests, at once", fiveMessages(), Requests(), "1:"},
		{"requests, each", each(), Requests(), "5:"},
		{"records", fiveMessages(), RecordsInRequest(), "5:"},
		{"records, each", each(), RecordsInRequest(), "1:"},
		{"connections", fiveMessages(), Connections(), "1:"},
		{"connections, each", each(), Connections(), "5:"},
	} {
		q := ask(t, c.trace, c.maker)
		if !strings.HasPrefix(keyOf(q), c.key) {
			t.Errorf("%s: the key is %q, want %q", c.name, keyOf(q), c.key)
		}
	}
	unread := firstMessage()
	for _, m := range []Maker{Attempts(1), LastOffset()} {
		if qs, _ := Build(tracer.NewRuns(unread), "s", m); len(qs) > 0 {
			t.Errorf("%s: one message, one record, and yet asked: %v", qs[0].ID, qs[0])
		}
	}
	// In a run of one batch, who thinks that offsets begin anew in each is right.
	if qs, _ := Build(tracer.NewRuns(fiveMessages()), "s", LastOffset()); len(qs) > 0 {
		t.Errorf("one batch, and yet asked for the last offset: %v", qs[0])
	}
}
