package exitwithoutflush

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var allLost = tracer.Claim{
	ID:       "all-lost",
	Question: "No call of Produce() returned an error; then the program ends. What arrives?",
	Sentence: "Nothing. All messages are lost, and no error, report or exit code says so.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		calls, end := r.Main.Calls("Produce"), r.Main.End()
		l := r.Main.Ledger()
		if len(calls) == 0 || end == nil || !l.LogWasRead {
			return lesson.Lacks("end of a program that has produced")
		}
		return lesson.If(l.Lost == l.Produced && l.Refused == 0 && l.Records == 0 && end.Event.Exit.Code == 0,
			lesson.Shown(tracer.Addresses(append(calls, end)...), "%d produced, %d lost, %d records in the broker's log, exit code %d.", l.Produced, l.Lost, l.Records, end.Event.Exit.Code))
	},
}

var whyLost = tracer.Claim{
	ID:       "why-lost",
	Question: "Why does the client not send them after the program's end?",
	Sentence: "The queue is memory of the program's process, and the threads that send are threads of it. They end with it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		end := r.Main.End()
		if end == nil || end.Before.Produced == 0 {
			return lesson.Lacks("end of a program that has produced")
		}
		sent := r.Main.Whole().Requests("Produce")
		return lesson.If(end.Before.Queued == end.Before.Produced && end.After.Lost == end.Before.Queued && sent.None(),
			lesson.Shown(tracer.Addresses(end), "When the process ended, %d messages waited in the client. Produce requests in the whole run, to its end and after it: %d.", end.Before.Queued, sent.N()))
	},
}

var flushKeeps = tracer.Claim{
	ID:       "flush-keeps",
	Question: "And with Flush() at the end?",
	Sentence: "All messages are delivered: Flush() keeps the program alive until every message has its report.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return delivered(r.Twin(flushName), flushName) },
}

var allDelivered = tracer.Claim{
	ID:       "all-delivered",
	Question: "What arrives when the program ends with Flush()?",
	Sentence: "All messages: Flush() keeps the program alive until every one has its report.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return delivered(r.Main, "") },
}

// delivered holds that every message was delivered before Flush() returned.
func delivered(run *tracer.Run, twin string) tracer.Finding {
	flush := run.Call("Flush")
	if flush == nil || flush.Unfinished {
		return lesson.Lacks("Flush() that returned")
	}
	l := run.Ledger()
	rows := append(tracer.Addresses(flush), tracer.Addresses(run.Of(tracer.RowReport)...)...)
	return lesson.If(flush.After.Delivered == l.Produced && l.InLog == l.Produced,
		lesson.Shown(tracer.OfTwin(twin, rows), "When Flush() returned %s, %d of %d were delivered. The broker's log holds %s.", lesson.Result(flush), flush.After.Delivered, l.Produced, lesson.Count(l.Records, "record")))
}

var closeLoses = tracer.Claim{
	ID:       "close-loses",
	Question: "Is Close() at the end enough?",
	Sentence: "No. Close() does not wait until the queue is empty; what is left in it is dropped.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return closed(r.Twin(closeName), closeName) },
}

var lostByClose = tracer.Claim{
	ID:       "lost-by-close",
	Question: "What becomes of the messages that wait when Close() is called?",
	Sentence: "They are dropped: not sent, and not reported. Close() returns nothing that would say so.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return closed(r.Main, "") },
}

// closed holds that Close() dropped what was queued: nothing sent, no report.
func closed(run *tracer.Run, twin string) tracer.Finding {
	call := run.Call("Close")
	if call == nil || call.Unfinished {
		return lesson.Lacks("Close() that returned")
	}
	sent, reports := run.Whole().Requests("Produce"), len(run.Of(tracer.RowReport))
	l := run.Ledger()
	return lesson.If(call.Before.Queued > 0 && call.After.Lost == call.Before.Queued && sent.None() && reports == 0,
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(call)), "Before Close() %d messages waited, after it %d are lost: %d Produce requests, %d reports, %d records in the broker's log.", call.Before.Queued, call.After.Lost, sent.N(), reports, l.Records))
}

var logTells = tracer.Claim{
	ID:       "log-tells",
	Question: "Does anything tell of the loss?",
	Sentence: "One line of the client's own log, on standard error. No call, report or exit code does.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		call, end := r.Main.Call("Close"), r.Main.End()
		if call == nil || end == nil {
			return lesson.Lacks("Close()")
		}
		lines := r.Main.Whole().Reports(tracer.TerminatedWith)
		return lesson.If(lines.N() == 1 && lines.Records() == call.Before.Queued && end.Event.Exit.Code == 0,
			lesson.Shown(tracer.Addresses(call, end), "The client's log: terminating with %d messages still in queue or transit. The exit code is %d.", lines.Records(), end.Event.Exit.Code))
	},
}

// The myths.

var closeSends = tracer.Claim{
	ID:       "myth-close-sends",
	Sentence: "\"Close() sends what is left.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check:    func(r *tracer.Runs) tracer.Finding { return sentByClose(r.Twin(closeName), closeName) },
}

var deferEnough = tracer.Claim{
	ID:       "myth-defer-close",
	Sentence: "\"defer p.Close() is enough.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check:    func(r *tracer.Runs) tracer.Finding { return sentByClose(r.Twin(deferCloseName), deferCloseName) },
}

func sentByClose(run *tracer.Run, twin string) tracer.Finding {
	call := run.Call("Close")
	if call == nil || call.Unfinished || !run.Ledger().LogWasRead {
		return lesson.Lacks("Close() that returned")
	}
	l := run.Ledger()
	return lesson.If(l.Records == l.Produced,
		lesson.Shown(tracer.TwinAddresses(twin, call, run.End()), "With Close() and without Flush(): %d produced, %d lost, %d records in the broker's log.", l.Produced, l.Lost, l.Records),
		lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, Close", "Close() stops the client's goroutines and destroys the client; there is no flush in it"))
}

var exitTells = tracer.Claim{
	ID:       "myth-exit-code",
	Sentence: "\"A program that lost messages ends with an error.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		end := r.Main.End()
		if end == nil || end.After.Lost == 0 {
			return lesson.Lacks("end that lost messages")
		}
		return lesson.If(end.Event.Exit.Code != 0,
			lesson.Shown(tracer.Addresses(end), "%d lost, exit code %d.", end.After.Lost, end.Event.Exit.Code))
	},
}
