package quiz

import (
	"fmt"
	"strings"
)

// Results of a quiz, and grading without asking.

// Outcome is how a question was settled.
type Outcome string

// The outcomes. Only Right counts for the score: right before any feedback, at
// the first answer or, where there is a discussion between two votes, at the
// second vote. The second try comes after the feedback.
const (
	Right       Outcome = "right"
	RightSecond Outcome = "right at the second try"
	Wrong       Outcome = "wrong"
	Skipped     Outcome = "skipped"
	NotAnswered Outcome = "not answered"
)

// Result is what became of one question.
type Result struct {
	ID      string   `json:"id"`
	Kind    Kind     `json:"kind"`
	Outcome Outcome  `json:"outcome"`
	Chosen  int      `json:"chosen"`            // index of the option chosen first, the first vote; -1: none, or an answer nobody could read
	Second  int      `json:"second"`            // index of the second try, after the feedback; -1 where there was none
	Revote  int      `json:"revote"`            // index of the second vote, after a discussion and before the feedback; it decides the outcome; -1 where there was none
	Belief  string   `json:"belief,omitempty"`  // the ID of the misconception the first choice stands for
	Hints   int      `json:"hints"`             // how many hints were shown before the question was settled
	Reread  []string `json:"reread,omitempty"`  // rows to read again; empty where the answer was right
	Warning string   `json:"warning,omitempty"` // an answer nobody could read
}

// Score is the results of a quiz, one a question, in order.
type Score struct {
	Results []Result `json:"results"`
}

// Right is how many questions were right before any feedback.
func (s Score) Right() int { return s.Count(Right) }

// Total is how many questions there were, answered or not.
func (s Score) Total() int { return len(s.Results) }

// Count is how many questions had an outcome.
func (s Score) Count(o Outcome) int {
	n := 0
	for _, r := range s.Results {
		if r.Outcome == o {
			n++
		}
	}
	return n
}

// Missed are the results that were not right before any feedback.
func (s Score) Missed() []Result {
	var out []Result
	for _, r := range s.Results {
		if r.Outcome != Right {
			out = append(out, r)
		}
	}
	return out
}

// Revotes counts the results with two votes, and how many of their first and
// of their second votes were right.
func (s Score) Revotes() (both, first, revote int) {
	for _, r := range s.Results {
		if r.Chosen < 0 || r.Revote < 0 {
			continue
		}
		both++
		if r.Belief == "" {
			first++
		}
		if r.Outcome == Right {
			revote++
		}
	}
	return both, first, revote
}

// String is the score in words: "4 of 5".
func (s Score) String() string { return fmt.Sprintf("%d of %d", s.Right(), s.Total()) }

// Grade holds answers against questions, one answer a question, in order,
// as a piped session would: a letter or a number, s or nothing to skip, q to
// stop. It knows no second vote: Session.Discuss has two. Answers beyond the
// questions are ignored, missing ones are not answered. It changes nothing.
func Grade(answers []string, qs []Question) Score {
	var s Score
	stopped := false
	for i, q := range qs {
		r := newResult(q)
		if i < len(answers) && !stopped {
			cmd := parse(answers[i], len(q.Options))
			stopped = cmd.verb == verbQuit
			r.take(q, cmd, answers[i])
		}
		s.Results = append(s.Results, r.settled(q))
	}
	return s
}

func newResult(q Question) Result {
	return Result{ID: q.ID, Kind: q.Kind, Outcome: NotAnswered, Chosen: -1, Second: -1, Revote: -1}
}

// take puts a first answer into the result. A hint is no answer: where there
// is nobody to ask again, it counts as one that cannot be read.
func (r *Result) take(q Question, cmd command, line string) {
	switch cmd.verb {
	case verbChoose:
		r.Chosen = cmd.option
		r.Belief = q.Options[cmd.option].Belief
		r.Outcome = Wrong
		if q.Options[cmd.option].Correct {
			r.Outcome = Right
		}
	case verbSkip, verbNothing:
		r.Outcome = Skipped
	case verbQuit:
	default:
		r.Outcome = Wrong
		r.Warning = fmt.Sprintf("%q is none of the answers", shorten(line))
	}
}

// revote puts a second vote into the result, which decides from then on. An
// empty line keeps the first vote; skipping withdraws it from the outcome, not
// from the record.
func (r *Result) revote(q Question, cmd command, line string) {
	if cmd.verb == verbNothing {
		r.Revote = r.Chosen
		return
	}
	second := newResult(q)
	second.take(q, cmd, line)
	r.Outcome, r.Revote = second.Outcome, second.Chosen
	if second.Warning != "" || r.Revote >= 0 {
		r.Warning = second.Warning
	}
}

// settled adds what to read again.
func (r Result) settled(q Question) Result {
	r.Reread = nil
	if r.Outcome != Right {
		r.Reread = q.Reread
	}
	return r
}

// shortLine is how much of an unreadable answer is repeated.
const shortLine = 40

func shorten(line string) string {
	s := []rune(strings.TrimSpace(line))
	if len(s) > shortLine {
		return string(s[:shortLine]) + "…"
	}
	return string(s)
}
