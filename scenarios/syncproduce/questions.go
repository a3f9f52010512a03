package syncproduce

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var readings = []quiz.Reading{
	{Says: "all travel as one", Belief: "messages-always-batched", Count: quiz.Exactly(1)},
	{Says: "each message alone", Belief: "every-message-alone", Count: quiz.Exactly(3)},
	{Says: "only Flush() sends", Belief: "only-flush-sends", Count: quiz.Exactly(0)},
	{Says: "the last one waits", Belief: "last-one-waits", Count: quiz.Exactly(2)},
}

var howMany = quiz.HowMany{
	ID:    "requests",
	Ask:   "How many Produce requests carry the messages?",
	Of:    quiz.Reading{Says: "some travel together", Count: func(r *tracer.Runs) (int, []string) { f := sent(r.Main); return f.N(), f.Rows() }},
	Same:  true,
	Other: readings,
	Hints: [3]string{
		"Look at the rows that are indented under the calls in the Process Table.",
		"Compare how many messages are queued in client when a batch is built with how many the program has made so far.",
		"A request carries what is in the queue when it leaves. What the program has not produced by then cannot be in it.",
	},
}

var howManyAsync = quiz.HowMany{
	ID:  "requests-async",
	Ask: "The program produces all messages first and then waits for the reports. How many Produce requests carry them?",
	Of: quiz.Reading{Says: "some travel together", Count: func(r *tracer.Runs) (int, []string) {
		f := sent(r.Twin(asyncName))
		return f.N(), tracer.OfTwin(asyncName, f.Rows())
	}},
	Same:  true,
	Other: readings,
	Hints: [3]string{
		"Look at the rows of the twin run async: kstep run sync-produce --variant async shows them.",
		"Compare how many messages are queued in client there before the batch is built.",
		"A request carries what is in the queue when it leaves. What the program has not produced by then cannot be in it.",
	},
}

// whatLingerChanges asks what linger.ms=50 does for a synchronous producer.
var whatLingerChanges = quiz.WhichHolds{
	ID:  "what-linger-changes",
	Ask: "What does linger.ms=50 change for this program?",
	Statements: []quiz.Statement{
		{
			Text: "Each message leaves sooner",
			Check: func(r *tracer.Runs) tracer.Finding {
				f := shorterLinger.Check(r)
				for i := range f.Because {
					f.Because[i].Text = "None had to wait as long. " + f.Because[i].Text
				}
				return f
			},
		},
		{
			Text: "Fewer requests are sent", Belief: "linger-sets-requests",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, zero := sent(r.Main), sent(r.Twin(shortLinger))
				if here.None() || zero.None() {
					return lesson.Lacks("Produce request in both runs")
				}
				return lesson.If(zero.N() < here.N(),
					lesson.Shown(append(here.Rows(), tracer.OfTwin(shortLinger, zero.Rows())...), "%s here, %s with linger.ms=50.", lesson.Count(here.N(), "request"), lesson.Count(zero.N(), "request")))
			},
		},
		{
			Text: "Records share a request", Belief: "messages-always-batched",
			Check: func(r *tracer.Runs) tracer.Finding {
				zero := sent(r.Twin(shortLinger))
				if zero.None() {
					return lesson.Lacks("Produce request with linger.ms=50")
				}
				return lesson.If(zero.Records() > zero.N(),
					lesson.Shown(tracer.OfTwin(shortLinger, zero.Rows()), "%s with %s.", lesson.Count(zero.N(), "request"), lesson.Count(zero.Records(), "record")))
			},
		},
		{
			Text: "More of the messages arrive", Belief: "linger-loses-messages",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, zero := r.Main.Ledger(), r.Twin(shortLinger).Ledger()
				a, b := r.Main.End(), r.Twin(shortLinger).End()
				if a == nil || b == nil {
					return lesson.Lacks("end of both programs")
				}
				return lesson.If(zero.InLog > here.InLog,
					lesson.Shown(append(tracer.Addresses(a), tracer.TwinAddresses(shortLinger, b)...), "The log holds %d here, %d with linger.ms=50.", here.InLog, zero.InLog))
			},
		},
	},
	Hints: [3]string{
		"Look at the rows indented under the calls of Produce(), here and in the twin run linger-50.",
		"Compare the number of requests and of records in them in the two runs.",
		"linger.ms is how long a batch stays open for others. It decides when a request leaves; what is in it depends on what was produced until then.",
	},
}
