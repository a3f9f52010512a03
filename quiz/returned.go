package quiz

import (
	"fmt"
	"strconv"

	"kstep/tracer"
)

// Question kind: what did a call return, and what does that say.

// KindReturned asks what a call returned and what it means.
const KindReturned Kind = "returned"

// Returned asks what the first call by that name returned: Flush or Produce.
func Returned(call string) Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		row, err := settledCall(run, call)
		if err != nil {
			return Question{}, err
		}
		switch call {
		case "Flush":
			return returnedFlush(run, row)
		case "Produce":
			return returnedProduce(run, row)
		}
		return Question{}, fmt.Errorf("there are no words for what %s() returns", call)
	}
}

// returnedFlush asks for the number that Flush returned.
func returnedFlush(run *tracer.Run, row *tracer.Row) (Question, error) {
	c := row.Event.Call
	if len(c.Results) == 0 {
		return Question{}, fmt.Errorf("the record does not say what Flush() (row %s) returned", row.Address)
	}
	n, err := strconv.Atoi(c.Results[0].Text)
	if err != nil {
		return Question{}, fmt.Errorf("the record of Flush() (row %s) holds no number: %w", row.Address, err)
	}
	q := Question{
		ID:     "returned-flush",
		Kind:   KindReturned,
		Prompt: fmt.Sprintf("What did Flush() (row %s) return, and what does the number say?", row.Address),
		Hints: []string{
			fmt.Sprintf("Look at %s of the %s, columns %s and %s.", wholeTable(run), SectionTable, ColumnResult, ColumnState),
			fmt.Sprintf("Compare the counts in row %s before and after the call with the number in its result.", row.Address),
			"Flush() tells what it left undone. It does not tell how much it did, and it does not tell whether a message was delivered or failed.",
		},
	}
	text := fmt.Sprintf("%d: that much was still waiting in the client", n)
	if n == 0 {
		text = "0: nothing was waiting in the client any more"
	}
	key := Option{Text: text, Feedback: flushFeedback(row, n), Rows: tracer.Addresses(row)}
	return compose(q, key, flushBeliefs(row, n))
}

// flushFeedback splits the number into what it adds up from, where the record
// of the queues explains it.
func flushFeedback(row *tracer.Row, n int) string {
	text := fmt.Sprintf("Row %s returned %d with %s.", row.Address, n, counts(&row.After))
	if q := row.Event.Call.After; q != nil && n > 0 && q.Len() == n && q.Events > 0 {
		text += fmt.Sprintf(" Of the %d, %d are reports and events that nobody has read.", n, q.Events)
	}
	return text
}

// flushBeliefs are readings of the number that people have. A reading that
// happens to be true of this run is left out.
func flushBeliefs(row *tracer.Row, n int) []Option {
	sent := row.After.Delivered
	found := row.Before.Undelivered()
	at := tracer.Addresses(row)
	out := []Option{{
		Text: fmt.Sprintf("%d: it is a code, and %s", n, codeWords(n)), Belief: "Flush() returns an error code",
		Feedback: fmt.Sprintf("Flush() returns no code. The %d in row %s is a count.", n, row.Address), Rows: at}}
	if sent != n {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: that many messages had reached the broker", sent), Belief: "Flush() counts what it sent",
			Feedback: fmt.Sprintf("Row %s does show delivered %d, but its result is %d: Flush() does not count what was sent.", row.Address, row.After.Delivered, n), Rows: at})
	}
	if found != n {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: that many waited in the client before the call", found), Belief: "Flush() counts what it found",
			Feedback: fmt.Sprintf("Before row %s the client held %d, but its result is %d: Flush() counts when it stops, not when it starts.", row.Address, found, n), Rows: at})
	}
	if n > 0 {
		out = append(out, Option{
			Text: "0: the client has sent all, so nothing is left", Belief: "Flush() always empties the client",
			Feedback: fmt.Sprintf("The result in row %s is %d: Flush() came back before the client was empty.", row.Address, n), Rows: at})
	}
	if n > 0 {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: that many messages were lost for good", n), Belief: "what Flush() leaves is lost", holds: n == row.After.Lost,
			Feedback: fmt.Sprintf("Row %s shows lost %d. What waits is not lost while the process lives.", row.Address, row.After.Lost), Rows: at})
	}
	if r := row.After.Requests; r != n {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: that many requests the client had sent", r), Belief: "Flush() counts requests",
			Feedback: fmt.Sprintf("That many requests had been on the wire by row %s, but its result is %d: Flush() does not count them.", row.Address, n), Rows: at})
	}
	if args := row.Event.Call.Args; len(args) > 0 && args[0].Text != strconv.Itoa(n) {
		out = append(out, Option{
			Text: args[0].Text + ": that many milliseconds were left to wait", Belief: "Flush() returns the rest of its time",
			Feedback: fmt.Sprintf("That is what row %s was given: the longest time to wait. Its result is %d.", row.Address, n), Rows: at})
	}
	return out
}

func codeWords(n int) string {
	if n == 0 {
		return "0 stands for no error"
	}
	return fmt.Sprintf("%d stands for an error", n)
}
