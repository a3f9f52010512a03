package flushoverrideslinger

import (
	"strconv"
	"time"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// journey is the way of the run's one message, as far as time is concerned.
type journey struct {
	produce, request *tracer.Row
	linger           int64 // ns
	name             string
}

// shortest is the linger.ms under which connecting may take longer than the
// wait, so that a run says nothing about it.
const shortest = 500 * time.Millisecond

// journeyOf is nil where the run does not tell: no request, or no wait to
// speak of.
func journeyOf(run *tracer.Run, twin string) *journey {
	ms, err := strconv.Atoi(lesson.Setting(run, "linger.ms"))
	j := journey{run.Call("Produce"), run.First(tracer.RowRequest), int64(ms) * int64(time.Millisecond), twin}
	if err != nil || j.linger < int64(shortest) || j.produce == nil || j.request == nil {
		return nil
	}
	return &j
}

// waitedOut tells whether linger.ms was over when the row's event happened.
func (j *journey) waitedOut(at *tracer.Row) bool {
	return at.Event.At-j.produce.Event.Call.Began >= j.linger
}

func (j *journey) rows(rows ...*tracer.Row) []string {
	return tracer.OfTwin(j.name, tracer.Addresses(rows...))
}

const lacking = "Produce request of a message that has at least half a second to wait"

var atOnce = tracer.Claim{
	ID:       "at-once",
	Question: "One message waits in the queue, and linger.ms is long. When does it leave?",
	Sentence: "When Flush() is called. linger.ms, the time a batch is kept open for more messages, does not count while Flush() runs.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		j, flush := journeyOf(r.Main, ""), r.Main.Call("Flush")
		if j == nil || flush == nil {
			return lesson.Lacks(lacking)
		}
		inside := r.Main.During("Flush").Requests("Produce")
		return lesson.If(inside.N() == 1 && !j.waitedOut(j.request),
			lesson.Shown(j.rows(j.produce), "When Produce() had returned, %s had left.", lesson.Count(j.produce.After.Requests, "request")),
			lesson.Shown(j.rows(j.request, flush), "%s left while Flush() ran, before linger.ms was over.", lesson.Count(inside.N(), "request")))
	},
}

var withoutFlush = tracer.Claim{
	ID:       "without-flush",
	Question: "And if the program does not call Flush(), but waits for the delivery report?",
	Sentence: "Then linger.ms runs to its end: only after it does the request leave.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return waits(r.Twin(awaitReportName), awaitReportName) },
}

var fullLinger = tracer.Claim{
	ID:       "full-linger",
	Question: "When does the request leave here?",
	Sentence: "When linger.ms is over: no more messages came, and nobody called Flush().",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return waits(r.Main, "") },
}

// waits holds that the request left after linger.ms, in a run without Flush().
func waits(run *tracer.Run, twin string) tracer.Finding {
	j := journeyOf(run, twin)
	if j == nil {
		return lesson.Lacks(lacking)
	}
	flushes := run.Calls("Flush")
	return lesson.If(j.waitedOut(j.request) && len(flushes) == 0,
		lesson.Shown(j.rows(j.produce, j.request), "%d calls of Flush(). The request left after linger.ms was over.", len(flushes)))
}

var sameMessage = tracer.Claim{
	ID:       "same-message",
	Question: "What else differs between the two runs?",
	Sentence: "Nothing of what is sent: the same request with the same record, delivered both times. Flush() only changes when it leaves.",
	Expect:   tracer.Confirmed,
	Check:    same,
}

// same holds that both runs sent the same and delivered the same.
func same(r *tracer.Runs) tracer.Finding {
	here, there := r.Main.Whole().Requests("Produce"), r.Twin(awaitReportName).Whole().Requests("Produce")
	if here.None() || there.None() {
		return lesson.Lacks("Produce request, here or without Flush()")
	}
	a, b := r.Main.Ledger(), r.Twin(awaitReportName).Ledger()
	return lesson.If(here.N() == there.N() && here.Records() == there.Records() && here.Events[0].Frame.Bytes == there.Events[0].Frame.Bytes && a.InLog == b.InLog && a.Delivered == b.Delivered,
		lesson.Shown(here.Rows(), "With Flush(): %s, %s, %d bytes, %d delivered.", lesson.Count(here.N(), "request"), lesson.Count(here.Records(), "record"), here.Events[0].Frame.Bytes, a.Delivered),
		lesson.Shown(tracer.OfTwin(awaitReportName, there.Rows()), "Without: %s, %s, %d bytes, %d delivered.", lesson.Count(there.N(), "request"), lesson.Count(there.Records(), "record"), there.Events[0].Frame.Bytes, b.Delivered))
}
