package syncproduce

import (
	"strconv"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// sent are the run's Produce requests.
func sent(run *tracer.Run) tracer.Frames { return run.Whole().Requests("Produce") }

// linger is the run's linger.ms: as it was set for the run, as the program has
// it, or the default (librdkafka v2.15.0, CONFIGURATION.md).
func linger(run *tracer.Run) int64 {
	const key = "linger.ms"
	for _, s := range run.Trace.Header.Settings {
		if n, err := strconv.ParseInt(s.Value, 10, 64); s.Key == key && err == nil {
			return n
		}
	}
	if made := run.Call("NewProducer"); made != nil {
		for _, a := range made.Event.Call.Args {
			if n, err := strconv.ParseInt(a.Text, 10, 64); a.Name == key && err == nil {
				return n
			}
		}
	}
	return 5
}

// wait is the shortest time, in ns, from a call of Produce() to the request that
// was next on the wire: linger.ms is its lower bound, and what is above that is
// the machine's. ok is false where a call has no request of its own.
func wait(run *tracer.Run) (shortest int64, ok bool) {
	calls, f := run.Calls("Produce"), sent(run)
	if len(calls) == 0 || len(calls) != f.N() {
		return 0, false
	}
	for i, call := range calls {
		d := f.Events[i].At - call.Event.Call.Began
		if i == 0 || d < shortest {
			shortest = d
		}
	}
	return shortest, true
}

const ms = 1_000_000 // ns

var oneEach = tracer.Claim{
	ID:       "one-each",
	Question: "Each message waits for the report of the one before. How many requests?",
	Sentence: "One for each message: while the program waits it makes no other message that could share the request.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		f, calls := sent(r.Main), r.Main.Calls("Produce")
		if f.None() {
			return lesson.Lacks("Produce request")
		}
		most := 0
		for _, c := range calls {
			most = max(most, c.After.Undelivered())
		}
		return lesson.If(f.N() == f.Records() && most == 1,
			lesson.Shown(f.Rows(), "%s with %s. At no time was more than %s in the client.", lesson.Count(f.N(), "request"), lesson.Count(f.Records(), "record"), lesson.Count(most, "message")))
	},
}

var lingerPaid = tracer.Claim{
	ID:       "linger-paid",
	Question: "What does each message wait for?",
	Sentence: "For linger.ms to be over: the client hopes for more messages, and none can come.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		shortest, ok := wait(r.Main)
		if !ok {
			return lesson.Lacks("Produce request for each message")
		}
		n := linger(r.Main)
		rows := append(tracer.Addresses(r.Main.Calls("Produce")...), sent(r.Main).Rows()...)
		return lesson.If(n > 0 && shortest >= n*ms,
			lesson.Shown(rows, "linger.ms is %d. None of the %s left sooner than that after its Produce().", n, lesson.Count(sent(r.Main).Records(), "message")))
	},
}

var shorterLinger = tracer.Claim{
	ID:       "shorter-linger",
	Question: "And with linger.ms=50?",
	Sentence: "They leave sooner. Each still travels alone.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		twin := r.Twin(shortLinger)
		shortest, ok := wait(twin)
		if !ok {
			return lesson.Lacks("Produce request for each message with linger.ms=50")
		}
		rows := append(tracer.Addresses(twin.Calls("Produce")...), sent(twin).Rows()...)
		return lesson.If(shortest < linger(r.Main)*ms && sent(twin).N() == sent(twin).Records(),
			lesson.Shown(tracer.OfTwin(shortLinger, rows), "With linger.ms=%d: %s with %s. The quickest left less than %d ms after its Produce().", linger(twin), lesson.Count(sent(twin).N(), "request"), lesson.Count(sent(twin).Records(), "record"), linger(r.Main)))
	},
}

var asyncOne = tracer.Claim{
	ID:       "async-one",
	Question: "And if the program produces all messages first, and waits for the reports then?",
	Sentence: "They share a request, and linger.ms is waited for once at most.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return together(r.Twin(asyncName), asyncName) },
}

var oneForAll = tracer.Claim{
	ID:       "one-for-all",
	Question: "How many requests carry the messages?",
	Sentence: "One: they are all in the client's queue before the program waits.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return together(r.Main, "") },
}

// together holds that one request carried all messages, and all were delivered.
func together(run *tracer.Run, twin string) tracer.Finding {
	f, l := sent(run), run.Ledger()
	if f.None() {
		return lesson.Lacks("Produce request")
	}
	return lesson.If(f.N() == 1 && l.Delivered == l.Produced,
		lesson.Shown(tracer.OfTwin(twin, append(f.Rows(), tracer.Addresses(run.Of(tracer.RowReport)...)...)), "%s with %s: %d of %d delivered.", lesson.Count(f.N(), "request"), lesson.Count(f.Records(), "record"), l.Delivered, l.Produced))
}

var knowsEach = tracer.Claim{
	ID:       "knows-each",
	Question: "What is the waiting good for?",
	Sentence: "The program knows what became of a message before it makes the next one: it can stop, or answer whoever sent it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		calls := r.Main.Calls("Produce")
		if len(calls) < 2 {
			return lesson.Lacks("second Produce()")
		}
		var rows []string
		known := true
		for _, c := range calls[1:] {
			known = known && c.Before.Delivered+c.Before.Failed == c.Before.Produced
			rows = append(rows, c.Address)
		}
		return lesson.If(known, lesson.Shown(rows, "Whenever Produce() was called again, every message before it had its report."))
	},
}

// The myths.

var producesWait = tracer.Claim{
	ID:       "myth-produce-waits",
	Sentence: "\"With a delivery channel Produce() waits for the broker.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		calls, f := r.Main.Calls("Produce"), sent(r.Main)
		if len(calls) == 0 || len(calls) != f.N() {
			return lesson.Lacks("Produce request for each message")
		}
		early := 0
		for i, c := range calls {
			if c.Event.At < f.Events[i].At {
				early++
			}
		}
		return lesson.If(early < len(calls),
			lesson.Shown(append(tracer.Addresses(calls...), f.Rows()...), "%d of %d calls had returned before their message was on the wire. What waits is the program, on the channel.", early, len(calls)))
	},
}

var asGood = tracer.Claim{
	ID:       "myth-small-linger",
	Sentence: "\"With a small linger.ms a synchronous producer does as well as an asynchronous one.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		zero, async := sent(r.Twin(shortLinger)), sent(r.Twin(asyncName))
		if zero.None() || async.None() {
			return lesson.Lacks("Produce request, with linger.ms=50 and asynchronous")
		}
		rows := append(tracer.OfTwin(shortLinger, zero.Rows()), tracer.OfTwin(asyncName, async.Rows())...)
		return lesson.If(zero.N() <= async.N(),
			lesson.Shown(rows, "%s with linger.ms=50, %s where the program does not wait in between. Each is a way to the broker and back that the program waits for.", lesson.Count(zero.N(), "request"), lesson.Count(async.N(), "request")))
	},
}

// The sentences of the Concept Snapshot.

var keepSync = tracer.Claim{
	ID:       "keep-sync",
	Sentence: "Waiting for each report costs every message a request of its own, linger.ms, and a way to the broker and back.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		shortest, ok := wait(r.Main)
		if !ok {
			return lesson.Lacks("Produce request for each message")
		}
		return lesson.If(shortest >= linger(r.Main)*ms, tracer.Reason{Rows: sent(r.Main).Rows()})
	},
}

var keepAsync = tracer.Claim{
	ID:       "keep-async",
	Sentence: "Produce on, and read the reports apart from it: messages share requests, and every report is still read.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		twin := r.Twin(asyncName)
		f := lesson.Bare(together(twin, asyncName))
		// The program prints a line for each report that it has read.
		if f.Verdict == tracer.Confirmed && len(twin.Of(tracer.RowPrinted)) != twin.Ledger().Produced {
			f.Verdict = tracer.Refuted
		}
		return f
	},
}

var keepTogether = tracer.Claim{
	ID:       "keep-together",
	Sentence: "Messages that are produced before the program waits share a request.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(together(r.Main, "")) },
}

var keepAlone = tracer.Claim{
	ID:       "keep-alone",
	Sentence: "A smaller linger.ms shortens the wait for other messages; a synchronous send still travels alone.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		f := sent(r.Main)
		if f.None() {
			return lesson.Lacks("Produce request")
		}
		return lesson.If(f.N() == f.Records() && f.N() > 1, tracer.Reason{Rows: f.Rows()})
	},
}
