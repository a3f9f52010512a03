package flushoverrideslinger

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var mythWaits = tracer.Claim{
	ID:       "myth-waits",
	Sentence: "\"Flush() takes at least as long as linger.ms.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		j, flush := journeyOf(r.Main, ""), r.Main.Call("Flush")
		if j == nil || flush == nil || flush.Unfinished {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If(j.waitedOut(flush),
			lesson.Shown(j.rows(flush), "Flush() had returned %s before linger.ms was over.", lesson.Result(flush)),
			lesson.Cited("librdkafka v2.15.0, CHANGELOG.md, v1.8.0; confluentinc/librdkafka issue 3489", "It was so before librdkafka v1.8.0"))
	},
}

var mythNever = tracer.Claim{
	ID:       "myth-only-flush",
	Sentence: "\"With a long linger.ms the message leaves only if somebody calls Flush().\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check:    func(r *tracer.Runs) tracer.Finding { return needed(r.Twin(awaitReportName), awaitReportName) },
}

var mythNeeded = tracer.Claim{
	ID:       "myth-needed",
	Sentence: "\"A message that lingers needs a Flush() to leave.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check:    func(r *tracer.Runs) tracer.Finding { return needed(r.Main, "") },
}

// needed holds that nothing was delivered without Flush().
func needed(run *tracer.Run, twin string) tracer.Finding {
	l, report := run.Ledger(), run.First(tracer.RowReport)
	if run == nil || l.Produced == 0 || len(run.Calls("Flush")) > 0 {
		return lesson.Lacks("run without Flush()")
	}
	return lesson.If(l.Delivered == 0,
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(run.First(tracer.RowRequest), report)), "%d calls of Flush(), %d delivered: the client's own thread sends when the wait is over.", len(run.Calls("Flush")), l.Delivered))
}

// The sentences of the Concept Snapshot.

var keepFlush = tracer.Claim{
	ID:       "keep-flush",
	Sentence: "While Flush() runs, linger.ms does not count: what is queued leaves at once.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		j := journeyOf(r.Main, "")
		if j == nil {
			return lesson.Lacks(lacking)
		}
		inside := r.Main.During("Flush").Requests("Produce")
		return lesson.If(inside.Any() && !j.waitedOut(j.request), tracer.Reason{Rows: inside.Rows()})
	},
}

var keepLinger = tracer.Claim{
	ID:       "keep-linger",
	Sentence: "Without Flush() the client sends by itself when linger.ms is over.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		run, twin := r.Main, ""
		if r.Twin(awaitReportName) != nil {
			run, twin = r.Twin(awaitReportName), awaitReportName
		}
		return lesson.Bare(waits(run, twin))
	},
}

var keepSame = tracer.Claim{
	ID:       "keep-same",
	Sentence: "Flush() changes when messages leave, not what is sent.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		return lesson.Bare(same(r))
	},
}
