package transactions

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// payment is the account of the n-th payment, counted from 1; ok is false where
// the program made no such payment or the log was not read back.
func payment(run *tracer.Run, n int) (e tracer.Entry, ok bool) {
	l := run.Ledger()
	if n < 1 || n > len(l.Entries) || !l.LogWasRead {
		return tracer.Entry{}, false
	}
	return l.Entries[n-1], true
}

// ending is the row in which the transaction was committed, or aborted.
func ending(run *tracer.Run, commit bool) *tracer.Row {
	for _, r := range run.Of(tracer.RowExchange) {
		for _, e := range r.Evidence {
			if f := e.Frame; f != nil && f.Commit != nil && *f.Commit == commit {
				return r
			}
		}
	}
	return nil
}

// answered is the row of the answer that gave a message its offset.
func answered(run *tracer.Run, e tracer.Entry) *tracer.Row {
	for _, r := range run.Of(tracer.RowResponse) {
		for _, b := range r.Event.Frame.Batches {
			if b.Error == "" && b.Partition == e.Partition && b.BaseOffset == e.Offset {
				return r
			}
		}
	}
	return nil
}

var committed = tracer.Claim{
	ID:       "committed",
	Question: "Which readers are given the first payment?",
	Sentence: "All: its transaction was committed.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		e, ok := payment(r.Main, 1)
		end := ending(r.Main, true)
		if !ok || end == nil {
			return lesson.Lacks("payment in a transaction that was committed")
		}
		return lesson.If(e.Copies == 1 && !e.Aborted,
			lesson.Shown(tracer.Addresses(answered(r.Main, e), end), "It is in the log at offset %d, and the broker agreed to the commit. When the log was read back, a read_committed reader was given it.", e.Offset))
	},
}

var aborted = tracer.Claim{
	ID:       "aborted",
	Question: "What became of the second payment?",
	Sentence: "It is in the broker's log and stays there. The abort decides that a read_committed reader is not given it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		e, ok := payment(r.Main, 2)
		end := ending(r.Main, false)
		if !ok || end == nil {
			return lesson.Lacks("payment in a transaction that was aborted")
		}
		return lesson.If(e.Copies == 1 && e.Aborted,
			lesson.Shown(tracer.Addresses(answered(r.Main, e), end), "It has offset %d. When the log was read back after the abort, a read_uncommitted reader was given it, and a read_committed one was not.", e.Offset),
			lesson.Cited("Apache Kafka documentation and librdkafka v2.15.0, CONFIGURATION.md, isolation.level", "The default is read_uncommitted in Kafka's Java consumer and read_committed in librdkafka"))
	},
}

var reportIsEarly = tracer.Claim{
	ID:       "report-is-early",
	Question: "Did the delivery report say that the second payment would be aborted?",
	Sentence: "No. A delivery report tells of the append to the log; how the transaction ends is decided later.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, abort, l := r.Main.Call("Flush"), r.Main.Call("AbortTransaction"), r.Main.Ledger()
		if flush == nil || flush.Unfinished || abort == nil {
			return lesson.Lacks("Flush() before AbortTransaction()")
		}
		return lesson.If(flush.After.Delivered == l.Produced && l.Aborted > 0,
			lesson.Shown(tracer.Addresses(flush, abort), "Before AbortTransaction() was called, %d of %d payments were reported delivered; afterwards %d of them was aborted.", flush.After.Delivered, l.Produced, l.Aborted))
	},
}

var addedFirst = tracer.Claim{
	ID:       "added-first",
	Question: "How does the broker know what belongs to a transaction?",
	Sentence: "Before this client sends to a partition, it asks the coordinator, the broker that keeps the transaction's account, to add the partition.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		requests := r.Main.Whole().Requests("Produce")
		if requests.None() {
			return lesson.Lacks("Produce request")
		}
		// Every request has an addition since the last transaction ended.
		ok, open := true, false
		for i := range r.Main.Trace.Events {
			e := &r.Main.Trace.Events[i]
			switch {
			case e.Kind == tracer.Response && e.Frame.API == "AddPartitionsToTxn" && e.Frame.Error == "":
				open = true
			case e.Kind == tracer.Request && e.Frame.API == "EndTxn":
				open = false
			case e.Kind == tracer.Request && e.Frame.API == "Produce":
				ok = ok && open
			}
		}
		added := r.Main.Whole().Responses("AddPartitionsToTxn")
		return lesson.If(ok,
			lesson.Shown(append(added.Rows(), requests.Rows()...), "Each of the %d Produce requests left after the partition had been added to its transaction.", requests.N()),
			lesson.Cited("Apache Kafka, KIP-890: Transactions Server-Side Defense", "With transaction version 2 the Java client leaves this to the brokers; librdkafka v2.15.0 asks by itself"))
	},
}

var atOncePurged = tracer.Claim{
	ID:       "at-once",
	Question: "And if the program aborts before the payment is sent?",
	Sentence: "The client drops it. It never reaches the broker, so no reader of any kind is given it.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return neverSent(r.Twin(atOnceName), atOnceName) },
}

var purged = tracer.Claim{
	ID:       "purged",
	Question: "What became of Bob's payment?",
	Sentence: "The client drops it. It never reaches the broker, so no reader of any kind is given it.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return neverSent(r.Main, "") },
}

// neverSent holds that the payment of the aborted transaction was purged and is
// not in the log.
func neverSent(run *tracer.Run, twin string) tracer.Finding {
	e, ok := payment(run, 1)
	abort := run.Call("AbortTransaction")
	if !ok || abort == nil {
		return lesson.Lacks("payment in a transaction that was aborted")
	}
	return lesson.If(e.Fate == tracer.FatePurged && e.Copies == 0,
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(abort)), "When AbortTransaction() returned, %d payment was purged, and %d Produce requests had left.", abort.After.Purged, abort.After.Requests),
		lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, AbortTransaction", "Outstanding messages are purged and fail with ErrPurgeQueue, or ErrPurgeInflight where they were on their way"))
}

var nothingToEnd = tracer.Claim{
	ID:       "nothing-to-end",
	Question: "Is the broker told of the abort?",
	Sentence: "Not of this one: no partition had been added to the transaction, so the broker knows of none.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		begin, abort := r.Main.Call("BeginTransaction"), r.Main.Call("AbortTransaction")
		if begin == nil || abort == nil {
			return lesson.Lacks("BeginTransaction() and AbortTransaction()")
		}
		w := r.Main.After("BeginTransaction")
		n := w.Requests("AddPartitionsToTxn").N() + w.Requests("EndTxn").N() + w.Requests("Produce").N()
		return lesson.If(n == 0,
			lesson.Shown(tracer.Addresses(begin, abort), "After BeginTransaction() had returned, %d requests of a transaction were on the wire.", n))
	},
}

var mythNotInLog = tracer.Claim{
	ID:       "myth-not-in-log",
	Sentence: "\"An aborted message is not in the log.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		e, ok := payment(r.Main, 2)
		if !ok || ending(r.Main, false) == nil {
			return lesson.Lacks("payment in a transaction that was aborted")
		}
		return lesson.If(e.Copies == 0,
			lesson.Shown(tracer.Addresses(answered(r.Main, e), ending(r.Main, false)), "It is there, at offset %d. An abort takes nothing out of the log; it adds a marker behind it.", e.Offset))
	},
}

var mythFlushShows = tracer.Claim{
	ID:       "myth-flush-shows",
	Sentence: "\"Flush() returned 0, so every reader has the message.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, l := r.Main.Call("Flush"), r.Main.Ledger()
		if lesson.Result(flush) != "0" {
			return lesson.Lacks("Flush() that returned 0 in a transaction")
		}
		return lesson.If(l.Aborted == 0,
			lesson.Shown(tracer.Addresses(flush, ending(r.Main, false)), "Flush() returned %s with %d delivered. A read_committed reader was given %d of them.", lesson.Result(flush), flush.After.Delivered, l.Records-l.Aborted))
	},
}

var keepDecides = tracer.Claim{
	ID:       "keep-decides",
	Sentence: "Produce() and Flush() bring a message into the log; commit or abort decides whether a read_committed reader is given it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		a, ok := payment(r.Main, 1)
		b, both := payment(r.Main, 2)
		if !ok || !both {
			return lesson.Lacks("two payments")
		}
		return lesson.If(a.Copies == 1 && b.Copies == 1 && !a.Aborted && b.Aborted, lesson.Rows(ending(r.Main, true), ending(r.Main, false)))
	},
}

var keepCommitFlushes = tracer.Claim{
	ID:       "keep-commit-flushes",
	Sentence: "CommitTransaction() waits for what is queued by itself: no Flush() is needed before it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		commit := r.Main.Call("CommitTransaction")
		if commit == nil || commit.Event.Call.Error != nil {
			return lesson.Lacks("CommitTransaction() without an error")
		}
		return lesson.If(len(r.Main.Before("CommitTransaction").Calls("Flush")) == 0 && commit.After.Delivered > commit.Before.Delivered, lesson.Rows(commit))
	},
}

var keepPurged = tracer.Claim{
	ID:       "keep-purged",
	Sentence: "AbortTransaction() removes what is still in the client, and a report says so.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		abort := r.Main.Call("AbortTransaction")
		if abort == nil {
			return lesson.Lacks("AbortTransaction()")
		}
		return lesson.If(abort.After.Purged > 0, lesson.Rows(abort))
	},
}

var keepMarker = tracer.Claim{
	ID:       "keep-marker",
	Sentence: "A commit or an abort leaves a marker in the partition, and the marker takes an offset: offsets of messages have gaps.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		a, ok := payment(r.Main, 1)
		b, both := payment(r.Main, 2)
		if !ok || !both {
			return lesson.Lacks("two payments")
		}
		return lesson.If(b.Offset-a.Offset > 1, lesson.Rows(answered(r.Main, a), ending(r.Main, true), answered(r.Main, b)))
	},
}
