// Package lostack is the lesson on an answer that never arrives: the broker has
// the message, the client does not know, and sends it again.
package lostack

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed lost_ack.go
var source string

// idempotent is the variant's name, as the command line and the claims call it.
const idempotent = "idempotent"

// lost is what is done to both runs.
var lost = []string{"lose Produce response 1"}

// Lesson is the lesson with its variant.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "lost-ack",
		Title:   "A lost answer, and what the broker's log holds",
		Promise: "You can tell why one Produce() can leave two records, and what an idempotent producer does about it.",
		Level:   "advanced",
		Needs:   []string{"first-message"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "payments", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "librdkafka v2.15.0, INTRODUCTION.md, Error: Timed out in flight to/from broker", What: "without an answer the producer cannot know whether the message was written, and a retry may write it again"},
			{Where: "librdkafka v2.15.0, INTRODUCTION.md, Idempotent Producer", What: "enable.idempotence=true: each message is written once, and in order"},
			{Where: "confluentinc/confluent-kafka-dotnet issue 696", What: "a user asks how to send without duplicates, and whether to retry on top of the client"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "lost_ack.go", Source: source, Main: main},
			Faults:   lost,
			Claims:   []tracer.Claim{twice, sentAgain, nothingToKnowItBy, onceWith, dependsOnce, mythOneReport, mythNotSentAgain},
			Snapshot: []tracer.Claim{keepRetry, keepReport, keepSequence},
			Quiz:     []quiz.Maker{quiz.NextEvent(tracer.RowFault, 1), howManyRecords.Maker(), howManyReports.Maker(), quiz.WhatIf(idempotent), whatKeeps.Maker(), quiz.Connections()},
			Next: []view.Command{
				{Text: "kstep run lost-ack --variant idempotent", Why: "the same accident, with enable.idempotence=true"},
				{Text: "kstep diff lost-ack --variant idempotent", Why: "the two runs side by side"},
			},
		},
		Variants: []lesson.Variant{
			{Name: idempotent, Promise: "enable.idempotence=true: the broker knows the batch again", Twin: true, Content: lesson.Content{
				Faults:   lost,
				Set:      []tracer.Setting{{Key: "enable.idempotence", Value: "true"}},
				Claims:   []tracer.Claim{once, sentAgain, mythOffset},
				Snapshot: []tracer.Claim{keepRetry},
				Quiz:     []quiz.Maker{howManyRequests.Maker(), howManyRecords.Maker()},
				Next:     []view.Command{{Text: "kstep run lost-ack", Why: "the lesson itself: a plain producer"}},
			}},
		},
	}
}
