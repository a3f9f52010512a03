package queuefull

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// accepted are the calls of Produce() without an error.
func accepted(r *tracer.Runs) (int, []string) {
	var rows []*tracer.Row
	for _, c := range r.Main.Calls("Produce") {
		if c.Event.Call.Error == nil {
			rows = append(rows, c)
		}
	}
	return len(rows), tracer.Addresses(rows...)
}

var howManyCalls = quiz.HowMany{
	ID:  "calls",
	Ask: "How many times does the program call Produce() for its four jobs?",
	Of: quiz.Reading{Says: "one job takes two calls", Count: func(r *tracer.Runs) (int, []string) {
		rows := r.Main.Calls("Produce")
		return len(rows), tracer.Addresses(rows...)
	}},
	Other: []quiz.Reading{
		{Says: "one call for each job", Belief: "produce-waits-for-room", Count: accepted},
		{Says: "one call takes all jobs", Belief: "produce-always-accepts", Count: whereAllFit},
		{Says: "each job takes two calls", Belief: "retries-are-counted-out", Count: quiz.Exactly(8)},
		{Says: "two jobs take two calls", Belief: "full-stays-full", Count: quiz.Exactly(6)},
	},
	Hints: [3]string{
		"Look at the rows of Produce() in the Process Table, column Result/Output.",
		"Compare queue.buffering.max.messages in row 1 with the number of jobs.",
		"A call that returns an error has not taken the message; to send it takes one more call.",
	},
}

// whereAllFit is one call where none was refused, and else the calls that were
// accepted, as the reading before it has them: who runs into a full queue is
// offered the number of jobs.
func whereAllFit(r *tracer.Runs) (int, []string) {
	if len(refusals(r.Main)) > 0 {
		return accepted(r)
	}
	return 1, nil
}

var howManyStored = quiz.HowMany{
	ID:  "stored",
	Ask: "How many jobs does the broker's log hold in the end?",
	Of: quiz.Reading{Says: "the refused one is left out", Count: func(r *tracer.Runs) (int, []string) {
		return r.Main.Ledger().InLog, tracer.Addresses(r.Main.First(tracer.RowResponse))
	}},
	Other: storedOther,
	Hints: storedHints,
}

var storedOther = []quiz.Reading{
	{Says: "the refused one comes later", Belief: "refused-is-kept", Count: quiz.Exactly(4)},
	{Says: "the refused one comes twice", Belief: "program-must-retry-too", Count: quiz.Exactly(5)},
	{Says: "the error stops everything", Belief: "full-queue-fails-all", Count: quiz.Exactly(0)},
}

var storedHints = [3]string{
	"Look at the Message Ledger and at the line below it.",
	"Compare the number of rows of Produce() without an error with the number of jobs.",
	"What Produce() refuses is not in the queue, so nothing of the client can send it.",
}

// atRefusal is a statement about the first refused call.
func atRefusal(holds func(c *tracer.Row, sent int) bool, text string) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		refused := refusals(r.Main)
		if len(refused) == 0 {
			return lesson.Lacks(lackingRefusal)
		}
		c := refused[0]
		sent := r.Main.Whole().BeforeRow(c).Requests("Produce").N()
		return lesson.If(holds(c, sent), lesson.Shown(tracer.Addresses(c), text, c.After.Queued, sent, c.Event.Call.Error.Text))
	}
}

const refusalShows = "The row shows queued %d, Produce requests %d, and the error %q."

var theError = quiz.WhichHolds{
	ID:  "the-error",
	Ask: "What has happened when Produce() returns \"Queue full\"?",
	Statements: []quiz.Statement{
		{Text: "The client has refused it; the others still wait", Belief: "full-stays-full", Check: atRefusal(func(c *tracer.Row, sent int) bool {
			return c.After.Queued == c.Before.Queued && c.After.Refused > c.Before.Refused && sent == 0
		}, refusalShows)},
		{Text: "The broker has refused it; the others are stored", Belief: "full-queue-is-the-brokers", Check: atRefusal(func(c *tracer.Row, sent int) bool { return sent > 0 }, refusalShows)},
		{Text: "The client has given up all that waited so far", Belief: "full-queue-fails-all", Check: atRefusal(func(c *tracer.Row, _ int) bool { return c.After.Undelivered() < c.Before.Undelivered() }, refusalShows)},
		{Text: "The client has put it aside for a later attempt", Belief: "refused-is-kept", Check: atRefusal(func(c *tracer.Row, _ int) bool { return c.After.Produced > c.Before.Produced }, refusalShows)},
	},
	Hints: [3]string{
		"Look at the row of Produce() whose result is an error, column Internal State.",
		"Compare the counts in that row with those in the row above it.",
		"An error of Produce() is known while the call runs, so it can only rest on what the client itself knows.",
	},
}

var whenRoom = quiz.Order{
	ID:  "when-room",
	Ask: "In which order do these four things happen?",
	Moments: []quiz.Moment{
		{Says: "the queue is full", Find: quiz.Returns("Produce", 4)},
		{Says: "Flush() is called", Find: quiz.Calls("Flush", 1)},
		{Says: "a report comes out", Find: quiz.Happens(tracer.RowReport, 1)},
		{Says: "it has room again", Find: quiz.Calls("Produce", 5)},
	},
	Orders: []quiz.Ordering{
		{Of: []int{0, 1, 2, 3}, Belief: "full-stays-full"},
		{Of: []int{0, 3, 1, 2}, Belief: "produce-waits-for-room"},
		{Of: []int{0, 1, 3, 2}, Belief: "flush-clears-queue"},
		{Of: []int{2, 0, 1, 3}, Belief: "produce-sends"},
	},
	Hints: [3]string{
		"Look at the rows from the refused Produce() to the one that follows Flush().",
		"Compare queued in client in the Status Tracker at the refusal and when the job is tried again.",
		"A message holds its place in the queue until its report is put out, not until it is sent.",
	},
}
