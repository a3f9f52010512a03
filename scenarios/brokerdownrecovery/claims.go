package brokerdownrecovery

import (
	"strconv"
	"time"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// reading is the number of the message during which the broker goes down; the
// first one warms up.
const reading = 2

var backInQueue = tracer.Claim{
	ID:       "back-in-queue",
	Question: "The broker went down when the message had been sent. Where is the message then?",
	Sentence: "Back in the client's queue. The client keeps a message until its fate is known, and the connection that could have brought an answer is gone.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, fault := r.Main.Call("Flush"), r.Main.First(tracer.RowFault)
		sent := lesson.Carrying(r.Main, reading)
		if flush == nil || flush.Unfinished || fault == nil || len(sent) == 0 {
			return lesson.Lacks("message that was under way when the broker went down")
		}
		return lesson.If(flush.After.Queued == 1 && flush.After.Failed == 0 && lesson.Result(flush) == "1",
			lesson.Shown(tracer.Addresses(sent[0], fault, flush), "It had been on the wire. When Flush(500) returned %s, it was queued: %d. Failed: %d.", lesson.Result(flush), flush.After.Queued, flush.After.Failed))
	},
}

var sentAgain = tracer.Claim{
	ID:       "sent-again",
	Question: "Who sends it again when the broker is back?",
	Sentence: "The client. It connects, builds a batch anew and sends it; the program only waits.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := lesson.Carrying(r.Main, reading)
		if len(sent) == 0 {
			return lesson.Lacks("request with the message")
		}
		line, text := lesson.Line(r.Main, "report: ")
		calls := r.Main.Calls("Produce")
		return lesson.If(len(sent) == 2 && len(calls) == reading && text == "<nil>",
			lesson.Shown(tracer.Addresses(append(sent, line)...), "%s carried the message, which the program produced once; its report says %s.", lesson.Count(len(sent), "request"), text))
	},
}

var onceHere = tracer.Claim{
	ID:       "once-here",
	Question: "Is the message in the log twice now?",
	Sentence: "Not here: the first request did not get through. The client cannot know that; had the broker stored it and gone down before it answered, there would be two records.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		l := r.Main.Ledger()
		if !l.LogWasRead || len(l.Entries) < reading {
			return lesson.Lacks("log that was read back")
		}
		return lesson.If(l.Entries[reading-1].Copies == 1,
			lesson.Shown(tracer.Addresses(lesson.Carrying(r.Main, reading)...), "Records of it in the log: %d.", l.Entries[reading-1].Copies),
			lesson.Cited("librdkafka v2.15.0, INTRODUCTION.md, Idempotent Producer", "A message that is sent again after a lost answer may be stored twice; enable.idempotence=true prevents that"))
	},
}

var gaveUp = tracer.Claim{
	ID:       "gave-up",
	Question: "How long does the client keep the message?",
	Sentence: "For message.timeout.ms, counted from Produce(). Then it has failed, and its report says so.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		line, text := lesson.Line(r.Main, "report: ")
		l := r.Main.Ledger()
		var report *tracer.Row
		for _, x := range r.Main.Of(tracer.RowReport) {
			if x.Event.Kind == tracer.TimedOut {
				report = x
			}
		}
		if line == nil {
			return lesson.Lacks("report that the program printed")
		}
		return lesson.If(report != nil && l.Failed == 1 && hadItsTime(r.Main, report),
			lesson.Shown(tracer.Addresses(report, line), "The report says %q. Failed: %d.", text, l.Failed))
	},
}

// hadItsTime tells whether message.timeout.ms was over, counted from the last
// Produce(), when the report came.
func hadItsTime(run *tracer.Run, report *tracer.Row) bool {
	calls := run.Calls("Produce")
	ms, err := strconv.Atoi(lesson.Setting(run, "message.timeout.ms"))
	return err == nil && len(calls) > 0 && report.Event.At-calls[len(calls)-1].Event.Call.Began >= int64(ms)*int64(time.Millisecond)
}

var dependsDelivered = tracer.Claim{
	ID:       "depends-delivered",
	Question: "Does a message survive a broker that goes down?",
	Sentence: "That depends on what is over first: the time until the broker is back, or message.timeout.ms.",
	Expect:   tracer.Depends,
	Check: func(r *tracer.Runs) tracer.Finding {
		a, b := r.Main.Ledger(), r.Twin(short).Ledger()
		if r.Main.End() == nil || r.Twin(short).End() == nil {
			return lesson.Lacks("twin with a short message.timeout.ms")
		}
		because := []tracer.Reason{
			lesson.Shown(tracer.Addresses(r.Main.End()), "The broker is back in time: delivered %d of %d.", a.Delivered, a.Produced),
			lesson.Shown(tracer.TwinAddresses(short, r.Twin(short).End()), "It is not back within message.timeout.ms=%s: delivered %d, failed %d.", lesson.Setting(r.Twin(short), "message.timeout.ms"), b.Delivered, b.Failed),
		}
		if a.Failed == 0 && b.Failed > 0 {
			return lesson.Find(tracer.Depends, because...)
		}
		return lesson.If(b.Failed == 0, because...)
	},
}

var mythProduceAgain = tracer.Claim{
	ID:       "myth-produce-again",
	Sentence: "\"When the connection breaks, the program must produce the message again.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		l, calls := r.Main.Ledger(), r.Main.Calls("Produce")
		if len(calls) == 0 || r.Main.First(tracer.RowFault) == nil {
			return lesson.Lacks("broker that went down")
		}
		return lesson.If(l.Delivered < len(calls),
			lesson.Shown(tracer.Addresses(append(calls, lesson.Carrying(r.Main, reading)...)...), "Calls of Produce(): %d. Delivered: %d. To call it again before the report is there makes a second message.", len(calls), l.Delivered))
	},
}

var mythFails = tracer.Claim{
	ID:       "myth-fails",
	Sentence: "\"What is in flight when a connection breaks has failed.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, fault := r.Main.Call("Flush"), r.Main.First(tracer.RowFault)
		if flush == nil || fault == nil {
			return lesson.Lacks("broker that went down")
		}
		return lesson.If(flush.After.Failed > 0,
			lesson.Shown(tracer.Addresses(fault, flush), "When Flush() returned, %d had failed and %d was queued again.", flush.After.Failed, flush.After.Queued),
			lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, retries", "With retries=0 it would fail; the default is 2,147,483,647"))
	},
}

var keepQueue = tracer.Claim{
	ID:       "keep-queue",
	Sentence: "A message whose request got no answer goes back into the queue; the client tries again by itself, as often as retries allows.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		sent := lesson.Carrying(r.Main, reading)
		if flush == nil || len(sent) == 0 {
			return lesson.Lacks("message that was under way when the broker went down")
		}
		return lesson.If(flush.After.Queued == 1, lesson.Rows(sent[0], flush))
	},
}

var keepLimit = tracer.Claim{
	ID:       "keep-limit",
	Sentence: "message.timeout.ms is the time that a message has for all tries together.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(short)
		line, text := lesson.Line(run, "report: ")
		if line == nil {
			return lesson.Lacks("twin with a short message.timeout.ms")
		}
		return lesson.If(text == "Local: Message timed out", tracer.Reason{Rows: tracer.TwinAddresses(short, line)})
	},
}

// at holds something of the moment when the first Flush had returned.
func at(r *tracer.Runs, ok func(*tracer.State) bool) tracer.Finding {
	flush, fault := r.Main.Call("Flush"), r.Main.First(tracer.RowFault)
	if flush == nil || flush.Unfinished || fault == nil {
		return lesson.Lacks("message that was under way when the broker went down")
	}
	s := &flush.After
	return lesson.If(ok(s), lesson.Shown(tracer.Addresses(fault, flush), "When Flush() had returned: queued %d, in flight %d, delivered %d, failed %d.", s.Queued, s.InFlight, s.Delivered, s.Failed))
}

var whereIsIt = quiz.WhichHolds{
	ID:  "where-is-it",
	Ask: "The broker went down, and Flush(500) has returned. Where is the second message?",
	Statements: []quiz.Statement{
		{Text: "In the client's queue, to be sent again", Belief: "", Check: func(r *tracer.Runs) tracer.Finding {
			return at(r, func(s *tracer.State) bool { return s.Queued == 1 })
		}},
		{Text: "Still on the wire, waiting for its answer", Belief: "answer-still-comes", Check: func(r *tracer.Runs) tracer.Finding {
			return at(r, func(s *tracer.State) bool { return s.InFlight == 1 })
		}},
		{Text: "Given up, and its report tells the error", Belief: "in-flight-fails", Check: func(r *tracer.Runs) tracer.Finding {
			return at(r, func(s *tracer.State) bool { return s.Failed == 1 })
		}},
		{Text: "In the broker's log, only not yet reported", Belief: "sent-means-stored", Check: func(r *tracer.Runs) tracer.Finding {
			l := r.Main.Ledger()
			if !l.LogWasRead || len(l.Entries) < reading {
				return lesson.Lacks("log that was read back")
			}
			// what the second request brought is not what the first one did
			return at(r, func(*tracer.State) bool { return l.Entries[reading-1].Copies > len(lesson.Carrying(r.Main, reading))-1 })
		}},
	},
	Hints: [3]string{
		"Look at the row of the first Flush(), and at the rows under it.",
		"Compare the counts before the broker went down with those when Flush() returned.",
		"An answer comes on the connection on which the request left, or not at all. What has no answer is not settled.",
	},
}

var howManyRequests = quiz.HowMany{
	ID:  "requests",
	Ask: "How many Produce requests carried the second message?",
	Of: quiz.Reading{Says: "one before and one after", Count: func(r *tracer.Runs) (int, []string) {
		sent := lesson.Carrying(r.Main, reading)
		return len(sent), tracer.Addresses(sent...)
	}},
	Other: []quiz.Reading{
		{Says: "it is sent once, in the end", Belief: "failed-request-was-not-sent", Count: quiz.Exactly(1)},
		{Says: "and once while it was down", Belief: "retries-go-on", Count: quiz.Exactly(3)},
		{Says: "none, the broker being down", Belief: "down-means-nothing-sent", Count: quiz.Exactly(0)},
		{Says: "the program sent it twice", Belief: "program-must-retry-too", Count: quiz.Exactly(4)},
	},
	Hints: [3]string{
		"Look at the rows of Produce requests: they say which message they carry.",
		"Compare the rows before and after the row in which the broker goes down.",
		"A request that leaves and gets no answer was sent all the same; the client sends its messages again.",
	},
}
