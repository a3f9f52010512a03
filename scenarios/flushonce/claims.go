package flushonce

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// sent are the run's Produce requests.
func sent(run *tracer.Run) tracer.Frames { return run.Whole().Requests("Produce") }

// bytes is how long the frames were on the wire.
func bytes(f tracer.Frames) int {
	n := 0
	for _, e := range f.Events {
		n += e.Frame.Bytes
	}
	return n
}

// atRisk is the largest number of messages that were in the program at one time
// without a delivery report: what a crash at that moment might have lost.
func atRisk(run *tracer.Run) int {
	most := 0
	for _, r := range run.Calls("Produce") {
		most = max(most, r.After.Undelivered())
	}
	return most
}

// waits are the calls of Flush() during which the broker answered.
func waits(run *tracer.Run) []*tracer.Row {
	var out []*tracer.Row
	for _, flush := range run.Calls("Flush") {
		if run.Whole().Inside(flush).Responses("Produce").Any() {
			out = append(out, flush)
		}
	}
	return out
}

var oneRequest = tracer.Claim{
	ID:       "one-request",
	Question: "How many requests carry the messages?",
	Sentence: "One: they wait together in the client's queue, until Flush() ends the waiting.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		f := sent(r.Main)
		if f.None() {
			return lesson.Lacks("Produce request")
		}
		return lesson.If(f.N() == 1 && r.Main.Before("Flush").Requests("Produce").None(),
			lesson.Shown(f.Rows(), "%s with %s, after %s of Flush().", lesson.Count(f.N(), "request"), lesson.Count(f.Records(), "record"), lesson.Count(len(r.Main.Calls("Flush")), "call")))
	},
}

var oneEach = tracer.Claim{
	ID:       "one-each",
	Question: "And with Flush() after each message?",
	Sentence: "One for each message: while Flush() waits, the client sends what is queued at once, whatever linger.ms says, and no other message is there yet.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return alone(r.Twin(eachName), eachName) },
}

var eachAlone = tracer.Claim{
	ID:       "each-alone",
	Question: "How many requests carry the messages?",
	Sentence: "One for each message: while Flush() waits, the client sends what is queued at once, whatever linger.ms says, and no other message is there yet.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return alone(r.Main, "") },
}

// alone holds that every request carried one record.
func alone(run *tracer.Run, twin string) tracer.Finding {
	f := sent(run)
	if f.None() {
		return lesson.Lacks("Produce request")
	}
	return lesson.If(f.N() == f.Records() && f.N() == len(run.Calls("Flush")),
		lesson.Shown(tracer.OfTwin(twin, f.Rows()), "%s with %s, after %s of Flush().", lesson.Count(f.N(), "request"), lesson.Count(f.Records(), "record"), lesson.Count(len(run.Calls("Flush")), "call")))
}

var moreBytes = tracer.Claim{
	ID:       "more-bytes",
	Question: "What do more requests cost?",
	Sentence: "More bytes for the same records: each request, and each batch in it, brings bytes of its own beside the records.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, each := sent(r.Main), sent(r.Twin(eachName))
		if here.None() || each.None() {
			return lesson.Lacks("Produce request, here and with Flush() after each message")
		}
		rows := append(here.Rows(), tracer.OfTwin(eachName, each.Rows())...)
		return lesson.If(here.Records() == each.Records() && bytes(each) > bytes(here),
			lesson.Shown(rows, "%s in %d bytes here, in %d bytes with Flush() after each message.", lesson.Count(here.Records(), "record"), bytes(here), bytes(each)))
	},
}

var moreWaits = tracer.Claim{
	ID:       "more-waits",
	Question: "And what does the program do meanwhile?",
	Sentence: "It stands still: each Flush() waits until the broker has answered, before the next message can be made.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, each := waits(r.Main), waits(r.Twin(eachName))
		if len(here) == 0 || len(each) == 0 {
			return lesson.Lacks("Flush() that waited for an answer, here and with Flush() after each message")
		}
		rows := append(tracer.Addresses(here...), tracer.TwinAddresses(eachName, each...)...)
		return lesson.If(len(each) > len(here),
			lesson.Shown(rows, "The program waited for an answer of the broker %s here, %s with Flush() after each message.", lesson.Count(len(here), "time"), lesson.Count(len(each), "time")))
	},
}

var eachWaits = tracer.Claim{
	ID:       "each-waits",
	Question: "What does the program do meanwhile?",
	Sentence: "It stands still: each Flush() waits until the broker has answered, before the next message can be made.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		each := waits(r.Main)
		if len(each) == 0 {
			return lesson.Lacks("Flush() that waited for an answer")
		}
		return lesson.If(len(each) == len(r.Main.Calls("Produce")) && atRisk(r.Main) == 1,
			lesson.Shown(tracer.Addresses(each...), "The broker answered during %d of %d calls of Flush(). At no time was more than %s in the client.", len(each), len(r.Main.Calls("Flush")), lesson.Count(atRisk(r.Main), "message")))
	},
}
