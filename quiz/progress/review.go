package progress

import (
	"cmp"
	"slices"

	"kstep/quiz"
)

// Spacing is after how many days a question that was missed is asked again: a
// right answer moves it to the next step, a wrong one back to the first. Fixed
// steps recall about as well as any cleverer rule.
var Spacing = []int{1, 3, 7, 21}

// PerDay is how many questions a day kstep review asks at most.
const PerDay = 5

// Weak is a question that was missed and is not yet recalled for good.
type Weak struct {
	Lesson, Question string
	Kind             quiz.Kind
	Step             int    // index into Spacing
	Last, Due        Day    // when it last moved, and when it is asked again
	Belief           string // the misconception chosen last; empty: none was
	Missed, Asked    int    // days it was not right on, days it was asked on
}

// Weak are the questions that were missed, those that are due first before the
// others.
//
// The days count, not the answers: what is answered again on the day it was
// explained says nothing of memory. A day on which one answer was not right at
// the first try is a miss. A right day before the question is due changes
// nothing, and after the last step it is weak no more, until it is missed again.
func (p *Progress) Weak() []Weak {
	days := map[question][]Answer{}
	var order []question
	for _, a := range p.Answers {
		q := a.question()
		if days[q] == nil {
			order = append(order, q)
		}
		days[q] = append(days[q], a)
	}
	var out []Weak
	for _, q := range order {
		if w, weak := schedule(days[q]); weak {
			out = append(out, w)
		}
	}
	slices.SortFunc(out, func(a, b Weak) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Lesson, b.Lesson), cmp.Compare(a.Question, b.Question))
	})
	return out
}

// schedule follows the answers to one question, in their order.
func schedule(answers []Answer) (w Weak, weak bool) {
	w = Weak{Lesson: answers[0].Lesson, Question: answers[0].Question}
	for len(answers) > 0 {
		day, n := answers[0].Day, 1
		for n < len(answers) && answers[n].Day == day {
			n++
		}
		right := true
		for _, a := range answers[:n] {
			w.Kind = a.Kind
			if a.Outcome != quiz.Right {
				right, w.Belief = false, cmp.Or(a.Belief, w.Belief)
			}
		}
		answers = answers[n:]
		w.Asked++
		switch {
		case !right:
			w.Missed++
			w.Step, w.Last, weak = 0, day, true
		case weak && day >= w.Due:
			w.Step, w.Last = w.Step+1, day
			weak = w.Step < len(Spacing)
		}
		if weak {
			w.Due = w.Last.Plus(Spacing[w.Step])
		}
	}
	return w, weak
}

// Due are the questions that may be asked on a day, those longest due first. How
// many of them is for Left to say.
func (p *Progress) Due(today Day) []Weak {
	return slices.DeleteFunc(p.Weak(), func(w Weak) bool { return w.Due > today })
}

// Left is how many questions kstep review may still ask on a day.
func (p *Progress) Left(today Day) int { return max(0, PerDay-p.Reviewed(today)) }

// Reviewed is how many questions kstep review has asked on a day.
func (p *Progress) Reviewed(day Day) int {
	asked := map[question]bool{}
	for _, a := range p.Answers {
		if a.Day == day && a.Review != "" {
			asked[a.question()] = true
		}
	}
	return len(asked)
}
