// Package headers is the lesson on what a delivery report carries of the
// message it is about, and what it leaves out.
package headers

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed headers.go
var source string

//go:embed no_headers.go
var noHeadersSource string

// Names of the variants, as the command line and the claims call them.
const (
	allName       = "all-fields"
	noneName      = "no-fields"
	noHeadersName = "no-headers"
)

// fields is the setting the lesson is about.
const fields = "go.delivery.report.fields"

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "headers",
		Title:   "Headers and timestamps in the delivery report",
		Promise: "You can tell what of a message comes back with its delivery report.",
		Level:   "intermediate",
		Needs:   []string{"first-message"},
		Minutes: 8,
		Topics:  []tracer.Seed{{Topic: "events", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issues 425 and 1425", What: "users look for their headers in the delivery report, to tell which message failed"},
			{Where: "confluentinc/confluent-kafka-go issue 197", What: "users look for the timestamp; it is never set there"},
			{Where: "confluentinc/confluent-kafka-go pull request 636", What: "headers in reports are an option since v1.7.0, off by default because they cost time"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "headers.go", Source: source, Main: main},
			Claims:   []tracer.Claim{whatComesBack, theHeader, fieldsSetting, theTimestamp, mythNotSent, mythWholeMessage},
			Snapshot: []tracer.Claim{keepHeader, keepOpaque, keepSent},
			Notes:    notes,
			Quiz:     []quiz.Maker{whichPart.Maker(), withAll.Maker(), howManyBytes.Maker(), quiz.Proves(), quiz.WhatIf(noneName)},
			Next: []view.Command{
				{Text: "kstep run headers --variant all-fields", Why: "ask for all fields in the report"},
				{Text: "kstep run headers --variant no-fields", Why: "ask for none of them"},
			},
		},
		Variants: []lesson.Variant{
			{Name: allName, Promise: "go.delivery.report.fields=all: the report carries headers, too", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: fields, Value: "all"}},
				Claims:   []tracer.Claim{headerThere, theTimestamp},
				Snapshot: []tracer.Claim{keepOpaque},
				Quiz:     []quiz.Maker{whichIsMissing.Maker()},
				Next:     []view.Command{{Text: "kstep run headers", Why: "the lesson itself, with the fields that are the default"}},
			}},
			{Name: noneName, Promise: "go.delivery.report.fields=none: the report carries neither key nor value", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: fields, Value: "none"}},
				Claims:   []tracer.Claim{nothingThere},
				Snapshot: []tracer.Claim{keepOpaque},
				Quiz:     []quiz.Maker{howToTell.Maker()},
				Next:     []view.Command{{Text: "kstep run headers", Why: "the lesson itself, with the fields that are the default"}},
			}},
			{Name: noHeadersName, Promise: "the same message without a header", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "no_headers.go", Source: noHeadersSource, Main: noHeaders},
				Claims:   []tracer.Claim{looksTheSame},
				Snapshot: []tracer.Claim{keepOpaque},
				Quiz:     []quiz.Maker{quiz.StateAfter("Flush")},
				Next:     []view.Command{{Text: "kstep run headers", Why: "the lesson itself, with a header"}},
			}},
		},
	}
}

var notes = []tracer.Reason{{
	Text:   "Opaque is a Go value that stays in the client and comes back with the report; it is never sent",
	Source: "confluent-kafka-go v2.15.0, kafka/producer.go, produce, and kafka/event.go, eventPoll",
}}
