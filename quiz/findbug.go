package quiz

import (
	"errors"
	"fmt"
	"slices"

	"kstep/tracer"
)

// Question kind: find the bug.

// KindFindBug asks which place of a source is the cause of what went wrong.
const KindFindBug Kind = "find the bug"

// spotInSource is a place of a program: a call with what is made of its result,
// or what follows it.
type spotInSource struct {
	text, belief string
	gap          bool
	first, last  int // of a call, the lines of its statement; of a gap, those that it lies between
	row          *tracer.Row
}

// FindBug shows which of two programs, the lesson's and a variant's, loses,
// doubles or mixes up messages, and asks at which place of its source the cause
// is. The difference of the two sources answers: they must differ in one place,
// and in nothing else.
func FindBug(variant string) Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		q := Question{ID: "find-bug-" + slug(variant), Kind: KindFindBug}
		t, err := wholeTwin(rs, variant)
		if err != nil {
			return q, err
		}
		if !slices.Equal(run.Trace.Header.Settings, t.run.Trace.Header.Settings) || !slices.Equal(run.Trace.Header.Faults, t.run.Trace.Header.Faults) {
			return q, fmt.Errorf("run %q differs in more than its source", variant)
		}
		bad, good, name := t.run, run, variant
		if harm(run.Ledger(), t.ledger) != "" {
			bad, good, name = run, t.run, ""
		}
		what := harm(bad.Ledger(), good.Ledger())
		if what == "" || harm(good.Ledger(), bad.Ledger()) != "" {
			return q, fmt.Errorf("run %q: neither of the two programs alone loses, doubles or mixes up messages", variant)
		}
		spots, at, err := sourcePlaces(bad, good)
		if err != nil {
			return q, fmt.Errorf("run %q: %w", variant, err)
		}
		h := bad.Trace.Header.Program
		q.Prompt = fmt.Sprintf("%s, %s; %s: none. Which place of %s is the cause?", h.File, what, good.Trace.Header.Program.File, h.File)
		if name != "" && run.Trace.Header.Lesson != "" {
			q.Prompt += fmt.Sprintf(" (kstep run %s --variant %s shows it.)", run.Trace.Header.Lesson, name)
		}
		q.Hints = bugHints(bad, good, name)
		return bugOptions(q, spots, at, bad, good, name)
	}
}

// bugs are the misconceptions of those who look for the cause in a call, or in
// what follows it, where it is not. A call that nobody takes for a cause is none.
var bugs = map[string]struct{ call, gap string }{
	"NewProducer()": {"newproducer-connects", "poll-does-the-work"},
	"Produce()":     {"produce-knows-outcome", "only-flush-sends"},
	"Flush()":       {"flush-misses-messages", "flushing-more-delivers-more"},
	"Close()":       {"close-flushes", "exit-flushes"},
	"Len()":         {"len-counts-messages", ""},
	"Events()":      {"report-always-comes", ""},
}

// harm says in one clause what is wrong with the messages of a run, empty where
// nothing is. other tells how many messages there should have been.
func harm(l, other tracer.Ledger) string {
	switch {
	case l.Lost > 0:
		return fmt.Sprintf("messages lost without a report: %d", l.Lost)
	case l.Refused > 0 && l.Produced < other.Produced:
		return fmt.Sprintf("messages refused and never accepted: %d", other.Produced-l.Produced)
	case l.Failed+l.Purged > 0:
		return fmt.Sprintf("messages given up: %d", l.Failed+l.Purged)
	case l.Duplicates > 0:
		return fmt.Sprintf("records too many: %d", l.Duplicates)
	case len(l.Orders) > 0:
		return "partitions in another order than produced: " + fmt.Sprint(len(l.Orders))
	}
	return ""
}

// sourcePlaces are the places of the bad program's source, and which one is the
// difference.
func sourcePlaces(bad, good *tracer.Run) (spots []spotInSource, key spotInSource, err error) {
	b, err := sourceOf(bad)
	if err != nil {
		return nil, key, err
	}
	g, err := sourceOf(good)
	if err != nil {
		return nil, key, err
	}
	d, err := b.differ(g)
	if err != nil {
		return nil, key, err
	}
	spots = callsAndGaps(bad, b)
	for i, s := range spots {
		if s.is(d) && key.text == "" {
			key = spots[i]
		} else if s.is(d) {
			return nil, key, twoHold(key.text, s.text)
		}
	}
	if key.text == "" {
		return nil, key, errors.New("the sources differ at a place that belongs to no call")
	}
	return spots, key, nil
}

// callsAndGaps are the calls of a program, in the order of its source, and what
// lies between each and the next.
func callsAndGaps(run *tracer.Run, p program) []spotInSource {
	var calls []spotInSource
	for _, r := range run.Main() {
		if r.Kind != tracer.RowCall || slices.ContainsFunc(calls, func(s spotInSource) bool { return s.row.Line() == r.Line() }) {
			continue
		}
		first, last := p.statement(r.Line())
		if first > 0 {
			calls = append(calls, spotInSource{first: first, last: last, row: r})
		}
	}
	slices.SortStableFunc(calls, func(a, b spotInSource) int { return a.first - b.first })
	var out []spotInSource
	for i, c := range calls {
		next, name := p.line(p.body.End()), callWords(c.row)
		if i+1 < len(calls) {
			next = calls[i+1].first
		}
		gap := c
		c.text, c.belief = fmt.Sprintf("In line %d: how %s is called, or what becomes of its result", c.first, name), bugs[name].call
		gap.text, gap.belief = fmt.Sprintf("Between line %d and line %d: what is done there, or is missing", gap.last, next), bugs[name].gap
		gap.first, gap.last, gap.gap = gap.last, next, true
		out = append(out, c, gap)
	}
	return out
}

// is tells whether the difference is at the place: of a call, whether it touches
// the call's statement; of a gap, whether it lies in it.
func (s spotInSource) is(d difference) bool {
	switch {
	case s.gap && d.first == 0:
		return s.first <= d.after && d.after < s.last
	case s.gap:
		return s.first < d.first && d.last < s.last
	}
	return d.first > 0 && s.first <= d.last && d.first <= s.last
}

// sourceOf is the function that made a run's calls.
func sourceOf(run *tracer.Run) (program, error) {
	made := run.Call("NewProducer")
	if made == nil || made.Line() == 0 {
		return program{}, lacking(run, "the record does not say where the program makes its producer")
	}
	return parseProgram(run.Trace.Header.Program.Source, made.Line())
}

// bugOptions are the place of the difference and others of the same program.
func bugOptions(q Question, spots []spotInSource, key spotInSource, bad, good *tracer.Run, twin string) (Question, error) {
	goodTwin := ""
	if twin == "" {
		goodTwin = good.Trace.Header.Variant
	}
	rows := func(s spotInSource) []string { return tracer.OfTwin(twin, tracer.Addresses(s.row)) }
	differ := append(rows(key), tracer.OfTwin(goodTwin, tracer.Addresses(good.End()))...)
	k := Option{Text: key.text, Rows: append(rows(key), tracer.OfTwin(twin, tracer.Addresses(bad.End()))...)}
	k.Feedback = fmt.Sprintf("There, and nowhere else, %s has something else. It is the place of %s; %s shows what came of it.", good.Trace.Header.Program.File, rowList(rows(key)), rowList(tracer.OfTwin(twin, tracer.Addresses(bad.End()))))
	var wrong []Option
	for _, s := range spots {
		if s.text == key.text || s.belief == "" {
			continue
		}
		wrong = append(wrong, Option{Text: s.text, Belief: s.belief, Rows: distinct(append(rows(s), differ...)),
			Feedback: fmt.Sprintf("%s is the same there (%s), and its messages arrive: %s.", good.Trace.Header.Program.File, rowList(rows(s)), rowList(tracer.OfTwin(goodTwin, tracer.Addresses(good.End()))))})
	}
	// The places next to the key come first: they are those that one confuses it with.
	slices.SortStableFunc(wrong, func(a, b Option) int { return nearness(spots, key, a.Text) - nearness(spots, key, b.Text) })
	return compose(q, k, wrong)
}

// nearness is how far a place is from the key, in places.
func nearness(spots []spotInSource, key spotInSource, text string) int {
	at := func(t string) int {
		return slices.IndexFunc(spots, func(s spotInSource) bool { return s.text == t })
	}
	d := at(text) - at(key.text)
	return max(d, -d)
}

func bugHints(bad, good *tracer.Run, twin string) []string {
	there := tracer.OfTwin(twin, tracer.Addresses(bad.Main()...))
	return []string{
		fmt.Sprintf("Look at %s, and at the lines of %s that they name.", span(ends(there)...), bad.Trace.Header.Program.File),
		fmt.Sprintf("Compare %s with %s, call by call, from the top.", bad.Trace.Header.Program.File, good.Trace.Header.Program.File),
		"A message that is accepted is not delivered yet. Whoever needs to know waits for its report, and whoever is refused has to try again.",
	}
}
