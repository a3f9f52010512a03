// Package firstmessage is the first lesson: one message, Produce(), then
// Flush(). Its programs differ in one place each, so that a reader can see what
// that place is for.
package firstmessage

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed first_message.go
var firstMessageSource string

//go:embed no_flush.go
var noFlushSource string

//go:embed await_report.go
var awaitReportSource string

//go:embed unread_reports.go
var unreadReportsSource string

// Names of the variants, as the command line and the claims call them.
const (
	noFlushName       = "no-flush"
	awaitReportName   = "await-report"
	unreadReportsName = "unread-reports"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "first-message",
		Title:   "Send one message: Produce(), then Flush()",
		Promise: "You can tell where a message is after each call, and what brings it to the broker.",
		Level:   "beginner",
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "my_topic", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-python issue 137", What: "users find nothing in the topic after produce(), until they call flush()"},
			{Where: "librdkafka v2.15.0, INTRODUCTION.md, Termination", What: "a producer that is destroyed drops what is still in its queue"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "first_message.go", Source: firstMessageSource, Main: main},
			Claims:   []tracer.Claim{whyFlush, withoutFlush, whyBootstrap, connectedAtOnce, flushSends, staysQueued, closedAtEnd},
			Snapshot: []tracer.Claim{doesNotWait, onlyQueues, clientSends, flushWaits, lostAtExit},
			Notes:    notes,
			Quiz: []quiz.Maker{
				quiz.StateAfter("Produce"),
				quiz.WhichStep(tracer.RowRequest),
				quiz.Returned("Flush"),
				quiz.WhatIf(noFlushName),
				quiz.WhoActs(tracer.RowBatched),
				quiz.WhatIfInstead(awaitReportName, "The program waits for its report in place of calling Flush()"),
				quiz.OrderUntil("Flush", 1),
			},
			Try: &lesson.Try{
				Set: []tracer.Setting{{Key: "linger.ms", Value: "1000"}, {Key: "acks", Value: "0"}},
				Faults: []string{
					"answer Produce request 1 with NOT_LEADER_OR_FOLLOWER",
					"answer Produce request 1 with MESSAGE_TOO_LARGE",
				},
			},
			Next: []view.Command{
				{Text: "kstep run first-message --variant no-flush", Why: "the same program without Flush()"},
				{Text: "kstep run first-message --set linger.ms=1000", Why: "change a setting and see what follows"},
				{Text: "kstep quiz first-message", Why: "only the questions"},
			},
		},
		Variants: []lesson.Variant{
			{
				Name: noFlushName, Promise: "the same program without Flush()", Twin: true,
				Content: lesson.Content{
					Program:  lesson.Program{File: "no_flush.go", Source: noFlushSource, Main: noFlush},
					Claims:   []tracer.Claim{lostWithoutError, closedAtEnd},
					Snapshot: []tracer.Claim{doesNotWait, onlyQueues},
					Quiz:     []quiz.Maker{quiz.StateAfter("Produce")},
					Next:     []view.Command{{Text: "kstep run first-message", Why: "the lesson itself, with Flush()"}},
				},
			},
			{
				Name: awaitReportName, Promise: "the program waits for the delivery report instead of calling Flush()", Twin: true,
				Content: lesson.Content{
					Program:  lesson.Program{File: "await_report.go", Source: awaitReportSource, Main: awaitReport},
					Claims:   []tracer.Claim{deliveredWithoutFlush, closedAtEnd},
					Snapshot: []tracer.Claim{doesNotWait, onlyQueues},
					Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), quiz.WhichStep(tracer.RowRequest), quiz.WhoActs(tracer.RowBatched)},
					Next:     []view.Command{{Text: "kstep run first-message", Why: "the lesson itself, with Flush()"}},
				},
			},
			{
				Name: unreadReportsName, Promise: "the delivery reports have no room in their channel: Flush() never returns",
				Content: lesson.Content{
					Hangs:    true,
					Program:  lesson.Program{File: "unread_reports.go", Source: unreadReportsSource, Main: unreadReports},
					Claims:   []tracer.Claim{neverReturns},
					Snapshot: []tracer.Claim{onlyQueues},
					Next:     []view.Command{{Text: "kstep run first-message", Why: "the lesson itself, with room for its report"}},
				},
			},
		},
	}
}

// notes say where the program differs from the Python program that most
// readers know.
var notes = []tracer.Reason{
	{
		Text:   "In Go a delivery report goes to a channel; in Python flush() and poll() call the program's callback with it",
		Source: "confluent-kafka-go v2.15.0, kafka/producer.go, Produce; confluent-kafka-python, src/confluent_kafka/src/Producer.c, dr_msg_cb",
	},
	{
		Text:   "A Go program that ends does not destroy its producer. Python destroys an object that is no longer used, and a producer that is destroyed warns of messages left behind",
		Source: "confluent-kafka-python, src/confluent_kafka/src/Producer.c, Producer_dealloc; librdkafka v2.15.0, src/rdkafka.c, rd_kafka_destroy_app",
	},
}
