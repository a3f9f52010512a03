package flushonce

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// both tells whether both programs ran to their end and had every message
// delivered.
func both(r *tracer.Runs) (here, each tracer.Ledger, rows []string, ok bool) {
	a, b := r.Main.End(), r.Twin(eachName).End()
	if a == nil || b == nil {
		return here, each, nil, false
	}
	here, each = r.Main.Ledger(), r.Twin(eachName).Ledger()
	return here, each, append(tracer.Addresses(a), tracer.TwinAddresses(eachName, b)...), here.Produced > 0 && here.LogWasRead && each.LogWasRead
}

var safer = tracer.Claim{
	ID:       "myth-safer",
	Sentence: "\"More flushing is safer.\"",
	Myth:     true,
	Expect:   tracer.Depends,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, each, rows, ok := both(r)
		if !ok {
			return lesson.Lacks("run of both programs to their end")
		}
		same := lesson.Shown(rows, "It delivers no more: %d of %d here, %d of %d with Flush() after each message.", here.Delivered, here.Produced, each.Delivered, each.Produced)
		one, many := atRisk(r.Twin(eachName)), atRisk(r.Main)
		if each.Delivered > here.Delivered {
			return lesson.Find(tracer.Confirmed, same)
		}
		if one >= many {
			return lesson.Find(tracer.Refuted, same)
		}
		produce := r.Main.Calls("Produce")
		return lesson.Find(tracer.Depends, same,
			lesson.Shown(tracer.Addresses(produce[len(produce)-1]), "It depends on what is feared: if the process dies at the worst moment, up to %s without a report can be lost here, up to %s there.", lesson.Count(many, "message"), lesson.Count(one, "message")))
	},
}

var needsOwn = tracer.Claim{
	ID:       "myth-own-flush",
	Sentence: "\"Each message needs its own Flush().\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, l := r.Main.Calls("Flush"), r.Main.Ledger()
		if len(flush) == 0 || l.Produced == 0 {
			return lesson.Lacks("Flush()")
		}
		return lesson.If(len(flush) >= l.Produced || l.Delivered < l.Produced,
			lesson.Shown(tracer.Addresses(append(r.Main.Of(tracer.RowReport), flush...)...), "Calls of Flush(): %d. Messages delivered: %d of %d. It waits for all that are queued.", len(flush), l.Delivered, l.Produced))
	},
}

var keepsOrder = tracer.Claim{
	ID:       "myth-order",
	Sentence: "\"Without Flush() in between the messages get mixed up.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, each, rows, ok := both(r)
		if !ok || here.InLog == 0 {
			return lesson.Lacks("run of both programs to their end")
		}
		return lesson.If(len(here.Orders) > len(each.Orders),
			lesson.Shown(rows, "Partitions in which the log has another order than the calls of Produce(): %d here, %d with Flush() after each message.", len(here.Orders), len(each.Orders)),
			lesson.Cited("librdkafka v2.15.0, INTRODUCTION.md, Reordering", "Messages can be mixed up where one is tried again while later ones are in flight; the idempotent producer prevents that, and needs no Flush() in between"))
	},
}

// The sentences of the Concept Snapshot.

var keepBatch = tracer.Claim{
	ID:       "keep-batch",
	Sentence: "Messages that wait together travel together; Flush() ends the wait, and what is produced after it needs another request.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, each := sent(r.Main), sent(r.Twin(eachName))
		if here.None() || each.None() {
			return lesson.Lacks("Produce request, here and with Flush() after each message")
		}
		rows := append(here.Rows(), tracer.OfTwin(eachName, each.Rows())...)
		return lesson.If(here.N() == len(r.Main.Calls("Flush")) && each.N() == len(r.Twin(eachName).Calls("Flush")), tracer.Reason{Rows: rows})
	},
}

var keepOnce = tracer.Claim{
	ID:       "keep-once",
	Sentence: "One Flush() at the end delivers as much as one after each message.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, each, rows, ok := both(r)
		if !ok {
			return lesson.Lacks("run of both programs to their end")
		}
		return lesson.If(here.Delivered == here.Produced && each.Delivered == here.Delivered, tracer.Reason{Rows: rows})
	},
}

var keepEach = tracer.Claim{
	ID:       "keep-each",
	Sentence: "Flush() after each message: a request and a wait for each.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		each := waits(r.Main)
		if len(each) == 0 {
			return lesson.Lacks("Flush() that waited for an answer")
		}
		return lesson.If(len(each) == sent(r.Main).N(), lesson.Rows(each...))
	},
}
