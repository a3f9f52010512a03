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
		{Text: "Messages that were never sent", Belief: "flush-leaves-unsent",
			Check: waiting(func(q *tracer.Queues, s *tracer.State) int { return s.Queued + s.Batched }, "Messages in the client that were not sent: %d.")},
		{Text: "Requests without an answer", Belief: "flush-waits-for-broker",
			Check: waiting(func(q *tracer.Queues, s *tracer.State) int { return s.InFlight }, "Messages in flight: %d.")},
		{Text: "Messages that have failed", Belief: "flush-leaves-failed",
			Check: waiting(func(q *tracer.Queues, s *tracer.State) int { return s.Failed }, "Messages that failed: %d.")},
	},
	Hints: [3]string{
		"Look at the row of Flush() in the Process Table, and at its column in the Status Tracker.",
		"Compare delivered and unread reports after Flush() with the number of messages that were produced.",
		"Flush() waits until Len() is 0. Len() adds up three queues of the producer, and not all that they hold is on its way to the broker.",
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

// withReader asks what a goroutine that reads Events() changes for Flush().
var withReader = quiz.HowMany{
	ID:  "flush-with-reader",
	Ask: "A goroutine reads Events() from the start (variant read-events). What does Flush() return there?",
	Of: quiz.Reading{Says: "every report has been taken out", Count: func(r *tracer.Runs) (int, []string) {
		flush := r.Twin(readName).Call("Flush")
		n, ok := left(flush)
		if !ok {
			return 0, nil
		}
		return n, tracer.TwinAddresses(readName, flush)
	}},
	Other: []quiz.Reading{
		{Says: "one for every message sent", Belief: "flush-counts-sent", Count: produced(1)},
		{Says: "the messages and their reports", Belief: "messages-and-reports-add-up", Count: produced(2)},
		{Says: "it is a code, and 1 is true", Belief: "flush-returns-a-code", Count: quiz.Exactly(1)},
	},
	Hints: [3]string{
		"Look at the row of Flush() in the twin run read-events: kstep run unread-events --variant read-events shows it.",
		"Compare the unread reports after Flush() here with those after Flush() there.",
		"Flush() counts what the client holds and what nobody has read in Events(). Reading takes a report out of the channel.",
	},
}

// produced is so many times the number of messages that the program produced.
func produced(times int) func(*tracer.Runs) (int, []string) {
	return func(r *tracer.Runs) (int, []string) {
		return times * r.Main.Ledger().Produced, tracer.Addresses(r.Main.Calls("Produce")...)
	}
}
