package noerrorisnotdelivery

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// whatTells asks what differs between the run whose messages arrive and the one
// whose messages fail.
var whatTells = quiz.WhichHolds{
	ID:  "what-tells",
	Ask: "In one of two runs the topic's name is misspelled. Where can the program see it?",
	Statements: []quiz.Statement{
		{
			Text: "In the delivery reports", Belief: "",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, there := r.Main.First(tracer.RowReport), r.Twin(unknownTopicName).First(tracer.RowReport)
				if here == nil || there == nil {
					return lesson.Lacks("delivery report in both runs")
				}
				return lesson.If(here.After.Failed != there.After.Failed,
					lesson.Shown(both(here, there), "The reports differ: %d failed here, %d there.", here.After.Failed, there.After.Failed))
			},
		},
		{
			Text: "In Produce()'s error result", Belief: "produce-checks-topic",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, there := r.Main.Call("Produce"), r.Twin(unknownTopicName).Call("Produce")
				if here == nil || there == nil {
					return lesson.Lacks("Produce() in both runs")
				}
				return lesson.If(lesson.Result(here) != lesson.Result(there),
					lesson.Shown(both(here, there), "Produce() returned %s in both.", lesson.Result(here)))
			},
		},
		{
			Text: "In the number that p.Len() gives", Belief: "len-counts-messages",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, there := r.Main.Call("Len"), r.Twin(unknownTopicName).Call("Len")
				if here == nil || there == nil {
					return lesson.Lacks("Len() in both runs")
				}
				return lesson.If(lesson.Result(here) != lesson.Result(there),
					lesson.Shown(both(here, there), "p.Len() returned %s here and %s there: it counts what waits, whatever becomes of it.", lesson.Result(here), lesson.Result(there)))
			},
		},
		{
			Text: "In the number Flush() returns", Belief: "flush-counts-failures",
			Check: func(r *tracer.Runs) tracer.Finding {
				here, there := r.Main.Call("Flush"), r.Twin(unknownTopicName).Call("Flush")
				if here == nil || there == nil {
					return lesson.Lacks("Flush() in both runs")
				}
				return lesson.If(lesson.Result(here) != lesson.Result(there),
					lesson.Shown(both(here, there), "Flush() returned %s here and %s there: it counts what waits, not what failed.", lesson.Result(here), lesson.Result(there)))
			},
		},
	},
	Hints: [3]string{
		"Look at the column Result/Output of the calls here, and at the same rows of the twin run unknown-topic.",
		"Compare the two runs call by call, then the rows that are indented under Flush().",
		"What is not known yet when a call returns cannot be in its result. It has to come later, message by message.",
	},
}

// both are a row of the run and one of the twin.
func both(here, there *tracer.Row) []string {
	return append(tracer.Addresses(here), tracer.TwinAddresses(unknownTopicName, there)...)
}
