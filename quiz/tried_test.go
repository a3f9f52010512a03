package quiz

import (
	"slices"
	"strings"
	"testing"

	"kstep/tracer"
)

// beside is the first message's run with one twin.
func beside(twin *tracer.Trace) *tracer.Trace {
	trace := firstMessage()
	trace.Twins = []*tracer.Trace{twin}
	return trace
}

// asSent is a run like the first message's, but for what happens on the wire.
func asSent(meanwhile func(*tape), records int) *tracer.Trace {
	t := &tape{}
	t.newProducer()
	t.produce()
	t.flush(0, func() { meanwhile(t) })
	t.exit(records)
	return t.trace("changed")
}

// What is asked of a change follows from what it changes, and its run answers.
func TestTriedFollowsTheChange(t *testing.T) {
	same := asSent((*tape).sent, 1)
	retried := asSent(func(t *tape) {
		t.connect()
		t.batch()
		t.request()
		t.request()
		t.response()
		t.report()
	}, 1)
	unanswered := asSent(func(t *tape) { t.connect(); t.batch(); t.request(); t.report() }, 1)
	twice := asSent((*tape).sent, 1)
	for i := range twice.Events {
		if e := twice.Events[i]; e.Kind == tracer.Logged { // the broker's log has it once more
			r := *e.Record
			r.Offset = 1
			twice.Events = append(twice.Events, tracer.Event{Seq: len(twice.Events) + 1, Lane: tracer.Broker, Kind: tracer.Logged, Known: tracer.Observed, Record: &r})
		}
	}
	lost := noFlush()
	lost.Header.Variant = "changed"
	for _, c := range []struct {
		name  string
		trace *tracer.Trace
		kind  Kind
		key   string
	}{
		{"nothing", same, KindWhatChanges, "None of them: all are as before"},
		{"answers", unanswered, KindWhatChanges, "How many answers the broker gives"},
		{"requests", retried, KindHowMany, "2: one each, and one that repeats"},
		{"copies", twice, KindHowMany, "2: what the broker appended in all"},
		{"fate", lost, KindWhatIf, "Lost at exit, and not reported"},
	} {
		q := ask(t, beside(c.trace), Tried("changed", "The program is changed", "kstep diff x"))
		if q.Kind != c.kind || keyOf(q) != c.key {
			t.Errorf("%s: %s, key %q, want %s, %q", c.name, q.Kind, keyOf(q), c.kind, c.key)
		}
		if !strings.HasPrefix(q.Prompt, "The program is changed. ") || q.ID != "try-changed" || !strings.Contains(q.Hints[0], "kstep diff x") {
			t.Errorf("%s: id %q, prompt %q, hint %q", c.name, q.ID, q.Prompt, q.Hints[0])
		}
	}
}

// A change that was not run, or whose run did not end by itself, is not asked.
func TestTriedNeedsARun(t *testing.T) {
	ended := asSent((*tape).sent, 1)
	ended.Header.Partial = "time limit"
	for name, trace := range map[string]*tracer.Trace{"none": firstMessage(), "partial": beside(ended)} {
		if qs, left := Build(tracer.NewRuns(trace), "x", Tried("changed", "The program is changed", "kstep diff x")); len(qs) > 0 || len(left) != 1 {
			t.Errorf("%s: %d questions, left %v", name, len(qs), left)
		}
	}
}

// What an abort removes has its report, though the client's log has no line for
// it and the table no row: the row of the call shows what became of it, and no
// feedback may say that there was no report.
func TestReportWithoutARow(t *testing.T) {
	p := &tape{}
	p.newProducer()
	p.produce()
	p.waiting = 0
	p.call(tracer.Call{Name: "AbortTransaction", Results: []tracer.Value{{Name: "error", Text: "nil"}}})
	p.exit(0)
	q := ask(t, beside(p.trace("changed")), Tried("changed", "The program is changed", "kstep diff x"))
	if keyOf(q) != "Purged, and a report says it was removed" {
		t.Fatalf("key %q", keyOf(q))
	}
	for i, o := range q.Options {
		if strings.Contains(o.Feedback, "no row of a report") || strings.Contains(o.Feedback, "No row above it is a report") {
			t.Errorf("%q: %s", o.Text, o.Feedback)
		}
		if says := strings.Contains(o.Text, "a report says"); says && (!slices.Contains(o.Rows, "changed 3") || !strings.Contains(o.Feedback, "changed 3")) {
			t.Errorf("option %d, %q, does not lead to the call that shows the fate: %v %s", i, o.Text, o.Rows, o.Feedback)
		}
	}
}

// A count names each row that makes it up, or how many more there are.
func TestCountNamesItsRows(t *testing.T) {
	p := asSent(func(t *tape) {
		t.connect()
		t.batch()
		t.request()
		t.request()
		t.request()
		t.response()
		t.report()
	}, 1)
	q := ask(t, beside(p), Tried("changed", "The program is changed", "kstep diff x"))
	run := tracer.NewRuns(beside(p)).Twin("changed")
	want := tracer.TwinAddresses("changed", run.Of(tracer.RowRequest)...)
	key := q.Options[q.Key()]
	if len(want) != 3 || !slices.Equal(key.Rows, want) || !strings.Contains(key.Feedback, want[1]) {
		t.Errorf("rows %v, want %v; %s", key.Rows, want, key.Feedback)
	}
}

func TestRowList(t *testing.T) {
	for n, want := range map[int]string{1: "row 1", 2: "rows 1 and 2", 6: "rows 1, 2, 3, 4, 5 and 6", 9: "rows 1, 2, 3, 4, 5 and 4 more"} {
		if got := rowList(strings.Split("123456789", "")[:n]); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
