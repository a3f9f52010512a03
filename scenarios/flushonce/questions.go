package flushonce

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var rule = "A batch leaves when its first message has waited linger.ms, when it is full, or when Flush() is called: whichever comes first."

var howMany = quiz.HowMany{
	ID:    "requests",
	Ask:   "How many Produce requests carry the messages?",
	Of:    quiz.Reading{Says: "some travel together", Count: func(r *tracer.Runs) (int, []string) { f := sent(r.Main); return f.N(), f.Rows() }},
	Same:  true,
	Other: readings,
	Hints: [3]string{
		"Look at the rows Produce request in the Process Table, and at which call each of them stands under.",
		"Compare what is queued in client before and after each Flush().",
		rule,
	},
}

var howManyEach = quiz.HowMany{
	ID:  "requests-flush-each",
	Ask: "The program flushes after each message. How many Produce requests carry the messages?",
	Of: quiz.Reading{Says: "some travel together", Count: func(r *tracer.Runs) (int, []string) {
		f := sent(r.Twin(eachName))
		return f.N(), tracer.OfTwin(eachName, f.Rows())
	}},
	Same:  true,
	Other: readings,
	Hints: [3]string{
		"Look at the rows of the twin run flush-each: kstep run flush-once --variant flush-each shows them.",
		"Compare what is queued in client before and after each Flush() there.",
		rule,
	},
}

var readings = []quiz.Reading{
	{Says: "all travel as one", Belief: "flush-in-between-is-idle", Count: quiz.Exactly(1)},
	{Says: "each message alone", Belief: "every-message-alone", Count: quiz.Exactly(5)},
	{Says: "linger.ms holds them", Belief: "linger-holds-flush", Count: quiz.Exactly(0)},
	{Says: "and one to make sure", Belief: "flush-asks-the-broker", Count: quiz.Exactly(6)},
}

// whatChanges asks for what the calls of Flush() in between change.
var whatChanges = quiz.WhichHolds{
	ID:  "what-changes",
	Ask: "Flush() after each message makes more requests. What else does it change, compared with one at the end?",
	Statements: []quiz.Statement{
		{
			Text: "More bytes on the wire in all",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, each := sent(r.Main), sent(r.Twin(eachName))
				if here.None() || each.None() {
					return lesson.Lacks("Produce request in both runs")
				}
				return lesson.If(bytes(each) > bytes(here) && each.Records() == here.Records(),
					lesson.Shown(append(here.Rows(), tracer.OfTwin(eachName, each.Rows())...), "The Produce requests are %d bytes here, %d there, with %s in both.", bytes(here), bytes(each), lesson.Count(here.Records(), "record")))
			},
		},
		{
			Text: "More records in the broker's log", Belief: "flushing-more-delivers-more",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, each, rows, ok := both(r)
				if !ok {
					return lesson.Lacks("run of both programs to their end")
				}
				return lesson.If(each.Records > here.Records, lesson.Shown(rows, "The log holds %d records here, %d there.", here.Records, each.Records))
			},
		},
		{
			Text: "Fewer bytes on the wire in all", Belief: "flushing-often-is-cheaper",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, each := sent(r.Main), sent(r.Twin(eachName))
				if here.None() || each.None() {
					return lesson.Lacks("Produce request in both runs")
				}
				return lesson.If(bytes(each) < bytes(here),
					lesson.Shown(append(here.Rows(), tracer.OfTwin(eachName, each.Rows())...), "The Produce requests are %d bytes here, %d there.", bytes(here), bytes(each)))
			},
		},
		{
			Text: "Another order in the broker's log", Belief: "order-needs-waiting",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, each, rows, ok := both(r)
				if !ok {
					return lesson.Lacks("run of both programs to their end")
				}
				return lesson.If(len(here.Orders) != len(each.Orders), lesson.Shown(rows, "In both runs the log has them in the order in which they were produced."))
			},
		},
	},
	Hints: [3]string{
		"Look at the rows indented under the calls of Flush() here and in the twin run flush-each, and at the two ledgers.",
		"Compare how many records a request carries in the two runs, and how many bytes it has.",
		"Flush() decides when the client sends and how long the program waits. What is sent, and in which order, was decided by Produce().",
	},
}
