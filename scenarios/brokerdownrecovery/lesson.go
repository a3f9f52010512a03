// Package brokerdownrecovery is the lesson on a broker that goes down while a
// message is under way.
package brokerdownrecovery

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed broker_down_recovery.go
var source string

// short is the variant's name, as the command line and the claims call it.
const short = "short-timeout"

// Lesson is the lesson with its variant.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "broker-down-recovery",
		Title:   "The broker goes down with a message under way",
		Promise: "You can tell what the client does about a broker that goes down, and how long it goes on trying.",
		Level:   "intermediate",
		Needs:   []string{"first-message", "broker-down-at-start"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "meters", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 27", What: "a user asks how to handle a broker that goes offline for some time and comes back"},
			{Where: "confluentinc/librdkafka issue 474", What: "a user gets \"Local: Message timed out\" well before message.timeout.ms is over, and asks whether such messages are still tried"},
			{Where: "librdkafka v2.15.0, INTRODUCTION.md, Producer retries and Error: Local time out", What: "messages of a request that failed for the moment go back into the queue; when message.timeout.ms is over there are no more tries"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "broker_down_recovery.go", Source: source, Main: main},
			Faults:   []string{"down at Produce request 2 until Flush returned"},
			Claims:   []tracer.Claim{backInQueue, sentAgain, onceHere, dependsDelivered, mythProduceAgain, mythFails},
			Snapshot: []tracer.Claim{keepQueue, keepLimit},
			Quiz:     []quiz.Maker{quiz.Returned("Flush"), whereIsIt.Maker(), quiz.NextEvent(tracer.RowFault, 1), howManyRequests.Maker(), quiz.Connections(), quiz.LastOffset()},
			Next: []view.Command{
				{Text: "kstep run broker-down-recovery --variant short-timeout", Why: "the broker stays away longer than the message may wait"},
				{Text: "kstep run lost-ack", Why: "the broker had the message, and only the answer was lost"},
			},
		},
		Variants: []lesson.Variant{
			{Name: short, Promise: "message.timeout.ms=1000, and the broker does not come back", Twin: true, Content: lesson.Content{
				Faults:   []string{"down at Produce request 2"},
				Set:      []tracer.Setting{{Key: "message.timeout.ms", Value: "1000"}},
				Claims:   []tracer.Claim{backInQueue, gaveUp},
				Snapshot: []tracer.Claim{keepQueue},
				Quiz:     []quiz.Maker{whereIsIt.Maker(), quiz.Returned("Flush")},
				Next:     []view.Command{{Text: "kstep run broker-down-recovery", Why: "the lesson itself: the broker comes back in time"}},
			}},
		},
	}
}
