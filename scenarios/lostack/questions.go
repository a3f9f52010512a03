package lostack

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// records is how many records of the message the log holds.
func records(r *tracer.Runs) (int, []string) {
	l := r.Main.Ledger()
	if !l.LogWasRead {
		return 0, nil
	}
	return l.Records, requests(r.Main).Rows()
}

var howManyRecords = quiz.HowMany{
	ID:  "records",
	Ask: "How many records of the message does the broker's log hold in the end?",
	Of:  quiz.Reading{Says: "as often as the broker appended it", Count: records},
	Other: []quiz.Reading{
		{Says: "as often as Produce() was called", Belief: "one-call-one-record", Count: func(r *tracer.Runs) (int, []string) {
			return len(r.Main.Calls("Produce")), tracer.Addresses(r.Main.Calls("Produce")...)
		}},
		{Says: "as often as it was on the wire", Belief: "every-request-is-appended", Count: func(r *tracer.Runs) (int, []string) { f := requests(r.Main); return f.N(), f.Rows() }},
		{Says: "the answer was lost, and so was it", Belief: "no-answer-not-stored", Count: quiz.Exactly(0)},
		{Says: "once more by the program itself", Belief: "program-must-retry-too", Count: quiz.Exactly(3)},
	},
	Hints: [3]string{
		"Look at the rows of Produce requests and their answers, and at the row of what kstep did.",
		"Compare the epoch and the sequence of the requests, if they have any, and the offsets in the answers.",
		"A broker appends whatever comes, unless it can tell that it has it already.",
	},
}

var howManyReports = quiz.HowMany{
	ID:  "reports",
	Ask: "How many delivery reports does the program get for its message?",
	Of: quiz.Reading{Says: "one for each message", Count: func(r *tracer.Runs) (int, []string) {
		return r.Main.Ledger().Delivered, tracer.Addresses(r.Main.Of(tracer.RowReport)...)
	}},
	Other: []quiz.Reading{
		{Says: "one for each request", Belief: "report-per-request", Count: func(r *tracer.Runs) (int, []string) { f := requests(r.Main); return f.N(), f.Rows() }},
		{Says: "the first answer was lost", Belief: "report-needs-first-answer", Count: quiz.Exactly(0)},
		{Says: "one for each request and the loss", Belief: "every-loss-is-reported", Count: func(r *tracer.Runs) (int, []string) {
			f := requests(r.Main)
			return f.N() + 1, f.Rows()
		}},
	},
	Hints: [3]string{
		"Look at the rows of delivery reports, and at what the program prints.",
		"Compare how many requests there are with how many reports.",
		"A delivery report ends the client's work on a message. A retry is part of that work.",
	},
}

var howManyRequests = quiz.HowMany{
	ID:  "requests",
	Ask: "How many Produce requests carried the message?",
	Of:  quiz.Reading{Says: "sent until an answer came", Count: func(r *tracer.Runs) (int, []string) { f := requests(r.Main); return f.N(), f.Rows() }},
	Other: []quiz.Reading{
		{Says: "an idempotent producer sends once", Belief: "idempotence-sends-once", Count: quiz.Exactly(1)},
		{Says: "not one of them got through", Belief: "no-answer-not-stored", Count: quiz.Exactly(0)},
		{Says: "once more by the program itself", Belief: "program-must-retry-too", Count: quiz.Exactly(3)},
	},
	Hints: [3]string{
		"Look at the rows of Produce requests.",
		"Compare what is told of the requests: the message, the epoch, the sequence.",
		"A client that has no answer cannot know whether the broker has the batch. It sends it again, with the same number.",
	},
}

var whatKeeps = quiz.WhichHolds{
	ID:  "what-keeps",
	Ask: "Run again with enable.idempotence=true, the log holds one record. Why?",
	Statements: []quiz.Statement{
		{Text: "The broker knows the second batch by its sequence", Belief: "", Check: onceWith.Check},
		{Text: "The client does not send again what it has sent already", Belief: "idempotence-sends-once", Check: func(r *tracer.Runs) tracer.Finding {
			sent := requests(r.Twin(idempotent))
			return lesson.If(sent.N() == 1, lesson.Shown(tracer.OfTwin(idempotent, sent.Rows()), "There are %d requests with the message.", sent.N()))
		}},
		{Text: "The first answer is not lost, for nothing is lost that way", Belief: "idempotence-prevents-loss", Check: func(r *tracer.Runs) tracer.Finding {
			faults := r.Twin(idempotent).Whole().Faults()
			return lesson.If(faults.None(), lesson.Shown(tracer.OfTwin(idempotent, faults.Rows()), "It is lost there, too."))
		}},
		{Text: "The program sees two reports and discards the second one", Belief: "program-removes-duplicates", Check: func(r *tracer.Runs) tracer.Finding {
			reports := r.Twin(idempotent).Of(tracer.RowReport)
			return lesson.If(len(reports) > 1, lesson.Shown(tracer.TwinAddresses(idempotent, reports...), "There is %s.", lesson.Count(len(reports), "report")))
		}},
	},
	Hints: [3]string{
		"Look at the rows of the twin run idempotent: kstep run lost-ack --variant idempotent shows them.",
		"Compare its two Produce requests with each other, and with the two of this run.",
		"To keep a batch out that it has, the broker must know it by something. Find what the two requests have in common there that those of this run lack.",
	},
}
