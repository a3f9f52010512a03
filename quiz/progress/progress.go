// Package progress keeps what one learner has done: which lessons, and every
// answer. It is a file of the learner's own, on the learner's own machine; the
// package talks to no network. The rules are pure functions of what is kept and
// of a day; store.go alone reads and writes. It imports quiz only.
//
//	progress.go  what is kept, and how it changes
//	day.go       a day of the learner's calendar
//	file.go      progress as text, and back
//	merge.go     two progresses into one
//	review.go    the schedule of recall
//	score.go     a lesson's score, and which lesson comes next
//	store.go     the file: lock, read, change, write
//	folder.go    where it is
package progress

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"kstep/quiz"
)

// Progress is what one learner has done. The zero value is that of a newcomer.
// It is for one goroutine at a time; Store.Update is the door for changes that
// are to last.
type Progress struct {
	Current string            // the lesson the learner is at; empty: none
	Lessons map[string]Lesson // by id; ids that this kstep does not know are kept
	Answers []Answer          // in the order of days and, of a day, of their ids
}

// Lesson is what became of one lesson.
type Lesson struct {
	Seen     Day    `json:"seen"`               // the first day
	Finished Day    `json:"finished,omitempty"` // the day its quiz was first gone through; empty: not yet
	At       string `json:"at,omitempty"`       // where the learner was: the question settled last, or a row
}

// Answer is one question, settled once.
type Answer struct {
	ID       string       `json:"id"` // says which answer of two files is the same; ids of a day sort in the order of asking
	Day      Day          `json:"day"`
	Lesson   string       `json:"lesson"`
	Variant  string       `json:"variant,omitempty"`
	Question string       `json:"question"`
	Kind     quiz.Kind    `json:"kind"`
	Outcome  quiz.Outcome `json:"outcome"`
	Belief   string       `json:"belief,omitempty"` // the misconception the first choice stands for
	Review   string       `json:"review,omitempty"` // asked by kstep review: what was varied
}

// PerQuestion is how many answers are kept of one question of one lesson; of
// more, the earliest go, but for the first right one.
const PerQuestion = 20

// question is what an answer is to, whatever the variant and setting.
type question struct{ lesson, id string }

func (a Answer) question() question { return question{a.Lesson, a.Question} }

// identity is what is the same of an answer in every file it is in.
type identity struct {
	question
	day Day
	id  string
}

func (a Answer) identity() identity { return identity{a.question(), a.Day, a.ID} }

func (a Answer) compare(b Answer) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID))
}

// Visit says that the learner was at a lesson on a day. at is where in it;
// empty leaves that as it was.
func (p *Progress) Visit(lesson, at string, day Day) {
	l, known := p.Lessons[lesson]
	if !known || day < l.Seen {
		l.Seen = day
	}
	l.At = cmp.Or(at, l.At)
	p.set(lesson, l)
	p.Current = lesson
}

// Finish says that the learner has gone through a lesson's quiz. The first day
// stays.
func (p *Progress) Finish(lesson string, day Day) {
	l, known := p.Lessons[lesson]
	if !known {
		l.Seen = day
	}
	l.Finished = cmp.Or(l.Finished, day)
	p.set(lesson, l)
}

func (p *Progress) set(id string, l Lesson) {
	if p.Lessons == nil {
		p.Lessons = map[string]Lesson{}
	}
	p.Lessons[id] = l
}

// Answer keeps an answer, with an id of its own.
func (p *Progress) Answer(a Answer) {
	of := 0
	for _, b := range p.Answers {
		if b.Day == a.Day {
			n := 0
			if _, err := fmt.Sscanf(b.ID, "%d-", &n); err == nil {
				of = max(of, n)
			}
		}
	}
	a.ID = fmt.Sprintf("%04d-%08x", of+1, rand.Uint32())
	p.Answers = append(p.Answers, a)
	p.tidy()
}

// tidy puts the answers into their order and takes out doubles. Of each question
// it keeps the last PerQuestion, and the first that was right: a success is
// never forgotten.
func (p *Progress) tidy() {
	slices.SortStableFunc(p.Answers, Answer.compare)
	first, total := map[question]identity{}, map[question]int{}
	seen := map[identity]bool{}
	var once []Answer
	for _, a := range p.Answers {
		q, who := a.question(), a.identity()
		if seen[who] {
			continue
		}
		seen[who] = true
		once = append(once, a)
		total[q]++
		if _, ok := first[q]; !ok && a.Outcome == quiz.Right {
			first[q] = who
		}
	}
	p.Answers = slices.DeleteFunc(once, func(a Answer) bool {
		q := a.question()
		total[q]--
		return total[q] >= PerQuestion && first[q] != a.identity()
	})
}

// Reset forgets a lesson: its days and its answers. Where the learner is stays.
func (p *Progress) Reset(lesson string) {
	delete(p.Lessons, lesson)
	p.Answers = slices.DeleteFunc(p.Answers, func(a Answer) bool { return a.Lesson == lesson })
}

// Knows tells whether anything is kept of a lesson.
func (p *Progress) Knows(lesson string) bool {
	_, known := p.Lessons[lesson]
	return known || slices.ContainsFunc(p.Answers, func(a Answer) bool { return a.Lesson == lesson })
}

// Empty tells whether nothing is kept at all.
func (p *Progress) Empty() bool { return p.Current == "" && len(p.Lessons) == 0 && len(p.Answers) == 0 }
