// Package syncproduce is the lesson on waiting for each message's delivery
// report before the next message is made.
package syncproduce

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed sync_produce.go
var source string

//go:embed async.go
var asyncSource string

// Names of the variants, as the command line and the claims call them.
const (
	asyncName   = "async"
	shortLinger = "linger-50"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	own := []view.Command{{Text: "kstep run sync-produce", Why: "the lesson itself: each message waits for its report"}}
	return &lesson.Lesson{
		ID:      "sync-produce",
		Title:   "Wait for each report: a synchronous send",
		Promise: "You can tell what it costs to wait for each message, and what it is good for.",
		Level:   "beginner",
		Needs:   []string{"first-message", "no-error-is-not-delivery"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "readings", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 389", What: "a synchronous producer with a linger of 5 seconds takes 5 seconds a message; the maintainers advise to read the reports in a goroutine"},
			{Where: "confluentinc/confluent-kafka-go issue 43", What: "users find that waiting on the delivery channel after each Produce() is slow"},
			{Where: "confluentinc/confluent-kafka-go issue 168", What: "users ask for a synchronous way to produce, for answering web requests"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "sync_produce.go", Source: source, Main: main},
			Claims:   []tracer.Claim{oneEach, lingerPaid, shorterLinger, asyncOne, knowsEach, producesWait, asGood},
			Snapshot: []tracer.Claim{keepSync, keepAsync},
			Notes:    notes,
			Quiz:     []quiz.Maker{howMany.Maker(), quiz.StateAfter("Produce"), whatLingerChanges.Maker(), howManyAsync.Maker(), quiz.OrderOneByOne(1), quiz.Connections()},
			Next: []view.Command{
				{Text: "kstep run sync-produce --variant async", Why: "produce all, then wait once"},
				{Text: "kstep diff sync-produce --variant linger-50", Why: "what a shorter wait changes, and what it does not"},
			},
		},
		Variants: []lesson.Variant{
			{Name: asyncName, Promise: "all messages are produced before any report is waited for", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "async.go", Source: asyncSource, Main: async},
				Claims:   []tracer.Claim{oneForAll},
				Snapshot: []tracer.Claim{keepTogether},
				Quiz:     []quiz.Maker{howMany.Maker(), quiz.Returned("Flush")},
				Next:     own,
			}},
			{Name: shortLinger, Promise: "linger.ms=50: a shorter wait for other messages", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "linger.ms", Value: "50"}},
				Claims:   []tracer.Claim{oneEach, lingerPaid, knowsEach},
				Snapshot: []tracer.Claim{keepAlone},
				Quiz:     []quiz.Maker{howMany.Maker()},
				Next:     own,
			}},
		},
	}
}

var notes = []tracer.Reason{
	lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, Produce", "Produce() never waits for the broker; what makes a send synchronous is that the program reads the delivery channel before it goes on"),
	lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, linger.ms", "linger.ms is how long the client waits for more messages before it sends; the program sets it high, so that its price is plain to see (default: 5 ms)"),
}
