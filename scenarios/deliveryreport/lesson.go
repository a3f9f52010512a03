// Package deliveryreport is the lesson on where a failure is told: in the
// delivery report, and nowhere else.
package deliveryreport

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed delivery_report.go
var source string

//go:embed read_report.go
var readSource string

// Names of the variants, as the command line and the claims call them.
const (
	readName    = "read-report"
	passingName = "passing-error"
)

// refused is what is done to the runs of the lesson and of read-report.
var refused = []string{"answer Produce request 1 with TOPIC_AUTHORIZATION_FAILED"}

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "delivery-report",
		Title:   "The delivery report: where a failure is told",
		Promise: "You can tell how a program learns that a message was not delivered, and how it does not.",
		Level:   "beginner",
		Needs:   []string{"first-message"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "salaries", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 369", What: "users ask whether Flush() without an error guarantees that Kafka has the message; the delivery report tells"},
			{Where: "confluentinc/confluent-kafka-go issue 366", What: "a maintainer: without reading reports a program may fail with every message and not notice"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "delivery_report.go", Source: source, Main: main},
			Faults:   refused,
			Claims:   []tracer.Claim{callsSayNothing, saysAllSent, toldInReport, notTriedAgain, passingErrors, mythFlushZero, mythProduceNil},
			Snapshot: []tracer.Claim{keepReport, keepFlush},
			Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), quiz.NextEvent(tracer.RowResponse, 1), quiz.Returned("Flush"), quiz.WhatIfInstead(readName, "The program reads its delivery report"), howToLearn.Maker(), quiz.WhatIfInstead(passingName, "The broker answers the first Produce request with NOT_LEADER_OR_FOLLOWER, in place of the error here")},
			Next: []view.Command{
				{Text: "kstep run delivery-report --variant read-report", Why: "the program reads its report"},
				{Text: "kstep run delivery-report --variant passing-error", Why: "an error that the client gets over by itself"},
			},
		},
		Variants: []lesson.Variant{
			{Name: readName, Promise: "the program reads its delivery report", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "read_report.go", Source: readSource, Main: readReport},
				Faults:   refused,
				Claims:   []tracer.Claim{callsSayNothing, reads},
				Snapshot: []tracer.Claim{keepFlush},
				Quiz:     []quiz.Maker{quiz.StateAfter("Flush")},
				Next:     []view.Command{{Text: "kstep run delivery-report", Why: "the lesson itself: nobody reads the report"}},
			}},
			{Name: passingName, Promise: "the broker answers NOT_LEADER_OR_FOLLOWER once: an error that passes", Twin: true, Content: lesson.Content{
				Faults:   []string{"answer Produce request 1 with NOT_LEADER_OR_FOLLOWER"},
				Claims:   []tracer.Claim{triedAgain},
				Snapshot: []tracer.Claim{keepEnd},
				Quiz:     []quiz.Maker{quiz.StateAfter("Flush")},
				Next:     []view.Command{{Text: "kstep run delivery-report", Why: "the lesson itself: an error that stays"}},
			}},
		},
	}
}
