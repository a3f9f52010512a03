package main

// How answers are kept: between the questions of a run and the progress file.

import (
	"errors"
	"fmt"
	"time"

	"kstep/quiz"
	kept "kstep/quiz/progress"
	"kstep/scenarios"
	"kstep/tracer"
)

// todayName is the variable that stands in for the calendar, for tests and for
// whoever wants to see what is due on another day.
const todayName = "KSTEP_TODAY"

// today is the learner's day.
func (s *streams) today() (kept.Day, error) {
	set := s.Getenv(todayName)
	if set == "" {
		return kept.DayOf(time.Now()), nil
	}
	day, err := kept.ParseDay(set)
	if err != nil {
		return "", fmt.Errorf("%s: %w", todayName, err)
	}
	return day, nil
}

// store is the progress file. The error is kept.ErrOff where nothing is to be
// kept.
func (s *streams) store() (*kept.Store, error) {
	folder, err := kept.Folder(s.Getenv)
	if err != nil {
		return nil, err
	}
	return &kept.Store{Folder: folder, Tell: func(line string) { fmt.Fprintln(s.Err, "kstep: "+oneLine(line)) }}, nil
}

// progressOn is what is kept, and the day, for the commands that are about it.
func (s *streams) progressOn() (*kept.Store, *kept.Progress, kept.Day, error) {
	store, err := s.store()
	if err != nil {
		return nil, nil, "", err
	}
	day, err := s.today()
	if err != nil {
		return nil, nil, "", err
	}
	p, err := store.Load()
	return store, p, day, err
}

// keeper keeps that the learner is at the trace's lesson, and returns what is
// to be told of each question that is settled: it keeps the answer and, when
// all of the lesson's questions were settled, on this day or before, that the
// lesson is finished. A run is never the worse for it: what cannot be kept is
// said once, on standard error. Of a draft nothing is kept, and of a lesson that
// this kstep does not have.
func keeper(s *streams, t *tracer.Trace) func(quiz.Question, quiz.Result) {
	lesson := t.Header.Lesson
	if l, _ := scenarios.Find(lesson); l == nil || l.Draft { // who writes a lesson tries it out
		return nil
	}
	whole := wholeQuiz(t)
	keep := s.keep()
	keep(func(p *kept.Progress, day kept.Day) { p.Visit(lesson, "", day) })
	return func(q quiz.Question, r quiz.Result) {
		keep(func(p *kept.Progress, day kept.Day) {
			p.Visit(lesson, q.ID, day)
			p.Answer(answer(t, r, day))
			if p.WentThrough(lesson, whole) {
				p.Finish(lesson, day)
			}
		})
	}
}

// keep is the door to the progress file for a run: what cannot be kept is said
// once.
func (s *streams) keep() func(func(*kept.Progress, kept.Day)) {
	warned := false
	return func(change func(*kept.Progress, kept.Day)) {
		store, err := s.store()
		if errors.Is(err, kept.ErrOff) {
			return
		}
		var day kept.Day
		if err == nil {
			day, err = s.today()
		}
		if err == nil {
			err = store.Update(func(p *kept.Progress) error { change(p, day); return nil })
		}
		if err != nil && !warned {
			warned = true
			fmt.Fprintln(s.Err, "kstep: no progress is kept: "+oneLine(err.Error()))
		}
	}
}

// answer is a result as it is kept.
func answer(t *tracer.Trace, r quiz.Result, day kept.Day) kept.Answer {
	return kept.Answer{
		Day: day, Lesson: t.Header.Lesson, Variant: t.Header.Variant,
		Question: r.ID, Kind: r.Kind, Outcome: r.Outcome, Belief: r.Belief,
	}
}

// wholeQuiz are the ids of the lesson's questions, nil where this run does not
// have them all: it is of a variant, or changed so that it cannot answer some.
func wholeQuiz(t *tracer.Trace) []string {
	l := scenarios.Lesson(tracer.NewRuns(t))
	if t.Header.Variant != "" || len(l.Left) > 0 {
		return nil
	}
	var ids []string
	for _, q := range l.Quiz {
		ids = append(ids, q.ID)
	}
	return ids
}
