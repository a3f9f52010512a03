// Package transactions is the lesson on what commit and abort change: who is
// given a message, not whether the broker has it.
package transactions

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed transactions.go
var source string

//go:embed abort_at_once.go
var abortAtOnceSource string

//go:embed fenced.go
var fencedSource string

// Names of the variants, as the command line and the claims call them.
const (
	atOnceName = "abort-at-once"
	fencedName = "fenced"
)

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "transactions",
		Title:   "Transactions: commit, abort, and who may read",
		Promise: "You can tell what a commit and an abort leave in the broker's log, and which readers are given it.",
		Level:   "advanced",
		Needs:   []string{"first-message"},
		Minutes: 15,
		Topics:  []tracer.Seed{{Topic: "payments", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "confluentinc/librdkafka issue 3020", What: "users find aborted messages in what their read_committed consumer is given: a bug of the client, fixed since"},
			{Where: "redpanda-data/redpanda issue 6630", What: "Kafka gives a read_uncommitted reader the messages of aborted transactions, too"},
			{Where: "librdkafka v2.15.0, src/rdkafka.h, Transactional producer API", What: "begin, produce, then commit or abort; a transactional producer is an idempotent one"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "transactions.go", Source: source, Main: main},
			Claims:   []tracer.Claim{committed, aborted, reportIsEarly, addedFirst, atOncePurged, mythNotInLog, mythFlushShows},
			Snapshot: []tracer.Claim{keepDecides, keepCommitFlushes, keepMarker},
			Quiz:     []quiz.Maker{offsetOfSecond.Maker(), afterAbort.Maker(), howManyCommitted.Maker(), atOnce.Maker(), quiz.OrderUntil("CommitTransaction", 1), quiz.Requests()},
			Project:  []lesson.Goal{lesson.SendsMessages, lesson.Commits, lesson.Aborts, lesson.ReadsReports, lesson.ClosesProducer, lesson.EndsWell},
			Try: &lesson.Try{
				Set: []tracer.Setting{{Key: "linger.ms", Value: "1000"}, {Key: "enable.idempotence", Value: "false"}},
				Faults: []string{
					"answer Produce request 1 with NOT_LEADER_OR_FOLLOWER",
					"answer Produce request 1 with MESSAGE_TOO_LARGE",
				},
			},
			Next: []view.Command{
				{Text: "kstep run transactions --variant abort-at-once", Why: "abort before the payment is sent"},
				{Text: "kstep run transactions --variant fenced", Why: "two producers with one transactional.id"},
			},
		},
		Variants: []lesson.Variant{
			{Name: atOnceName, Promise: "a transaction is aborted before its payment is sent", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "abort_at_once.go", Source: abortAtOnceSource, Main: abortAtOnce},
				Claims:   []tracer.Claim{purged, nothingToEnd},
				Snapshot: []tracer.Claim{keepPurged},
				Quiz:     []quiz.Maker{afterAbort.Maker()},
				Next:     []view.Command{{Text: "kstep run transactions", Why: "the lesson itself: the payment is sent, then taken back"}},
			}},
			{Name: fencedName, Promise: "a second producer with the same transactional.id takes over", Content: lesson.Content{
				Program:  lesson.Program{File: "fenced.go", Source: fencedSource, Main: fenced},
				Claims:   []tracer.Claim{fencedOff, openIsAborted, paidOnce, mythShare},
				Snapshot: []tracer.Claim{keepEpoch},
				Quiz:     []quiz.Maker{whatOfOld.Maker()},
				Next:     []view.Command{{Text: "kstep run transactions", Why: "the lesson itself: one producer"}},
			}},
		},
	}
}
