// Package acks is the lesson on acks: how many brokers a delivery report
// vouches for, and what it is worth when nobody was asked.
package acks

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed acks.go
var source string

//go:embed nobody_asked.go
var nobodyAskedSource string

// Names of the variants, as the command line and the claims call them.
const (
	zeroName   = "acks-0"
	oneName    = "acks-1"
	nobodyName = "nobody-asked"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "acks",
		Title:   "acks: what a delivery report is worth",
		Promise: "You can tell what \"delivered\" means with acks=0, 1 and all.",
		Level:   "intermediate",
		Needs:   []string{"first-message"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "payments", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/librdkafka issue 948", What: "successful reports for messages that readers never find; the first question back is for the setting of acks"},
			{Where: "confluentinc/librdkafka issue 1028", What: "a user compares what was reported with what arrived, and misses messages"},
			{Where: "librdkafka v2.15.0, CONFIGURATION.md, acks", What: "0: the broker sends no answer; -1 or all, the default: it answers when all in-sync replicas have the message"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "acks.go", Source: source, Main: main},
			Claims:   []tracer.Claim{answered, notAnswered, reportedAnyway, leaderOnly, mythProof, mythNone},
			Snapshot: []tracer.Claim{keepAnswer, keepZero, keepOffset},
			Notes:    notes,
			Quiz:     []quiz.Maker{quiz.NextEvent(tracer.RowRequest, 1), quiz.Proves(), quiz.WhatIf(zeroName), offsetMeans.Maker(), worth.Maker(), quiz.WhoActs(tracer.RowReport)},
			Next: []view.Command{
				{Text: "kstep run acks --variant acks-0", Why: "ask for no answer"},
				{Text: "kstep run acks --variant nobody-asked", Why: "reported as delivered, and not there"},
			},
		},
		Variants: []lesson.Variant{
			{Name: zeroName, Promise: "acks=0: ask for no answer", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "acks", Value: "0"}},
				Claims:   []tracer.Claim{notAnsweredHere},
				Snapshot: []tracer.Claim{keepOffsetHere},
				Quiz:     []quiz.Maker{quiz.WhichStep(tracer.RowReport), quiz.WhoActs(tracer.RowReport)},
				Next:     []view.Command{{Text: "kstep run acks --variant nobody-asked", Why: "the same, and the broker does not take the message"}},
			}},
			{Name: oneName, Promise: "acks=1: the leader's answer is enough", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "acks", Value: "1"}},
				Claims:   []tracer.Claim{answered, leaderOnlyHere},
				Snapshot: []tracer.Claim{keepAnswer},
				Quiz:     []quiz.Maker{quiz.Proves(), quiz.WhichStep(tracer.RowResponse)},
				Next:     []view.Command{{Text: "kstep run acks", Why: "the lesson itself: all in-sync replicas"}},
			}},
			{Name: nobodyName, Promise: "acks=0, and a message that the broker does not take", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "nobody_asked.go", Source: nobodyAskedSource, Main: nobodyAsked},
				Claims:   []tracer.Claim{reportedNotStored, mythProofHere},
				Snapshot: []tracer.Claim{keepZeroHere},
				Quiz:     []quiz.Maker{whereIsIt.Maker()},
				Next:     []view.Command{{Text: "kstep run message-too-large --variant raised-limit", Why: "the same refusal, with an answer"}},
			}},
		},
	}
}

var notes = []tracer.Reason{
	{
		Text:   "The cluster of this run has one broker, so that acks=1 and acks=all wait for the same one. With more replicas, all waits for those in sync, at least min.insync.replicas of them",
		Source: "Apache Kafka documentation, topic setting min.insync.replicas",
	},
	{
		Text:   "A broker that does not take a message of acks=0 cannot say so; Apache Kafka closes the connection",
		Source: "Apache Kafka, core/src/main/scala/kafka/server/KafkaApis.scala, handleProduceRequest",
	},
}
