// Package brokerdownatstart is the lesson on a program that starts while no
// broker can be reached.
package brokerdownatstart

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed broker_down_at_start.go
var source string

// neverUp is the variant's name, as the command line and the claims call it.
const neverUp = "never-up"

// Lesson is the lesson with its variant.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "broker-down-at-start",
		Title:   "No broker at the start: nothing fails at once",
		Promise: "You can tell what a program notices when no broker can be reached, and what becomes of its messages.",
		Level:   "intermediate",
		Needs:   []string{"first-message", "flush-timeout"},
		Minutes: 10,
		Topics:  []tracer.Seed{{Topic: "alarms", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/confluent-kafka-go issue 239", What: "a user asks why NewProducer() returns no error though no broker is running"},
			{Where: "confluentinc/confluent-kafka-go issue 58", What: "a user asks how to notice that brokers are down; a maintainer: the client takes it for a passing trouble, and messages time out if it lasts"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "broker_down_at_start.go", Source: source, Main: main},
			Faults:   []string{"down from start until Flush returned"},
			Claims:   []tracer.Claim{made, accepted, told, recovers, neverComes, mythFails, mythLost},
			Snapshot: []tracer.Claim{keepNoError, keepInformational, keepLimit},
			Quiz:     []quiz.Maker{quiz.StateAfter("Flush"), quiz.Returned("Flush"), whatOfEvent.Maker(), whatIfNeverUp, quiz.Proves(), quiz.OrderUntil("Flush", 2)},
			Next: []view.Command{
				{Text: "kstep run broker-down-at-start --variant never-up", Why: "the broker never comes"},
				{Text: "kstep diff broker-down-at-start --variant never-up", Why: "the two runs side by side"},
			},
		},
		Variants: []lesson.Variant{
			{Name: neverUp, Promise: "the broker never comes, and message.timeout.ms=1000", Twin: true, Content: lesson.Content{
				Faults:   []string{"down from start"},
				Set:      []tracer.Setting{{Key: "message.timeout.ms", Value: "1000"}},
				Claims:   []tracer.Claim{made, timedOut},
				Snapshot: []tracer.Claim{keepNoError},
				Quiz:     []quiz.Maker{quiz.StateAfter("Flush"), quiz.Returned("Flush")},
				Next:     []view.Command{{Text: "kstep run broker-down-at-start", Why: "the lesson itself: the broker comes"}},
			}},
		},
	}
}
