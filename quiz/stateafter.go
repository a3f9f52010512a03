package quiz

import (
	"errors"
	"fmt"

	"kstep/tracer"
)

// Question kind: where is the message after a call has returned.

// KindStateAfter asks where the messages are after a call.
const KindStateAfter Kind = "state after"

// place is where an accepted message can be. Queue and batch are one place
// here, and so are answer and report: which of the two it is at the moment of
// a return can differ from run to run.
type place struct {
	text    string
	beliefs beliefsAfter
	of      func(*tracer.State) int
}

// beliefsAfter are the misconceptions of those who take messages to be in a
// place where they are not, by what has just happened. Where there is none,
// the place is not offered.
type beliefsAfter struct{ produce, flush, end string }

var places = []place{
	{"In the client's queue, not yet on the wire", beliefsAfter{"only-flush-sends", "flush-misses-messages", "queue-outlives-process"},
		func(s *tracer.State) int { return s.Queued + s.Batched }},
	{"On the wire, and not answered by the broker yet", beliefsAfter{"produce-sends", "flush-only-starts", "client-outlives-program"},
		func(s *tracer.State) int { return s.InFlight }},
	{"In the broker's log, as the broker has confirmed", beliefsAfter{"return-means-stored", "flush-vouches", "exit-flushes"},
		func(s *tracer.State) int { return s.Answered + s.Delivered }},
	{"Gone from the client, and no report said so", beliefsAfter{"messages-vanish", "flush-clears-queue", "exit-loses-all"},
		func(s *tracer.State) int { return s.Lost }},
	{"Given up, and a report said so", beliefsAfter{"waiting-is-failed", "flush-leaves-failed", "every-loss-is-reported"},
		func(s *tracer.State) int { return s.Failed }},
	{"Removed from the client, and a report said so", beliefsAfter{"", "", "unsent-is-handed-back"},
		func(s *tracer.State) int { return s.Purged }},
}

// after is the belief for a row.
func (b beliefsAfter) after(row *tracer.Row) string {
	switch {
	case row.Kind == tracer.RowEnd, row.Event.Call.Name == "Close":
		return b.end
	case row.Event.Call.Name == "Flush":
		return b.flush
	}
	return b.produce
}

// Indexes in places.
const (
	logPlace  = 2
	lostPlace = 3
)

// StateAfter asks where the messages are when the first call by that name has
// returned; Exit asks for the program's end. The run must have them in one
// place.
func StateAfter(call string) Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		row, err := settledCall(run, call)
		if err != nil {
			return Question{}, err
		}
		at, err := placeOf(run, row)
		if err != nil {
			return Question{}, err
		}
		n := row.After.Produced
		q := Question{
			ID:     "state-after-" + slug(call),
			Kind:   KindStateAfter,
			Prompt: fmt.Sprintf("Where %s %s %s?", be(n), message(n), moment(row)),
			Hints:  stateHints(run, row),
		}
		key := Option{
			Text:     places[at].text,
			Feedback: fmt.Sprintf("Row %s shows it: %s.", row.Address, counts(&row.After)),
			Rows:     tracer.Addresses(row),
		}
		if shown := firstIn(run, places[at]); shown != nil && shown != row {
			key.Feedback += fmt.Sprintf(" Row %s is where this first holds.", shown.Address)
			key.Rows = append(key.Rows, shown.Address)
		}
		var wrong []Option
		for i, p := range places {
			if i != at && p.beliefs.after(row) != "" {
				w := elsewhere(rs, row, p)
				w.holds = p.of(&row.After) > 0
				wrong = append(wrong, w)
			}
		}
		return compose(q, key, wrong)
	}
}

// moment is when the question looks: "right after Flush() (row 3) has returned".
func moment(row *tracer.Row) string {
	switch {
	case row.Kind == tracer.RowEnd:
		return fmt.Sprintf("when the program has ended (row %s)", row.Address)
	case row.Event.Call != nil && max(row.Count, row.Event.Call.N()) > 1:
		return fmt.Sprintf("right after the last of %d calls of %s (row %s) has returned", max(row.Count, row.Event.Call.N()), callWords(row), row.Address)
	}
	return fmt.Sprintf("right after %s (row %s) has returned", callWords(row), row.Address)
}

// placeOf is the index of the one place where all messages accepted so far are.
func placeOf(run *tracer.Run, row *tracer.Row) (int, error) {
	s := &row.After
	if s.Produced == 0 {
		return 0, fmt.Errorf("no message was accepted before row %s was over", row.Address)
	}
	for i, p := range places {
		if p.of(s) != s.Produced {
			continue
		}
		if i == logPlace && !inLog(run, s) {
			return 0, errors.New("nothing in the record shows that the broker's log holds the message")
		}
		if i == lostPlace && !nowhere(run, row) {
			return 0, errors.New("the broker's log may hold the message, or does")
		}
		if i == 0 && leftUnder(run, row) {
			return 0, fmt.Errorf("a Produce request left before row %s returned, so its state says less than the wire", row.Address)
		}
		return i, nil
	}
	return 0, fmt.Errorf("after row %s the messages are in more than one place: %s", row.Address, counts(s))
}

// inLog tells whether the broker itself bears witness to the messages: by an
// answer, or by the log that was read back. With acks=0 the client's report
// alone is no witness.
func inLog(run *tracer.Run, s *tracer.State) bool {
	if s.Answered > 0 || run.First(tracer.RowResponse) != nil {
		return true
	}
	l := run.Ledger()
	return l.LogWasRead && l.InLog >= s.Produced
}

// nowhere tells whether lost messages are not in the broker's log either: it
// was read back without them, or none had left the client.
func nowhere(run *tracer.Run, row *tracer.Row) bool {
	l := run.Ledger()
	return l.InLog == 0 && (l.LogWasRead || row.Before.InFlight+row.Before.Answered == 0)
}

// leftUnder tells whether a request left between call and return of a Produce.
// The fold counts a message from the return on and so misses that request.
func leftUnder(run *tracer.Run, row *tracer.Row) bool {
	if row.Event.Call == nil || row.Event.Call.Name != "Produce" {
		return false
	}
	for _, r := range run.Under(row) {
		if r.Kind == tracer.RowRequest && r.Event.Seq < row.Event.Seq {
			return true
		}
	}
	return false
}

// firstIn is the row by which a message is first known to be in a place. Rows
// that stand where their cause allows (prepared, batched) do not count, and
// neither do calls that never returned: their state is that of the whole record.
func firstIn(run *tracer.Run, p place) *tracer.Row {
	var found *tracer.Row
	for i := range run.Rows {
		r := &run.Rows[i]
		if r.Kind == tracer.RowPrepared || r.Kind == tracer.RowBatched || r.Unfinished || p.of(&r.After) == 0 {
			continue
		}
		if found == nil || r.Event.Seq < found.Event.Seq {
			found = r
		}
	}
	return found
}

// over is the event with which a row was over; of a run of like calls, that
// of the last.
func over(r *tracer.Row) int {
	seq := r.Event.Seq
	for _, e := range r.Evidence {
		seq = max(seq, e.Seq)
	}
	return seq
}

// elsewhere is a wrong place, with the row that shows a message there: of this
// run, else of a twin, else none.
func elsewhere(rs *tracer.Runs, row *tracer.Row, p place) Option {
	o := Option{Text: p.text, Belief: p.beliefs.after(row), Rows: tracer.Addresses(row)}
	if r := firstIn(rs.Main, p); r != nil {
		when := "That comes later"
		if r.Event.Seq < over(row) {
			when = "That was so before"
		}
		o.Feedback = fmt.Sprintf("%s: row %s is the first that shows it. Row %s shows: %s.", when, r.Address, row.Address, counts(&row.After))
		o.Rows = append(o.Rows, r.Address)
		return o
	}
	for _, name := range twinNames(rs) {
		if r := firstIn(rs.Twins[name], p); r != nil {
			address := tracer.TwinAddresses(name, r)[0]
			o.Feedback = fmt.Sprintf("Not in this run: row %s shows %s. It happens in another run: row %s.", row.Address, counts(&row.After), address)
			o.Rows = append(o.Rows, address)
			return o
		}
	}
	o.Feedback = fmt.Sprintf("No row of this run shows that. Row %s shows: %s.", row.Address, counts(&row.After))
	return o
}

func stateHints(run *tracer.Run, row *tracer.Row) []string {
	return []string{
		fmt.Sprintf("Look at %s of the %s, column %s, and at the %s.", wholeTable(run), SectionTable, ColumnState, SectionTracker),
		fmt.Sprintf("Compare the counts in row %s with the counts in the row above it and in the row below it.", row.Address),
		"A message is in one place at a time. Who has taken it holds it until a request carries it off; then it is on its way until the broker has answered, and from then on it is kept. What never left ends with the process.",
	}
}
