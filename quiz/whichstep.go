package quiz

import (
	"fmt"
	"slices"

	"kstep/tracer"
)

// Question kind: under which row does something happen on the wire.

// KindWhichStep asks under which call something happened.
const KindWhichStep Kind = "which step"

// happening is what a kind of row is called in a question.
type happening struct {
	asks string // with "the" or "the first" filled in
	noun string
	id   string
}

// happenings leaves out rows that stand where their cause allows: under which
// call those happened differs from run to run.
var happenings = map[tracer.RowKind]happening{
	tracer.RowRequest:  {"When is %s Produce request on the wire?", "the request", "request"},
	tracer.RowResponse: {"When does %s answer to a Produce request come back?", "the answer", "response"},
	tracer.RowReport:   {"When does the client put out %s delivery report?", "the report", "report"},
}

// WhichStep asks under which row the first row of a kind stands: RowRequest,
// RowResponse or RowReport.
func WhichStep(kind tracer.RowKind) Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		h, ok := happenings[kind]
		if !ok {
			return Question{}, fmt.Errorf("rows of kind %q stand where their cause allows: when they happened is no question", kind)
		}
		row := run.First(kind)
		if row == nil {
			return Question{}, lacking(run, fmt.Sprintf("the run has no row of kind %q", kind))
		}
		under := run.CallOf(row)
		which := "the"
		if len(run.Of(kind)) > 1 || row.Count > 1 {
			which = "the first"
		}
		q := Question{
			ID:     "which-step-" + h.id,
			Kind:   KindWhichStep,
			Prompt: fmt.Sprintf(h.asks, which),
			Hints: []string{
				fmt.Sprintf("Look at %s of the %s, and at the rows that are indented under them.", wholeTable(run), SectionTable),
				fmt.Sprintf("Compare the counts of the %s from one column to the next: a change in flight or in delivered tells where the wire was used.", SectionTracker),
				"The client works at its own pace. A row stands under the call that had been made last, whether that call caused it, waited for it or had nothing to do with it.",
			},
		}
		key := Option{Text: interval(run, under), Feedback: underFeedback(h, row, under), Rows: tracer.Addresses(under, row)}
		return compose(q, key, otherSteps(run, h, row, under))
	}
}

// interval puts a row of the short table into words: from its beginning to
// the beginning of the next.
func interval(run *tracer.Run, r *tracer.Row) string {
	if r.Kind == tracer.RowEnd {
		return fmt.Sprintf("After the program had ended, by the client alone (row %s)", r.Address)
	}
	until := "the record ended"
	main := run.Main()
	if i := slices.Index(main, r); i >= 0 && i+1 < len(main) {
		until = callWords(main[i+1]) + " did"
		switch again := func(before *tracer.Row) bool { return callWords(before) == callWords(main[i+1]) }; {
		case again(r):
			until = "another one"
		case slices.ContainsFunc(main[:i], again):
			until = callWords(main[i+1]) + " again"
		}
		if main[i+1].Kind == tracer.RowEnd {
			until = "the program ended"
		}
	}
	return fmt.Sprintf("After %s began, before %s (row %s)", callWords(r), until, r.Address)
}

func underFeedback(h happening, row, under *tracer.Row) string {
	text := fmt.Sprintf("Row %s is %s, and it stands under row %s.", row.Address, h.noun, under.Address)
	switch {
	case under.Kind == tracer.RowEnd:
		return text + " The process was gone by then."
	case under.Unfinished:
		return text + fmt.Sprintf(" %s had not returned when the record ended.", callWords(under))
	case callWords(under) == "Flush()" && row.Event.Seq < under.Event.Seq:
		return text + " Flush() had been called and was waiting meanwhile."
	}
	return text + fmt.Sprintf(" No call after %s was needed for it.", callWords(under))
}

// otherSteps are the other calls of the program, those first that people
// believe in, then the end, then never.
func otherSteps(run *tracer.Run, h happening, row, under *tracer.Row) []Option {
	beliefs := []struct{ call, belief string }{
		{"Produce", "produce-sends"},
		{"Flush", "only-flush-sends"},
		{Exit, "client-outlives-program"},
		{"NewProducer", "newproducer-connects"},
		{"Close", "close-flushes"},
	}
	var out []Option
	for _, b := range beliefs {
		r := run.Call(b.call)
		if b.call == Exit {
			r = run.End()
		}
		if r != nil && r != under {
			out = append(out, Option{Text: interval(run, r), Belief: b.belief, holds: within(run, row, r),
				Feedback: notUnder(h, row, r), Rows: tracer.Addresses(r, row)})
		}
	}
	return append(out, Option{
		Text: "At no time, for it never left the client", Belief: "messages-vanish",
		Feedback: fmt.Sprintf("It did leave: row %s is %s.", row.Address, h.noun),
		Rows:     tracer.Addresses(row),
	})
}

// within tells whether a row happened in the interval of a row of the short
// table, whatever it stands under.
func within(run *tracer.Run, row, of *tracer.Row) bool {
	main := run.Main()
	i := slices.Index(main, of)
	ended := i+1 == len(main)
	return i >= 0 && begun(of) < row.Event.Seq && (ended || row.Event.Seq < begun(main[i+1]))
}

// begun is the event with which a row began.
func begun(r *tracer.Row) int {
	seq := r.Event.Seq
	for _, e := range r.Evidence {
		seq = min(seq, e.Seq)
	}
	return seq
}

// notUnder says why a row did not happen under r.
func notUnder(h happening, row, r *tracer.Row) string {
	switch {
	case r.Kind == tracer.RowEnd:
		return fmt.Sprintf("Row %s is %s. By row %s the process was gone, and the client with it.", row.Address, h.noun, r.Address)
	case r.Event.Seq < row.Event.Seq:
		return fmt.Sprintf("Too early: row %s came back with %s. Row %s is %s.", r.Address, counts(&r.After), row.Address, h.noun)
	}
	return fmt.Sprintf("Too late: %s was there before row %s began. It is row %s.", h.noun, r.Address, row.Address)
}
