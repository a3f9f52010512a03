package quiz

import (
	"strings"
	"testing"

	"kstep/tracer"
)

func requestsOf(rs *tracer.Runs) (int, []string) {
	f := rs.Main.Whole().Requests("Produce")
	return f.N(), f.Rows()
}

// The key is the run's own count; a wrong reading that gives the same number
// is left out.
func TestHowMany(t *testing.T) {
	m := HowMany{
		ID: "requests", Ask: "How many Produce requests?",
		Of: Reading{Says: "as the wire shows", Count: requestsOf},
		Other: []Reading{
			{Says: "the same, told wrongly", Belief: "only-flush-sends", Count: requestsOf},
			{Says: "nothing is sent at all", Belief: "batch-must-be-full", Count: Exactly(0)},
			{Says: "one for each of them all", Belief: "every-message-alone", Count: Exactly(5)},
			{Says: "one more than needed", Belief: "flush-asks-the-broker", Count: Exactly(2)},
		},
		Hints: [3]string{"Look.", "Compare.", "The rule."},
	}.Maker()
	q := ask(t, firstMessage(), m)
	if got := keyOf(q); got != "1: as the wire shows" {
		t.Errorf("the key is %q", got)
	}
	for _, o := range q.Options {
		if !o.Correct && strings.HasPrefix(o.Text, "1:") {
			t.Errorf("a wrong option has the right number: %q", o.Text)
		}
	}
	if qs, left := Build(tracer.NewRuns(noFlush()), "x", m); len(qs) != 0 || len(left) != 1 {
		t.Errorf("a run without a request was asked for it: %v", qs)
	}
}

func claim(ok func(*tracer.Runs) bool) func(*tracer.Runs) tracer.Finding {
	return func(rs *tracer.Runs) tracer.Finding {
		f := tracer.Finding{Verdict: tracer.Refuted, Because: []tracer.Reason{{Text: "Row 1 shows it.", Rows: []string{"1"}}}}
		if ok(rs) {
			f.Verdict = tracer.Confirmed
		}
		return f
	}
}

// The run decides which statement is the key; where it bears out two or none
// it cannot ask.
func TestWhichHolds(t *testing.T) {
	delivered := func(n int) func(*tracer.Runs) bool {
		return func(rs *tracer.Runs) bool { return rs.Main.Ledger().Delivered == n }
	}
	which := func(counts ...int) Maker {
		w := WhichHolds{ID: "which", Ask: "Which holds?", Hints: [3]string{"Look.", "Compare.", "The rule."}}
		for i, n := range counts {
			letter := string(rune('A' + i))
			w.Statements = append(w.Statements, Statement{Text: "Statement " + letter, Belief: catalogue[i].ID, Check: claim(delivered(n))})
		}
		return w.Maker()
	}
	for _, c := range []struct {
		trace  *tracer.Trace
		counts []int
		key    string
	}{
		{firstMessage(), []int{0, 1, 2, 3}, "Statement B"},
		{noFlush(), []int{0, 1, 2, 3}, "Statement A"},
	} {
		if got := keyOf(ask(t, c.trace, which(c.counts...))); got != c.key {
			t.Errorf("the key is %q, want %q", got, c.key)
		}
	}
	for name, m := range map[string]Maker{"two hold": which(1, 1, 2, 3), "none holds": which(2, 3, 4, 5)} {
		if qs, left := Build(tracer.NewRuns(firstMessage()), "x", m); len(qs) != 0 || len(left) != 1 {
			t.Errorf("%s: asked all the same: %v", name, qs)
		}
	}
}
