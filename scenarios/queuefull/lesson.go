// Package queuefull is the lesson on a client's queue that is full: what
// Produce() says then, and what the program has to do.
package queuefull

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed queue_full.go
var source string

//go:embed no_retry.go
var noRetrySource string

// Names of the variants, as the command line and the claims call them.
const (
	noRetryName = "no-retry"
	roomName    = "room-for-four"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "queue-full",
		Title:   "Local: Queue full: the client says wait",
		Promise: "You can tell who refuses a message with \"Queue full\", and what becomes of it.",
		Level:   "intermediate",
		Needs:   []string{"first-message", "linger"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "jobs", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-dotnet issue 703, confluentinc/librdkafka issue 2247", What: "loops that produce as fast as they can end in Queue full, and a larger queue only puts it off"},
			{Where: "confluentinc/confluent-kafka-dotnet issue 1175", What: "the error is meant: the call does not block, waiting and trying again is the program's business"},
			{Where: "librdkafka v2.15.0, CONFIGURATION.md, queue.buffering.max.messages", What: "100,000 messages by default; a second limit, queue.buffering.max.kbytes, counts bytes"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "queue_full.go", Source: source, Main: main},
			Claims:   []tracer.Claim{whoRefuses, whatIsFull, roomAgain, withoutRetry, mythBlocks, mythLater, mythBroker},
			Snapshot: []tracer.Claim{keepError, keepRetry, keepRoom},
			Notes:    notes,
			Quiz:     []quiz.Maker{howManyCalls.Maker(), theError.Maker(), quiz.WhatIf(roomName), quiz.FindBug(noRetryName), whenRoom.Maker(), quiz.Requests()},
			Next: []view.Command{
				{Text: "kstep run queue-full --variant no-retry", Why: "print the error and go on"},
				{Text: "kstep run queue-full --variant room-for-four", Why: "a queue with more room"},
			},
		},
		Variants: []lesson.Variant{
			{Name: noRetryName, Promise: "the program prints the error and goes on", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "no_retry.go", Source: noRetrySource, Main: noRetry},
				Claims:   []tracer.Claim{refusedIsGone, mythLaterHere},
				Snapshot: []tracer.Claim{keepError},
				Quiz:     []quiz.Maker{howManyStored.Maker(), quiz.StateAfter("Flush")},
				Next:     []view.Command{{Text: "kstep run queue-full", Why: "the lesson itself: wait, then try again"}},
			}},
			{Name: roomName, Promise: "queue.buffering.max.messages=4: room for all", Twin: true, Content: lesson.Content{
				Set:      []tracer.Setting{{Key: "queue.buffering.max.messages", Value: "4"}},
				Claims:   []tracer.Claim{nothingRefused},
				Snapshot: []tracer.Claim{keepRoom},
				Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), quiz.StateAfter("Flush")},
				Next:     []view.Command{{Text: "kstep run queue-full", Why: "the lesson itself, with room for three"}},
			}},
		},
	}
}

// notes say how the program's settings stand to those of real programs.
var notes = []tracer.Reason{
	{
		Text:   "By default there is room for 100,000 messages; three are enough to see the same. linger.ms is long, and GetMetadata() asks for the topic beforehand, so that the three wait until the queue is full and leave in one request",
		Source: "librdkafka v2.15.0, CONFIGURATION.md, queue.buffering.max.messages",
	},
	{
		Text:   "A message has its place in the queue until its delivery report has been taken over by the Go client",
		Source: "librdkafka v2.15.0, src/rdkafka_msg.c, rd_kafka_msg_destroy",
	},
}
