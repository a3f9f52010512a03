package view

import (
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// Mode project: write a producer, and let its trace say whether it is one.

// projectMode is mode project.
func projectMode() Mode {
	return Mode{
		Name:  ModeProject,
		Idea:  "write your own producer; its trace says whether it does its work",
		Shows: "the Task, the Goals, and a starter program; of your own program, run with --program, the Goals with verdicts and rows, then its tables.",
		When:  "When you can read such a program and want to be able to write one.",
		body: []maker{
			one((*blocks).task), one((*blocks).goals), one((*blocks).starter), one((*blocks).ownCode), one((*blocks).ownTable),
		},
		after: []maker{one((*blocks).ownLedger), (*blocks).ownTwins, one((*blocks).terms)},
		next:  (*blocks).runMine,
	}
}

// runMine is how the program is run, where the page is about the task.
func (b *blocks) runMine() []Command {
	if b.lesson.Own || len(b.lesson.Goals) == 0 {
		return nil
	}
	lesson := "kstep run " + command(b.run.Trace.Header)
	return []Command{
		{Text: lesson + " --mode project --starter mine/main.go", Why: "write the starter program to a file"},
		{Text: lesson + " --program 'go run ./mine'", Why: "run your own, and see which goals it meets"},
	}
}

// task says what the reader's program is to do.
func (b *blocks) task() (Block, bool) {
	l := List{Heading: Heading{"task", quiz.SectionTask}}
	for _, text := range b.lesson.Task {
		l.Items = append(l.Items, Cell{Text: text})
	}
	if len(b.lesson.Goals) == 0 && !b.lesson.Own {
		l.Items = []Cell{{Text: "There is no task: the trace is of no lesson that this kstep knows.", Tone: Quiet}}
	}
	return l, len(l.Items) > 0 && !b.lesson.Own
}

// goals are the goals: of the reader's own program with verdicts, else as a
// list.
func (b *blocks) goals() (Block, bool) {
	if !b.lesson.Own {
		l := List{Heading: Heading{"goals", quiz.SectionGoals}}
		for _, g := range b.lesson.Goals {
			l.Items = append(l.Items, Cell{Text: g.Sentence})
		}
		return l, len(l.Items) > 0
	}
	m := Moments{Heading: Heading{"goals", quiz.SectionGoals}}
	met := 0
	for _, g := range b.lesson.Goals {
		f := g.Judge(b.runs)
		if f.Verdict == tracer.Confirmed {
			met++
		}
		item := Moment{ID: g.ID, Question: g.Sentence, Verdict: f.Verdict, Tone: verdictTone(f.Verdict)}
		for _, r := range f.Because {
			item.Answer = append(item.Answer, reason(r))
		}
		m.Items = append(m.Items, item)
	}
	switch {
	case len(b.run.Of(tracer.RowCall)) == 0:
		m.Notes = append(m.Notes, Cell{Text: "No call was recorded: import kstep/tracer/kafka in place of the client's own package.", Tone: Bad})
	case met == len(m.Items):
		m.Notes = append(m.Notes, Cell{Text: "All goals are met.", Tone: Good})
	default:
		m.Notes = append(m.Notes, Cell{Text: number(met) + " of " + count(len(m.Items), "goal") + " met.", Tone: Caution})
	}
	return m, len(m.Items) > 0
}

// starter is the program to begin with.
func (b *blocks) starter() (Block, bool) {
	c := Code{Heading: Heading{"starter", quiz.SectionStarter}, File: "mine/main.go"}
	for i, text := range strings.Split(strings.TrimRight(b.lesson.Starter, "\n"), "\n") {
		c.Lines = append(c.Lines, Line{Number: i + 1, Text: text})
	}
	c.Notes = []Cell{{Text: "It compiles and runs, and meets no goal that asks for a message."}}
	return c, b.lesson.Starter != "" && !b.lesson.Own
}

// The tables of the reader's own program; of the lesson's they would be the
// solution.

func (b *blocks) ownCode() (Block, bool)   { return ifOwn(b, (*blocks).code) }
func (b *blocks) ownTable() (Block, bool)  { return ifOwn(b, (*blocks).process) }
func (b *blocks) ownLedger() (Block, bool) { return ifOwn(b, (*blocks).ledgerTable) }

// ownTwins is the lesson's program beside the reader's, once that meets every
// goal: before, it would be the solution.
func (b *blocks) ownTwins() []Block {
	unmet := func(g tracer.Claim) bool { return g.Judge(b.runs).Verdict != tracer.Confirmed }
	if !b.lesson.Own || slices.ContainsFunc(b.lesson.Goals, unmet) {
		return nil
	}
	return b.twins()
}

func ifOwn(b *blocks, make func(*blocks) (Block, bool)) (Block, bool) {
	if !b.lesson.Own {
		return nil, false
	}
	return make(b)
}
