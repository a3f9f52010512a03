package flushtimeout

import (
	"strconv"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var whatOneSays = tracer.Claim{
	ID:       "what-one-says",
	Question: "What does the 1 that Flush(1000) returns say?",
	Sentence: "That one message had no delivery report when the time was over. Whether the broker has it, the number does not say.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		if flush == nil || flush.Unfinished {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If(lesson.Result(flush) == "1" && flush.After.Undelivered() == 1 && flush.After.InFlight == 1,
			lesson.Shown(tracer.Addresses(flush, r.Main.First(tracer.RowRequest), r.Main.First(tracer.RowFault)), "It returned %s: %s in flight, which means sent, with no answer that has come back.", lesson.Result(flush), lesson.Count(flush.After.InFlight, "message")),
			lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, Len and Flush", "Events that wait unread on Events() are counted, too"))
	},
}

var lostAndStored = tracer.Claim{
	ID:       "lost-and-stored",
	Question: "The program ends here. What became of the message?",
	Sentence: "For the program it is lost: no report will come. The broker has it all the same; only its answer was late.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		l, end := r.Main.Ledger(), r.Main.End()
		if end == nil || !l.LogWasRead {
			return lesson.Lacks("end of the program, or its log was not read back")
		}
		return lesson.If(l.Lost == 1 && l.InLog == 1,
			lesson.Shown(tracer.Addresses(r.Main.First(tracer.RowRequest), end), "%d lost at exit, %d in the broker's log.", l.Lost, l.InLog))
	},
}

var waitOn = tracer.Claim{
	ID:       "wait-on",
	Question: "And if the program calls Flush() again?",
	Sentence: "It goes on waiting where it stopped: the answer comes, the report says delivered, and Flush() returns 0.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return delivered(r.Twin(waitName), waitName) },
}

var waited = tracer.Claim{
	ID:       "waited",
	Question: "What did the second Flush() do?",
	Sentence: "It went on waiting where the first stopped: the answer came, the report says delivered, and Flush() returned 0.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return delivered(r.Main, "") },
}

// delivered holds that the last Flush returned 0 with the message delivered,
// sent once.
func delivered(run *tracer.Run, twin string) tracer.Finding {
	calls := run.Calls("Flush")
	if len(calls) < 2 {
		return lesson.Lacks("second Flush()")
	}
	first, last, l := calls[0], calls[len(calls)-1], run.Ledger()
	return lesson.If(lesson.Result(last) == "0" && l.Delivered == 1 && l.Records == 1,
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(first, last)), "The first Flush() returned %s, the last %s. Delivered: %d. Records in the log: %d.", lesson.Result(first), lesson.Result(last), l.Delivered, l.Records))
}

var giveUp = tracer.Claim{
	ID:       "give-up",
	Question: "And if the program gives the message up with Purge()?",
	Sentence: "The report comes and says purged in flight. It ends the client's work on the message; it does not call the message back.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return givenUp(r.Twin(purgeName), purgeName) },
}

var purged = tracer.Claim{
	ID:       "purged",
	Question: "What did Purge() do?",
	Sentence: "It ended the client's work on the message, with a report that says purged in flight. It did not call the message back.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return givenUp(r.Main, "") },
}

// givenUp holds that the message was purged in flight and is in the log.
func givenUp(run *tracer.Run, twin string) tracer.Finding {
	call, l := run.Call("Purge"), run.Ledger()
	line, text := lesson.Line(run, "report: ")
	if call == nil || line == nil || !l.LogWasRead {
		return lesson.Lacks("Purge() and a report that the program printed")
	}
	return lesson.If(l.Purged == 1 && l.InLog == 1 && text == "Local: Purged in flight",
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(call, line)), "The report says %q. Messages in the broker's log: %d.", text, l.InLog),
		lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, Purge", "What is still in the queue is reported with another error, ErrPurgeQueue"))
}

var oneRequest = tracer.Claim{
	ID:       "one-request",
	Question: "Will the client send the message again?",
	Sentence: "No. After Purge() it knows the message no more.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		call := r.Main.Call("Purge")
		if call == nil {
			return lesson.Lacks("Purge()")
		}
		after := r.Main.After("Purge").Requests("Produce")
		return lesson.If(after.None(), lesson.Shown(tracer.Addresses(call, r.Main.End()), "From Purge() to the end there were %d Produce requests.", after.N()))
	},
}

var dependsOutcome = tracer.Claim{
	ID:       "depends-outcome",
	Question: "Is a message that Flush() leaves behind delivered in the end?",
	Sentence: "That depends on what the program does next: the client works on it as long as the process lives and the message has time.",
	Expect:   tracer.Depends,
	Check: func(r *tracer.Runs) tracer.Finding {
		a, b := r.Main.Ledger(), r.Twin(waitName).Ledger()
		if r.Main.End() == nil || r.Twin(waitName).End() == nil {
			return lesson.Lacks("twin that waits on")
		}
		because := []tracer.Reason{
			lesson.Shown(tracer.Addresses(r.Main.End()), "The program ends: delivered %d, lost %d.", a.Delivered, a.Lost),
			lesson.Shown(tracer.TwinAddresses(waitName, r.Twin(waitName).End()), "It calls Flush() again: delivered %d, lost %d.", b.Delivered, b.Lost),
		}
		if a.Delivered != b.Delivered {
			return lesson.Find(tracer.Depends, because...)
		}
		return lesson.If(a.Delivered == a.Produced, because...)
	},
}

var mythLost = tracer.Claim{
	ID:       "myth-lost",
	Sentence: "\"Flush() returned 1, so one message did not reach the broker.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, l := r.Main.Call("Flush"), r.Main.Ledger()
		if lesson.Result(flush) != "1" || !l.LogWasRead {
			return lesson.Lacks("Flush() that returned 1")
		}
		return lesson.If(l.InLog == 0,
			lesson.Shown(tracer.Addresses(r.Main.First(tracer.RowRequest), flush), "It reached the broker: the log holds %s. A program that sends it again from the start makes a second one.", lesson.Count(l.Records, "record")))
	},
}

var mythTakesBack = tracer.Claim{
	ID:       "myth-takes-back",
	Sentence: "\"Purge() takes the message back.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(purgeName)
		call, l := run.Call("Purge"), run.Ledger()
		if call == nil || !l.LogWasRead {
			return lesson.Lacks("twin that calls Purge()")
		}
		return lesson.If(l.InLog == 0,
			lesson.Shown(tracer.TwinAddresses(purgeName, run.First(tracer.RowRequest), call), "Purged: %d. In the broker's log: %d. What has been sent cannot be called back.", l.Purged, l.InLog))
	},
}

var keepUnknown = tracer.Claim{
	ID:       "keep-unknown",
	Sentence: "A number above 0 from Flush() says that reports are outstanding, not that messages have failed.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		if flush == nil || flush.Unfinished {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If(lesson.Result(flush) == strconv.Itoa(flush.After.Undelivered()) && flush.After.Undelivered() > 0 && flush.After.Failed == 0, lesson.Rows(flush))
	},
}

var keepWait = tracer.Claim{
	ID:       "keep-wait",
	Sentence: "Flush() may be called again; it goes on where it stopped, and sends nothing twice.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(waitName)
		if len(run.Calls("Flush")) < 2 {
			return lesson.Lacks("twin that calls Flush() again")
		}
		return lesson.If(run.Whole().Requests("Produce").N() == 1, tracer.Reason{Rows: tracer.TwinAddresses(waitName, run.Calls("Flush")...)})
	},
}

var keepPurge = tracer.Claim{
	ID:       "keep-purge",
	Sentence: "Purge() settles what is left with a report of failure; what was in flight may be in the log all the same.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(purgeName)
		l := run.Ledger()
		if run.Call("Purge") == nil {
			return lesson.Lacks("twin that calls Purge()")
		}
		return lesson.If(l.Purged == 1 && l.InLog == 1, tracer.Reason{Rows: tracer.TwinAddresses(purgeName, run.Call("Purge"))})
	},
}

// whatIfWait is the question what becomes of the message in the variant wait,
// in words that say what the variant does.
func whatIfWait(r *tracer.Runs) (quiz.Question, error) {
	q, err := quiz.WhatIf(waitName)(r)
	q.Prompt = "The program calls Flush() again until nothing is left (variant " + waitName + "). What becomes of the message?"
	return q, err
}

var whatIsTrue = quiz.WhichHolds{
	ID:  "what-is-true",
	Ask: "Flush(1000) has returned 1 and the program ends. What is true of the message?",
	Statements: []quiz.Statement{
		{Text: "The broker has it, and no report says so", Belief: "", Check: lostAndStored.Check},
		{Text: "The broker lacks it, and a report says so", Belief: "flush-leaves-failed", Check: func(r *tracer.Runs) tracer.Finding {
			return fate(r.Main, func(l tracer.Ledger) bool { return l.Failed == 1 && l.InLog == 0 })
		}},
		{Text: "The broker lacks it, and no report says so", Belief: "flush-leaves-unsent", Check: func(r *tracer.Runs) tracer.Finding {
			return fate(r.Main, func(l tracer.Ledger) bool { return l.Lost == 1 && l.InLog == 0 })
		}},
		{Text: "The broker has it, and a report says so", Belief: "report-always-comes", Check: func(r *tracer.Runs) tracer.Finding {
			return fate(r.Main, func(l tracer.Ledger) bool { return l.Delivered == 1 && l.InLog == 1 })
		}},
	},
	Hints: [3]string{
		"Look at the rows under Flush(), and at the Message Ledger.",
		"Compare what left the client with what came back to it, and read the row of what kstep did.",
		"A request that was sent is the broker's matter. A report needs its answer, and a process that is there to take it.",
	},
}

// fate holds something of the run's account.
func fate(run *tracer.Run, ok func(tracer.Ledger) bool) tracer.Finding {
	l := run.Ledger()
	if run.End() == nil || !l.LogWasRead {
		return lesson.Lacks("end of the program, or its log was not read back")
	}
	return lesson.If(ok(l), lesson.Shown(tracer.Addresses(run.First(tracer.RowRequest), run.End()), "The account: delivered %d, failed %d, lost %d; in the broker's log %d.", l.Delivered, l.Failed, l.Lost, l.InLog))
}
