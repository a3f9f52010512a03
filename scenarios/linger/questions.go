package linger

import (
	"kstep/quiz"
	"kstep/tracer"
)

var howManyRequests = quiz.HowMany{
	ID:  "requests",
	Ask: "How many Produce requests carry the three readings?",
	Of:  quiz.Reading{Says: "one for each wait that ended", Count: func(r *tracer.Runs) (int, []string) { f := readings(r.Main); return f.N(), f.Rows() }},
	Other: []quiz.Reading{
		{Says: "Flush() sends all", Belief: "only-flush-sends", Count: quiz.Exactly(1)},
		{Says: "one for each value", Belief: "every-message-alone", Count: quiz.Exactly(3)},
		{Says: "nothing until a batch is full", Belief: "batch-must-be-full", Count: quiz.Exactly(0)},
		{Says: "all but the last one", Belief: "last-one-waits", Count: quiz.Exactly(2)},
	},
	Hints: [3]string{
		"Look at the rows that are indented under the calls of Produce() after the first Flush(), and under the last Flush().",
		"Compare the pause between two readings with linger.ms, which is 5 ms where nobody sets it.",
		"A batch leaves when its first message has waited linger.ms, when it is full, or when Flush() is called: whichever comes first.",
	},
}

var howManyWithLong = quiz.HowMany{
	ID:  "requests-linger-1000",
	Ask: "The program runs with linger.ms=1000. How many Produce requests carry the three readings?",
	Of: quiz.Reading{Says: "one for the whole wait", Count: func(r *tracer.Runs) (int, []string) {
		f := readings(r.Twin(longLinger))
		return f.N(), tracer.OfTwin(longLinger, f.Rows())
	}},
	Other: []quiz.Reading{
		{Says: "one for each value", Belief: "every-message-alone", Count: quiz.Exactly(3)},
		{Says: "nothing is sent so soon", Belief: "linger-holds-flush", Count: quiz.Exactly(0)},
		{Says: "the last one is left over", Belief: "last-one-waits", Count: quiz.Exactly(2)},
	},
	Hints: [3]string{
		"Look at the rows of the twin run linger-1000: kstep run linger --variant linger-1000 shows them.",
		"Compare when the first reading was produced with when Flush() was called, and with linger.ms.",
		"A batch leaves when its first message has waited linger.ms, when it is full, or when Flush() is called: whichever comes first.",
	},
}
