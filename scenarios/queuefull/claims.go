package queuefull

import (
	"strconv"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// refusals are the calls of Produce() that returned an error.
func refusals(run *tracer.Run) []*tracer.Row {
	var out []*tracer.Row
	for _, r := range run.Calls("Produce") {
		if !r.Unfinished && r.Event.Call.Error != nil {
			out = append(out, r)
		}
	}
	return out
}

// records are how many copies of the message that a refused call held the
// broker's log has: of messages with the same value.
func records(run *tracer.Run, refused *tracer.Row) int {
	n := 0
	for i := range run.Trace.Events {
		e := &run.Trace.Events[i]
		if e.Kind == tracer.Logged && e.Record.Value != nil && refused.Message().Value != nil && e.Record.Value.Text == refused.Message().Value.Text {
			n += max(1, e.Record.Count)
		}
	}
	return n
}

// clientsOwn tells whether an error code is one that the client makes itself:
// librdkafka keeps the numbers between -200 and -100 for them.
func clientsOwn(code int) bool { return code > -200 && code < -100 }

const lackingRefusal = "Produce() that was refused"

var whoRefuses = tracer.Claim{
	ID:       "who-refuses",
	Question: "Who says \"Queue full\": the broker or the client?",
	Sentence: "The client. Its own queue holds as many messages as it may. No broker has had a part in it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		refused := refusals(r.Main)
		if len(refused) == 0 {
			return lesson.Lacks(lackingRefusal)
		}
		c := refused[0]
		sent := r.Main.Whole().BeforeRow(c).Requests("Produce")
		return lesson.If(sent.None() && clientsOwn(c.Event.Call.Error.Code),
			lesson.Shown(tracer.Addresses(c), "Produce() returned %q. %s had left by then.", c.Event.Call.Error.Text, lesson.Count(sent.N(), "Produce request")),
			lesson.Cited("librdkafka v2.15.0, src/rdkafka.h, rd_kafka_resp_err_t; src/rdkafka.c, rd_kafka_err_descs", "Errors whose text begins with Local are the client's own"))
	},
}

var whatIsFull = tracer.Claim{
	ID:       "what-is-full",
	Question: "How many messages were in the queue when it was full?",
	Sentence: "As many as queue.buffering.max.messages allows. The refused one is not among them.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		refused := refusals(r.Main)
		if len(refused) == 0 {
			return lesson.Lacks(lackingRefusal)
		}
		c, limit := refused[0], lesson.Setting(r.Main, "queue.buffering.max.messages")
		return lesson.If(strconv.Itoa(c.After.Queued) == limit && c.Before.Queued == c.After.Queued,
			lesson.Shown(tracer.Addresses(c), "The limit is %s; before the call %d were queued, and after it %d.", limit, c.Before.Queued, c.After.Queued))
	},
}

var roomAgain = tracer.Claim{
	ID:       "room-again",
	Question: "What does the program have to do?",
	Sentence: "Wait until messages have got their delivery reports, which gives their room back, then call Produce() again.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		refused, flush := refusals(r.Main), r.Main.Call("Flush")
		if len(refused) == 0 || flush == nil {
			return lesson.Lacks("Flush() after a Produce() that was refused")
		}
		again := r.Main.After("Flush").Calls("Produce")
		if len(again) == 0 {
			return lesson.Lacks("second Produce() of the refused message")
		}
		return lesson.If(flush.After.Undelivered() == 0 && again[0].Event.Call.Error == nil && records(r.Main, refused[0]) == 1,
			lesson.Shown(tracer.Addresses(flush), "When Flush() returned, %d were queued and %d delivered.", flush.After.Queued, flush.After.Delivered),
			lesson.Shown(tracer.Addresses(again[0]), "Then Produce() took the message; the broker's log holds it once."))
	},
}

var withoutRetry = tracer.Claim{
	ID:       "without-retry",
	Question: "And if the program prints the error and goes on?",
	Sentence: "The refused message is never sent. No delivery report says so: Produce() was the only one to tell.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return gone(r.Twin(noRetryName), noRetryName) },
}

var refusedIsGone = tracer.Claim{
	ID:       "refused-is-gone",
	Question: "What becomes of the message that was refused?",
	Sentence: "It is never sent, and no delivery report says so: Produce() was the only one to tell.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return gone(r.Main, "") },
}

// gone holds that the log lacks what was refused, while all else arrived.
func gone(run *tracer.Run, twin string) tracer.Finding {
	refused, l := refusals(run), run.Ledger()
	if len(refused) == 0 || !l.LogWasRead {
		return lesson.Lacks(lackingRefusal)
	}
	return lesson.If(records(run, refused[0]) == 0 && l.Delivered == l.Produced && l.InLog == l.Produced,
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(refused[0], run.First(tracer.RowReport), run.End())), "%d refused, %d accepted, %d delivery reports. The broker's log holds the refused message %d times.", l.Refused, l.Produced, l.Delivered, records(run, refused[0])))
}

var nothingRefused = tracer.Claim{
	ID:       "nothing-refused",
	Question: "What changes with room for one more?",
	Sentence: "Nothing is refused: one call of Produce() for each message, and all leave together.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		calls, sent := r.Main.Calls("Produce"), r.Main.Whole().Requests("Produce")
		if len(calls) == 0 || sent.None() {
			return lesson.Lacks("Produce request")
		}
		l := r.Main.Ledger()
		return lesson.If(l.Refused == 0 && len(calls) == l.Produced && sent.N() == 1,
			lesson.Shown(append(tracer.Addresses(calls...), sent.Rows()...), "%d calls, %d refused; %s with %s.", len(calls), l.Refused, lesson.Count(sent.N(), "request"), lesson.Count(sent.Records(), "record")))
	},
}
