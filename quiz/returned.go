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
			"Flush() tells what it left undone. It does not tell how much it did, and it does not tell whether a message is delivered or has failed.",
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
		Text: fmt.Sprintf("%d: it is a code, and %s", n, codeWords(n)), Belief: "flush-returns-a-code",
		Feedback: fmt.Sprintf("Flush() returns no code. The %d in row %s is a count.", n, row.Address), Rows: at}}
	if sent != n {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: that many messages were delivered by then", sent), Belief: "flush-counts-sent",
			Feedback: fmt.Sprintf("Row %s does show delivered %d, but its result is %d: Flush() does not count what was sent.", row.Address, row.After.Delivered, n), Rows: at})
	}
	if found != n {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: that many messages waited when it was called", found), Belief: "flush-counts-found",
			Feedback: fmt.Sprintf("Before row %s the client held %d, but its result is %d: Flush() counts when it stops, not when it starts.", row.Address, found, n), Rows: at})
	}
	if n > 0 {
		out = append(out, Option{
			Text: "0: the messages were sent, so nothing is left", Belief: "flush-always-empties",
			Feedback: fmt.Sprintf("The result in row %s is %d: Flush() came back before the client was empty.", row.Address, n), Rows: at})
	}
	if n > 0 {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: that many messages were lost for good", n), Belief: "flush-leaves-lost", holds: n == row.After.Lost,
			Feedback: fmt.Sprintf("Row %s shows lost %d. What waits is not lost while the process lives.", row.Address, row.After.Lost), Rows: at})
	}
	if waits := row.After.Queued + row.After.Batched; n > 0 && waits != n {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: that many messages had not been sent", n), Belief: "flush-leaves-unsent",
			Feedback: fmt.Sprintf("Row %s shows %d messages in the client that were not on the wire yet; its result is %d.", row.Address, waits, n), Rows: at})
	}
	if both := 2 * row.After.Produced; both != n {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: each message and its report are counted", both), Belief: "messages-and-reports-add-up",
			Feedback: fmt.Sprintf("That would be two for each of %d. The result in row %s is %d: a message is counted where it waits, as itself or as a report, and not where it is done with.", row.After.Produced, row.Address, n), Rows: at})
	}
	if n == 0 {
		out = append(out, Option{
			Text: "0: as always, for Flush() waits until all is sent", Belief: "flush-always-empties",
			Feedback: fmt.Sprintf("Row %s did return 0, with %s. Flush() returns when its time is over, too, and then with another number.", row.Address, counts(&row.After)), Rows: at})
	}
	if n == 0 && sent != row.After.Produced {
		out = append(out, Option{
			Text: "0: every message was in the broker's log by then", Belief: "flush-vouches",
			Feedback: fmt.Sprintf("Row %s shows delivered %d of %d. A message that failed does not wait any more either.", row.Address, sent, row.After.Produced), Rows: at})
	}
	if failed := row.After.Failed; n != failed {
		out = append(out, Option{
			Text: fmt.Sprintf("%d: that many messages had failed by then", failed), Belief: "flush-counts-failures",
			Feedback: fmt.Sprintf("Row %s does show failed %d, but its result is %d: Flush() does not count failures.", row.Address, failed, n), Rows: at})
	}
	return out
}

func codeWords(n int) string {
	if n == 0 {
		return "0 stands for no error"
	}
	return fmt.Sprintf("%d stands for an error", n)
}
