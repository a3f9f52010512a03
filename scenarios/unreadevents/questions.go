package unreadevents

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// whatWaits asks what the number is made of.
var whatWaits = quiz.WhichHolds{
	ID:  "what-waits",
	Ask: "What is it that still waits when Flush() has returned?",
	Statements: []quiz.Statement{
		{Text: "Reports that nobody has read", Check: waiting(func(q *tracer.Queues, s *tracer.State) int { return q.Events }, "Unread in Events(): %d.")},
		{Text: "Messages that were never sent", Belief: "Flush() left messages behind",
			Check: waiting(func(q *tracer.Queues, s *tracer.State) int { return s.Queued + s.Batched }, "Messages in the client that were not sent: %d.")},
		{Text: "Requests without an answer", Belief: "the broker is slow",
			Check: waiting(func(q *tracer.Queues, s *tracer.State) int { return s.InFlight }, "Messages in flight: %d.")},
		{Text: "Messages that have failed", Belief: "what Flush() leaves has failed",
			Check: waiting(func(q *tracer.Queues, s *tracer.State) int { return s.Failed }, "Messages that failed: %d.")},
	},
	Hints: [3]string{
		"Look at the row of Flush() in the Process Table, and at its column in the Status Tracker.",
		"Compare delivered and unread reports after Flush() with the number of messages that were produced.",
		"Flush() waits until Len() is 0. Len() adds up three queues of the producer, and only one of them holds messages on their way to the broker.",
	},
}

// waiting holds that there were some of a kind when Flush() had returned.
func waiting(of func(*tracer.Queues, *tracer.State) int, text string) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		q := queues(flush)
		if q == nil {
			return lesson.Lacks("Flush() that returned")
		}
		n := of(q, &flush.After)
		return lesson.If(n > 0, lesson.Shown(tracer.Addresses(flush), text, n))
	}
}
