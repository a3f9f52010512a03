// Package linger is the lesson on linger.ms: how long the client waits for more
// messages before it sends a batch.
package linger

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed linger.go
var source string

// Names of the variants, as the command line and the claims call them.
const (
	noLinger   = "linger-0"
	longLinger = "linger-1000"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "linger",
		Title:   "linger.ms: wait a little, send together",
		Promise: "You can tell how many messages share a request, and which setting decides it.",
		Level:   "intermediate",
		Needs:   []string{"first-message"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "readings", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "librdkafka v2.15.0, CONFIGURATION.md, linger.ms", What: "the default is 5 ms, the range 0 to 900,000"},
			{Where: "librdkafka v2.15.0, INTRODUCTION.md, Performance", What: "where messages are few, a short wait keeps them quick; where they are many, a longer one saves requests"},
			{Where: "confluentinc/confluent-kafka-dotnet issue 1334", What: "a user sets linger.ms, and still one message leaves at a time"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "linger.go", Source: source, Main: main},
			Claims:   []tracer.Claim{oneByOne, zeroIsNoFaster, together, mythCount, mythFlushAlone},
			Snapshot: []tracer.Claim{keepClock, keepFlush},
			Quiz:     []quiz.Maker{howManyRequests.Maker(), quiz.WhatIf(longLinger), howManyWithLong.Maker(), quiz.WhoActs(tracer.RowRequest), quiz.Proves()},
			Next: []view.Command{
				{Text: "kstep run linger --variant linger-1000", Why: "wait a second for more"},
				{Text: "kstep run linger --set linger.ms=50", Why: "choose your own"},
			},
		},
		Variants: []lesson.Variant{
			{Name: noLinger, Promise: "linger.ms=0: do not wait at all", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "linger.ms", Value: "0"}},
				Claims:   []tracer.Claim{oneByOne},
				Snapshot: []tracer.Claim{keepClock},
				Quiz:     []quiz.Maker{howManyRequests.Maker()},
				Next:     []view.Command{{Text: "kstep diff linger --variant linger-0", Why: "what a wait of 0 changes: nothing, here"}},
			}},
			{Name: longLinger, Promise: "linger.ms=1000: wait a second for more", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "linger.ms", Value: "1000"}},
				Claims:   []tracer.Claim{waited},
				Snapshot: []tracer.Claim{keepFlush},
				Quiz:     []quiz.Maker{howManyRequests.Maker()},
				Next:     []view.Command{{Text: "kstep diff linger --variant linger-1000", Why: "the two runs side by side"}},
			}},
		},
	}
}
