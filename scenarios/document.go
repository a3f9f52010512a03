package scenarios

import (
	"fmt"
	"slices"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// Document is the page of a trace in mode visual. A trace of a lesson that this kstep does
// not know, or of a program that is no lesson, has every block but those that
// need an author: Key Moments, quiz and snapshot.
func Document(t *tracer.Trace) view.Document {
	m, _ := view.FindMode(view.ModeVisual)
	return DocumentIn(t, m)
}

// DocumentIn is the page of a trace in a mode.
func DocumentIn(t *tracer.Trace, m view.Mode) view.Document {
	runs := tracer.NewRuns(t)
	return view.BuildMode(runs, Lesson(runs), m)
}

// Lesson is what the trace's lesson brings to the page, computed from its runs.
func Lesson(runs *tracer.Runs) view.Lesson {
	h := runs.Main.Trace.Header
	l, n := Find(h.Lesson)
	if l == nil {
		return view.Lesson{ID: h.Lesson, Title: h.Title}
	}
	if h.Program.Command != "" {
		return bringsOwn(l, runs)
	}
	out := brings(l, runs)
	out.Position = fmt.Sprintf("lesson %d of %d", n, len(Taught()))
	if l.Draft {
		out.Position = "a draft"
	}
	return out
}

// brings is what a lesson brings to the page of one of its runs.
func brings(l *lesson.Lesson, runs *tracer.Runs) view.Lesson {
	h := runs.Main.Trace.Header
	c, ok := l.Of(h.Variant)
	if !ok {
		return view.Lesson{ID: h.Lesson, Title: h.Title}
	}
	out := view.Lesson{
		ID: l.ID, Title: l.Title, Promise: l.Promise,
		Level: l.Level, Minutes: l.Minutes, Needs: l.Needs,
		Claims: c.Claims, Snapshot: c.Snapshot, Notes: c.Notes, Next: next(l, h.Variant, c), Varies: varies(l, h.Variant),
		Terms: Glossary(), Hangs: c.Hangs,
	}
	for _, v := range l.Variants {
		out.Variants = append(out.Variants, view.Variant{Name: v.Name, Promise: v.Promise})
	}
	out.Twins = citedTwins(l, h.Variant)
	out.Tries = tries(l, h.Variant, runs.Main)
	out.Task, out.Goals, out.Starter = task(l, runs.Main), goals(l, h.Variant, runs.Main), starter(runs.Main)
	for _, s := range l.Sources {
		out.Sources = append(out.Sources, lesson.Cited(s.Where, s.What))
	}
	if v, ok := l.Variant(h.Variant); ok {
		out.Title, out.Promise = l.Title+" ("+v.Name+")", v.Promise
	}
	out.Quiz, out.Left = Questions(runs, c)
	return out
}

// next is what to type after a page: step through the same program, then what the
// lesson itself offers, and from the lesson's own page on to the next lesson.
func next(l *lesson.Lesson, variant string, c lesson.Content) []view.Command {
	walk := "kstep walk " + l.ID
	if variant != "" {
		walk += " --variant " + variant
	}
	out := append([]view.Command{{Text: walk, Why: "step through it, and predict what comes"}}, c.Next...)
	if variant != "" || l.Draft {
		return out
	}
	return append(out, view.Command{Text: "kstep next", Why: "go on with the lesson that comes next"})
}

// citedTwins are the variants that the lesson's own page cites.
func citedTwins(l *lesson.Lesson, variant string) []string {
	out := []string{}
	for _, v := range l.Variants {
		if v.Twin && variant == "" {
			out = append(out, v.Name)
		}
	}
	return out
}

// varies is what varies on a page: what the lesson or variant declares and, of
// the twins' tables on the lesson's own page, what the twins declare of theirs.
func varies(l *lesson.Lesson, variant string) []lesson.Varying {
	c, _ := l.Of(variant)
	out := slices.Clone(c.Varies)
	if variant != "" {
		return out
	}
	for _, v := range l.Variants {
		for _, d := range v.Varies {
			if v.Twin && d.In(view.ProcessTable) {
				d.Block = view.TwinTable(v.Name)
				if d.Row != "" {
					d.Row = v.Name + " " + d.Row
				}
				out = append(out, d)
			}
		}
	}
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
	var out []string
	for _, j := range judge(Lesson(runs), runs) {
		if j.Claim.Surprise(j.Finding) {
			out = append(out, j.String())
		}
	}
	return append(out, breaches(runs)...)
}

// EndedAsMeant tells whether the record is not whole only because the program
// does not end by itself, which is what its lesson shows.
func EndedAsMeant(t *tracer.Trace) bool {
	l, _ := Find(t.Header.Lesson)
	if l == nil {
		return false
	}
	c, _ := l.Of(t.Header.Variant)
	return c.Hangs && view.OnlyTimeLimit(t)
}
