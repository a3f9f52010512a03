package lostack

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// requests are the Produce requests that carried the one message.
func requests(run *tracer.Run) tracer.Frames { return run.Whole().Requests("Produce") }

var twice = tracer.Claim{
	ID:       "twice",
	Question: "The program called Produce() once. How many records are in the log?",
	Sentence: "Two. The broker appended the message, its answer was lost, and the client sent the message again.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		l, sent := r.Main.Ledger(), requests(r.Main)
		if !l.LogWasRead || sent.None() {
			return lesson.Lacks("log that was read back")
		}
		return lesson.If(l.Produced == 1 && l.Records == 2 && l.Duplicates == 1,
			lesson.Shown(append(tracer.Addresses(r.Main.First(tracer.RowFault)), sent.Rows()...), "Calls of Produce(): %d. Requests: %d. Records in the log: %d, of them duplicates: %d.", len(r.Main.Calls("Produce")), sent.N(), l.Records, l.Duplicates))
	},
}

var sentAgain = tracer.Claim{
	ID:       "sent-again",
	Question: "Who sent the message the second time?",
	Sentence: "The client, by itself. To it, a request without an answer is one that may not have arrived.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		fault, sent := r.Main.First(tracer.RowFault), requests(r.Main)
		if fault == nil || sent.N() == 0 {
			return lesson.Lacks("answer that was lost")
		}
		calls := len(r.Main.Calls("Produce"))
		return lesson.If(sent.N() > calls && len(lesson.Carrying(r.Main, 1)) == sent.N(),
			lesson.Shown(append(tracer.Addresses(fault), sent.Rows()...), "The program called Produce() %d time; %s carried the message.", calls, lesson.Count(sent.N(), "request")),
			lesson.Cited("librdkafka v2.15.0, INTRODUCTION.md, Producer retries, and CONFIGURATION.md, message.timeout.ms", "The client puts the message back into its queue and sends it again, until message.timeout.ms is over"))
	},
}

var nothingToKnowItBy = tracer.Claim{
	ID:       "nothing-to-know-it-by",
	Question: "Why does the broker not see that it has the message already?",
	Sentence: "A plain producer's batch carries no producer id: for the broker it is a batch like any other.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := requests(r.Main)
		if sent.N() < 2 {
			return lesson.Lacks("message that was sent twice")
		}
		none := true
		for _, b := range sent.Batches() {
			none = none && b.ProducerID < 0
		}
		return lesson.If(none, lesson.Shown(sent.Rows(), "None of the %d batches has a producer id or a sequence number.", len(sent.Batches())))
	},
}

var onceWith = tracer.Claim{
	ID:       "once-with-idempotence",
	Question: "And with enable.idempotence=true?",
	Sentence: "One record. Both batches carry the same producer id, epoch and sequence number, so the broker knows the second again and does not append it.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return sameSequence(r.Twin(idempotent), idempotent) },
}

var once = tracer.Claim{
	ID:       "once",
	Question: "The message was sent twice. How many records are in the log?",
	Sentence: "One. Both batches carry the same producer id, epoch and sequence number, so the broker knows the second again and does not append it.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return sameSequence(r.Main, "") },
}

// sameSequence holds that a message was sent twice under one sequence number
// and is in the log once.
func sameSequence(run *tracer.Run, twin string) tracer.Finding {
	sent, l := requests(run), run.Ledger()
	batches := sent.Batches()
	if len(batches) < 2 || !l.LogWasRead {
		return lesson.Lacks("message that was sent twice by an idempotent producer")
	}
	a, b := batches[0], batches[1]
	same := a.ProducerID >= 0 && a.ProducerID == b.ProducerID && a.Epoch == b.Epoch && a.Sequence == b.Sequence
	return lesson.If(same && l.Records == 1 && l.Duplicates == 0,
		lesson.Shown(tracer.OfTwin(twin, sent.Rows()), "The first request has epoch %d, sequence %d; the second has epoch %d, sequence %d. Records in the log: %d.", a.Epoch, a.Sequence, b.Epoch, b.Sequence, l.Records))
}

var dependsOnce = tracer.Claim{
	ID:       "depends-once",
	Question: "A lost answer: is each message in the log once?",
	Sentence: "That depends on enable.idempotence.",
	Expect:   tracer.Depends,
	Check: func(r *tracer.Runs) tracer.Finding {
		plain, with := r.Main.Ledger(), r.Twin(idempotent).Ledger()
		if !plain.LogWasRead || !with.LogWasRead {
			return lesson.Lacks("run with enable.idempotence=true beside it")
		}
		because := []tracer.Reason{
			lesson.Shown(tracer.Addresses(r.Main.End()), "Without it: %s.", lesson.Count(plain.Records, "record")),
			lesson.Shown(tracer.TwinAddresses(idempotent, r.Twin(idempotent).End()), "With it: %s.", lesson.Count(with.Records, "record")),
		}
		if plain.Duplicates > 0 && with.Duplicates == 0 {
			return lesson.Find(tracer.Depends, because...)
		}
		return lesson.If(plain.Duplicates == 0, because...)
	},
}

var mythOneReport = tracer.Claim{
	ID:       "myth-one-report",
	Sentence: "\"One delivery report without an error: one record in the log.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		l, report := r.Main.Ledger(), r.Main.First(tracer.RowReport)
		answers := r.Main.Whole().Responses("Produce")
		if report == nil || !l.LogWasRead || len(answers.Batches()) == 0 {
			return lesson.Lacks("delivery report that rests on an answer")
		}
		return lesson.If(l.Records == l.Delivered,
			lesson.Shown(append(tracer.Addresses(report), answers.Rows()...), "Reports: %d. Records: %d. Answers that arrived: %d, for offset %d: of the other record the client knows nothing.", l.Delivered, l.Records, answers.N(), answers.Batches()[0].BaseOffset))
	},
}

var mythNotSentAgain = tracer.Claim{
	ID:       "myth-not-sent-again",
	Sentence: "\"An idempotent producer does not send a message twice.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := requests(r.Twin(idempotent))
		if sent.None() {
			return lesson.Lacks("request of an idempotent producer")
		}
		return lesson.If(sent.N() == 1,
			lesson.Shown(tracer.OfTwin(idempotent, sent.Rows()), "It sent %s with the same message. It is the broker that does not append the second.", lesson.Count(sent.N(), "request")))
	},
}

var mythOffset = tracer.Claim{
	ID:       "myth-refused",
	Sentence: "\"The broker answers the second request with an error.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		answers := r.Main.Whole().Responses("Produce")
		if len(answers.Batches()) == 0 {
			return lesson.Lacks("answer to a Produce request")
		}
		b, l := answers.Batches()[0], r.Main.Ledger()
		if len(l.Entries) != 1 || l.Entries[0].Copies != 1 || b.BaseOffset != l.Entries[0].Offset {
			return lesson.Lacks("single record at the offset of the answer")
		}
		return lesson.If(b.Error != "",
			lesson.Shown(answers.Rows(), "It answers with offset %d, where the first request had put the message, and the report says delivered.", b.BaseOffset))
	},
}

var keepRetry = tracer.Claim{
	ID:       "keep-retry",
	Sentence: "No answer does not mean not stored: the client sends again, because it cannot know.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent, l := requests(r.Main), r.Main.Ledger()
		if sent.None() || !l.LogWasRead {
			return lesson.Lacks("Produce request")
		}
		return lesson.If(sent.N() == 2 && l.InLog == 1, tracer.Reason{Rows: sent.Rows()})
	},
}

var keepReport = tracer.Claim{
	ID:       "keep-report",
	Sentence: "A delivery report without an error says that the log has the message at least once, not that it has it only once.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		l := r.Main.Ledger()
		return lesson.If(l.Delivered == 1 && l.Records > 1, lesson.Rows(r.Main.First(tracer.RowReport)))
	},
}

var keepSequence = tracer.Claim{
	ID:       "keep-sequence",
	Sentence: "enable.idempotence=true numbers the batches; by the number the broker knows a batch that it has.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		return lesson.Bare(sameSequence(r.Twin(idempotent), idempotent))
	},
}
