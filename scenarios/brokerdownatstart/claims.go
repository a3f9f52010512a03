package brokerdownatstart

import (
	"strconv"
	"time"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var made = tracer.Claim{
	ID:       "made",
	Question: "No broker can be reached. What does NewProducer() return?",
	Sentence: "A producer, and no error. It starts the client's threads and waits for no broker.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		call, down := r.Main.Call("NewProducer"), r.Main.First(tracer.RowFault)
		if call == nil || down == nil {
			return lesson.Lacks("NewProducer() with the broker down")
		}
		return lesson.If(call.Event.Call.Error == nil && call.After.Up == 0,
			lesson.Shown(tracer.Addresses(call, down), "It returned no error, with %d connections up.", call.After.Up))
	},
}

var accepted = tracer.Claim{
	ID:       "accepted",
	Question: "What do Produce() and Flush(500) do meanwhile?",
	Sentence: "Produce() takes the message into the queue as always. Flush(500) waits its time and returns 1: the message is still there.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		produce, flush := r.Main.Call("Produce"), r.Main.Call("Flush")
		if produce == nil || flush == nil || flush.Unfinished {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If(produce.Event.Call.Error == nil && lesson.Result(flush) == "1" && flush.After.Queued == 1 && flush.After.Requests == 0,
			lesson.Shown(tracer.Addresses(produce, flush), "Produce() returned no error. Flush() returned %s with %d queued, %d failed and %d Produce requests sent.", lesson.Result(flush), flush.After.Queued, flush.After.Failed, flush.After.Requests))
	},
}

var told = tracer.Claim{
	ID:       "told",
	Question: "Is the program told that no broker can be reached?",
	Sentence: "Yes, by an event on Events(): all brokers are down. It concerns no message; none has failed.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		line, text := lesson.Line(r.Main, "all brokers down: ")
		flush := r.Main.Call("Flush")
		if line == nil || flush == nil {
			return lesson.Lacks("line on the events that the program read")
		}
		return lesson.If(text == "true" && flush.After.Failed == 0,
			lesson.Shown(tracer.Addresses(flush, line), "The program had read ErrAllBrokersDown (it prints %s), and %d messages had failed.", text, flush.After.Failed),
			lesson.Cited("librdkafka v2.15.0, src/rdkafka.h, rd_kafka_conf_set_error_cb", "Such errors are informational: the client tries to recover by itself"))
	},
}

var recovers = tracer.Claim{
	ID:       "recovers",
	Question: "What must the program do when the broker is there?",
	Sentence: "Nothing. The client has been trying to connect all the time; it sends what is queued and reports it delivered.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		calls, l := r.Main.Calls("Flush"), r.Main.Ledger()
		if len(calls) < 2 {
			return lesson.Lacks("second Flush()")
		}
		sent := r.Main.Whole().Requests("Produce")
		return lesson.If(l.Delivered == 1 && sent.N() == 1 && len(r.Main.Calls("Produce")) == 1,
			lesson.Shown(append(sent.Rows(), tracer.Addresses(r.Main.First(tracer.RowReport), calls[1])...), "There was %s of Produce() in all. After the broker had come there was %s, and %d delivered.", lesson.Count(len(r.Main.Calls("Produce")), "call"), lesson.Count(sent.N(), "Produce request"), l.Delivered))
	},
}

var neverComes = tracer.Claim{
	ID:       "never-comes",
	Question: "And if no broker comes?",
	Sentence: "After message.timeout.ms the client gives the message up, and its report says so.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return over(r.Twin(neverUp), neverUp) },
}

var timedOut = tracer.Claim{
	ID:       "timed-out",
	Question: "What became of the message?",
	Sentence: "After message.timeout.ms the client gave it up, and its report says so.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return over(r.Main, "") },
}

// over holds that the message failed without having been sent.
func over(run *tracer.Run, twin string) tracer.Finding {
	line, text := lesson.Line(run, "report: ")
	report, l := run.First(tracer.RowReport), run.Ledger()
	if line == nil || report == nil {
		return lesson.Lacks("report of a message that no broker took")
	}
	return lesson.If(l.Failed == 1 && report.Event.Kind == tracer.TimedOut && hadItsTime(run, report) && run.Whole().Requests("Produce").None(),
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(report, line)), "The report says %q. Produce requests sent: %d.", text, run.Whole().Requests("Produce").N()),
		lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, message.timeout.ms", "The default is 300,000 ms; 0 stands for no limit"),
		lesson.Cited("librdkafka v2.15.0, src/rdkafka.c, rd_kafka_1s_tmr_cb", "Messages that have no partition yet are looked through once a second, so that one may live up to a second longer"))
}

// hadItsTime tells whether message.timeout.ms was over, counted from Produce(),
// when the report came.
func hadItsTime(run *tracer.Run, report *tracer.Row) bool {
	produce := run.Call("Produce")
	ms, err := strconv.Atoi(lesson.Setting(run, "message.timeout.ms"))
	return err == nil && produce != nil && report.Event.At-produce.Event.Call.Began >= int64(ms)*int64(time.Millisecond)
}

var mythFails = tracer.Claim{
	ID:       "myth-fails",
	Sentence: "\"If the broker is down, NewProducer() or Produce() returns an error.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		made, produce := r.Main.Call("NewProducer"), r.Main.Call("Produce")
		if made == nil || produce == nil {
			return lesson.Lacks("NewProducer() and Produce()")
		}
		return lesson.If(made.Event.Call.Error != nil || produce.Event.Call.Error != nil,
			lesson.Shown(tracer.Addresses(made, produce), "Neither did: one starts the client, the other fills its queue. Neither waits for a broker."))
	},
}

var mythLost = tracer.Claim{
	ID:       "myth-lost",
	Sentence: "\"ErrAllBrokersDown means that the messages are lost.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		line, text := lesson.Line(r.Main, "all brokers down: ")
		l := r.Main.Ledger()
		if text != "true" {
			return lesson.Lacks("ErrAllBrokersDown that the program read")
		}
		return lesson.If(l.Delivered == 0,
			lesson.Shown(tracer.Addresses(line, r.Main.First(tracer.RowReport)), "The program had read it, and later %d of %d was delivered.", l.Delivered, l.Produced))
	},
}

var keepNoError = tracer.Claim{
	ID:       "keep-no-error",
	Sentence: "NewProducer() and Produce() do not fail when no broker can be reached: the client queues, and tries to connect.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		made, produce, flush := r.Main.Call("NewProducer"), r.Main.Call("Produce"), r.Main.Call("Flush")
		if made == nil || produce == nil || flush == nil {
			return lesson.Lacks("NewProducer(), Produce() and Flush()")
		}
		return lesson.If(made.Event.Call.Error == nil && produce.Event.Call.Error == nil && flush.After.Queued == 1, lesson.Rows(made, produce, flush))
	},
}

var keepInformational = tracer.Claim{
	ID:       "keep-informational",
	Sentence: "Errors on Events() tell how the client is doing. What becomes of a message, its report tells.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		line, text := lesson.Line(r.Main, "all brokers down: ")
		report, _ := lesson.Line(r.Main, "report: <nil>")
		return lesson.If(text == "true" && report != nil, lesson.Rows(line, report))
	},
}

var keepLimit = tracer.Claim{
	ID:       "keep-limit",
	Sentence: "message.timeout.ms is how long a message may wait for a broker; then it has failed.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(neverUp)
		report := run.First(tracer.RowReport)
		if report == nil {
			return lesson.Lacks("twin in which no broker comes")
		}
		return lesson.If(report.Event.Kind == tracer.TimedOut && hadItsTime(run, report), tracer.Reason{Rows: tracer.TwinAddresses(neverUp, report)})
	},
}

// whatIfNeverUp is the question what becomes of the message if no broker comes,
// in words that say so.
func whatIfNeverUp(r *tracer.Runs) (quiz.Question, error) {
	q, err := quiz.WhatIf(neverUp)(r)
	q.Prompt = "No broker ever comes, and message.timeout.ms is short (variant " + neverUp + "). What becomes of the message?"
	return q, err
}

var whatOfEvent = quiz.WhichHolds{
	ID:  "what-of-event",
	Ask: "The program reads ErrAllBrokersDown from Events(). What does that say of its message?",
	Statements: []quiz.Statement{
		{Text: "Nothing final: it waits, and it is delivered later on", Belief: "", Check: mythRefuted},
		{Text: "It has failed: a report with this error is the next", Belief: "error-event-is-a-report", Check: func(r *tracer.Runs) tracer.Finding {
			return reported(r.Main, func(l tracer.Ledger) bool { return l.Failed == 1 })
		}},
		{Text: "It is lost: neither a report nor a record will come", Belief: "down-means-lost", Check: func(r *tracer.Runs) tracer.Finding {
			return reported(r.Main, func(l tracer.Ledger) bool { return l.Lost == 1 })
		}},
		{Text: "It must be produced again when the broker is back", Belief: "repeat-what-is-queued", Check: func(r *tracer.Runs) tracer.Finding {
			calls := r.Main.Calls("Produce")
			if len(calls) == 0 {
				return lesson.Lacks("Produce()")
			}
			return lesson.If(len(calls) > 1, lesson.Shown(tracer.Addresses(append(calls, r.Main.First(tracer.RowReport))...), "There was %s of Produce(), and the message was delivered.", lesson.Count(len(calls), "call")))
		}},
	},
	Hints: [3]string{
		"Look at what the program prints, and at the rows under the second Flush().",
		"Compare the Message Ledger with the order in which the program learned of things.",
		"An error on Events() is about the client and its connections. A message has ended when its own report is out.",
	},
}

// mythRefuted holds that the event was read and the message delivered.
func mythRefuted(r *tracer.Runs) tracer.Finding {
	f := mythLost.Check(r)
	switch f.Verdict {
	case tracer.Refuted:
		f.Verdict = tracer.Confirmed
	case tracer.Confirmed:
		f.Verdict = tracer.Refuted
	}
	return f
}

// reported holds something of the run's account.
func reported(run *tracer.Run, ok func(tracer.Ledger) bool) tracer.Finding {
	report, l := run.First(tracer.RowReport), run.Ledger()
	if report == nil {
		return lesson.Lacks("delivery report")
	}
	return lesson.If(ok(l), lesson.Shown(tracer.Addresses(report), "Its report says: delivered %d, failed %d.", l.Delivered, l.Failed))
}
