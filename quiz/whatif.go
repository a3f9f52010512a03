package quiz

import (
	"fmt"

	"kstep/tracer"
)

// Question kind: what becomes of the message if one thing is changed.

// KindWhatIf asks what a variant of the program leads to.
const KindWhatIf Kind = "what if"

// twin is the run of a variant, with its account.
type twin struct {
	name   string
	told   string // in what it differs, in its author's words; empty: the two runs tell
	run    *tracer.Run
	ledger tracer.Ledger
}

// WhatIf asks what becomes of the messages in a variant of the program. The
// twin run's ledger answers.
func WhatIf(variant string) Maker { return WhatIfInstead(variant, "") }

// WhatIfInstead is WhatIf for a variant whose difference neither calls nor
// settings tell: change says it, as in "The channel has room for two reports".
func WhatIfInstead(variant, change string) Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		if len(run.Main()) == 0 {
			return Question{}, lacking(run, "the record has no call of the program")
		}
		t, err := wholeTwin(rs, variant)
		if err != nil {
			return Question{}, err
		}
		t.told = change
		o, err := outcomeOf(t.ledger)
		if err != nil {
			return Question{}, fmt.Errorf("run %q: %w", variant, err)
		}
		n := max(1, t.ledger.Produced)
		q := Question{
			ID:     "what-if-" + slug(variant),
			Kind:   KindWhatIf,
			Prompt: fmt.Sprintf("%s. What becomes of %s?", t.change(run), message(n)),
			Hints:  t.hints(run),
		}
		key := Option{Text: o.text}
		key.Feedback, key.Rows = o.confirm(t)
		var wrong []Option
		for _, other := range outcomes {
			if other.id != o.id {
				w := Option{Text: other.text, Belief: other.believedOf(t), holds: other.of(t.ledger)}
				w.Feedback, w.Rows = other.refute(t)
				wrong = append(wrong, w)
			}
		}
		return compose(q, key, wrong)
	}
}

// wholeTwin is a twin whose record reaches the program's own end.
func wholeTwin(rs *tracer.Runs, variant string) (*twin, error) {
	run := rs.Twin(variant)
	if run == nil || run.Trace == nil {
		return nil, fmt.Errorf("the trace carries no run of the variant %q", variant)
	}
	end := run.End()
	if end == nil || end.Event.Exit == nil {
		return nil, lacking(run, fmt.Sprintf("run %q: the record has no end of the program", variant))
	}
	if p := run.Trace.Header.Partial; p != "" {
		return nil, fmt.Errorf("run %q: the record is partial: %s", variant, p)
	}
	if end.Event.Exit.ByLab {
		return nil, fmt.Errorf("run %q: kstep ended the program, so its end is not the program's own", variant)
	}
	return &twin{name: variant, run: run, ledger: run.Ledger()}, nil
}

func (t *twin) addresses(rows ...*tracer.Row) []string { return tracer.TwinAddresses(t.name, rows...) }

// change says in what the twin differs from the run: calls left out or added,
// or settings. What none of these tells is named by the variant alone.
func (t *twin) change(run *tracer.Run) string {
	if t.told != "" {
		return fmt.Sprintf("%s (variant %s)", t.told, t.name)
	}
	less, more := callsLeftOut(run, t.run), callsLeftOut(t.run, run)
	set := newSettings(run, t.run)
	switch {
	case len(less) > 0 && len(more) == 0 && len(set) == 0:
		return fmt.Sprintf("The program runs without its call of %s (variant %s)", list(less), t.name)
	case len(more) > 0 && len(less) == 0 && len(set) == 0:
		return fmt.Sprintf("The program also calls %s (variant %s)", list(more), t.name)
	case len(set) > 0 && len(less) == 0 && len(more) == 0:
		return fmt.Sprintf("The program runs with %s (variant %s)", list(set), t.name)
	}
	return fmt.Sprintf("The program runs as the variant %s", t.name)
}

// callsLeftOut are the names of calls that a makes and b never does.
func callsLeftOut(a, b *tracer.Run) []string {
	var out []string
	for _, r := range a.Main() {
		if r.Kind == tracer.RowCall && b.Call(r.Event.Call.Name) == nil {
			out = append(out, callWords(r))
		}
	}
	return distinct(out)
}

func newSettings(run, other *tracer.Run) []string {
	had := map[tracer.Setting]bool{}
	for _, s := range run.Trace.Header.Settings {
		had[s] = true
	}
	var out []string
	for _, s := range other.Trace.Header.Settings {
		if !had[s] {
			out = append(out, s.Key+"="+s.Value)
		}
	}
	return out
}

func (t *twin) hints(run *tracer.Run) []string {
	there := span(ends(t.addresses(t.run.Main()...))...)
	first := fmt.Sprintf("Look at %s of the %s, then at %s of the other run.", wholeTable(run), SectionTable, there)
	if id := run.Trace.Header.Lesson; id != "" {
		first = fmt.Sprintf("Look at %s of the %s, then at %s: kstep run %s --variant %s shows them.", wholeTable(run), SectionTable, there, id, t.name)
	}
	return []string{
		first,
		fmt.Sprintf("Compare the counts before and after the last row of both: row %s and row %s.", run.Main()[len(run.Main())-1].Address, t.addresses(t.run.End())[0]),
		"What Produce() has taken ends with its report, or with the process, if that ends first: the client's queue and its threads are a part of the process. What Produce() refuses was never taken.",
	}
}

// noError says that no call of the twin returned an error, or which did.
func (t *twin) noError() (string, []string) {
	at := ends(t.addresses(t.run.Main()...))
	for _, r := range t.run.Main() {
		if r.Kind == tracer.RowCall && r.Event.Call.Error != nil {
			return fmt.Sprintf("Row %s returned an error, but %d messages had been accepted.", t.addresses(r)[0], t.ledger.Produced), t.addresses(r)
		}
	}
	return fmt.Sprintf("No call of that run returned an error: see %s.", span(at...)), at
}

// log says what the broker's log of the twin holds.
func (t *twin) log() string {
	if t.ledger.Records == 0 {
		return "The broker's log of that run holds no record of the program."
	}
	return fmt.Sprintf("In that run the broker's log holds records of the program: %d.", t.ledger.Records)
}
