// Package flushoverrideslinger is the lesson on Flush() and linger.ms: which of
// the two decides when a queued message leaves.
package flushoverrideslinger

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed flush_overrides_linger.go
var source string

//go:embed await_report.go
var awaitReportSource string

// awaitReportName is the variant without Flush().
const awaitReportName = "await-report"

// Lesson is the lesson with its variant.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "flush-overrides-linger",
		Title:   "Flush() and a long linger.ms",
		Promise: "You can tell whether a message still waits for linger.ms once Flush() is called.",
		Level:   "intermediate",
		Needs:   []string{"first-message", "linger"},
		Minutes: 8,
		Topics:  []tracer.Seed{{Topic: "orders", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-dotnet issue 1670, confluentinc/librdkafka issue 3489", What: "users with a linger of many seconds found that Flush() waited for it, so that a service may be ended before its messages have left"},
			{Where: "confluentinc/librdkafka pull request 3494; librdkafka v2.15.0, CHANGELOG.md, v1.8.0", What: "since v1.8.0 a flush sets linger.ms aside"},
			{Where: "librdkafka v2.15.0, CONFIGURATION.md, linger.ms", What: "how long a batch is kept open for more messages"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "flush_overrides_linger.go", Source: source, Main: main},
			Claims:   []tracer.Claim{atOnce, withoutFlush, sameMessage, mythWaits, mythNever},
			Snapshot: []tracer.Claim{keepFlush, keepLinger, keepSame},
			Notes:    notes,
			Quiz:     []quiz.Maker{quiz.WhichStep(tracer.RowRequest), whenItLeaves.Maker(), inCommon.Maker(), quiz.WhatIfInstead(awaitReportName, "The program waits for its report in place of calling Flush()"), quiz.OrderWithLinger(1), quiz.Returned("Flush")},
			Next: []view.Command{
				{Text: "kstep run flush-overrides-linger --variant await-report", Why: "the same message without Flush()"},
				{Text: "kstep diff flush-overrides-linger --variant await-report", Why: "the two runs side by side"},
			},
		},
		Variants: []lesson.Variant{{
			Name: awaitReportName, Promise: "the program waits for the delivery report instead of calling Flush()", Twin: true,
			Content: lesson.Content{
				Program:  lesson.Program{File: "await_report.go", Source: awaitReportSource, Main: awaitReport},
				Claims:   []tracer.Claim{fullLinger, mythNeeded},
				Snapshot: []tracer.Claim{keepLinger},
				Quiz:     []quiz.Maker{quiz.WhichStep(tracer.RowRequest), quiz.StateAfter("Produce")},
				Next:     []view.Command{{Text: "kstep run flush-overrides-linger", Why: "the lesson itself, with Flush()"}},
			},
		}},
	}
}

// notes say since when it is so.
var notes = []tracer.Reason{{
	Text:   "The Go client's Flush() does so since v2.3.0; before that it waited for linger.ms",
	Source: "confluent-kafka-go v2.15.0, CHANGELOG.md, v2.3.0; confluentinc/confluent-kafka-go issue 1013",
}}
