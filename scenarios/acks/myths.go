package acks

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var mythProof = tracer.Claim{
	ID:       "myth-proof",
	Sentence: "\"A delivery report without an error proves that the broker has the message.\"",
	Myth:     true,
	Expect:   tracer.Depends,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, there := courseOf(r.Main, ""), courseOf(r.Twin(nobodyName), nobodyName)
		if here == nil || there == nil {
			return lesson.Lacks(lacking + ", here or with acks=0")
		}
		because := []tracer.Reason{
			lesson.Shown(here.rows(here.report), "It depends on acks. With acks=%s: %d reported delivered, %d in the broker's log.", here.acks, here.ledger.Delivered, here.ledger.InLog),
			lesson.Shown(there.rows(there.report), "With acks=%s: %d reported delivered, %d in the broker's log.", there.acks, there.ledger.Delivered, there.ledger.InLog),
		}
		a, b := here.ledger.InLog == here.ledger.Delivered, there.ledger.InLog == there.ledger.Delivered
		if a != b {
			return lesson.Find(tracer.Depends, because...)
		}
		return lesson.If(a, because...)
	},
}

var mythProofHere = tracer.Claim{
	ID:       "myth-proof",
	Sentence: "\"A delivery report without an error proves that the broker has the message.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		c := courseOf(r.Main, "")
		if c == nil || !c.ledger.LogWasRead {
			return lesson.Lacks(lacking)
		}
		return lesson.If(c.ledger.InLog >= c.ledger.Delivered,
			lesson.Shown(c.rows(c.report), "%d reported delivered, %d in the broker's log. With acks=%s the report proves that the message was sent, and no more.", c.ledger.Delivered, c.ledger.InLog, c.acks))
	},
}

var mythNone = tracer.Claim{
	ID:       "myth-no-report",
	Sentence: "\"With acks=0 there are no delivery reports.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		c := courseOf(r.Twin(zeroName), zeroName)
		if c == nil {
			return lesson.Lacks(lacking + " with acks=0")
		}
		return lesson.If(c.report.Event.Client == nil || c.report.Event.Client.Count == 0,
			lesson.Shown(c.rows(c.report), "The client put one out by itself: %d delivered, after %s.", c.ledger.Delivered, lesson.Count(c.responses.N(), "response")))
	},
}

// The sentences of the Concept Snapshot.

var keepAnswer = tracer.Claim{
	ID:       "keep-answer",
	Sentence: "With acks=1 or all, a report without an error rests on the broker's answer: the message has an offset.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(answered.Check(r)) },
}

var keepZero = tracer.Claim{
	ID:       "keep-zero",
	Sentence: "With acks=0 a report says that the message was sent. It may be lost, and nobody will tell.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(reportedAnyway.Check(r)) },
}

var keepZeroHere = tracer.Claim{
	ID:       "keep-zero",
	Sentence: "With acks=0 a report says that the message was sent. It may be lost, and nobody will tell.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(reportedNotStored.Check(r)) },
}

var keepOffset = tracer.Claim{
	ID:       "keep-offset",
	Sentence: "With acks=0 a report names no offset: nobody has told the client.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, there := courseOf(r.Main, ""), courseOf(r.Twin(zeroName), zeroName)
		if here == nil || there == nil {
			return lesson.Lacks(lacking + ", here or with acks=0")
		}
		return lesson.If(!here.offsetUnset() && there.offsetUnset(), tracer.Reason{Rows: append(here.rows(here.report), there.rows(there.report)...)})
	},
}

var keepOffsetHere = tracer.Claim{
	ID:       "keep-offset",
	Sentence: "With acks=0 a report names no offset: nobody has told the client.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		c := courseOf(r.Main, "")
		if c == nil {
			return lesson.Lacks(lacking)
		}
		return lesson.If(c.offsetUnset() && c.acks == "0", tracer.Reason{Rows: c.rows(c.request, c.report)})
	},
}

// under is a statement about the run with acks=0 that lost its message.
func under(holds func(c *course) bool) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		c := courseOf(r.Twin(nobodyName), nobodyName)
		if c == nil {
			c = courseOf(r.Main, "")
		}
		if c == nil {
			return lesson.Lacks(lacking)
		}
		return lesson.If(holds(c), lesson.Shown(c.rows(c.request, c.report), "Responses: %d. Reported delivered: %d. In the broker's log: %d.", c.responses.N(), c.ledger.Delivered, c.ledger.InLog))
	}
}

var lostAndReported = []quiz.Statement{
	{Text: "Reported as delivered, and not in the log", Belief: "messages-vanish", Check: under(func(c *course) bool { return c.ledger.Delivered == 1 && c.ledger.InLog == 0 })},
	{Text: "Reported as delivered, and in the log too", Belief: "sent-means-stored", Check: under(func(c *course) bool { return c.ledger.Delivered == 1 && c.ledger.InLog == 1 })},
	{Text: "Reported as failed, and not in the log", Belief: "every-loss-is-reported", Check: under(func(c *course) bool { return c.ledger.Failed == 1 })},
	{Text: "Sent once more, and in the log after that", Belief: "client-always-retries", Check: under(func(c *course) bool { return c.request.After.Requests > 1 || c.ledger.Records > 1 })},
}

var whereIsIt = quiz.WhichHolds{
	ID:         "where-is-it",
	Ask:        "The broker does not take the message, and acks is 0. What becomes of it?",
	Statements: lostAndReported,
	Hints: [3]string{
		"Look at the rows under Flush(), and at the Message Ledger.",
		"Compare what the client reports with what the broker's log holds.",
		"A client that asks for no answer cannot pass one on.",
	},
}

var worth = quiz.WhichHolds{
	ID:         "worth",
	Ask:        "In the run nobody-asked the broker does not take the message, and acks is 0. What becomes of it?",
	Statements: lostAndReported,
	Hints: [3]string{
		"Look at the rows of the twin run nobody-asked, and at the line under them: kstep run acks --variant nobody-asked shows them.",
		"Compare the reports there with what the broker's log holds.",
		"A client that asks for no answer cannot pass one on.",
	},
}

// offsets is a statement about what the reports print here and with acks=0.
func offsets(holds func(here, zero *course) bool) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		here, zero := courseOf(r.Main, ""), courseOf(r.Twin(zeroName), zeroName)
		if here == nil || zero == nil {
			return lesson.Lacks(lacking + ", here or with acks=0")
		}
		rows := append(here.rows(here.report), zero.rows(zero.report)...)
		return lesson.If(holds(here, zero), lesson.Shown(rows, "Here the program printed %q after %s, with acks=0 %q after %s.", here.printed, lesson.Count(here.responses.N(), "response"), zero.printed, lesson.Count(zero.responses.N(), "response")))
	}
}

var offsetMeans = quiz.WhichHolds{
	ID:  "offset-means",
	Ask: "What does the program print of its report with acks=0?",
	Statements: []quiz.Statement{
		{Text: "No offset, for no response has named one", Belief: "", Check: offsets(func(_, zero *course) bool { return zero.offsetUnset() && zero.responses.None() })},
		{Text: "The same offset as with acks=all and one", Belief: "client-knows-offset", Check: offsets(func(here, zero *course) bool { return zero.printed == here.printed })},
		{Text: "An error, for no response has confirmed it", Belief: "no-offset-is-an-error", Check: offsets(func(_, zero *course) bool { return zero.ledger.Failed > 0 })},
		{Text: "Nothing at all, for there is no such report", Belief: "acks-0-gives-no-report", Check: offsets(func(_, zero *course) bool { return zero.printed == "" })},
	},
	Hints: [3]string{
		"Look at what the program prints in the twin run acks-0.",
		"Compare the rows above that line with those of the lesson's own run: which one is missing?",
		"The offset is the broker's to give. It comes with the response.",
	},
}
