// Package messagetoolarge is the lesson on messages that are too large: the
// client's limit, the broker's limit, and which of the two says no.
package messagetoolarge

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed message_too_large.go
var source string

// Names of the variants, as the command line and the claims call them.
const (
	raisedName     = "raised-limit"
	gzipName       = "gzip"
	raisedGzipName = "raised-gzip"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	raised := tracer.Setting{Key: limit, Value: "2000000"}
	gzip := tracer.Setting{Key: "compression.type", Value: "gzip"}
	return &lesson.Lesson{
		ID:      "message-too-large",
		Title:   "Message size too large: two limits, one error",
		Promise: "You can tell whether the client or the broker refuses a large message, and which setting it takes.",
		Level:   "intermediate",
		Needs:   []string{"first-message"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "notes", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/librdkafka issue 3125", What: "the text of the error points to the broker, though the client's own setting is the cause"},
			{Where: "confluentinc/confluent-kafka-dotnet issues 1092 and 2326", What: "users switch on compression for large messages and get the same error"},
			{Where: "librdkafka v2.15.0, CONFIGURATION.md, message.max.bytes", What: "1,000,000 bytes by default; the broker has a limit of its own, the topic's max.message.bytes"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "message_too_large.go", Source: source, Main: main},
			Claims:   []tracer.Claim{clientRefuses, brokerRefuses, compressionIsLater, bothLimits, mythText, mythCompression, mythRaise},
			Snapshot: []tracer.Claim{keepClient, keepBroker, keepTwo},
			Notes:    notes,
			Quiz:     []quiz.Maker{quiz.Returned("Produce"), whatIfRaised, quiz.WhatIf(gzipName), whoRefuses.Maker(), quiz.WhatIfInstead(raisedGzipName, "The limit is raised, and compression.type=gzip is set")},
			Project:  []lesson.Goal{lesson.SendsMessages, lesson.TellsOfAll, lesson.ReadsReports, lesson.ClosesProducer, lesson.EndsWell},
			Next: []view.Command{
				{Text: "kstep run message-too-large --variant raised-limit", Why: "raise the client's limit and meet the broker's"},
				{Text: "kstep run message-too-large --variant raised-gzip", Why: "raise it and compress"},
			},
		},
		Variants: []lesson.Variant{
			{Name: raisedName, Promise: "message.max.bytes=2000000: the client takes it, the broker does not", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{raised},
				Claims:   []tracer.Claim{brokerRefusesHere, mythProduceTells},
				Snapshot: []tracer.Claim{keepBrokerHere},
				Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), quiz.WhichStep(tracer.RowResponse), quiz.Returned("Flush")},
				Next:     []view.Command{{Text: "kstep run message-too-large --variant raised-gzip", Why: "the same, compressed"}},
			}},
			{Name: gzipName, Promise: "compression.type=gzip: the client counts before it compresses", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{gzip},
				Claims:   []tracer.Claim{stillRefused},
				Snapshot: []tracer.Claim{keepClient},
				Quiz:     []quiz.Maker{quiz.Returned("Produce")},
				Next:     []view.Command{{Text: "kstep run message-too-large --variant raised-gzip", Why: "compress, and raise the client's limit"}},
			}},
			{Name: raisedGzipName, Promise: "both: the client takes it, and the broker sees a small batch", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{raised, gzip},
				Claims:   []tracer.Claim{smallOnTheWire},
				Snapshot: []tracer.Claim{keepDelivered},
				Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), quiz.WhichStep(tracer.RowRequest), quiz.Proves()},
				Next:     []view.Command{{Text: "kstep run message-too-large", Why: "the lesson itself, with the limits as they are"}},
			}},
		},
	}
}

// limit is the client's setting that the lesson is about.
const limit = "message.max.bytes"

var notes = []tracer.Reason{
	{
		Text:   "The broker's limit is the topic's max.message.bytes, else the broker's message.max.bytes: 1,048,588 bytes by default, for a batch as it arrives",
		Source: "Apache Kafka documentation, topic setting max.message.bytes",
	},
	{
		Text:   "The client's limit is held against value, key and headers as Produce() gets them, with what the protocol adds to a message at most",
		Source: "librdkafka v2.15.0, src/rdkafka_msg.c, rd_kafka_msg_new0",
	},
	{
		Text:   "batch.size is about batches of several messages: a larger one lets no larger message through. Here it and linger.ms see to it that the message leaves with Flush()",
		Source: "librdkafka v2.15.0, CONFIGURATION.md, batch.size",
	},
}
