package fullchannel

import (
	"strconv"
	"strings"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var hangs = tracer.Claim{
	ID:       "hangs",
	Question: "Flush() is given a time limit. When does it return?",
	Sentence: "Never. Flush() hands out reports itself. Here it waits until the channel has room for one, and that wait has no time limit.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, end := r.Main.Call("Flush"), r.Main.End()
		if flush == nil || end == nil {
			return lesson.Lacks("Flush()")
		}
		limit, over := overdue(flush, end)
		return lesson.If(over && end.Event.Exit.ByLab,
			lesson.Shown(tracer.Addresses(flush, end), "Flush(%d) had not returned when kstep ended the program.", limit),
			lesson.Cited("confluent-kafka-go v2.15.0, kafka/event.go, eventPoll", "The send to a delivery channel waits until there is room, without a limit"))
	},
}

// overdue is the limit that Flush() was given, in ms, and whether it had not
// returned when that time was over.
func overdue(flush, end *tracer.Row) (limit int64, over bool) {
	if len(flush.Event.Call.Args) == 0 {
		return 0, false
	}
	limit, err := strconv.ParseInt(flush.Event.Call.Args[0].Text, 10, 64)
	const ms = 1_000_000 // ns
	return limit, err == nil && flush.Unfinished && end.Event.At-flush.Event.Call.Began > limit*ms
}

var stuckReports = tracer.Claim{
	ID:       "stuck-reports",
	Question: "Where are the reports?",
	Sentence: "On their way to the channel: the client's library has put them out, and whoever carries one to the program waits for room.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, reports, produce := r.Main.Call("Flush"), r.Main.Of(tracer.RowReport), r.Main.Call("Produce")
		if flush == nil || len(reports) == 0 || produce == nil {
			return lesson.Lacks("delivery report")
		}
		channel := ""
		for _, a := range produce.Event.Call.Args {
			if a.Name == "deliveryChan" {
				channel = a.Text
			}
		}
		delivered := r.Main.Ledger().Delivered
		return lesson.If(flush.Unfinished && delivered == r.Main.Ledger().Produced,
			lesson.Shown(tracer.Addresses(append(append(reports, produce), flush)...), "The client's log tells of %s. The delivery channel: %s.", lesson.Count(delivered, "report"), channel))
	},
}

var roomHelps = tracer.Claim{
	ID:       "room-helps",
	Question: "And with room for every report?",
	Sentence: "Flush() returns 0, though nobody reads: reports in a delivery channel are not counted.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return ended(r.Twin(roomName), roomName) },
}

var readerHelps = tracer.Claim{
	ID:       "reader-helps",
	Question: "And with a goroutine that reads the channel?",
	Sentence: "Flush() returns 0, however little room there is.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return ended(r.Twin(readerName), readerName) },
}

var ends = tracer.Claim{
	ID:       "ends",
	Question: "Does Flush() return?",
	Sentence: "Yes, with 0: every report found its place.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return ended(r.Main, "") },
}

// ended holds that Flush() returned 0 and everything was delivered.
func ended(run *tracer.Run, twin string) tracer.Finding {
	flush := run.Call("Flush")
	if flush == nil {
		return lesson.Lacks("Flush()")
	}
	l := run.Ledger()
	return lesson.If(lesson.Result(flush) == "0" && l.Delivered == l.Produced && l.Produced > 0,
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(flush)), "Flush() returned %s; %d of %d were delivered.", lesson.Result(flush), l.Delivered, l.Produced))
}

var notCounted = tracer.Claim{
	ID:       "not-counted",
	Question: "Does Flush() count the reports in the channel?",
	Sentence: "No. It counts what is unread in Events(), not what is unread in the program's own channels.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		if flush == nil || flush.Unfinished || flush.Event.Call.After == nil {
			return lesson.Lacks("Flush() that returned")
		}
		q := flush.Event.Call.After
		return lesson.If(lesson.Result(flush) == "0" && q.Reports > 0,
			lesson.Shown(tracer.Addresses(flush), "Flush() returned %s with %s unread in the channel.", lesson.Result(flush), lesson.Count(q.Reports, "report")))
	},
}

// The myths.

var timeLimit = tracer.Claim{
	ID:       "myth-time-limit",
	Sentence: "\"Flush() returns when its time is over, at the latest.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, end := r.Main.Call("Flush"), r.Main.End()
		if flush == nil || end == nil {
			return lesson.Lacks("Flush()")
		}
		limit, over := overdue(flush, end)
		return lesson.If(!over,
			lesson.Shown(tracer.Addresses(flush, end), "Its %d ms were long over when kstep ended the program, and it was still waiting.", limit))
	},
}

var messagesStuck = tracer.Claim{
	ID:       "myth-messages-stuck",
	Sentence: "\"If Flush() hangs, messages are stuck.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, l := r.Main.Call("Flush"), r.Main.Ledger()
		if flush == nil || !flush.Unfinished || !l.LogWasRead {
			return lesson.Lacks("Flush() that hangs")
		}
		return lesson.If(l.InLog < l.Produced,
			lesson.Shown(tracer.Addresses(append(r.Main.Of(tracer.RowResponse), flush)...), "The broker's log holds %d of %d messages. What is stuck are reports, and the program that waits.", l.InLog, l.Produced))
	},
}

// The sentences of the Concept Snapshot.

var keepRoom = tracer.Claim{
	ID:       "keep-room",
	Sentence: "A delivery channel that nobody reads needs room for every report it will get.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, there := r.Main.Call("Flush"), r.Twin(roomName).Call("Flush")
		if here == nil || there == nil {
			return lesson.Lacks("Flush(), here and with room")
		}
		rows := append(tracer.Addresses(here), tracer.TwinAddresses(roomName, there)...)
		return lesson.If(here.Unfinished && !there.Unfinished, tracer.Reason{Rows: rows})
	},
}

var keepReader = tracer.Claim{
	ID:       "keep-reader",
	Sentence: "Better: a goroutine that reads it, for as long as the producer lives.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Twin(readerName).Call("Flush")
		if flush == nil {
			return lesson.Lacks("Flush() with a reader")
		}
		return lesson.If(!flush.Unfinished && flush.After.Undelivered() == 0, tracer.Reason{Rows: tracer.TwinAddresses(readerName, flush)})
	},
}

var keepEnds = tracer.Claim{
	ID:       "keep-ends",
	Sentence: "Flush() returns where every delivery report can get out of the client.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		if flush == nil {
			return lesson.Lacks("Flush()")
		}
		return lesson.If(!flush.Unfinished && flush.After.Undelivered() == 0, lesson.Rows(flush))
	},
}

// whatIsStuck asks what does not move any more.
var whatIsStuck = quiz.WhichHolds{
	ID:  "what-is-stuck",
	Ask: "The program hangs in Flush(). What is it that cannot go on?",
	Statements: []quiz.Statement{
		{Text: "A report on its way to the channel", Check: stuckReports.Check},
		{Text: "A message in the client's queue", Belief: "flush-hangs-on-messages",
			Check: stuck(func(s *tracer.State) int { return s.Queued + s.Batched }, "Messages in the client that were not sent: %d.")},
		{Text: "A request without an answer yet", Belief: "flush-waits-for-broker",
			Check: stuck(func(s *tracer.State) int { return s.InFlight }, "Messages in flight: %d.")},
		{Text: "A Flush() that has no time limit", Belief: "flush-keeps-no-limit",
			Check: func(r *tracer.Runs) tracer.Finding {
				flush := r.Main.Call("Flush")
				if flush == nil || len(flush.Event.Call.Args) == 0 {
					return lesson.Lacks("Flush()")
				}
				limit := flush.Event.Call.Args[0].Text
				return lesson.If(strings.HasPrefix(limit, "-"), lesson.Shown(tracer.Addresses(flush), "Flush() was given a limit: %s milliseconds.", limit))
			}},
	},
	Hints: [3]string{
		"Look at the last indented rows of the Process Table, and at what the program makes the channel with.",
		"Compare how many messages the Status Tracker has as queued, in flight and delivered in its last columns.",
		"A channel that is full makes whoever sends to it wait. Reports are sent to it by the client's goroutine, and by Flush().",
	},
}

// stuck holds that there were some of a kind when the record ended.
func stuck(of func(*tracer.State) int, text string) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		if flush == nil {
			return lesson.Lacks("Flush()")
		}
		n := of(&flush.After)
		return lesson.If(n > 0, lesson.Shown(tracer.Addresses(flush), text, n))
	}
}
