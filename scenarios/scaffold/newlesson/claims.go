package newlesson

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// The Key Moments: questions with answers, and a belief that a run refutes.
// tracer/query.go, tracer/window.go and scenarios/lesson/finding.go have the
// words of their predicates.

var arrives = tracer.Claim{
	ID:       "arrives",
	Question: "TODO(question): what a reader asks who sees this program?",
	Sentence: "TODO(answer): in one sentence that a run can refute.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding { // TODO(predicate): what must be so in the run for the sentence to hold
		request, report := r.Main.First(tracer.RowRequest), r.Main.First(tracer.RowReport)
		if request == nil || report == nil {
			return lesson.Lacks("delivery report")
		}
		l := r.Main.Ledger()
		return lesson.If(l.Delivered == l.Produced,
			lesson.Shown(tracer.Addresses(request, report), "%s produced, %d delivered.", lesson.Count(l.Produced, "message"), l.Delivered))
	},
}

var lostWithout = tracer.Claim{
	ID:       "lost-without",
	Question: "TODO(question-of-the-variant): what becomes of it if one thing is changed?",
	Sentence: "TODO(answer-of-the-variant): in one sentence that the variant's run can refute.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lost(r.Twin(noFlushName), noFlushName) },
}

var lostHere = tracer.Claim{
	ID:       "lost-here",
	Question: "TODO(question-on-the-variant-page): what a reader asks who sees the variant?",
	Sentence: "TODO(answer-on-the-variant-page): in one sentence that its run can refute.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lost(r.Main, "") },
}

// lost holds that every message of the run is gone at its end.
func lost(run *tracer.Run, twin string) tracer.Finding {
	produce, end := run.Call("Produce"), run.End()
	if produce == nil || end == nil {
		return lesson.Lacks("run without Flush()")
	}
	l := run.Ledger()
	return lesson.If(l.Lost == l.Produced,
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(produce, end)), "%d produced, %d lost at exit.", l.Produced, l.Lost))
}

var mythBelief = tracer.Claim{
	ID:       "myth-belief",
	Sentence: "\"TODO(belief): what people believe of this program, and a run refutes.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		produce := r.Main.Call("Produce")
		if produce == nil {
			return lesson.Lacks("Produce()")
		}
		return lesson.If(produce.After.Delivered > 0,
			lesson.Shown(tracer.Addresses(produce), "When Produce() had returned, %d was delivered.", produce.After.Delivered))
	},
}

// The sentences of the Concept Snapshot: what to keep of the lesson.

var keepArrives = tracer.Claim{
	ID:       "keep-arrives",
	Sentence: "TODO(sentence-to-keep): what to remember of the lesson.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(arrives.Check(r)) },
}

var keepLost = tracer.Claim{
	ID:       "keep-lost",
	Sentence: "TODO(sentence-to-keep-of-the-variant): what to remember of the variant.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(lost(r.Main, "")) },
}
