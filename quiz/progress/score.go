package progress

import (
	"slices"

	"kstep/quiz"
)

// Score is how a learner stands in a lesson.
type Score struct {
	Asked int // questions that were settled at least once
	Right int // of those, the ones that were once right at the first try; a later miss does not take that back
}

// Score is how the learner stands in a lesson, over its variants and settings.
func (p *Progress) Score(lesson string) Score {
	asked, right := map[string]bool{}, map[string]bool{}
	for _, a := range p.Answers {
		if a.Lesson == lesson {
			asked[a.Question] = true
			if a.Outcome == quiz.Right {
				right[a.Question] = true
			}
		}
	}
	return Score{len(asked), len(right)}
}

// WentThrough tells whether each of a lesson's questions was settled at least
// once: answered or skipped, on one day or on several.
func (p *Progress) WentThrough(lesson string, questions []string) bool {
	for _, q := range questions {
		if !slices.ContainsFunc(p.Answers, func(a Answer) bool { return a.question() == question{lesson, q} }) {
			return false
		}
	}
	return len(questions) > 0
}

// Step is a lesson of a curriculum.
type Step struct {
	ID    string
	Needs []string // ids of lessons it builds on
}

// Next is the id of the lesson to go on with, of a curriculum in teaching
// order: the current one until it is finished, then the first unfinished one
// after it, whose needs are finished; after the last, from the beginning. It is
// empty where all are finished.
func (p *Progress) Next(steps []Step) string {
	at := slices.IndexFunc(steps, func(s Step) bool { return s.ID == p.Current })
	if at >= 0 && !p.finished(p.Current) {
		return p.Current
	}
	open := ""
	for i := range steps {
		s := steps[(at+1+i)%len(steps)]
		if p.finished(s.ID) {
			continue
		}
		if open == "" {
			open = s.ID
		}
		if !slices.ContainsFunc(s.Needs, func(id string) bool { return !p.finished(id) }) {
			return s.ID
		}
	}
	return open // only where lessons need one that the curriculum does not have
}

func (p *Progress) finished(lesson string) bool { return p.Lessons[lesson].Finished != "" }
