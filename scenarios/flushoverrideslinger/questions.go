package flushoverrideslinger

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// held is a statement about both runs, with the rows of both.
func held(r *tracer.Runs, holds func(a, b *journey) bool, text string) tracer.Finding {
	a, b := journeyOf(r.Main, ""), journeyOf(r.Twin(awaitReportName), awaitReportName)
	if a == nil || b == nil {
		return lesson.Lacks(lacking)
	}
	return lesson.If(holds(a, b), lesson.Shown(append(a.rows(a.request), b.rows(b.request)...), "%s", text))
}

// leaving says in words when the requests of both runs left.
func leaving(r *tracer.Runs) string {
	a, b := journeyOf(r.Main, ""), journeyOf(r.Twin(awaitReportName), awaitReportName)
	if a == nil || b == nil {
		return ""
	}
	word := map[bool]string{true: "after", false: "before"}
	return "With Flush() the request left " + word[a.waitedOut(a.request)] + " linger.ms was over, without it " + word[b.waitedOut(b.request)] + "."
}

var inCommon = quiz.WhichHolds{
	ID:  "in-common",
	Ask: "What do the run with Flush() and the run await-report have in common?",
	Statements: []quiz.Statement{
		{Text: "Each sends its record in one request of its own", Belief: "every-message-alone", Check: same},
		{Text: "The request leaves before linger.ms is over", Belief: "linger-is-an-upper-limit", Check: func(r *tracer.Runs) tracer.Finding {
			return held(r, func(a, b *journey) bool { return !a.waitedOut(a.request) && !b.waitedOut(b.request) }, leaving(r))
		}},
		{Text: "The request leaves after linger.ms is over", Belief: "linger-holds-flush", Check: func(r *tracer.Runs) tracer.Finding {
			return held(r, func(a, b *journey) bool { return a.waitedOut(a.request) && b.waitedOut(b.request) }, leaving(r))
		}},
		{Text: "The request leaves before Produce() returns", Belief: "produce-sends", Check: func(r *tracer.Runs) tracer.Finding {
			return held(r, func(a, b *journey) bool {
				return a.produce.After.Requests > 0 && b.produce.After.Requests > 0
			}, "When Produce() had returned, no request had left in either run.")
		}},
	},
	Hints: [3]string{
		"Look at the Produce request in the Process Table, and at the twin run await-report below it.",
		"Compare the number of records and bytes of both requests, and the call under which each stands.",
		"linger.ms decides when the client closes a batch by itself; Flush() closes it now. Neither touches what is in it.",
	},
}

var whenItLeaves = quiz.WhichHolds{
	ID:  "when-it-leaves",
	Ask: "What lets the message leave in the run with Flush()?",
	Statements: []quiz.Statement{
		{Text: "Flush(): linger.ms does not count meanwhile", Belief: "call-does-the-work", Check: func(r *tracer.Runs) tracer.Finding {
			j := journeyOf(r.Main, "")
			if j == nil {
				return lesson.Lacks(lacking)
			}
			inside := r.Main.During("Flush").Requests("Produce")
			return lesson.If(inside.Any() && !j.waitedOut(j.request), lesson.Shown(inside.Rows(), "The request left while Flush() ran, before linger.ms was over."))
		}},
		{Text: "linger.ms: its time was over for the batch", Belief: "linger-holds-flush", Check: func(r *tracer.Runs) tracer.Finding {
			j := journeyOf(r.Main, "")
			if j == nil {
				return lesson.Lacks(lacking)
			}
			return lesson.If(j.waitedOut(j.request), lesson.Shown(j.rows(j.request), "linger.ms was not over when the request left."))
		}},
		{Text: "Its batch: it was full with all it can hold", Belief: "batch-must-be-full", Check: func(r *tracer.Runs) tracer.Finding {
			sent := r.Main.Whole().Requests("Produce")
			if sent.None() {
				return lesson.Lacks(lacking)
			}
			const full = 10_000 // batch.num.messages, where nobody sets it
			return lesson.If(sent.Records() >= full, lesson.Shown(sent.Rows(), "The batch had %s.", lesson.Count(sent.Records(), "record")),
				lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, batch.num.messages, batch.size", "A batch is full with 10,000 messages or 1,000,000 bytes, where nobody sets it"))
		}},
		{Text: "The exit: what is left leaves with the program", Belief: "exit-flushes", Check: func(r *tracer.Runs) tracer.Finding {
			end, request := r.Main.End(), r.Main.First(tracer.RowRequest)
			if end == nil || request == nil {
				return lesson.Lacks(lacking)
			}
			return lesson.If(request.Event.Seq > end.Event.Seq, lesson.Shown(tracer.Addresses(request, end), "The request was on the wire before the program ended."))
		}},
	},
	Hints: [3]string{
		"Look at the Produce request in the Process Table, and at the call above it.",
		"Compare the run with the twin run await-report, in which one call is missing.",
		"A batch leaves when its first message has waited linger.ms, when it is full, or when Flush() is called: whichever comes first.",
	},
}
