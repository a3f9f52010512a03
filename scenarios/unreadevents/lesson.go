// Package unreadevents is the lesson on delivery reports that wait in Events()
// for a reader: Flush() and Len() count them, too.
package unreadevents

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed unread_events.go
var source string

//go:embed read_events.go
var readEventsSource string

// Names of the variants, as the command line and the claims call them.
const (
	readName  = "read-events"
	noReports = "no-reports"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	own := []view.Command{{Text: "kstep run unread-events", Why: "the lesson itself: nobody reads Events()"}}
	return &lesson.Lesson{
		ID:      "unread-events",
		Title:   "Nobody reads Events(): what Flush() counts",
		Promise: "You can tell what the number that Flush() returns is made of.",
		Level:   "beginner",
		Needs:   []string{"first-message", "no-error-is-not-delivery"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "readings", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 1194", What: "a producer that wrote nothing reports messages that are not flushed; users ask why Len() adds up three queues"},
			{Where: "confluentinc/confluent-kafka-go issue 366", What: "a maintainer: read the reports in a goroutine, or turn them off and learn nothing of failures"},
			{Where: "confluent-kafka-go v2.15.0, kafka/producer.go, Len and Flush", What: "Len() adds unread events to what the client holds, and Flush() runs until Len() is 0 or its time is over"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "unread_events.go", Source: source, Main: main},
			Claims:   []tracer.Claim{unread, wholeTime, readerHelps, offHelps, notDelivered, readingOptional},
			Snapshot: []tracer.Claim{keepCounts, keepRead},
			Notes:    notes,
			Quiz:     []quiz.Maker{whatWaits.Maker(), quiz.Returned("Flush"), withReader.Maker(), quiz.Proves(), quiz.RecordsInRequest(), quiz.WhoActs(tracer.RowReport)},
			Next: []view.Command{
				{Text: "kstep run unread-events --variant read-events", Why: "with a goroutine that reads them"},
				{Text: "kstep diff unread-events --variant no-reports", Why: "what changes where no reports go to Events()"},
			},
		},
		Variants: []lesson.Variant{
			{Name: readName, Promise: "a goroutine reads Events()", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "read_events.go", Source: readEventsSource, Main: readEvents},
				Claims:   []tracer.Claim{nothingLeft},
				Snapshot: []tracer.Claim{keepReadHere},
				Quiz:     []quiz.Maker{quiz.Returned("Flush"), quiz.StateAfter("Flush")},
				Next:     own,
			}},
			{Name: noReports, Promise: "go.delivery.reports=false: no reports in Events()", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "go.delivery.reports", Value: "false"}},
				Claims:   []tracer.Claim{nothingLeft, nothingKnown},
				Snapshot: []tracer.Claim{keepReadHere},
				Quiz:     []quiz.Maker{quiz.Returned("Flush")},
				Next:     own,
			}},
		},
	}
}

var notes = []tracer.Reason{
	lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, Produce", "Where Produce() is given no delivery channel, the report goes to Events()"),
	lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, linger.ms", "linger.ms is how long the client waits for more messages before it sends; the program sets it high, so that all messages share a request (default: 5 ms)"),
}
