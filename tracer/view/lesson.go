package view

import (
	"slices"

	"kstep/quiz"
	"kstep/tracer"
)

// Lesson is what the author of a scenario brings to its document. Everything
// in it that is a statement about Kafka is a claim, held against the run, or a
// Reason with a source.
type Lesson struct {
	ID       string
	Title    string
	Position string          // "lesson 1 of 20"
	Promise  string          // one line: what the reader will be able to tell afterwards
	Level    string          // beginner, intermediate, advanced
	Minutes  int             // to read and answer
	Needs    []string        // ids of the lessons it builds on
	Claims   []tracer.Claim  // Key Moments, in order
	Snapshot []tracer.Claim  // Concept Snapshot, in order
	Notes    []tracer.Reason // where the program differs from what people know, with source
	Quiz     []quiz.Question // computed from the run
	Varies   []Varying       // what differs from run to run, as the page says
	Left     []string        // questions that this run cannot answer, and why
	Sources  []tracer.Reason // where people stumbled, and what the manual says
	Terms    []Term          // the glossary; the page has those that it uses
	Hangs    bool            // the program does not end by itself: its time limit is part of the lesson
	Next     []Command
	Tries    []Try          // changes worth trying, in the order they are offered
	Task     []string       // what a reader's own program is to do, a sentence or two each
	Goals    []tracer.Claim // what it is held to
	Starter  string         // a program to begin with
	Own      bool           // the run is of a reader's own program, of which the lesson's sentences say nothing
	Variants []Variant      // of the lesson, in its order
	Twins    []string       // variants whose tables every page has, because claims cite them; nil: all that the trace carries
}

// Variant is the lesson with one thing changed, under the name that the command
// line and the traces of it have.
type Variant struct {
	Name    string
	Promise string // what it changes, in one line
}

func (l Lesson) variant(name string) (Variant, bool) {
	i := slices.IndexFunc(l.Variants, func(v Variant) bool { return v.Name == name })
	if i < 0 {
		return Variant{}, false
	}
	return l.Variants[i], true
}
