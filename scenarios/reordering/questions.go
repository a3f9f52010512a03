package reordering

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// order is a statement on the order in the log.
func order(text, values, belief string) quiz.Statement {
	return quiz.Statement{Text: text, Belief: belief, Check: func(r *tracer.Runs) tracer.Finding {
		got := inLog(r.Main)
		if got == "" {
			return lesson.Lacks("log that holds all messages")
		}
		return lesson.If(got == values, lesson.Shown(r.Main.Whole().Responses("Produce").Rows(), "The offsets in the answers make it %s.", got))
	}}
}

var whichOrder = quiz.WhichHolds{
	ID:  "which-order",
	Ask: "Which order do the three messages have in the broker's log?",
	Statements: []quiz.Statement{
		order("A, B, C: the order of Produce()", "A B C", "order-is-always-kept"),
		order("B, C, A: the order in which the broker took them", "B C A", "in-flight-loses-order"),
		order("B, A, C: A is sent again before C leaves", "B A C", "retry-keeps-its-place"),
		order("C, B, A: each waits for the one before it", "C B A", "any-order-is-possible"),
	},
	Hints: [3]string{
		"Look at the rows of Produce requests, which say what they carry, and at the answers.",
		"Compare which requests were on the wire when the first answer came, and which of them the broker accepted.",
		"The log has what the broker appends, in that order. A message that is refused is appended when it comes again and is accepted.",
	},
}

var howManyRequests = quiz.HowMany{
	ID:  "requests",
	Ask: "How many Produce requests were there?",
	Of: quiz.Reading{Says: "each message, and A once more", Count: func(r *tracer.Runs) (int, []string) {
		f := r.Main.Whole().Requests("Produce")
		return f.N(), f.Rows()
	}},
	Other: []quiz.Reading{
		{Says: "nothing is sent again unasked", Belief: "retry-needs-a-call", Count: quiz.Exactly(3)},
		{Says: "a refusal repeats all in flight", Belief: "retry-repeats-all", Count: quiz.Exactly(6)},
		{Says: "all three messages share one", Belief: "messages-always-batched", Count: quiz.Exactly(1)},
		{Says: "what waits goes out together", Belief: "retry-takes-others-along", Count: quiz.Exactly(2)},
	},
	Hints: [3]string{
		"Look at the rows of Produce requests.",
		"Compare the number of answers with an error with the number of messages.",
		"The client sends again what was refused, and only that.",
	},
}

var whyKept = quiz.WhichHolds{
	ID:  "why-kept",
	Ask: "With enable.idempotence=true the log has A, B, C. What happened to B and C the first time?",
	Statements: []quiz.Statement{
		{Text: "The broker refused them, because A was missing", Belief: "", Check: keptWith.Check},
		{Text: "The client held them back, because A was refused", Belief: "idempotence-one-in-flight", Check: func(r *tracer.Runs) tracer.Finding {
			run := r.Twin(idempotent)
			requests, answers := run.Whole().Requests("Produce"), run.Whole().Responses("Produce")
			if requests.None() || answers.None() {
				return lesson.Lacks("run with enable.idempotence=true beside it")
			}
			n := 0
			for _, e := range requests.Events {
				if e.Seq < answers.Events[0].Seq {
					n++
				}
			}
			return lesson.If(n == 1, lesson.Shown(tracer.OfTwin(idempotent, append(requests.Rows()[:n], answers.Rows()[0])), "%d requests were on the wire before the first answer came.", n))
		}},
		{Text: "The broker appended them and moved them behind A later", Belief: "broker-sorts", Check: func(r *tracer.Runs) tracer.Finding {
			answers := r.Twin(idempotent).Whole().Responses("Produce")
			if answers.None() {
				return lesson.Lacks("run with enable.idempotence=true beside it")
			}
			errs := len(answers.Errors())
			return lesson.If(errs == 1, lesson.Shown(tracer.OfTwin(idempotent, answers.Rows()), "%d of the answers are errors: nothing of those requests was appended.", errs))
		}},
		{Text: "They went into a request together with A the next time", Belief: "retry-takes-others-along", Check: func(r *tracer.Runs) tracer.Finding {
			requests := r.Twin(idempotent).Whole().Requests("Produce")
			if requests.None() {
				return lesson.Lacks("run with enable.idempotence=true beside it")
			}
			return lesson.If(requests.N() < requests.Records(), lesson.Shown(tracer.OfTwin(idempotent, requests.Rows()), "%d requests carried %d records.", requests.N(), requests.Records()))
		}},
	},
	Hints: [3]string{
		"Look at the rows of the twin run idempotent: kstep run reordering --variant idempotent shows them.",
		"Compare the answers to its first three requests.",
		"The batches of an idempotent producer are numbered, and a broker that misses a number takes none behind it.",
	},
}
