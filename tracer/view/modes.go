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
	Shows string // what is on its page, the rest of a sentence that begins with "Shows"
	When  string // when to take it, a sentence

	body     []maker                 // in reading order; the words of its sentences lead to the terms
	after    []maker                 // what is looked up and not read: twins, sources, terms
	next     func(*blocks) []Command // what to type next, before what the lesson says; nil: nothing
	folded   bool                    // what comes after is shown only when asked, where a page can do so
	askFirst bool                    // see Document
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
	ModeWhy     = "why"     // twins of each part of the program are run beside it
	ModeTry     = "try"     // twins of each change worth trying are run beside it
	ModeProject = "project" // of a reader's own program where nobody names one
	ModeVisual  = "visual"  // of a page for which nobody names one
	ModeDeep    = "deep"    // what other modes leave out is there
)

// Modes are all modes, in the order in which a learner meets them.
func Modes() []Mode {
	return []Mode{
		{
			Name:  "learn",
			Idea:  "the idea first, then the run that bears it out",
			Shows: "Concept Snapshot, the Key Moments that are questions, Process Flow, a Process Table with a row a call, the program, the terms, and a question or two with the tables that their hints name.",
			When:  "When the subject is new to you.",
			body: []maker{
				one((*blocks).conceptSnapshot), one((*blocks).questions), one((*blocks).flow), one((*blocks).shortTable), one((*blocks).code),
			},
			after: []maker{one((*blocks).terms), (*blocks).shortQuizWithTables},
			next:  (*blocks).afterLearn,
		},
		whyMode(),
		{
			Name:  ModeDeep,
			Idea:  "everything that was recorded, lane by lane",
			Shows: "the full Process Table, Sequence, Message Ledger, every Key Moment with its verdict, the Twin Runs, and the Full Record: every event.",
			When:  "When a row raises a question that the page does not answer, or when you doubt one.",
			body: []maker{
				one((*blocks).process), one((*blocks).sequence), one((*blocks).ledgerTable), one((*blocks).moments),
			},
			after: []maker{(*blocks).twins, one((*blocks).fullRecord), one((*blocks).terms), one((*blocks).sources)},
		},
		{
			Name:  ModeVisual,
			Idea:  "the whole lesson on one page",
			Shows: "Process Flow, the program, Process Table, Status Tracker, Message Ledger, Sequence, Key Moments, Visual Quiz, Concept Snapshot, Full Transcript, Twin Runs.",
			When:  "When you want everything in one place. It is what you get where you name no mode.",
			body: []maker{
				one((*blocks).flow), one((*blocks).code), one((*blocks).process), one((*blocks).tracker),
				one((*blocks).ledgerTable), one((*blocks).sequence), one((*blocks).moments), one((*blocks).quiz),
				one((*blocks).conceptSnapshot), one((*blocks).transcript),
			},
			after: []maker{(*blocks).twins, one((*blocks).sources), one((*blocks).terms)},
		},
		tryMode(),
		{
			Name:     "challenge",
			Idea:     "the questions first, the evidence after them",
			Shows:    "the program, then the Visual Quiz, first what a change would do, where the bug is and which statement holds; after the questions the tables they are answered by.",
			When:     "When you have read the program and want to know whether you can predict it. On a terminal the questions are asked one by one.",
			askFirst: true, folded: true,
			body:  []maker{one((*blocks).code), one((*blocks).challenge)},
			after: []maker{(*blocks).evidence},
			next:  (*blocks).afterChallenge,
		},
		projectMode(),
		{
			Name:     "recall",
			Idea:     "from memory, with no table before the questions",
			Shows:    "the Visual Quiz without the program, then the Key Moments and the terms as questions; their answers are folded away or at the end.",
			When:     "Some days after a lesson. kstep review asks such questions again on later days.",
			askFirst: true,
			next:     (*blocks).afterRecall,
			body:     []maker{one((*blocks).fromMemory), one((*blocks).momentCards), one((*blocks).termCards)},
		},
		{
			Name:  "perf",
			Idea:  "what each step costs: requests, bytes, waits",
			Shows: "the program, Produce requests, records and bytes of each step, the same sums of the Twin Runs, the other requests, round trips and how long each call took; then the Process Table.",
			When:  "When you choose settings, or want to know what a line of a program costs. It is the only mode with times.",
			body: []maker{
				one((*blocks).code), one((*blocks).costSum), one((*blocks).stepCosts), one((*blocks).twinCosts), one((*blocks).otherRequests), one((*blocks).callWaits),
			},
			folded: true,
			after:  []maker{one((*blocks).process), (*blocks).twins, one((*blocks).terms)},
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
		AskFirst: m.askFirst,
		Whole:    m.Name != ModeVisual,
	}
	if m.Name != ModeVisual {
		d.Facts = append([]Fact{{"mode", m.Name + ", " + m.Idea}}, d.Facts...)
	}
	b := &blocks{runs: runs, run: runs.Main, lesson: l, ledger: runs.Main.Ledger()}
	if m.next != nil {
		d.Next = typedOnce(append(m.next(b), d.Next...))
	}
	for _, make := range m.body {
		d.Blocks = append(d.Blocks, make(b)...)
	}
	b.used = linkTerms(&d, l.Terms)
	body := len(d.Blocks)
	for _, make := range m.after {
		d.Blocks = append(d.Blocks, make(b)...)
	}
	for _, block := range d.Blocks[body:] {
		if m.folded {
			d.Folded = append(d.Folded, block.Head().ID)
		}
	}
	d.tellVarying(l.Varies)
	if m.Name == ModeProject && !l.Own {
		d.Foot = "What your program does is recorded, and the goals are held against that record."
	}
	return d
}
