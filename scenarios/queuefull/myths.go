package queuefull

import (
	"strconv"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var mythBlocks = tracer.Claim{
	ID:       "myth-blocks",
	Sentence: "\"When the queue is full, Produce() blocks until there is room.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		refused := refusals(r.Main)
		if len(refused) == 0 {
			return lesson.Lacks(lackingRefusal)
		}
		c := refused[0]
		return lesson.If(c.Event.Call.Error == nil || c.After.Queued < c.Before.Queued,
			lesson.Shown(tracer.Addresses(c), "Produce() came back with an error while all %d were still queued.", c.After.Queued),
			lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, channelProducer", "A send to the deprecated ProduceChannel() does wait for room"))
	},
}

var mythLater = tracer.Claim{
	ID:       "myth-later",
	Sentence: "\"The client keeps a refused message and sends it later.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check:    func(r *tracer.Runs) tracer.Finding { return later(r.Twin(noRetryName), noRetryName) },
}

var mythLaterHere = tracer.Claim{
	ID:       "myth-later",
	Sentence: "\"The client keeps a refused message and sends it later.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check:    func(r *tracer.Runs) tracer.Finding { return later(r.Main, "") },
}

// later holds that a refused message arrived all the same.
func later(run *tracer.Run, twin string) tracer.Finding {
	refused, sent := refusals(run), run.Whole().Requests("Produce")
	if len(refused) == 0 || sent.None() {
		return lesson.Lacks(lackingRefusal)
	}
	rows := tracer.OfTwin(twin, append(tracer.Addresses(refused[0]), sent.Rows()...))
	return lesson.If(records(run, refused[0]) > 0,
		lesson.Shown(rows, "Produce() was called %d times; %s left in all.", len(run.Calls("Produce")), lesson.Count(sent.Records(), "record")))
}

var mythBroker = tracer.Claim{
	ID:       "myth-broker",
	Sentence: "\"Queue full means that the broker cannot keep up.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		refused := refusals(r.Main)
		if len(refused) == 0 {
			return lesson.Lacks(lackingRefusal)
		}
		sent := r.Main.Whole().BeforeRow(refused[0]).Requests("Produce")
		return lesson.If(sent.Any(),
			lesson.Shown(tracer.Addresses(refused[0]), "Here it came when the broker had got %d Produce requests.", sent.N()),
			lesson.Cited("confluentinc/confluent-kafka-dotnet issue 703", "It means that the program makes messages faster than the client gets them delivered, for whatever reason"))
	},
}

// The sentences of the Concept Snapshot.

var keepError = tracer.Claim{
	ID:       "keep-error",
	Sentence: "A message for which Produce() returns an error was never accepted: nobody but the program can send it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		run, twin := r.Main, ""
		if r.Twin(noRetryName) != nil {
			run, twin = r.Twin(noRetryName), noRetryName
		}
		return lesson.Bare(gone(run, twin))
	},
}

var keepRetry = tracer.Claim{
	ID:       "keep-retry",
	Sentence: "On Queue full: wait for delivery reports, then produce the same message again.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		refused, l := refusals(r.Main), r.Main.Ledger()
		if len(refused) == 0 {
			return lesson.Lacks(lackingRefusal)
		}
		return lesson.If(records(r.Main, refused[0]) == 1 && l.Delivered == l.Produced, lesson.Rows(append(refused[:1:1], r.Main.After("Flush").Calls("Produce")...)...))
	},
}

var keepRoom = tracer.Claim{
	ID:       "keep-room",
	Sentence: "queue.buffering.max.messages is how many messages may wait for their delivery reports at once.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		most := r.Main.Call("Produce")
		for _, c := range r.Main.Calls("Produce") {
			if c.After.Undelivered() > most.After.Undelivered() {
				most = c
			}
		}
		if most == nil {
			return lesson.Lacks("Produce()")
		}
		return lesson.If(strconv.Itoa(most.After.Undelivered()) == lesson.Setting(r.Main, "queue.buffering.max.messages"), lesson.Rows(most))
	},
}
