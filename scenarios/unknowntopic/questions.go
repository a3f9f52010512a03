package unknowntopic

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// between is a statement about what lies between the two calls of Produce().
func between(holds func(run *tracer.Run, a, b *tracer.Row) bool, text string) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		a, b := first(r.Main), second(r.Main)
		if b == nil {
			return lesson.Lacks(lackingTwo)
		}
		return lesson.If(holds(r.Main, a, b), lesson.Shown(tracer.Addresses(a, b), "%s", text))
	}
}

var whySecond = quiz.WhichHolds{
	ID:  "why-second",
	Ask: "Why does the second Produce() return an error, and the first does not?",
	Statements: []quiz.Statement{
		{Text: "The client has been told by now: no such topic", Belief: "produce-checks-topic", Check: between(func(run *tracer.Run, a, b *tracer.Row) bool {
			return denials(run, run.Call("NewProducer"), a) == 0 && denials(run, a, b) > 0
		}, "Before the first call the broker had said nothing of the topic; before the second it had said that it is unknown.")},
		{Text: "The first message is still there: the queue is full", Belief: "failed-stays-queued", Check: between(func(_ *tracer.Run, _, b *tracer.Row) bool {
			return b.Before.Queued > 0
		}, "When the second call began, nothing was queued.")},
		{Text: "The broker has refused the first one when it came", Belief: "produce-sends", Check: between(func(run *tracer.Run, a, b *tracer.Row) bool {
			return run.Whole().AfterRow(a).BeforeRow(b).Requests("Produce").Any()
		}, "No Produce request was sent, so no message came to the broker.")},
		{Text: "The producer has closed itself after the failure", Belief: "failure-closes-producer", Check: between(func(_ *tracer.Run, _, b *tracer.Row) bool {
			return len(b.Before.Producers) > 0 && b.Before.Producers[0].Closed
		}, "The producer was open all the time.")},
	},
	Hints: [3]string{
		"Look at the rows between the two calls of Produce() in the Process Table.",
		"Compare what the client can know of the topic when each of the two calls begins.",
		"Produce() asks nobody. It can only return what the client has learned before.",
	},
}

// whatIfNoWait is the question what becomes of the first message in the variant
// propagation-0; the second one is refused there, as it is here.
func whatIfNoWait(r *tracer.Runs) (quiz.Question, error) {
	q, err := quiz.WhatIf(noWaitName)(r)
	q.Prompt = "The client believes the first answer (variant " + noWaitName + "). What becomes of the first message, two pizzas?"
	return q, err
}

var whoTells = quiz.WhichHolds{
	ID:  "who-tells",
	Ask: "Which of these tells the program that the first message failed?",
	Statements: []quiz.Statement{
		{Text: "The error in its report", Belief: "error-event-is-a-report", Check: func(r *tracer.Runs) tracer.Finding {
			report := r.Main.First(tracer.RowReport)
			if report == nil {
				return lesson.Lacks(lackingReport)
			}
			return lesson.If(report.After.Failed == 1, lesson.Shown(tracer.Addresses(report), "The report says that the message failed."))
		}},
		{Text: "The error that Produce() returns", Belief: "produce-checks-topic", Check: between(func(_ *tracer.Run, a, _ *tracer.Row) bool {
			return a.Event.Call.Error != nil
		}, "The first call returned no error; the error of the second is about the second message.")},
		{Text: "The number that Flush() returns", Belief: "flush-counts-failures", Check: func(r *tracer.Runs) tracer.Finding {
			flush := r.Main.Call("Flush")
			if flush == nil || flush.Unfinished {
				return lesson.Lacks("Flush() that returned")
			}
			return lesson.If(lesson.Result(flush) == "1", lesson.Shown(tracer.Addresses(flush), "Flush() returned %s: it counts what still waits, and a failed message does not wait.", lesson.Result(flush)))
		}},
		{Text: "The exit code of the program", Belief: "failure-shows-at-exit", Check: func(r *tracer.Runs) tracer.Finding {
			end := r.Main.End()
			if end == nil || end.Event.Exit == nil {
				return lesson.Lacks("end of the program")
			}
			return lesson.If(end.Event.Exit.Code != 0, lesson.Shown(tracer.Addresses(end), "The exit code is %d.", end.Event.Exit.Code))
		}},
	},
	Hints: [3]string{
		"Look at the rows from the first Produce() to the second in the Process Table, column Result/Output.",
		"Compare what each of the four says of the first message with the count of failed ones.",
		"What becomes of a message after Produce() has taken it is told in its delivery report.",
	},
}
