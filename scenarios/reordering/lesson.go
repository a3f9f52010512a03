// Package reordering is the lesson on retries and order: a batch that fails
// while later ones are under way is sent again behind them.
package reordering

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed reordering.go
var source string

// idempotent is the variant's name, as the command line and the claims call it.
const idempotent = "idempotent"

// refused is what is done to the runs: A is refused when C is on the wire. The
// client learns the topic only when all three are queued; else it could send A
// before the program has made C, where the machine is busy.
var refused = []string{
	"pass Metadata response 1 of letters after Flush called",
	"answer Produce request 1 with NOT_ENOUGH_REPLICAS after Produce request 3",
}

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "reordering",
		Title:   "Retries and order: three requests in flight",
		Promise: "You can tell when a retry changes the order of messages, and which settings keep it.",
		Level:   "advanced",
		Needs:   []string{"first-message", "lost-ack"},
		Minutes: 12,
		Topics:  []tracer.Seed{{Topic: "letters", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "librdkafka v2.15.0, INTRODUCTION.md, Reordering", What: "with several requests in flight and retries, messages may be appended in another order than they were produced in"},
			{Where: "confluentinc/librdkafka issues 623 and 831", What: "users ask which settings keep the order, and whether max.in.flight=1 does"},
			{Where: "confluentinc/librdkafka issue 1092", What: "retries brought messages out of order although max.in.flight was 1: a bug of the client, fixed in 2018"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "reordering.go", Source: source, Main: main},
			Faults:   refused,
			Claims:   []tracer.Claim{anotherOrder, underWay, allDelivered, keptWith, dependsOrder, mythKeepsOrder, mythErrorShows},
			Snapshot: []tracer.Claim{keepInFlight, keepIdempotent},
			Quiz:     []quiz.Maker{quiz.NextEvent(tracer.RowResponse, 1), quiz.Attempts(1), howManyRequests.Maker(), whichOrder.Maker(), whyKept.Maker(), quiz.LastOffset()},
			Next: []view.Command{
				{Text: "kstep run reordering --variant idempotent", Why: "the same refusal, with enable.idempotence=true"},
				{Text: "kstep diff reordering --variant idempotent", Why: "the two runs side by side"},
			},
		},
		Variants: []lesson.Variant{
			{Name: idempotent, Promise: "enable.idempotence=true: the broker takes batches in their order only", Twin: true, Content: lesson.Content{
				Faults:   refused,
				Set:      []tracer.Setting{{Key: "enable.idempotence", Value: "true"}},
				Claims:   []tracer.Claim{kept, refusedToo, newEpoch},
				Snapshot: []tracer.Claim{keepOrder},
				Quiz:     []quiz.Maker{whichOrder.Maker()},
				Next:     []view.Command{{Text: "kstep run reordering", Why: "the lesson itself: a plain producer"}},
			}},
		},
	}
}
