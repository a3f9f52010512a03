package quiz

import (
	"fmt"
	"slices"

	"kstep/tracer"
)

// Question kind: who acts.

// KindWhoActs asks which lane does something.
const KindWhoActs Kind = "who acts"

// act is what a kind of row is called where the question is who did it.
type act struct {
	asks   string // "Who %s (row 3.2)?"
	others []Option
}

var acts = map[tracer.RowKind]act{
	tracer.RowBatched: {"builds the batch", []Option{
		{Text: "The broker, which collects messages in a queue", Belief: "queue-is-on-the-broker"},
	}},
	tracer.RowRequest: {"puts the Produce request on the wire", []Option{
		{Text: "The broker, which takes it out of the queue", Belief: "queue-is-on-the-broker"},
	}},
	tracer.RowReport: {"puts out the delivery report", []Option{
		{Text: "The broker, which sends one for each message", Belief: "report-comes-from-broker"},
		{Text: "The consumer, once it has read the message", Belief: "report-comes-from-reader"},
	}},
}

// WhoActs asks who does what a row of a kind stands for: RowBatched,
// RowRequest or RowReport. The lane of the evidence answers.
func WhoActs(kind tracer.RowKind) Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		a, ok := acts[kind]
		if !ok {
			return Question{}, fmt.Errorf("there are no words for who does what a row of kind %q stands for", kind)
		}
		row := run.First(kind)
		if row == nil {
			return Question{}, lacking(run, fmt.Sprintf("the run has no row of kind %q", kind))
		}
		witness, rows := clientWitness(run, row)
		if witness == nil {
			return Question{}, fmt.Errorf("row %s has no line of the client's log, so it does not tell who acted", row.Address)
		}
		q := Question{
			ID:     "who-acts-" + slug(string(kind)),
			Kind:   KindWhoActs,
			Prompt: fmt.Sprintf("Who %s (row %s)?", a.asks, row.Address),
			Hints: []string{
				fmt.Sprintf("Look at %s of the %s, and at the rows that are indented under them.", wholeTable(run), SectionTable),
				fmt.Sprintf("Compare row %s with the rows of calls: which of them begin in a line of the source, and which have none?", row.Address),
				"A call of the program is a row with a line of the source. A row without one was done by somebody else, while the program waited, worked on or knew nothing of it.",
			},
		}
		key := Option{
			Text:     "The client's thread, in the background",
			Feedback: fmt.Sprintf("What is known of it in %s comes from the client's own log. No line of the program did it.", rowList(rows)),
			Rows:     rows,
		}
		return compose(q, key, otherActors(run, a, row, rows))
	}
}

// clientWitness is the line of the client's log that tells of a row's act,
// and the rows that rest on it. For a request it is the batch that the request
// carries, or the line that says it was sent.
func clientWitness(run *tracer.Run, row *tracer.Row) (*tracer.Event, []string) {
	for _, e := range row.Evidence {
		if e.Lane == tracer.Client {
			return e, tracer.Addresses(row)
		}
	}
	if row.Kind != tracer.RowRequest || row.Event.Frame == nil {
		return nil, nil
	}
	for i := range run.Rows {
		r := &run.Rows[i]
		if r.Kind == tracer.RowBatched && r.Event.Seq < row.Event.Seq && r.Event.Lane == tracer.Client {
			return r.Event, tracer.Addresses(r, row)
		}
	}
	for i := range run.Trace.Events {
		e := &run.Trace.Events[i]
		if e.Kind == tracer.RequestSent && e.Client != nil && e.Client.API == row.Event.Frame.API && e.Client.Correlation == row.Event.Frame.Correlation {
			return e, tracer.Addresses(row)
		}
	}
	return nil, nil
}

// otherActors are those whom people take for the one who acts: the calls of
// the program, its reading of events, its end, and whoever is on the other side.
func otherActors(run *tracer.Run, a act, row *tracer.Row, rows []string) []Option {
	under := run.CallOf(row)
	when := fmt.Sprintf("A place under %s (row %s) says when, not who. Who it was is known from the client's log, in %s.", callWords(under), under.Address, rowList(rows))
	from := fmt.Sprintf("What is known of this act in %s comes from the client's log, on the program's side of the wire.", rowList(rows))
	program := func(text, belief, feedback string) Option {
		return Option{Text: text, Belief: belief, Feedback: feedback, Rows: distinct(append(tracer.Addresses(under), rows...))}
	}
	out := []Option{program(fmt.Sprintf("The program, inside its call of %s", callWords(under)), "call-does-the-work", when)}
	if under.Kind == tracer.RowEnd {
		out[0].Text = "The program, on its way to the end"
	}
	out[0].holds = actedIn(row, tracer.Application)
	for _, o := range a.others {
		o.Feedback, o.Rows, o.holds = from, rows, actedIn(row, tracer.Broker)
		out = append(out, o)
	}
	if callWords(under) != "Flush()" {
		out = append(out, program("Flush(), and nothing but Flush()", "only-flush-sends", "No call of Flush() is needed for it. "+from))
	}
	return append(out,
		program("The program, by reading its events", "poll-does-the-work", "Nothing of it waits for the program to read. "+when),
		Option{Text: "The program's end, all at once", Belief: "exit-flushes",
			Feedback: fmt.Sprintf("The end is row %s. %s", endOf(run), from), Rows: distinct(append(rows[:len(rows):len(rows)], endOf(run)))},
	)
}

// endOf is the address of the program's end, or of the last row there is.
func endOf(run *tracer.Run) string {
	if end := run.End(); end != nil {
		return end.Address
	}
	main := run.Main()
	return main[len(main)-1].Address
}

// actedIn tells whether a row rests on an act of a lane.
func actedIn(row *tracer.Row, lane tracer.Lane) bool {
	return slices.ContainsFunc(row.Evidence, func(e *tracer.Event) bool { return e.Lane == lane })
}
