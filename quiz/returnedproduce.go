package quiz

import (
	"fmt"

	"kstep/tracer"
)

// What Produce returned, and what that says: the error result, nil or not.

// returnedProduce asks for the error result of Produce.
func returnedProduce(run *tracer.Run, row *tracer.Row) (Question, error) {
	q := Question{
		ID:     "returned-produce",
		Kind:   KindReturned,
		Prompt: fmt.Sprintf("What did Produce() (row %s) return, and what does that say of the message?", row.Address),
		Hints: []string{
			fmt.Sprintf("Look at %s of the %s, columns %s and %s.", wholeTable(run), SectionTable, ColumnResult, ColumnState),
			fmt.Sprintf("Compare the counts in row %s before and after the call, and find the row under which the wire is used.", row.Address),
			"Produce() can only tell what is settled while it runs. What is settled later comes in the delivery report.",
		},
	}
	if e := row.Event.Call.Error; e != nil {
		return refusedProduce(q, row, e)
	}
	if row.After.Delivered+row.After.Answered+row.After.InFlight > 0 || leftUnder(run, row) {
		return Question{}, fmt.Errorf("row %s does not tell the queue from the wire: %s", row.Address, counts(&row.After))
	}
	key := Option{
		Text:     "nil: the client has taken it into its own queue",
		Feedback: fmt.Sprintf("Row %s returned nil with %s.", row.Address, counts(&row.After)),
		Rows:     tracer.Addresses(row),
	}
	return compose(q, key, produceBeliefs(run, row))
}

// produceBeliefs are readings of a nil error, and of other results.
func produceBeliefs(run *tracer.Run, row *tracer.Row) []Option {
	at := tracer.Addresses(row)
	out := []Option{{
		Text: "nil: the request is on the wire, unanswered", Belief: "produce-sends",
		Feedback: fmt.Sprintf("Row %s shows in flight %d.", row.Address, row.After.InFlight), Rows: at}}
	if r := run.First(tracer.RowRequest); r != nil {
		out[0].Feedback += fmt.Sprintf(" The request is row %s.", r.Address)
		out[0].Rows = append(out[0].Rows, r.Address)
	}
	stored := Option{
		Text: "nil: the broker has written it to its log", Belief: "return-means-stored",
		Feedback: fmt.Sprintf("Row %s shows delivered %d.", row.Address, row.After.Delivered), Rows: at}
	answer := run.First(tracer.RowResponse)
	if answer != nil {
		stored.Feedback += fmt.Sprintf(" The answer of the broker is row %s.", answer.Address)
		stored.Rows = append(tracer.Addresses(row), answer.Address)
	}
	out = append(out, stored)
	if answer != nil && answer.Event.Frame != nil && len(answer.Event.Frame.Batches) > 0 {
		if offset := answer.Event.Frame.Batches[0].BaseOffset; offset >= 0 {
			out = append(out, Option{
				Text: fmt.Sprintf("%d: its place in the log, which is the offset", offset), Belief: "produce-returns-offset",
				Feedback: fmt.Sprintf("Row %s returned nil. The offset came with row %s.", row.Address, answer.Address),
				Rows:     tracer.Addresses(row, answer)})
		}
	}
	return append(out,
		Option{
			Text: "an error: no broker was connected at that time", Belief: "produce-needs-connection",
			Feedback: fmt.Sprintf("Row %s returned nil: the queue needs no connection.", row.Address), Rows: at},
		Option{
			Text: fmt.Sprintf("%d: the number of messages that wait", row.After.Produced), Belief: "produce-returns-count",
			Feedback: fmt.Sprintf("Row %s returned nil, no number.", row.Address), Rows: at})
}

// refusedProduce is the question where Produce returned an error.
func refusedProduce(q Question, row *tracer.Row, e *tracer.Error) (Question, error) {
	at := tracer.Addresses(row)
	result := fmt.Sprintf("Row %s returned the error %q with %s.", row.Address, e.Name, counts(&row.After))
	key := Option{Text: "an error: the client has not taken it in", Feedback: result, Rows: at}
	return compose(q, key, []Option{
		{Text: "nil: the client has taken it into its own queue", Belief: "produce-always-accepts", Feedback: result, Rows: at},
		{Text: "an error: the client has it and will try again", Belief: "refused-is-kept", Rows: at, holds: row.After.Produced > row.Before.Produced,
			Feedback: fmt.Sprintf("Row %s shows refused %d. A refused message is the program's again; nothing retries it.", row.Address, row.After.Refused)},
		{Text: "an error: it was sent and the broker refused it", Belief: "refusal-is-the-brokers", Rows: at, holds: row.After.Requests > row.Before.Requests,
			Feedback: fmt.Sprintf("Row %s came back without an answer of the broker. The client itself refused.", row.Address)},
	})
}
