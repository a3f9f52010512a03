// Package oneproducer is the lesson on one producer for the whole program,
// against one for each message.
package oneproducer

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed one_producer.go
var source string

//go:embed producer_per_message.go
var perMessageSource string

// perMessage is the variant's name, as the command line and the claims call it.
const perMessage = "producer-per-message"

// Lesson is the lesson with its variant.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "one-producer",
		Title:   "One producer for all goroutines",
		Promise: "You can tell what a producer shared by goroutines saves, and what one for each message costs.",
		Level:   "intermediate",
		Needs:   []string{"first-message", "linger"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "clicks", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 67", What: "users ask whether goroutines may share a producer; a maintainer: yes, absolutely"},
			{Where: "confluentinc/confluent-kafka-go issue 351", What: "a program that makes a producer for each message runs out of threads after some hundred"},
			{Where: "confluentinc/librdkafka issue 2764", What: "one producer or one a thread? The recommendation is to reuse a single one"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "one_producer.go", Source: source, Main: main},
			Claims:   []tracer.Claim{shared, together, perMessageCosts, allThere, mythOwn, mythOwnFlush},
			Snapshot: []tracer.Claim{keepShare, keepAnew},
			Quiz:     []quiz.Maker{quiz.WhichStep(tracer.RowRequest), howManyRequests.Maker(), quiz.Connections(), whatIsMore.Maker(), quiz.WhoActs(tracer.RowBatched), quiz.LastOffset()},
			Next: []view.Command{
				{Text: "kstep run one-producer --variant producer-per-message", Why: "a producer for each click"},
				{Text: "kstep run one-producer --set linger.ms=0", Why: "without waiting for company"},
			},
		},
		Variants: []lesson.Variant{
			{Name: perMessage, Promise: "a producer for each click, one after the other", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "producer_per_message.go", Source: perMessageSource, Main: producerPerMessage},
				Claims:   []tracer.Claim{aloneEach, startsAnew},
				Snapshot: []tracer.Claim{keepFlushed},
				Quiz:     []quiz.Maker{howManyRequestsEach.Maker()},
				Next:     []view.Command{{Text: "kstep run one-producer", Why: "the lesson itself: one producer for all"}},
			}},
		},
	}
}
