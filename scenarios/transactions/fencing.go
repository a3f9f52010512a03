package transactions

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// What two producers with one transactional.id do to each other.

// oldCommit is the commit of the producer that came first, and newInit the
// InitTransactions of the second.
func oldCommit(run *tracer.Run) *tracer.Row { return run.Call("CommitTransaction") }

func newInit(run *tracer.Run) *tracer.Row {
	if all := run.Calls("InitTransactions"); len(all) > 1 {
		return all[1]
	}
	return nil
}

var fencedOff = tracer.Claim{
	ID:       "fenced-off",
	Question: "Why does the first producer's CommitTransaction() fail?",
	Sentence: "The second one has taken over its transactional.id. It was given the same producer id with a higher epoch, and the broker refuses the older epoch: the first is fenced.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		commit, init := oldCommit(r.Main), newInit(r.Main)
		requests := r.Main.Whole().Requests("Produce")
		batches := requests.Batches()
		if commit == nil || init == nil || len(batches) < 2 {
			return lesson.Lacks("second producer with the same transactional.id")
		}
		old, young := batches[0], batches[len(batches)-1]
		err := commit.Event.Call.Error
		return lesson.If(err != nil && err.Fatal && old.ProducerID == young.ProducerID && young.Epoch > old.Epoch,
			lesson.Shown(tracer.Addresses(init), "The second InitTransactions() came back with epoch %d; the first producer has epoch %d.", init.After.Epoch, old.Epoch),
			lesson.Shown(append(tracer.Addresses(commit), requests.Rows()...), "CommitTransaction() of the first returned a fatal error: that producer can only be closed. Both producers' batches carry the same producer id."),
			lesson.Cited("librdkafka v2.15.0, INTRODUCTION.md, Old producer fencing", "The older producer learns of it when it next produces, commits or aborts"))
	},
}

var openIsAborted = tracer.Claim{
	ID:       "open-is-aborted",
	Question: "What became of the transaction that the first producer had open?",
	Sentence: "InitTransactions() of the second had it aborted: a new producer starts with nothing half done.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		e, ok := payment(r.Main, 1)
		if !ok || newInit(r.Main) == nil {
			return lesson.Lacks("payment of the first producer")
		}
		return lesson.If(e.Copies == 1 && e.Aborted,
			lesson.Shown(tracer.Addresses(answered(r.Main, e), newInit(r.Main)), "The first producer's payment is in the log at offset %d, aborted: no producer called AbortTransaction() (%d calls).", e.Offset, len(r.Main.Calls("AbortTransaction"))))
	},
}

var paidOnce = tracer.Claim{
	ID:       "paid-once",
	Question: "Both producers sent Ann's payment. How often does she pay?",
	Sentence: "Once, for a read_committed reader.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		l := r.Main.Ledger()
		if !l.LogWasRead || l.Records == 0 {
			return lesson.Lacks("payment in the log")
		}
		return lesson.If(l.Records-l.Aborted == 1,
			lesson.Shown(r.Main.Whole().Responses("Produce").Rows(), "The log holds %s, %d of them aborted.", lesson.Count(l.Records, "record"), l.Aborted))
	},
}

var mythShare = tracer.Claim{
	ID:       "myth-share",
	Sentence: "\"Two producers with the same transactional.id share the work.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		all := r.Main.Calls("CommitTransaction")
		if len(all) < 2 {
			return lesson.Lacks("commits of two producers")
		}
		return lesson.If(all[0].Event.Call.Error == nil && all[1].Event.Call.Error == nil,
			lesson.Shown(tracer.Addresses(all...), "The one that came later shuts the other out: one commit failed, one succeeded. Producers that work side by side need a transactional.id each."))
	},
}

var keepEpoch = tracer.Claim{
	ID:       "keep-epoch",
	Sentence: "InitTransactions() with a transactional.id that is in use raises the epoch and fences the producer that had it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		init, commit := newInit(r.Main), oldCommit(r.Main)
		if init == nil || commit == nil {
			return lesson.Lacks("second producer with the same transactional.id")
		}
		return lesson.If(init.After.Epoch > init.Before.Epoch && commit.Event.Call.Error != nil, lesson.Rows(init, commit))
	},
}

var whatOfOld = quiz.WhichHolds{
	ID:  "what-of-old",
	Ask: "The second producer's InitTransactions() has returned. What is true of the first producer's payment?",
	Statements: []quiz.Statement{
		{Text: "It is in the log; a read_committed reader is not given it", Belief: "", Check: openIsAborted.Check},
		{Text: "It is in the log; the second producer's commit includes it", Belief: "successor-inherits", Check: func(r *tracer.Runs) tracer.Finding {
			return oldPayment(r.Main, func(e tracer.Entry) bool { return e.Copies == 1 && !e.Aborted })
		}},
		{Text: "It is gone from the log; the broker has removed the record", Belief: "abort-removes-records", Check: func(r *tracer.Runs) tracer.Finding {
			return oldPayment(r.Main, func(e tracer.Entry) bool { return e.Copies == 0 && e.Fate == tracer.FateDelivered })
		}},
		{Text: "It waits in the client until the first producer commits", Belief: "kept-until-commit", Check: func(r *tracer.Runs) tracer.Finding {
			return oldPayment(r.Main, func(e tracer.Entry) bool { return e.Fate == tracer.FateQueued })
		}},
	},
	Hints: [3]string{
		"Look at the Message Ledger, and at the rows under the first Produce().",
		"Compare what the ledger says of the two payments, and which of the two calls of CommitTransaction() returned an error.",
		"A transactional.id belongs to one producer at a time. Who takes it over begins by ending what the one before had open.",
	},
}

// oldPayment holds something of the first payment.
func oldPayment(run *tracer.Run, ok func(tracer.Entry) bool) tracer.Finding {
	e, there := payment(run, 1)
	if !there || newInit(run) == nil {
		return lesson.Lacks("payment of the first producer")
	}
	how := "aborted"
	if !e.Aborted {
		how = "committed"
	}
	return lesson.If(ok(e), lesson.Shown(tracer.Addresses(answered(run, e), newInit(run)), "The log holds it at offset %d, %s.", e.Offset, how))
}
