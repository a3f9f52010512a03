package quiz

import (
	"fmt"
	"strings"

	"kstep/tracer"
)

// Question kind: which of four statements the run bears out.

// KindWhichHolds asks for the statement that holds.
const KindWhichHolds Kind = "which holds"

// WhichHolds is a question of four statements, each with its own predicate. The
// run decides which one is the key; where it bears out none of them, or more
// than one, it cannot ask.
type WhichHolds struct {
	ID         string
	Ask        string // the question, with its question mark
	Statements []Statement
	Hints      [hintCount]string // where to look, what to compare, the rule
}

// Statement is an answer that may be true of a run.
type Statement struct {
	Text   string
	Belief string                            // the misconception it is where it does not hold, by its ID
	Check  func(*tracer.Runs) tracer.Finding // as of a claim; its sentences are the feedback
}

// Maker is the question's maker.
func (w WhichHolds) Maker() Maker {
	return func(rs *tracer.Runs) (Question, error) {
		if _, err := mainRun(rs); err != nil {
			return Question{}, err
		}
		var key *Option
		var wrong []Option
		for _, s := range w.Statements {
			f := s.Check(rs)
			o := Option{Text: s.Text, Feedback: because(f), Rows: rowsOf(f)}
			switch {
			case len(o.Rows) == 0 || f.Verdict == tracer.Unsupported:
				return Question{ID: w.ID}, lacking(rs.Main, fmt.Sprintf("nothing in the run says whether %q holds", s.Text))
			case f.Verdict != tracer.Confirmed:
				o.Belief = s.Belief
				wrong = append(wrong, o)
			case key != nil:
				return Question{ID: w.ID}, twoHold(key.Text, s.Text)
			default:
				key = &o
			}
		}
		if key == nil {
			return Question{ID: w.ID}, lacking(rs.Main, "the run bears out none of the statements")
		}
		return compose(Question{ID: w.ID, Kind: KindWhichHolds, Prompt: w.Ask, Hints: w.Hints[:]}, *key, wrong)
	}
}

// because are the sentences of a finding.
func because(f tracer.Finding) string {
	var out []string
	for _, r := range f.Because {
		text := r.Text
		if r.Source != "" {
			text += " (" + r.Source + ")."
		}
		if text != "" {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return fmt.Sprintf("See %s.", rowList(rowsOf(f)))
	}
	return strings.Join(out, " ")
}

func rowsOf(f tracer.Finding) []string {
	var out []string
	for _, r := range f.Because {
		out = append(out, r.Rows...)
	}
	return distinct(out)
}
