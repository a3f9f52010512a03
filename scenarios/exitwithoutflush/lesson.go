// Package exitwithoutflush is the lesson on what is lost when a program ends,
// or closes its producer, while messages wait in the client's queue.
package exitwithoutflush

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed exit_without_flush.go
var source string

//go:embed close.go
var closeSource string

//go:embed defer_close.go
var deferCloseSource string

//go:embed flush.go
var flushSource string

// Names of the variants, as the command line and the claims call them.
const (
	closeName      = "close"
	deferCloseName = "defer-close"
	flushName      = "flush"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	own := []view.Command{{Text: "kstep run exit-without-flush", Why: "the lesson itself: the program just ends"}}
	return &lesson.Lesson{
		ID:      "exit-without-flush",
		Title:   "What an exit without Flush() loses",
		Promise: "You can tell which messages are lost when a program ends, and what Close() does about it.",
		Level:   "beginner",
		Needs:   []string{"first-message", "no-error-is-not-delivery"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "readings", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-python issue 137", What: "users ask whether flush is a must; without it a program that ends may leave nothing in the topic"},
			{Where: "confluentinc/confluent-kafka-go issue 216", What: "users ask when to call Flush(); the answer is: before the producer is closed"},
			{Where: "librdkafka v2.15.0, INTRODUCTION.md, Termination", What: "a producer is to be flushed before it is destroyed; what is queued or in flight then is dropped"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "exit_without_flush.go", Source: source, Main: main},
			Claims:   []tracer.Claim{allLost, whyLost, flushKeeps, closeLoses, closeSends, deferEnough, exitTells},
			Snapshot: []tracer.Claim{keepMemory, keepClose, keepFlush},
			Notes:    notes,
			Quiz:     []quiz.Maker{quiz.Returned("Produce"), quiz.StateAfter("Produce"), quiz.StateAfter(quiz.Exit), whyNoReport.Maker(), quiz.WhatIf(closeName), whatSaves.Maker()},
			Next: []view.Command{
				{Text: "kstep run exit-without-flush --variant close", Why: "with Close() at the end"},
				{Text: "kstep diff exit-without-flush --variant flush", Why: "what Flush() changes"},
			},
		},
		Variants: []lesson.Variant{
			{Name: closeName, Promise: "Close() at the end", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "close.go", Source: closeSource, Main: closeOnly},
				Claims:   []tracer.Claim{lostByClose, logTells},
				Snapshot: []tracer.Claim{keepCloseHere},
				Quiz:     []quiz.Maker{quiz.StateAfter("Close"), quiz.StateAfter("Produce")},
				Next:     own,
			}},
			{Name: deferCloseName, Promise: "defer p.Close(), as many programs have it", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "defer_close.go", Source: deferCloseSource, Main: deferClose},
				Claims:   []tracer.Claim{lostByClose, logTells},
				Snapshot: []tracer.Claim{keepCloseHere},
				Quiz:     []quiz.Maker{quiz.StateAfter("Close")},
				Next:     own,
			}},
			{Name: flushName, Promise: "Flush() at the end", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "flush.go", Source: flushSource, Main: flush},
				Claims:   []tracer.Claim{allDelivered},
				Snapshot: []tracer.Claim{keepFlushHere},
				Quiz:     []quiz.Maker{quiz.Returned("Flush"), quiz.WhichStep(tracer.RowRequest)},
				Next:     own,
			}},
		},
	}
}

var notes = []tracer.Reason{
	lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, linger.ms", "linger.ms is how long the client waits for more messages before it sends; the program sets it high, so that all messages still wait when it ends. With the default of 5 ms only those would wait that were produced just before"),
}
