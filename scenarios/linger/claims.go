package linger

import (
	"fmt"
	"strings"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// readings are the Produce requests after the warm-up: what the lesson is
// about.
func readings(run *tracer.Run) tracer.Frames { return run.After("Flush").Requests("Produce") }

// byThemselves are those of them that left before the last Flush() was called.
func byThemselves(run *tracer.Run) tracer.Frames {
	return run.After("Flush").Before("Flush").Requests("Produce")
}

// sizes is how many records each request carried: "1, 1, 1".
func sizes(f tracer.Frames) string {
	var out []string
	for _, b := range f.Batches() {
		out = append(out, fmt.Sprint(b.Records))
	}
	return strings.Join(out, ", ")
}

var oneByOne = tracer.Claim{
	ID:       "one-by-one",
	Question: "Three readings, 200 ms apart: how many requests?",
	Sentence: "One for each: the wait of linger.ms is over long before the next reading comes.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := readings(r.Main)
		if sent.None() {
			return lesson.Lacks("Produce request after the warm-up")
		}
		early := byThemselves(r.Main)
		return lesson.If(sent.N() == sent.Records() && early.N() == sent.N(),
			lesson.Shown(sent.Rows(), "%s carried %s, so: %s. %d of them had left before the last Flush() was called.", lesson.Count(sent.N(), "request"), lesson.Count(sent.Records(), "record"), sizes(sent), early.N()))
	},
}

var waited = tracer.Claim{
	ID:       "waited",
	Question: "Three readings, 200 ms apart: how many requests?",
	Sentence: "One for all: the first reading still waits for company when Flush() comes, and Flush() sets the wait aside.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return oneRequest(r.Main, "") },
}

var together = tracer.Claim{
	ID:       "together",
	Question: "And with linger.ms=1000?",
	Sentence: "One request carries all three.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return oneRequest(r.Twin(longLinger), longLinger) },
}

// oneRequest holds that no request left before the last Flush(), and that one
// carried all.
func oneRequest(run *tracer.Run, twin string) tracer.Finding {
	sent := readings(run)
	if sent.None() {
		return lesson.Lacks("Produce request after the warm-up")
	}
	early := byThemselves(run)
	return lesson.If(sent.N() == 1 && early.None(),
		lesson.Shown(tracer.OfTwin(twin, sent.Rows()), "%s carried %s; %d had left before the last Flush() was called.", lesson.Count(sent.N(), "request"), lesson.Count(sent.Records(), "record"), early.N()))
}

var zeroIsNoFaster = tracer.Claim{
	ID:       "zero-is-no-different",
	Question: "Does linger.ms=0 send these readings in another way?",
	Sentence: "No: messages that come further apart than linger.ms travel alone either way.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, zero := readings(r.Main), readings(r.Twin(noLinger))
		if here.None() || zero.None() {
			return lesson.Lacks("Produce request after the warm-up, here or with linger.ms=0")
		}
		return lesson.If(sizes(here) == sizes(zero),
			lesson.Shown(append(here.Rows(), tracer.OfTwin(noLinger, zero.Rows())...), "Records in each request here: %s. With linger.ms=0: %s.", sizes(here), sizes(zero)))
	},
}

var mythCount = tracer.Claim{
	ID:       "myth-count",
	Sentence: "\"The client sends when it has collected enough messages.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := readings(r.Main)
		if len(sent.Batches()) == 0 {
			return lesson.Lacks("Produce request after the warm-up")
		}
		first := sent.Batches()[0].Records
		return lesson.If(first > 1,
			lesson.Shown(sent.Rows()[:1], "The first request left with %s: the wait was over, full or not.", lesson.Count(first, "record")),
			lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, batch.num.messages, batch.size", "A batch that is full leaves earlier; the limits are 10,000 messages and 1,000,000 bytes by default"))
	},
}

var mythFlushAlone = tracer.Claim{
	ID:       "myth-needs-flush",
	Sentence: "\"With linger.ms=1000 every message waits a second.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(longLinger)
		sent := readings(run)
		calls := run.Calls("Produce")
		if sent.None() || len(calls) == 0 {
			return lesson.Lacks("Produce request after the warm-up with linger.ms=1000")
		}
		const second = 1_000_000_000 // ns
		waitedFor := sent.Events[0].At - calls[len(calls)-1].Event.Call.Began
		return lesson.If(waitedFor >= second,
			lesson.Shown(tracer.OfTwin(longLinger, append(sent.Rows(), tracer.Addresses(calls[len(calls)-1])...)), "The last reading left sooner than a second after its Produce(): Flush() was called."))
	},
}

var keepClock = tracer.Claim{
	ID:       "keep-clock",
	Sentence: "linger.ms is how long the first message of a batch waits for others.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := readings(r.Main)
		if sent.None() {
			return lesson.Lacks("Produce request after the warm-up")
		}
		rows, apart := sent.Rows(), sent.N() > 1 && byThemselves(r.Main).N() == sent.N()
		if long := readings(r.Twin(longLinger)); long.Any() { // the same readings under a longer wait
			rows = append(rows, tracer.OfTwin(longLinger, long.Rows())...)
			apart = apart && long.N() == 1
		}
		return lesson.If(apart, tracer.Reason{Rows: rows})
	},
}

var keepFlush = tracer.Claim{
	ID:       "keep-flush",
	Sentence: "Flush() ends the wait: what is queued leaves at once.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		run, twin := r.Main, ""
		if r.Twin(longLinger) != nil {
			run, twin = r.Twin(longLinger), longLinger
		}
		f := oneRequest(run, twin)
		for i := range f.Because {
			f.Because[i].Text = ""
		}
		return f
	},
}
