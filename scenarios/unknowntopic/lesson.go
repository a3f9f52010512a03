// Package unknowntopic is the lesson on a topic name that is wrong: when
// Produce() can tell, and when only the delivery report does.
package unknowntopic

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed unknown_topic.go
var source string

//go:embed ask_first.go
var askFirstSource string

// Names of the variants, as the command line and the claims call them.
const (
	askFirstName = "ask-first"
	noWaitName   = "propagation-0"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "unknown-topic",
		Title:   "A topic that does not exist",
		Promise: "You can tell where the error of a misspelt topic name shows up, and when.",
		Level:   "intermediate",
		Needs:   []string{"first-message"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "orders", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/librdkafka issue 2502", What: "a user finds that the call succeeds for a topic that does not exist, and says that it should fail"},
			{Where: "confluentinc/librdkafka issue 348", What: "the maintainer says when Produce() tells of a missing topic and when the delivery report does"},
			{Where: "confluentinc/librdkafka issue 2858, pull request 2862", What: "why a client does not believe the first answer that a topic is unknown"},
			{Where: "librdkafka v2.15.0, CONFIGURATION.md, topic.metadata.propagation.max.ms", What: "how long it goes on asking: 30,000 ms by default"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "unknown_topic.go", Source: source, Main: main},
			Claims:   []tracer.Claim{firstAccepted, reportTells, secondRefused, keepsAsking, askingFirst, mythProduce, mythBroker, mythFlush},
			Snapshot: []tracer.Claim{keepFirst, keepLater, keepWait},
			Notes:    notes,
			Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), whySecond.Maker(), whoTells.Maker(), whatIfNoWait, quiz.WhatIfInstead(askFirstName, "The program asks for the topic's metadata before it sends"), quiz.Returned("Flush")},
			Project:  []lesson.Goal{lesson.SendsMessages, lesson.TellsOfAll, lesson.ReadsReports, lesson.ClosesProducer, lesson.EndsWell},
			Next: []view.Command{
				{Text: "kstep run unknown-topic --variant ask-first", Why: "ask for the topic before the first message"},
				{Text: "kstep run unknown-topic --variant propagation-0", Why: "believe the first answer"},
			},
		},
		Variants: []lesson.Variant{
			{Name: askFirstName, Promise: "the program asks for the topic before its first message", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "ask_first.go", Source: askFirstSource, Main: askFirst},
				Claims:   []tracer.Claim{askedInVain},
				Snapshot: []tracer.Claim{keepFirst},
				Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), quiz.Returned("Flush")},
				Next:     []view.Command{{Text: "kstep run unknown-topic", Why: "the lesson itself"}},
			}},
			{Name: noWaitName, Promise: "topic.metadata.propagation.max.ms=0: believe the first answer, which comes when Flush() waits", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: propagation, Value: "0"}},
				Faults:   []string{"pass Metadata response 1 of oders after Flush called"}, // else the answer may come while Produce() still runs
				Claims:   []tracer.Claim{believesAtOnce},
				Snapshot: []tracer.Claim{keepLater},
				Quiz:     []quiz.Maker{whySecond.Maker()},
				Next:     []view.Command{{Text: "kstep run unknown-topic", Why: "the lesson itself: ask for two seconds"}},
			}},
		},
	}
}

// propagation is the setting the lesson is about.
const propagation = "topic.metadata.propagation.max.ms"

// notes say on which brokers it is another story.
var notes = []tracer.Reason{
	{
		Text:   "Where the broker makes topics by itself, a misspelt name is no error: the topic is made and takes the messages. Apache Kafka does so unless it is told otherwise; the broker of this run does not",
		Source: "Apache Kafka documentation, broker setting auto.create.topics.enable",
	},
	{
		Text:   "The program asks for two seconds instead of half a minute, so that the run is short",
		Source: "librdkafka v2.15.0, CONFIGURATION.md, topic.metadata.propagation.max.ms",
	},
}
