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
	Promise string // one line: what the reader can tell afterwards
	Level   string // beginner, intermediate, advanced
	Minutes int    // to read and answer
	Brokers int    // nodes of the cluster it is made for, 0: 1
	Topics  []tracer.Seed
	Content
	Variants []Variant
}

// Content is what a lesson and each of its variants bring.
type Content struct {
	Program  Program
	Claims   []tracer.Claim  // Key Moments
	Snapshot []tracer.Claim  // Concept Snapshot
	Notes    []tracer.Reason // beside the program
	Quiz     []quiz.Maker
	Next     []view.Command
}

// Variant is the lesson's program with one thing changed.
type Variant struct {
	Name    string // no-flush: the name on the command line
	Promise string // what it changes, in one line
	Twin    bool   // run beside the lesson, because its claims and questions need it
	Content
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
	return v.Content, ok
}
