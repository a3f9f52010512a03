package reordering

import (
	"strings"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// values are the values of messages by their numbers.
func values(run *tracer.Run, numbers []int) string {
	names := map[int]string{}
	for _, e := range run.Ledger().Entries {
		if e.Message != nil && e.Message.Value != nil {
			names[e.First] = e.Message.Value.Text
		}
	}
	var out []string
	for _, n := range numbers {
		out = append(out, names[n])
	}
	return strings.Join(out, " ")
}

// inLog is the order of the values in the log; "" where it was not read back or
// lacks one.
func inLog(run *tracer.Run) string {
	l := run.Ledger()
	if !l.LogWasRead || l.InLog != l.Produced || l.Produced == 0 {
		return ""
	}
	if len(l.Orders) > 0 {
		return values(run, l.Orders[0].Numbers)
	}
	var all []int
	for n := range l.Produced {
		all = append(all, n+1)
	}
	return values(run, all)
}

// onWire is the order of the values in the requests.
func onWire(run *tracer.Run) string {
	var all []int
	for _, r := range run.Of(tracer.RowRequest) {
		all = append(all, r.Messages...)
	}
	return values(run, all)
}

var anotherOrder = tracer.Claim{
	ID:       "another-order",
	Question: "The program produced A, B and C. In which order does the log have them?",
	Sentence: "B, C, A: the broker refused A for the moment, took B and C, and then A, which the client had sent again.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		order := inLog(r.Main)
		if order == "" {
			return lesson.Lacks("log that holds all messages")
		}
		return lesson.If(order == "B C A",
			lesson.Shown(append(r.Main.Whole().Requests("Produce").Rows(), r.Main.Whole().Responses("Produce").Rows()...), "The requests carried %s. The log has %s.", onWire(r.Main), order))
	},
}

var underWay = tracer.Claim{
	ID:       "under-way",
	Question: "Why did the client not hold back B and C?",
	Sentence: "They had left before the answer about A was there: a client keeps several requests in flight on one connection.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		requests, answers := r.Main.Whole().Requests("Produce"), r.Main.Whole().Responses("Produce")
		if requests.N() < 3 || answers.None() {
			return lesson.Lacks("three Produce requests")
		}
		before := 0
		for _, e := range requests.Events {
			if e.Seq < answers.Events[0].Seq {
				before++
			}
		}
		return lesson.If(before == 3,
			lesson.Shown(append(requests.Rows()[:before], answers.Rows()[0]), "%d requests were on the wire before the first answer came.", before),
			lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, max.in.flight and enable.idempotence", "The default is 1,000,000 requests on a connection, with enable.idempotence=true at most 5"))
	},
}

var allDelivered = tracer.Claim{
	ID:       "all-delivered",
	Question: "Does an error tell the program?",
	Sentence: "No. Each message is reported delivered, without an error.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		l, flush := r.Main.Ledger(), r.Main.Call("Flush")
		if flush == nil || flush.Unfinished {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If(l.Delivered == l.Produced && lesson.Result(flush) == "0",
			lesson.Shown(tracer.Addresses(append(r.Main.Of(tracer.RowReport), flush)...), "%d of %d delivered, %d failed, and Flush() returned %s. The only signs are the order of the reports and the offsets in them.", l.Delivered, l.Produced, l.Failed, lesson.Result(flush)))
	},
}

var keptWith = tracer.Claim{
	ID:       "kept-with-idempotence",
	Question: "And with enable.idempotence=true?",
	Sentence: "A, B, C. The broker refuses B and C as well, since A is missing before them, and the client sends all three again, in order.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return inOrder(r.Twin(idempotent), idempotent) },
}

var kept = tracer.Claim{
	ID:       "kept",
	Question: "In which order does the log have A, B and C?",
	Sentence: "A, B, C. The broker refuses B and C as well, since A is missing before them, and the client sends all three again, in order.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return inOrder(r.Main, "") },
}

// inOrder holds that B and C were refused and that the log has the order in
// which the program produced.
func inOrder(run *tracer.Run, twin string) tracer.Finding {
	order := inLog(run)
	if order == "" {
		return lesson.Lacks("log that holds all messages, with enable.idempotence=true")
	}
	requests := run.Whole().Requests("Produce")
	return lesson.If(order == "A B C" && requests.N() == 6,
		lesson.Shown(tracer.OfTwin(twin, requests.Rows()), "The requests carried %s. The log has %s.", onWire(run), order))
}

var refusedToo = tracer.Claim{
	ID:       "refused-too",
	Question: "How does the broker notice that A is missing?",
	Sentence: "By the sequence numbers: it expects A's, and B and C come with later ones.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent, answers := r.Main.Whole().Requests("Produce"), r.Main.Whole().Responses("Produce")
		batches, errs := sent.Batches(), answers.Errors()
		if len(batches) < 3 || len(errs) < 3 {
			return lesson.Lacks("three requests that were refused")
		}
		return lesson.If(batches[1].Sequence > batches[0].Sequence && errs[1] == "OUT_OF_ORDER_SEQUENCE_NUMBER" && errs[2] == errs[1],
			lesson.Shown(append(sent.Rows()[:3], answers.Rows()[:3]...), "The sequences sent were %d, %d, %d. The answers: %s.", batches[0].Sequence, batches[1].Sequence, batches[2].Sequence, strings.Join(errs, ", ")))
	},
}

var newEpoch = tracer.Claim{
	ID:       "new-epoch",
	Question: "Under which numbers does the client send them again?",
	Sentence: "Under new ones: librdkafka raises the producer's epoch and counts from 0, so that no late batch of the old epoch can get between.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := r.Main.Whole().Requests("Produce")
		batches := sent.Batches()
		if len(batches) < 6 {
			return lesson.Lacks("messages that were sent again")
		}
		old, first := batches[0], batches[3]
		return lesson.If(first.Epoch == old.Epoch+1 && first.Sequence == 0,
			lesson.Shown([]string{sent.Rows()[0], sent.Rows()[3]}, "A was sent with epoch %d, sequence %d, and again with epoch %d, sequence %d.", old.Epoch, old.Sequence, first.Epoch, first.Sequence),
			lesson.Cited("librdkafka v2.15.0, INTRODUCTION.md, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER", "The client waits until no request for the partition is in flight, and only then starts over"))
	},
}

var dependsOrder = tracer.Claim{
	ID:       "depends-order",
	Question: "Does the log keep the order of Produce()?",
	Sentence: "For a partition, yes, as long as nothing has to be sent again. With retries it depends on the settings, here on enable.idempotence.",
	Expect:   tracer.Depends,
	Check: func(r *tracer.Runs) tracer.Finding {
		plain, with := inLog(r.Main), inLog(r.Twin(idempotent))
		if plain == "" || with == "" {
			return lesson.Lacks("run with enable.idempotence=true beside it")
		}
		because := []tracer.Reason{
			lesson.Shown(tracer.Addresses(r.Main.End()), "Without it the log has %s.", plain),
			lesson.Shown(tracer.TwinAddresses(idempotent, r.Twin(idempotent).End()), "With it the log has %s.", with),
			lesson.Cited("librdkafka v2.15.0, INTRODUCTION.md, Reordering", "With max.in.flight=1, too, a retry keeps its place: there is no later request that could be accepted before it"),
		}
		if plain != with {
			return lesson.Find(tracer.Depends, because...)
		}
		return lesson.If(plain == "A B C", because...)
	},
}

var mythKeepsOrder = tracer.Claim{
	ID:       "myth-keeps-order",
	Sentence: "\"Kafka keeps the order in a partition, whatever happens.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		order := inLog(r.Main)
		if order == "" {
			return lesson.Lacks("log that holds all messages")
		}
		return lesson.If(order == "A B C",
			lesson.Shown(r.Main.Whole().Responses("Produce").Rows(), "The log keeps the order in which the broker appends: %s. The order in which the program produced is another matter.", order))
	},
}

var mythErrorShows = tracer.Claim{
	ID:       "myth-error-shows",
	Sentence: "\"If the broker refuses a message, its report says so.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		errs, l := r.Main.Whole().Responses("Produce"), r.Main.Ledger()
		if len(errs.Errors()) == 0 {
			return lesson.Lacks("Produce request that was refused")
		}
		return lesson.If(l.Failed > 0,
			lesson.Shown(append(errs.Rows()[:1], tracer.Addresses(r.Main.Of(tracer.RowReport)...)...), "%s was answered with %s, and %s failed: the client tried again, and a report tells only of the end.", lesson.Count(len(errs.Errors()), "request"), errs.Errors()[0], lesson.Count(l.Failed, "message")))
	},
}

var keepInFlight = tracer.Claim{
	ID:       "keep-in-flight",
	Sentence: "Several requests in flight and a retry: a later message may come first in the log.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		return lesson.If(inLog(r.Main) == "B C A", tracer.Reason{Rows: r.Main.Whole().Responses("Produce").Rows()})
	},
}

var keepIdempotent = tracer.Claim{
	ID:       "keep-idempotent",
	Sentence: "enable.idempotence=true keeps the order, with up to 5 requests in flight.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(idempotent)
		if inLog(run) == "" {
			return lesson.Lacks("run with enable.idempotence=true beside it")
		}
		return lesson.If(inLog(run) == "A B C", tracer.Reason{Rows: tracer.OfTwin(idempotent, run.Whole().Responses("Produce").Rows())})
	},
}

var keepOrder = tracer.Claim{
	ID:       "keep-order",
	Sentence: "The log has the messages in the order of Produce(), though one of them had to be sent again.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		return lesson.If(inLog(r.Main) == "A B C", tracer.Reason{Rows: r.Main.Whole().Responses("Produce").Rows()})
	},
}
