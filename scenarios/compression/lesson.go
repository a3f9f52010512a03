// Package compression is the lesson on compression.type: what is compressed,
// and when the client leaves it.
package compression

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed compression.go
var source string

// Names of the variants, as the command line and the claims call them.
const (
	noneName = "none"
	zstdName = "zstd"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "compression",
		Title:   "What compression.type does to a batch",
		Promise: "You can tell which batches leave compressed, and why a single message often does not.",
		Level:   "intermediate",
		Needs:   []string{"first-message", "linger"},
		Minutes: 8,
		Topics:  []tracer.Seed{{Topic: "clicks", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 333, confluentinc/confluent-kafka-python issue 480", What: "users switch compression on, send one message, and find it uncompressed in the broker's log"},
			{Where: "librdkafka v2.15.0, CONFIGURATION.md, compression.type", What: "none, gzip, snappy, lz4 or zstd; none is the default"},
			{Where: "librdkafka v2.15.0, INTRODUCTION.md, Compression", What: "a batch with more messages in it compresses better"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "compression.go", Source: source, Main: main},
			Claims:   []tracer.Claim{manyAreSmaller, oneIsNot, otherCodec, mythEvery, mythAlone, mythFewer},
			Snapshot: []tracer.Claim{keepBatch, keepSmaller, keepCodec},
			Notes:    notes,
			Quiz:     []quiz.Maker{whichBatch.Maker(), whyNot.Maker(), howManyBatches.Maker(), quiz.WhatIf(noneName), quiz.RecordsInRequest(), quiz.LastOffset()},
			Next: []view.Command{
				{Text: "kstep run compression --variant zstd", Why: "another codec"},
				{Text: "kstep run compression --variant none", Why: "the same batches as they are"},
			},
		},
		Variants: []lesson.Variant{
			{Name: noneName, Promise: "compression.type=none: the same batches as they are", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "compression.type", Value: "none"}},
				Claims:   []tracer.Claim{nothingCompressed},
				Snapshot: []tracer.Claim{keepSame},
				Quiz:     []quiz.Maker{howManyBatches.Maker()},
				Next:     []view.Command{{Text: "kstep diff compression --variant none", Why: "the two runs side by side"}},
			}},
			{Name: zstdName, Promise: "compression.type=zstd: another codec", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "compression.type", Value: "zstd"}},
				Claims:   []tracer.Claim{tinyStaysHere},
				Snapshot: []tracer.Claim{keepSame},
				Quiz:     []quiz.Maker{howManyBatches.Maker()},
				Next:     []view.Command{{Text: "kstep diff compression --variant zstd", Why: "the two codecs side by side"}},
			}},
		},
	}
}

var notes = []tracer.Reason{
	{
		Text:   "All messages have one timestamp, so that a batch has the same bytes in every run; usually the client sets the time of Produce()",
		Source: "librdkafka v2.15.0, src/rdkafka_msg.c, rd_kafka_msg_new0",
	},
	{
		Text:   "Who reads a compressed batch finds the codec in it and unpacks it. The broker keeps the batch as it came, unless the topic asks for another codec",
		Source: "Apache Kafka documentation, topic setting compression.type",
	},
}
