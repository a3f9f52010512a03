// Package fullchannel is the lesson on a delivery channel without room: the
// client's own goroutine and Flush() wait for a reader, and no report comes out.
package fullchannel

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed full_channel.go
var source string

//go:embed room.go
var roomSource string

//go:embed reader.go
var readerSource string

// Names of the variants, as the command line and the claims call them.
const (
	roomName   = "room"
	readerName = "reader"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	own := []view.Command{{Text: "kstep run full-channel", Why: "the lesson itself: no room, and no reader"}}
	return &lesson.Lesson{
		ID:      "full-channel",
		Title:   "A delivery channel without room, and Flush()",
		Promise: "You can tell why Flush() may hang for ever, and how much room a delivery channel needs.",
		Level:   "beginner",
		Needs:   []string{"first-message", "unread-events"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "readings", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 944", What: "a delivery channel without a reader locks up the client's poll loop and makes the producer unusable"},
			{Where: "confluentinc/confluent-kafka-go issue 366", What: "a worker stops in Flush(); the cause is a channel of reports that is full"},
			{Where: "confluent-kafka-go v2.15.0, kafka/event.go, eventPoll", What: "the send to the delivery channel waits until there is room"},
		},
		Content: lesson.Content{
			Hangs:    true,
			Program:  lesson.Program{File: "full_channel.go", Source: source, Main: main},
			Claims:   []tracer.Claim{hangs, stuckReports, roomHelps, readerHelps, timeLimit, messagesStuck},
			Snapshot: []tracer.Claim{keepRoom, keepReader},
			Notes:    notes,
			Quiz:     []quiz.Maker{quiz.StateAfter("Produce"), whatIsStuck.Maker(), quiz.WhatIfInstead(roomName, "The delivery channel has room for two reports"), quiz.Proves(), quiz.Requests(), quiz.NextEvent(tracer.RowBatched, 2)},
			Next: []view.Command{
				{Text: "kstep run full-channel --variant room", Why: "room for every report"},
				{Text: "kstep run full-channel --variant reader", Why: "a goroutine that reads the channel"},
			},
		},
		Variants: []lesson.Variant{
			{Name: roomName, Promise: "the channel has room for every report", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "room.go", Source: roomSource, Main: room},
				Claims:   []tracer.Claim{ends, notCounted},
				Snapshot: []tracer.Claim{keepEnds},
				Quiz:     []quiz.Maker{quiz.Returned("Flush"), quiz.StateAfter("Flush")},
				Next:     own,
			}},
			{Name: readerName, Promise: "a goroutine reads the channel", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "reader.go", Source: readerSource, Main: reader},
				Claims:   []tracer.Claim{ends},
				Snapshot: []tracer.Claim{keepEnds},
				Quiz:     []quiz.Maker{quiz.Returned("Flush")},
				Next:     own,
			}},
		},
	}
}

var notes = []tracer.Reason{
	lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, batch.num.messages, max.in.flight", "The two settings make a batch of each message and send one at a time"),
	lesson.Cited("confluent-kafka-go v2.15.0, kafka/event.go, eventPoll", "Reports come out one after another, by the client's own goroutine and by Flush(). Each waits where it meets a full channel; when both do, no report comes out any more"),
}
