package view

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
)

// sidesOf are a committed trace and a twin in it.
func sidesOf(t *testing.T, twin string) (a, b Side) {
	t.Helper()
	runs := tracer.NewRuns(load(t, "first-message"))
	return Side{Name: "first-message", Runs: runs, Claims: lesson().Claims},
		Side{Name: twin, Runs: &tracer.Runs{Main: runs.Twin(twin)}, Claims: lesson().Claims}
}

func brief(c Comparison) []string {
	var out []string
	for _, d := range c.Differences {
		text := func(h *Half) string {
			if h == nil {
				return "-"
			}
			return strings.TrimSpace(h.Step + " " + h.Text)
		}
		out = append(out, strings.Join([]string{d.Part, d.What, d.Column, text(d.A), text(d.B)}, " | "))
	}
	return out
}

// A run differs from itself in nothing, whatever file its trace came from.
func TestNothingDiffers(t *testing.T) {
	for _, name := range []string{"first-message", "unread-reports"} {
		runs := tracer.NewRuns(load(t, name))
		again := tracer.NewRuns(load(t, name))
		c := Compare("l", Side{Name: "a", Runs: runs, Claims: lesson().Claims}, Side{Name: "b", Runs: again, Claims: lesson().Claims})
		if len(c.Differences) > 0 {
			t.Errorf("%s: %q", name, brief(c))
		}
		if text := dump(c.Document()); !strings.Contains(text, "Nothing differs") {
			t.Error(text)
		}
		if data, err := json.Marshal(c); err != nil || !strings.Contains(string(data), `"differences":[]`) {
			t.Errorf("%s %v", data, err)
		}
	}
}

// The rows under a call that only one run made are found again under another.
func TestRowsArePairedByWhatTheyAre(t *testing.T) {
	a, b := sidesOf(t, "await-report")
	want := []string{
		"process-table | Produce(my_topic, key key1, value hello) | Internal State | 2 queued in client: 0 -> 1\nProduce requests on the wire: 0 | 2 queued in client: 0 -> 1",
		"process-table | Produce(my_topic, key key1, value hello) | Result/Output | 2 no error; nothing sent yet | 2 no error",
		"process-table | Flush(15000) | Row | 3 returns 0: nothing left | -",
		"process-table | client connects, learns the topic | Under | 3.1 Flush() | 2.1 Produce()",
		"process-table | client builds a batch | Under | 3.2 Flush() | 2.2 Produce()",
		"process-table | Produce request -> | Under | 3.3 Flush() | 2.3 Produce()",
		"process-table | <- response | Under | 3.4 Flush() | 2.4 Produce()",
		"process-table | 1 delivery report | Under | 3.5 Flush() | 2.5 Produce()",
		"status-tracker | unread reports | Final | 4 1 | 3 0",
	}
	if d := cmp.Diff(want, brief(Compare("l", a, b))); d != "" {
		t.Error(d)
	}
}

// Each difference reads the same from the other side.
func TestCompareIsSymmetric(t *testing.T) {
	for _, twin := range []string{"no-flush", "await-report"} {
		a, b := sidesOf(t, twin)
		there, back := Compare("l", a, b), Compare("l", b, a)
		for i, d := range back.Differences {
			back.Differences[i].A, back.Differences[i].B = d.B, d.A
		}
		x, y := brief(there), brief(back)
		slices.Sort(x)
		slices.Sort(y)
		if d := cmp.Diff(x, y); d != "" {
			t.Errorf("%s: %s", twin, d)
		}
	}
}

// Only sentences that both lessons claim are compared, by their verdicts.
func TestVerdictsThatDiffer(t *testing.T) {
	a, b := sidesOf(t, "no-flush")
	flushed := tracer.Claim{ID: "flushed", Sentence: "The program flushes.", Check: func(r *tracer.Runs) tracer.Finding {
		f := tracer.Finding{Verdict: tracer.Refuted}
		if call := r.Main.Call("Flush"); call != nil {
			f = tracer.Finding{Verdict: tracer.Confirmed, Because: []tracer.Reason{{Rows: tracer.Addresses(call, call)}}}
		}
		return f
	}}
	mine := flushed
	mine.ID = "mine"
	a.Claims, b.Claims = []tracer.Claim{mine, flushed}, []tracer.Claim{flushed}
	all := brief(Compare("l", a, b))
	want := "claims | The program flushes. | Verdict | confirmed (row 3) | refuted"
	if got := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !strings.HasPrefix(s, "claims") }); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAlign(t *testing.T) {
	calls := func(names ...string) *tracer.Run {
		r := &tracer.Run{}
		for _, n := range names {
			r.Rows = append(r.Rows, tracer.Row{Kind: tracer.RowCall, Event: &tracer.Event{Call: &tracer.Call{Name: n}}})
		}
		return r
	}
	for _, c := range []struct {
		a, b []string
		want string
	}{
		{nil, nil, ""},
		{[]string{"x"}, nil, "-x"},
		{nil, []string{"x"}, "+x"},
		{[]string{"x", "y"}, []string{"x", "z", "y"}, "=x +z =y"},
		{[]string{"x", "y", "y"}, []string{"y", "y", "z"}, "-x =y =y +z"},
		{[]string{"x", "y", "z"}, []string{"y", "z", "x"}, "~x =y =z"},
	} {
		var got []string
		for _, p := range align(calls(c.a...), calls(c.b...)) {
			sign := "="
			switch {
			case p.b == nil:
				sign = "-"
			case p.a == nil:
				sign = "+"
			case p.moved:
				sign = "~"
			}
			got = append(got, sign+strings.TrimSuffix(p.key.what, "()"))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%v and %v: got %s, want %s", c.a, c.b, s, c.want)
		}
	}
}

// Ledgers that are divided at other messages are compared message by message.
func TestRanges(t *testing.T) {
	a := []tracer.Entry{{First: 1, Last: 5}, {First: 6, Last: 9}}
	b := []tracer.Entry{{First: 1, Last: 3}, {First: 4, Last: 6}}
	if d := cmp.Diff([]span{{1, 3}, {4, 5}, {6, 6}, {7, 9}}, ranges(a, b), cmp.AllowUnexported(span{})); d != "" {
		t.Error(d)
	}
	if got := ranges(nil, nil); len(got) != 0 {
		t.Error(got)
	}
}
