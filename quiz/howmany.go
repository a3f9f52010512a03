package quiz

import (
	"fmt"
	"strconv"

	"kstep/tracer"
)

// Question kind: how many, where the run's own count answers.

// KindHowMany asks for a count.
const KindHowMany Kind = "how many"

// HowMany is a question for a count. Every option is a number of the run with
// the reading that leads to it, so that who counts the wrong thing finds the
// number they had in mind.
type HowMany struct {
	ID    string
	Ask   string            // the question, with its question mark
	Of    Reading           // what is asked for
	Other []Reading         // what people count instead, at least three; readings that give a number that is taken are left out
	Hints [hintCount]string // where to look, what to compare, the rule
	Same  bool              // the key has the words of the reading in Other that gives its number, where there is one
}

// Reading is a number that can be read from a run.
type Reading struct {
	Says   string // what the number counts: "one for each message"; the option's text after the number
	Belief string // the misconception it stands for, by its ID; of Of empty
	Count  func(*tracer.Runs) (n int, rows []string)
}

// Maker is the question's maker.
func (h HowMany) Maker() Maker {
	return func(rs *tracer.Runs) (Question, error) {
		if _, err := mainRun(rs); err != nil {
			return Question{}, err
		}
		n, rows := h.Of.Count(rs)
		if len(rows) == 0 {
			return Question{ID: h.ID}, lacking(rs.Main, "no row of the run shows the count")
		}
		key := Option{Text: h.key(rs, n).text(n), Rows: rows, Feedback: fmt.Sprintf("%s: %d.", upper(rowList(rows)+" show"+third(rows)), n)}
		var wrong []Option
		var same []string
		for _, o := range h.Other {
			m, at := o.Count(rs)
			if m == n {
				same = append(same, fmt.Sprintf("%q", o.text(m)))
				continue
			}
			if taken(wrong, m) {
				continue
			}
			if len(at) == 0 {
				at = rows
			}
			wrong = append(wrong, Option{
				Text: o.text(m), Belief: o.Belief, Rows: distinct(append(append([]string(nil), rows...), at...)),
				Feedback: fmt.Sprintf("%s show%s %d.", upper(rowList(rows)), third(rows), n),
			})
		}
		q := Question{ID: h.ID, Kind: KindHowMany, Prompt: h.Ask, Hints: h.Hints[:]}
		if len(wrong) < optionCount-1 && len(same) > 0 {
			return q, fmt.Errorf("the run bears out both %q and %s, and only %d other numbers are left", key.Text, list(same), len(wrong))
		}
		return compose(q, key, wrong)
	}
}

// key is the reading whose words the right option has.
func (h HowMany) key(rs *tracer.Runs, n int) Reading {
	if !h.Same {
		return h.Of
	}
	key := h.Of
	for _, o := range h.Other {
		if m, _ := o.Count(rs); m == n {
			key = o
		}
	}
	return key
}

func (r Reading) text(n int) string { return strconv.Itoa(n) + ": " + r.Says }

// taken tells whether an option begins with the number already.
func taken(options []Option, n int) bool {
	for _, o := range options {
		var m int
		if _, err := fmt.Sscanf(o.Text, "%d:", &m); err == nil && m == n {
			return true
		}
	}
	return false
}

// third is the s of the verb for one row.
func third(rows []string) string {
	if len(rows) == 1 {
		return "s"
	}
	return ""
}

// Exactly is a number that no run has to show: what somebody may think of.
func Exactly(n int) func(*tracer.Runs) (int, []string) {
	return func(*tracer.Runs) (int, []string) { return n, nil }
}
