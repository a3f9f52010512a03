package walk

import (
	"kstep/quiz"
	"kstep/tracer/view"
)

// Answered is told of each prediction when it is made, before anything else
// happens: the question, and what became of it.
type Answered func(quiz.Question, quiz.Result)

// predictions are the questions of a walk and what was predicted.
type predictions struct {
	gates   []view.Gate
	results []*quiz.Result // nil: not answered and not skipped
	hints   []int          // how many were shown
	told    Answered
}

func newPredictions(w *view.Walk, told Answered) predictions {
	n := len(w.Questions)
	return predictions{gates: w.Questions, results: make([]*quiz.Result, n), hints: make([]int, n), told: told}
}

// next is the first question that is still open among those asked before a stop
// in (after, to]; -1 where there is none.
func (p *predictions) next(after, to int) int {
	for i, g := range p.gates {
		if p.results[i] == nil && g.Ask > after && g.Ask <= to {
			return i
		}
	}
	return -1
}

// hint counts one more hint and is its text; empty where there are no more.
func (p *predictions) hint(i int) string {
	q := p.gates[i].Question
	if p.hints[i] >= len(q.Hints) {
		return ""
	}
	p.hints[i]++
	return q.Hints[p.hints[i]-1]
}

// answer takes an option, by its index, or -1 for a skipped question.
func (p *predictions) answer(i, option int) {
	word := "s"
	if option >= 0 {
		word = quiz.Letter(option)
	}
	q := p.gates[i].Question
	r := quiz.Grade([]string{word}, []quiz.Question{q}).Results[0]
	r.Hints = p.hints[i]
	p.results[i] = &r
	if p.told != nil {
		p.told(q, r)
	}
}

// shown is the stop at which a question is settled: the rows that the
// prediction and the key are judged by are known then.
func (p *predictions) shown(i int) int {
	g := p.gates[i]
	chosen := g.Question.Key()
	if r := p.results[i]; r != nil && r.Chosen >= 0 {
		chosen = r.Chosen
	}
	if chosen < 0 || chosen >= len(g.Shown) {
		return g.Ask
	}
	return g.Shown[chosen]
}

// score is what became of all questions. One that was passed over by a jump is
// not answered.
func (p *predictions) score() quiz.Score {
	var s quiz.Score
	for i, g := range p.gates {
		if r := p.results[i]; r != nil {
			s.Results = append(s.Results, *r)
			continue
		}
		s.Results = append(s.Results, quiz.Grade(nil, []quiz.Question{g.Question}).Results...)
	}
	return s
}
