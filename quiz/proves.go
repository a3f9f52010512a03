package quiz

import (
	"fmt"

	"kstep/tracer"
)

// Question kind: what proves that the broker has the message.

// KindProves asks which row is proof.
const KindProves Kind = "proves"

// Proves asks which of four rows proves, alone, that the broker has the
// message: it is the answer without an error.
func Proves() Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		answer := goodAnswer(run)
		if answer == nil {
			return Question{}, lacking(run, "the run has no answer of the broker to a Produce request without an error")
		}
		what := "the message"
		if run.Ledger().Produced != 1 {
			what = "a message of this program"
		}
		q := Question{
			ID:     "proves",
			Kind:   KindProves,
			Prompt: fmt.Sprintf("Which of these, taken alone, proves that the broker has %s?", what),
			Hints: []string{
				fmt.Sprintf("Look at %s of the %s, column %s, and at the rows that are indented under them.", wholeTable(run), SectionTable, ColumnResult),
				"Compare who speaks in each of the four: the program, the client, or the other end of the wire. And ask: could the same have happened with no log written at all?",
				"Only the side that keeps the log can tell what is in it. That a call comes back or a request goes out shows what was tried.",
			},
		}
		key := Option{
			Text:     fmt.Sprintf("Row %s: the broker's answer names an offset", answer.Address),
			Feedback: fmt.Sprintf("Row %s is the broker's own word: it names the offset %d, the place in its log.", answer.Address, answer.Event.Frame.Batches[0].BaseOffset),
			Rows:     tracer.Addresses(answer),
		}
		return compose(q, key, noProofs(run, answer))
	}
}

// goodAnswer is the first response in which no partition has an error and an
// offset is named.
func goodAnswer(run *tracer.Run) *tracer.Row {
	for _, r := range run.Of(tracer.RowResponse) {
		if bearsWitness(r) {
			return r
		}
	}
	return nil
}

// bearsWitness tells whether a row alone proves that the broker has what was
// sent: the broker speaks in it, and names an offset.
func bearsWitness(r *tracer.Row) bool {
	f := r.Event.Frame
	if r.Kind != tracer.RowResponse || f == nil {
		return false
	}
	for _, b := range f.Batches {
		if b.Error != "" || b.BaseOffset < 0 {
			return false
		}
	}
	return len(f.Batches) > 0
}

// noProofs are rows that people take for a proof.
func noProofs(run *tracer.Run, answer *tracer.Row) []Option {
	var out []Option
	if r := run.Call("Produce"); r != nil && !r.Unfinished && r.Event.Call.Error == nil {
		out = append(out, Option{
			Text: fmt.Sprintf("Row %s: Produce() comes back with no error", r.Address), Belief: "return-means-stored",
			Feedback: fmt.Sprintf("Row %s only says that the client has taken it. The broker speaks in row %s.", r.Address, answer.Address),
			Rows:     tracer.Addresses(r, answer)})
	}
	if r := run.First(tracer.RowRequest); r != nil {
		out = append(out, Option{
			Text: fmt.Sprintf("Row %s: the Produce request goes out on the wire", r.Address), Belief: "sent-means-stored",
			Feedback: fmt.Sprintf("Row %s leaves in flight %d: sent is not written. The broker could still answer with an error; what it did answer is row %s.", r.Address, r.After.InFlight, answer.Address),
			Rows:     tracer.Addresses(r, answer)})
	}
	if r := run.Call("Flush"); r != nil && !r.Unfinished && len(r.Event.Call.Results) > 0 {
		out = append(out, Option{
			Text: fmt.Sprintf("Row %s: Flush() comes back and returns %s", r.Address, r.Event.Call.Results[0].Text), Belief: "flush-vouches",
			Feedback: fmt.Sprintf("Row %s counts what still waits. A message that the client gave up does not wait either. The broker speaks in row %s.", r.Address, answer.Address),
			Rows:     tracer.Addresses(r, answer)})
	}
	if r := run.End(); r != nil && r.Event.Exit != nil && r.Event.Exit.Signal == "" {
		out = append(out, Option{
			Text: fmt.Sprintf("Row %s: the program ends, and its exit code is %d", r.Address, r.Event.Exit.Code), Belief: "clean-exit-means-delivered",
			Feedback: fmt.Sprintf("Row %s says how the process ended, nothing of the broker. The broker speaks in row %s.", r.Address, answer.Address),
			Rows:     tracer.Addresses(r, answer)})
	}
	if r := run.Call("NewProducer"); r != nil && !r.Unfinished && r.Event.Call.Error == nil {
		out = append(out, Option{
			Text: fmt.Sprintf("Row %s: NewProducer() returns a producer", r.Address), Belief: "newproducer-connects",
			Feedback: fmt.Sprintf("Row %s came before any message was made.", r.Address),
			Rows:     tracer.Addresses(r)})
	}
	for i := range out {
		out[i].holds = bearsWitness(run.At(out[i].Rows[0]))
	}
	return out
}
