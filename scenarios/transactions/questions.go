package transactions

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// last holds something of the last payment, whose transaction was aborted.
func last(run *tracer.Run, ok func(tracer.Entry) bool) tracer.Finding {
	e, there := payment(run, run.Ledger().Produced)
	abort := run.Call("AbortTransaction")
	if !there || abort == nil {
		return lesson.Lacks("payment in a transaction that was aborted")
	}
	rows := tracer.Addresses(abort)
	switch {
	case e.Copies == 0:
		return lesson.If(ok(e), lesson.Shown(rows, "It is not in the log, and its fate is: %s.", e.Fate))
	case e.Aborted:
		return lesson.If(ok(e), lesson.Shown(append(tracer.Addresses(answered(run, e)), rows...), "The log holds it at offset %d, aborted.", e.Offset))
	}
	return lesson.If(ok(e), lesson.Shown(append(tracer.Addresses(answered(run, e)), rows...), "The log holds it at offset %d.", e.Offset))
}

var afterAbort = quiz.WhichHolds{
	ID:  "after-abort",
	Ask: "AbortTransaction() has returned. What is true of Bob's payment?",
	Statements: []quiz.Statement{
		{Text: "It is in the log; only a read_uncommitted reader is given it", Belief: "aborted-was-sent", Check: func(r *tracer.Runs) tracer.Finding {
			return last(r.Main, func(e tracer.Entry) bool { return e.Copies == 1 && e.Aborted })
		}},
		{Text: "It was in the log; the abort has taken its record out again", Belief: "abort-removes-records", Check: func(r *tracer.Runs) tracer.Finding {
			return last(r.Main, func(e tracer.Entry) bool { return e.Copies == 0 && e.Fate == tracer.FateDelivered })
		}},
		{Text: "It never left the client; no reader of any kind is given it", Belief: "kept-until-commit", Check: func(r *tracer.Runs) tracer.Finding {
			return last(r.Main, func(e tracer.Entry) bool { return e.Copies == 0 && e.Fate == tracer.FatePurged })
		}},
		{Text: "It is in the log; every reader is given it, as it was flushed", Belief: "flush-publishes", Check: func(r *tracer.Runs) tracer.Finding {
			return last(r.Main, func(e tracer.Entry) bool { return e.Copies == 1 && !e.Aborted })
		}},
	},
	Hints: [3]string{
		"Look at the Message Ledger, and at the rows under the calls before AbortTransaction().",
		"Compare what was on the wire before AbortTransaction() was called with what the ledger says of the log.",
		"An abort takes back what has not been sent. What the log has, it keeps, with a marker for readers that ask for committed records.",
	},
}

var atOnce = quiz.WhichHolds{
	ID:  "at-once",
	Ask: "In variant abort-at-once AbortTransaction() follows Produce() at once. What becomes of the payment?",
	Statements: []quiz.Statement{
		{Text: "It is purged in the client, and a report says so", Belief: "", Check: atOnceIs(func(e tracer.Entry) bool { return e.Fate == tracer.FatePurged && e.Copies == 0 })},
		{Text: "It is sent first, and then marked as aborted", Belief: "aborted-was-sent", Check: atOnceIs(func(e tracer.Entry) bool { return e.Copies == 1 && e.Aborted })},
		{Text: "It stays queued for the transaction after this", Belief: "abort-puts-back", Check: atOnceIs(func(e tracer.Entry) bool { return e.Fate == tracer.FateQueued })},
		{Text: "It is in the log, as Produce() had no error", Belief: "produce-sends", Check: atOnceIs(func(e tracer.Entry) bool { return e.Copies == 1 && !e.Aborted })},
	},
	Hints: [3]string{
		"Look at the rows of the twin run abort-at-once, and at the line under them: kstep run transactions --variant abort-at-once shows them.",
		"Compare the rows under its AbortTransaction() with those under Flush() here.",
		"The broker can only mark what it has. What it has not, the client can still take back.",
	},
}

// atOnceIs holds something of the payment that was aborted before it was sent.
func atOnceIs(ok func(tracer.Entry) bool) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(atOnceName)
		e, there := payment(run, 1)
		abort := run.Call("AbortTransaction")
		if !there || abort == nil {
			return lesson.Lacks("payment that was aborted at once")
		}
		return lesson.If(ok(e), lesson.Shown(tracer.OfTwin(atOnceName, tracer.Addresses(abort)), "When AbortTransaction() had returned, its fate was: %s. Records in the log: %d.", e.Fate, e.Copies))
	}
}

var howManyCommitted = quiz.HowMany{
	ID:  "how-many-committed",
	Ask: "How many payments is a read_committed reader given?",
	Of: quiz.Reading{Says: "those of committed transactions", Count: func(r *tracer.Runs) (int, []string) {
		l := r.Main.Ledger()
		return l.Records - l.Aborted, tracer.Addresses(ending(r.Main, true), ending(r.Main, false))
	}},
	Other: []quiz.Reading{
		{Says: "those that were reported delivered", Belief: "delivered-means-committed", Count: func(r *tracer.Runs) (int, []string) {
			return r.Main.Ledger().Delivered, r.Main.Whole().Responses("Produce").Rows()
		}},
		{Says: "none, unless it takes part in it", Belief: "reader-must-join", Count: quiz.Exactly(0)},
		{Says: "all payments and the markers", Belief: "markers-are-messages", Count: func(r *tracer.Runs) (int, []string) {
			return r.Main.Ledger().Records + r.Main.Whole().Requests("EndTxn").N(), r.Main.Whole().Requests("EndTxn").Rows()
		}},
	},
	Hints: [3]string{
		"Look at the Message Ledger and the line below it.",
		"Compare the two transactions: which call ended each of them?",
		"A read_committed reader is given the messages of a transaction once it has been committed, and never those of one that was aborted.",
	},
}

var offsetOfSecond = quiz.HowMany{
	ID:  "offset-of-second",
	Ask: "The first payment has offset 0. Which offset has the second?",
	Of: quiz.Reading{Says: "after what the commit wrote", Count: func(r *tracer.Runs) (int, []string) {
		e, ok := payment(r.Main, 2)
		if !ok {
			return 0, nil
		}
		return int(e.Offset), tracer.Addresses(answered(r.Main, e), ending(r.Main, true))
	}},
	Other: []quiz.Reading{
		{Says: "right after the first payment", Belief: "only-messages-take-offsets", Count: quiz.Exactly(1)},
		{Says: "it has none before its commit", Belief: "kept-until-commit", Count: quiz.Exactly(-1001)},
		{Says: "after a mark for begin and one for commit", Belief: "begin-writes-too", Count: quiz.Exactly(3)},
	},
	Hints: [3]string{
		"Look at the answers to the two Produce requests.",
		"Compare the two offsets, and look for what the broker was asked to do between them.",
		"A partition numbers everything that is appended to it, and the end of a transaction is appended, too.",
	},
}
