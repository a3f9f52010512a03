// Package keys is the lesson on keys: how the client chooses a partition for a
// message.
package keys

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed keys.go
var source string

//go:embed no_keys.go
var noKeysSource string

// Names of the variants, as the command line and the claims call them.
const (
	murmurName = "murmur2"
	noKeysName = "no-keys"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "keys",
		Title:   "Keys and partitions",
		Promise: "You can tell which messages share a partition, and what can move a key to another one.",
		Level:   "intermediate",
		Needs:   []string{"first-message", "linger"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "visits", Partitions: 3}},
		Sources: []lesson.Source{
			{Where: "confluentinc/librdkafka issue 1349", What: "a user expects the default partitioner to be random and sees that messages of one key stay together"},
			{Where: "tulios/kafkajs issue 1154", What: "programs with the Java rule and programs on librdkafka put the same key into different partitions"},
			{Where: "confluentinc/librdkafka issue 4510", What: "partitioners do not agree on empty keys either"},
			{Where: "librdkafka v2.15.0, CONFIGURATION.md, partitioner", What: "the rules by name; consistent_random is the default"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "keys.go", Source: source, Main: main},
			Claims:   []tracer.Claim{sameKey, whoChooses, oneBatchEach, javaRule, noKey, mythOnePartition, mythEverywhere, mythOrder},
			Snapshot: []tracer.Claim{keepKey, keepRule, keepOrder},
			Notes:    notes,
			Quiz:     []quiz.Maker{howManyUsed.Maker(), whichKeys.Maker(), otherRule.Maker(), howManyWithoutKeys.Maker(), quiz.WhoActs(tracer.RowBatched)},
			Next: []view.Command{
				{Text: "kstep run keys --variant murmur2", Why: "the rule of the Java client"},
				{Text: "kstep run keys --variant no-keys", Why: "messages without a key"},
			},
		},
		Variants: []lesson.Variant{
			{Name: murmurName, Promise: "partitioner=murmur2_random: the rule of the Java client", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "partitioner", Value: "murmur2_random"}},
				Claims:   []tracer.Claim{sameKey, oneBatchEach},
				Snapshot: []tracer.Claim{keepKey},
				Quiz:     []quiz.Maker{howManyUsed.Maker()},
				Next:     []view.Command{{Text: "kstep diff keys --variant murmur2", Why: "the two rules side by side"}},
			}},
			{Name: noKeysName, Promise: "no keys, and a partitioner that leaves nothing to chance: one partition gets all", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "no_keys.go", Source: noKeysSource, Main: noKeys},
				Claims:   []tracer.Claim{allTogether},
				Snapshot: []tracer.Claim{keepNoKey},
				Quiz:     []quiz.Maker{howManyUsed.Maker()},
				Next:     []view.Command{{Text: "kstep run keys", Why: "the lesson itself, with keys"}},
			}},
		},
	}
}

var notes = []tracer.Reason{
	{
		Text:   "GetMetadata() asks for the topic, and linger.ms lets the five messages wait for one another, so that each partition gets one batch; the partition of a key depends on neither",
		Source: "librdkafka v2.15.0, CONFIGURATION.md, linger.ms",
	},
	{
		Text:   "Without a key the default partitioner takes any partition, and keeps to it for a while so that batches can fill: 10 ms, or twice linger.ms where the program sets that. Which one is left to chance, so this lesson does not show it",
		Source: "librdkafka v2.15.0, CONFIGURATION.md, sticky.partitioning.linger.ms, and src/rdkafka_conf.c, rd_kafka_conf_finalize",
	},
}
