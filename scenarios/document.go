package scenarios

import (
	"fmt"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// Document is the page of a trace. A trace of a lesson that this kstep does
// not know, or of a program that is no lesson, has every block but those that
// need an author: Key Moments, quiz and snapshot.
func Document(t *tracer.Trace) view.Document {
	runs := tracer.NewRuns(t)
	return view.Build(runs, Lesson(runs))
}

// Lesson is what the trace's lesson brings to the page, computed from its runs.
func Lesson(runs *tracer.Runs) view.Lesson {
	h := runs.Main.Trace.Header
	l, n := Find(h.Lesson)
	if l == nil {
		return view.Lesson{ID: h.Lesson, Title: h.Title}
	}
	c, ok := l.Of(h.Variant)
	if !ok {
		return view.Lesson{ID: h.Lesson, Title: h.Title}
	}
	out := view.Lesson{
		ID: l.ID, Title: l.Title, Promise: l.Promise,
		Position: fmt.Sprintf("lesson %d of %d", n, len(All())),
		Level:    l.Level, Minutes: l.Minutes, Needs: l.Needs,
		Claims: c.Claims, Snapshot: c.Snapshot, Notes: c.Notes, Next: c.Next,
		Terms: Glossary(),
	}
	for _, s := range l.Sources {
		out.Sources = append(out.Sources, lesson.Cited(s.Where, s.What))
	}
	if v, ok := l.Variant(h.Variant); ok {
		out.Title, out.Promise = l.Title+" ("+v.Name+")", v.Promise
	}
	out.Quiz, out.Left = Questions(runs, c)
	return out
}

// Questions are the quiz of a run, and why those that it cannot answer are
// left out.
func Questions(runs *tracer.Runs, c lesson.Content) (qs []quiz.Question, left []string) {
	h := runs.Main.Trace.Header
	qs, errs := quiz.Build(runs, ProgramName(h.Lesson, h.Variant), c.Quiz...)
	for _, err := range errs {
		left = append(left, err.Error())
	}
	return qs, left
}

// Surprises are the claims whose verdict is not the one their lesson expects,
// a line each, and the breaches of the ledger's law.
func Surprises(t *tracer.Trace) []string {
	runs := tracer.NewRuns(t)
	l := Lesson(runs)
	var out []string
	for _, c := range append(l.Claims, l.Snapshot...) {
		if f := c.Judge(runs); c.Surprise(f) {
			out = append(out, fmt.Sprintf("claim %s: expected %s, this run says %s: %s", c.ID, c.Expect, f.Verdict, c.Sentence))
		}
	}
	for _, b := range runs.Main.Ledger().Breaches {
		out = append(out, "the ledger does not balance: "+b)
	}
	return out
}
