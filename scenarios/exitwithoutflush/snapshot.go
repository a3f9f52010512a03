package exitwithoutflush

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// The sentences of the Concept Snapshot, and the question for what they have in
// common.

var keepMemory = tracer.Claim{
	ID:       "keep-memory",
	Sentence: "The client's queue is memory of the process: what waits in it ends with the process.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		end := r.Main.End()
		if end == nil || end.Before.Queued == 0 {
			return lesson.Lacks("end with messages in the queue")
		}
		return lesson.If(end.After.Lost == end.Before.Queued, lesson.Rows(end))
	},
}

var keepClose = tracer.Claim{
	ID:       "keep-close",
	Sentence: "Close() does not flush, at once or deferred: Flush() comes before it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		a, b := r.Twin(closeName).Call("Close"), r.Twin(deferCloseName).Call("Close")
		if a == nil || b == nil {
			return lesson.Lacks("Close(), at once and deferred")
		}
		rows := append(tracer.TwinAddresses(closeName, a), tracer.TwinAddresses(deferCloseName, b)...)
		return lesson.If(a.After.Lost > 0 && b.After.Lost > 0, tracer.Reason{Rows: rows})
	},
}

var keepCloseHere = tracer.Claim{
	ID:       "keep-close",
	Sentence: "Close() does not flush: call Flush() before it, and look at what it returns.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		call := r.Main.Call("Close")
		if call == nil || call.Unfinished {
			return lesson.Lacks("Close() that returned")
		}
		return lesson.If(call.After.Lost == call.Before.Queued && call.After.Lost > 0, lesson.Rows(call))
	},
}

var keepFlush = tracer.Claim{
	ID:       "keep-flush",
	Sentence: "With a Flush() that returned 0 before the end, nothing is lost.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return nothingLost(r.Twin(flushName), flushName) },
}

var keepFlushHere = tracer.Claim{
	ID:       "keep-flush",
	Sentence: "After a Flush() that returned 0 the end of the program loses nothing.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return nothingLost(r.Main, "") },
}

func nothingLost(run *tracer.Run, twin string) tracer.Finding {
	flush, end := run.Call("Flush"), run.End()
	if lesson.Result(flush) != "0" || end == nil {
		return lesson.Lacks("Flush() that returned 0")
	}
	return lesson.If(end.After.Lost == 0, tracer.Reason{Rows: tracer.OfTwin(twin, tracer.Addresses(flush, end))})
}

// whatSaves asks which change saves the messages.
var whatSaves = quiz.WhichHolds{
	ID:  "what-saves",
	Ask: "Which of these makes all messages arrive?",
	Statements: []quiz.Statement{
		{Text: "Flush() as the last call", Check: saves(flushName)},
		{Text: "Close() as the last call", Belief: "close-flushes", Check: saves(closeName)},
		{Text: "Close(), deferred at the start", Belief: "deferred-close-is-in-time", Check: saves(deferCloseName)},
		{Text: "Exit itself: no call is needed", Belief: "exit-flushes", Check: saves("")},
	},
	Hints: [3]string{
		"Look at the last rows here and in the three twin runs, and at the line under each table.",
		"Compare the counts queued in client, delivered and lost before and after the last call of each program.",
		"Only a call that waits for the broker's answers can keep the program alive until they are there.",
	},
}

// saves holds that every message of the run is in the broker's log.
func saves(twin string) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		run := r.Main
		if twin != "" {
			run = r.Twin(twin)
		}
		end := run.End()
		if end == nil || !run.Ledger().LogWasRead {
			return lesson.Lacks("run that ends by itself")
		}
		l := run.Ledger()
		return lesson.If(l.InLog == l.Produced,
			lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(end)), "%d produced, %d delivered, %d lost; records in the broker's log: %d.", l.Produced, l.Delivered, l.Lost, l.Records))
	}
}

// ofLoss is a statement about why no report tells of the loss.
func ofLoss(holds func(run *tracer.Run) bool) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		end := r.Main.End()
		if end == nil || end.After.Lost == 0 {
			return lesson.Lacks("message that was lost at the end")
		}
		return lesson.If(holds(r.Main), lesson.Shown(tracer.Addresses(r.Main.Call("Produce"), end), "Reports that the client put out: %d. Calls of Produce() that returned an error: %d. Produce requests: %d. Lost at the end: %d.",
			len(r.Main.Of(tracer.RowReport)), r.Main.Ledger().Refused, r.Main.Whole().Requests("Produce").N(), end.After.Lost))
	}
}

var whyNoReport = quiz.WhichHolds{
	ID:  "why-no-report",
	Ask: "Messages get lost, and no delivery report says so. Why?",
	Statements: []quiz.Statement{
		{Text: "What would have made it ended with the process", Belief: "unsent-is-handed-back", Check: ofLoss(func(run *tracer.Run) bool {
			return len(run.Of(tracer.RowReport)) == 0 && run.Whole().Requests("Produce").None()
		})},
		{Text: "It was made, but the program never read it", Belief: "every-loss-is-reported", Check: ofLoss(func(run *tracer.Run) bool { return len(run.Of(tracer.RowReport)) > 0 })},
		{Text: "The broker got the messages and did not answer", Belief: "stored-without-report", Check: ofLoss(func(run *tracer.Run) bool { return run.Whole().Requests("Produce").Any() })},
		{Text: "Produce() had told of it by an error instead", Belief: "loss-raises-an-error", Check: ofLoss(func(run *tracer.Run) bool { return run.Ledger().Refused > 0 })},
	},
	Hints: [3]string{
		"Look at the rows from the last Produce() to the end, and at what is missing between them.",
		"Compare queued and lost in the Status Tracker before and after the end.",
		"Reports are made by the client's threads, and these are a part of the program's process.",
	},
}
