// Package flushtimeout is the lesson on a Flush() that returns before all is
// settled: what its number says, and what to do next.
package flushtimeout

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed flush_timeout.go
var source string

//go:embed wait.go
var waitSource string

//go:embed purge.go
var purgeSource string

// Names of the variants, as the command line and the claims call them.
const (
	waitName  = "wait"
	purgeName = "purge"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "flush-timeout",
		Title:   "Flush(1000) returns 1: what now?",
		Promise: "You can tell what is known of a message when Flush() gives up waiting, and what a program can do then.",
		Level:   "intermediate",
		Needs:   []string{"first-message"},
		Minutes: 12,
		Topics:  []tracer.Seed{{Topic: "orders", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 915", What: "a user asks how to get at the messages that Flush() left; the answer is Purge(), then reading the reports"},
			{Where: "confluentinc/confluent-kafka-python issue 538", What: "a user wants to drop what is left when flush() times out, so that it is not sent later"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "flush_timeout.go", Source: source, Main: main},
			Faults:   []string{"hold Produce response 1 until Flush called 2"},
			Claims:   []tracer.Claim{whatOneSays, lostAndStored, waitOn, giveUp, dependsOutcome, mythLost, mythTakesBack},
			Snapshot: []tracer.Claim{keepUnknown, keepWait, keepPurge},
			Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), quiz.Returned("Flush"), quiz.StateAfter("Flush"), whatIsTrue.Maker(), whatIfWait, quiz.WhatIf(purgeName)},
			Next: []view.Command{
				{Text: "kstep run flush-timeout --variant wait", Why: "call Flush() again"},
				{Text: "kstep run flush-timeout --variant purge", Why: "give the message up"},
			},
		},
		Variants: []lesson.Variant{
			{Name: waitName, Promise: "the program calls Flush() again until nothing is left", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "wait.go", Source: waitSource, Main: wait},
				Faults:   []string{"hold Produce response 1 until Flush called 2"},
				Claims:   []tracer.Claim{whatOneSays, waited},
				Snapshot: []tracer.Claim{keepUnknown},
				Quiz:     []quiz.Maker{quiz.Returned("Flush")},
				Next:     []view.Command{{Text: "kstep run flush-timeout", Why: "the lesson itself: the program ends"}},
			}},
			{Name: purgeName, Promise: "the program gives the message up with Purge()", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "purge.go", Source: purgeSource, Main: purge},
				Faults:   []string{"hold Produce response 1 until Flush called 3"},
				Claims:   []tracer.Claim{whatOneSays, purged, oneRequest},
				Snapshot: []tracer.Claim{keepUnknown},
				Quiz:     []quiz.Maker{quiz.Returned("Flush")},
				Next:     []view.Command{{Text: "kstep run flush-timeout", Why: "the lesson itself: the program ends"}},
			}},
		},
	}
}
