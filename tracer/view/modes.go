package view

import (
	"slices"

	"kstep/tracer"
)

// Mode is one way to look at a run: a list of blocks over its trace. No mode
// has words or figures of its own that the others could contradict.
type Mode struct {
	Name  string // the word on the command line: learn
	Idea  string // what it is for, in one line, without a full stop
	Shows string // what is on its page
	When  string // when to take it

	body  []maker // in reading order; the words of its sentences lead to the terms
	after []maker // what is looked up and not read: twins, sources, terms
}

// maker makes blocks of a page, as far as the run has something to show in them.
type maker func(*blocks) []Block

// one is a maker of one block.
func one(make func(*blocks) (Block, bool)) maker {
	return func(b *blocks) []Block {
		if block, ok := make(b); ok {
			return []Block{block}
		}
		return nil
	}
}

// The names of modes that other rooms and other modes' sentences need.
const (
	ModeWhy    = "why"    // twins of each part of the program are run beside it
	ModeVisual = "visual" // of a page for which nobody names one
	ModeDeep   = "deep"   // what other modes leave out is there
)

// Modes are all modes, in the order in which a learner meets them.
func Modes() []Mode {
	return []Mode{
		{
			Name:  ModeWhy,
			Idea:  "what each line and setting is there for: the program without it",
			Shows: "code, and What Breaks: each call and each setting that can be left out, and each variant, with what the program does then and what changes, and all Twin Runs.",
			When:  "When you wonder whether a line is needed, or what would happen without it.",
			body:  []maker{one((*blocks).code), one((*blocks).why)},
			after: []maker{(*blocks).allTwins, one((*blocks).terms)},
		},
		{
			Name:  ModeDeep,
			Idea:  "everything that was recorded, lane by lane",
			Shows: "Process Table, Sequence, Message Ledger, Key Moments with verdicts, Twin Runs, and every event of the record.",
			When:  "When a row raises a question that the page does not answer, or when you doubt it.",
			body: []maker{
				one((*blocks).process), one((*blocks).sequence), one((*blocks).ledgerTable), one((*blocks).moments),
			},
			after: []maker{(*blocks).twins, one((*blocks).sources), one((*blocks).terms)},
		},
		{
			Name:  ModeVisual,
			Idea:  "the whole lesson on one page, as a picture of the run",
			Shows: "Process Flow, code, Process Table, Status Tracker, Message Ledger, Sequence, Key Moments, Visual Quiz, Concept Snapshot and Full Transcript.",
			When:  "When you want everything in one place. It is what you get where you name no mode.",
			body: []maker{
				one((*blocks).flow), one((*blocks).code), one((*blocks).process), one((*blocks).tracker),
				one((*blocks).ledgerTable), one((*blocks).sequence), one((*blocks).moments), one((*blocks).quiz),
				one((*blocks).conceptSnapshot), one((*blocks).transcript),
			},
			after: []maker{(*blocks).twins, one((*blocks).sources), one((*blocks).terms)},
		},
	}
}

// FindMode is the mode of that name; ok is false where there is none.
func FindMode(name string) (m Mode, ok bool) {
	all := Modes()
	i := slices.IndexFunc(all, func(m Mode) bool { return m.Name == name })
	if i < 0 {
		return Mode{}, false
	}
	return all[i], true
}

// Build makes the document of a run in mode visual: every block that has
// something to show, in reading order.
func Build(runs *tracer.Runs, l Lesson) Document {
	m, _ := FindMode(ModeVisual)
	return BuildMode(runs, l, m)
}

// BuildMode makes the document of a run in a mode of the list.
func BuildMode(runs *tracer.Runs, l Lesson, m Mode) Document {
	h := runs.Main.Trace.Header
	d := Document{
		ID:       l.ID,
		Title:    l.Title,
		Position: l.Position,
		Promise:  l.Promise,
		Facts:    append(about(l), facts(h)...),
		Warnings: append(warnings(runs.Main.Trace, l), labNotes(runs.Main.Trace)...),
		Next:     l.Next,
	}
	if m.Name != ModeVisual {
		d.Facts = append([]Fact{{"mode", m.Name + ", " + m.Idea}}, d.Facts...)
	}
	b := &blocks{runs: runs, run: runs.Main, lesson: l, ledger: runs.Main.Ledger()}
	for _, make := range m.body {
		d.Blocks = append(d.Blocks, make(b)...)
	}
	b.used = linkTerms(&d, l.Terms)
	for _, make := range m.after {
		d.Blocks = append(d.Blocks, make(b)...)
	}
	d.tellVarying(l.Varies)
	return d
}
