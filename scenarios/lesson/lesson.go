// Package lesson is what a scenario is made of: the programs that run and the
// sentences that are held against their record. One folder beside this one
// holds one lesson; package scenarios lists them in teaching order.
package lesson

import (
	"kstep/quiz"
	"kstep/tracer"
	"kstep/tracer/view"
)

// Lesson is one lesson: a program, what it is to show, and its variants.
type Lesson struct {
	ID      string // first-message: the name on the command line
	Title   string
	Promise string        // one line: what the reader can tell afterwards
	Level   string        // beginner, intermediate, advanced
	Needs   []string      // ids of the lessons it builds on
	Minutes int           // to read and answer
	Draft   bool          // it is still being written: it runs, but no list counts it and kstep check all leaves it out
	Brokers int           // nodes of the cluster it is made for, 0: 1
	Topics  []tracer.Seed // made before the program starts
	Sources []Source      // where people stumbled over this, and what the manual says
	Content
	Variants []Variant
}

// Source is a place outside kstep that a lesson points to.
type Source struct {
	Where string // confluent-kafka-go issue 366, or librdkafka v2.15.0, INTRODUCTION.md, Termination
	What  string // what is said there, in our own words; a statement without a full stop
}

// Content is what a lesson and each of its variants bring.
type Content struct {
	Program  Program
	Set      []tracer.Setting // client configuration laid over the program's own
	Faults   []string         // what the lab does to the run, in the words of --fault (wire.ParseFault)
	Hangs    bool             // the program does not end by itself: its time limit is part of the lesson
	Claims   []tracer.Claim   // Key Moments
	Snapshot []tracer.Claim   // Concept Snapshot
	Notes    []tracer.Reason  // beside the program
	Varies   []Varying        // what of the page is another in every run, and why that cannot be otherwise
	Quiz     []quiz.Maker
	Next     []view.Command
	Project  []Goal // what a reader's own program is held to in mode project; nil: AnyProducer
	Try      *Try   // what to change in mode try; nil: the general list (scenarios.Tries)
}

// Try is what is worth changing, besides the lesson's variants: settings laid
// over the program's, one at a time, and faults, in the words of --fault.
type Try struct {
	Set    []tracer.Setting
	Faults []string
}

// Varying declares cells that differ from run to run; kstep check --runs fails
// on any other.
type Varying = view.Varying

// Variant is the lesson with one thing changed: another program, a setting, or
// a fault.
type Variant struct {
	Name    string // no-flush: the name on the command line
	Promise string // what it changes, in one line
	Twin    bool   // run beside the lesson, because its claims and questions need it
	Content        // where it has no Program of its own, the lesson's runs
}

// Program is a Go program of the binary: its source as it was compiled
// (go:embed) and its main function.
type Program struct {
	File   string
	Source string
	Main   func()
}

// Variant is the variant of that name; ok is false where there is none.
func (l *Lesson) Variant(name string) (v Variant, ok bool) {
	for _, v := range l.Variants {
		if v.Name == name {
			return v, true
		}
	}
	return Variant{}, false
}

// Of is the lesson's own content for the name "", else the variant's; ok
// is false where there is no such variant.
func (l *Lesson) Of(variant string) (c Content, ok bool) {
	if variant == "" {
		return l.Content, true
	}
	v, ok := l.Variant(variant)
	if v.Program.Main == nil {
		v.Program = l.Program
	}
	return v.Content, ok
}
