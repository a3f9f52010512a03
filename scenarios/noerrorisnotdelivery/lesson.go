// Package noerrorisnotdelivery is the lesson on what Produce() returns: whether
// the client took the message, not what became of it.
package noerrorisnotdelivery

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed no_error_is_not_delivery.go
var source string

//go:embed unknown_topic.go
var unknownTopicSource string

// unknownTopicName is the variant's name on the command line and in claims.
const unknownTopicName = "unknown-topic"

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "no-error-is-not-delivery",
		Title:   "No error from Produce(): what that says",
		Promise: "You can tell what a nil error of Produce() says, and what it does not say.",
		Level:   "beginner",
		Needs:   []string{"first-message"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "readings", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-python issue 137", What: "users ask why a message that was produced is not there; the answer is that produce only puts it into a queue"},
			{Where: "confluentinc/confluent-kafka-go issue 366", What: "a maintainer: the delivery reports are where a program learns whether its messages arrived"},
			{Where: "confluent-kafka-go v2.15.0, kafka/producer.go, Produce", What: "the call is asynchronous; its error says that the message could not be put into the queue"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "no_error_is_not_delivery.go", Source: source, Main: main},
			Claims:   []tracer.Claim{stillQueued, topicUnknown, reportsTell, noErrorEither, inKafka, flushedZero},
			Snapshot: []tracer.Claim{keepQueued, keepReport, keepFlush},
			Notes:    notes,
			Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), quiz.Returned("Produce"), quiz.OrderWithLinger(3), quiz.Returned("Flush"), whatTells.Maker(), quiz.Proves()},
			Next: []view.Command{
				{Text: "kstep run no-error-is-not-delivery --variant unknown-topic", Why: "the same calls, no error, and nothing arrives"},
				{Text: "kstep diff no-error-is-not-delivery --variant unknown-topic", Why: "where the two runs part"},
			},
		},
		Variants: []lesson.Variant{
			{Name: unknownTopicName, Promise: "the topic's name is misspelled: Produce() returns no error either", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "unknown_topic.go", Source: unknownTopicSource, Main: unknownTopic},
				Claims:   []tracer.Claim{noErrorNoTopic, flushedZeroHere},
				Snapshot: []tracer.Claim{keepQueued},
				Notes:    []tracer.Reason{autoCreate},
				Quiz:     []quiz.Maker{quiz.Returned("Produce"), quiz.Returned("Flush")},
				Next:     []view.Command{{Text: "kstep run no-error-is-not-delivery", Why: "the lesson itself, with the topic spelled right"}},
			}},
		},
	}
}

// autoCreate is what would hide the misspelled name.
var autoCreate = lesson.Cited("Apache Kafka documentation, Broker Configs, auto.create.topics.enable",
	"This lab's broker makes no topics by itself; one with auto.create.topics.enable=true, Kafka's default, would make the misspelled one")

// notes say when Produce() does return an error, which no run of this lesson
// shows.
var notes = []tracer.Reason{
	lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, linger.ms", "linger.ms is how long the client waits for more messages before it sends; the program sets it high, so that the queue can be watched (default: 5 ms)"),
	lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, produce", "The client copies key and value, so the program may use its slices again when Produce() has returned"),
	lesson.Cited("librdkafka v2.15.0, src/rdkafka.h, rd_kafka_produce", "Produce() returns an error where the client can tell at once: its queue is full, the message is too large, or it knows already that the topic is not there"),
}
