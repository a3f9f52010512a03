// Package flushonce is the lesson on what Flush() after each message costs.
package flushonce

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed flush_once.go
var source string

//go:embed flush_each.go
var flushEachSource string

// eachName is the variant's name on the command line and in claims.
const eachName = "flush-each"

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "flush-once",
		Title:   "Flush() once, not after each message",
		Promise: "You can tell what each Flush() costs, and what it does not buy.",
		Level:   "beginner",
		Needs:   []string{"first-message", "exit-without-flush"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "readings", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 216", What: "users ask whether to flush after each message; the answer is that Flush() is for the end, since it blocks until every report is out"},
			{Where: "confluentinc/confluent-kafka-go issue 389", What: "a program that waits for each message before the next is slow, and users ask why"},
			{Where: "librdkafka v2.15.0, INTRODUCTION.md, High throughput", What: "messages that wait for each other share the overhead of a request and the way to the broker and back"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "flush_once.go", Source: source, Main: main},
			Claims:   []tracer.Claim{oneRequest, oneEach, moreBytes, moreWaits, safer, needsOwn, keepsOrder},
			Snapshot: []tracer.Claim{keepBatch, keepOnce},
			Notes:    notes,
			Quiz:     []quiz.Maker{howMany.Maker(), howManyEach.Maker(), whatChanges.Maker(), quiz.StateAfter("Flush"), quiz.Proves(), quiz.OrderWithLinger(5)},
			Next: []view.Command{
				{Text: "kstep run flush-once --variant flush-each", Why: "the same messages, each with its own Flush()"},
				{Text: "kstep diff flush-once --variant flush-each", Why: "the two runs side by side"},
			},
		},
		Variants: []lesson.Variant{
			{Name: eachName, Promise: "Flush() after each message", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "flush_each.go", Source: flushEachSource, Main: flushEach},
				Claims:   []tracer.Claim{eachAlone, eachWaits},
				Snapshot: []tracer.Claim{keepEach},
				Quiz:     []quiz.Maker{howMany.Maker(), quiz.StateAfter("Flush"), quiz.WhichStep(tracer.RowRequest)},
				Next:     []view.Command{{Text: "kstep run flush-once", Why: "the lesson itself: one Flush() at the end"}},
			}},
		},
	}
}

var notes = []tracer.Reason{
	lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, linger.ms", "linger.ms is how long the client waits for more messages before it sends; the program sets it high, so that Flush() alone decides when something leaves (default: 5 ms)"),
}
