package quiz

import (
	"slices"
	"strconv"

	"kstep/tracer"
)

// Moments of a run, and which came first by cause. Two lanes run at once, and
// that one was seen before the other is no fact by itself.

// Instant is a moment of a run: of a call its beginning or its return, of
// another row that it happened.
type Instant struct {
	row   *tracer.Row
	event *tracer.Event
	begin bool // of a call: its beginning
}

// Calls is the beginning of the nth call by that name, counted from 1.
func Calls(name string, n int) func(*tracer.Run) *Instant {
	return func(run *tracer.Run) *Instant { return ofCall(run, name, n, tracer.Called) }
}

// Returns is the return of the nth call by that name, counted from 1.
func Returns(name string, n int) func(*tracer.Run) *Instant {
	return func(run *tracer.Run) *Instant { return ofCall(run, name, n, tracer.Returned) }
}

// Happens is the nth row of a kind, counted from 1.
func Happens(kind tracer.RowKind, n int) func(*tracer.Run) *Instant {
	return func(run *tracer.Run) *Instant {
		rows := run.Of(kind)
		if n < 1 || n > len(rows) || rows[n-1].Count > 1 {
			return nil
		}
		return &Instant{row: rows[n-1], event: rows[n-1].Event}
	}
}

// Ends is the program's end.
func Ends(run *tracer.Run) *Instant { return Happens(tracer.RowEnd, 1)(run) }

func ofCall(run *tracer.Run, name string, n int, kind tracer.Kind) *Instant {
	calls := run.Calls(name)
	if n < 1 || n > len(calls) || calls[n-1].Count > 1 {
		return nil
	}
	r := calls[n-1]
	for _, e := range r.Evidence {
		if e.Kind == kind {
			return &Instant{r, e, kind == tracer.Called}
		}
	}
	if r.Unfinished {
		return nil
	}
	return &Instant{r, r.Event, kind == tracer.Called} // a Produce is recorded once, and stands where it began
}

// byProgram tells whether the program or its end is the moment's hand.
func (m *Instant) byProgram() bool {
	return m.row.Kind == tracer.RowCall || m.row.Kind == tracer.RowEnd
}

func (m *Instant) begins() bool  { return m.row.Kind == tracer.RowCall && m.begin }
func (m *Instant) returns() bool { return m.row.Kind == tracer.RowCall && !m.begin }

// precedes tells whether a came before b by a cause that this run shows.
func precedes(run *tracer.Run, a, b *Instant) bool {
	switch {
	case a.byProgram() && b.byProgram():
		if a.row == b.row {
			return a.begins() && b.returns()
		}
		return a.event.Seq < b.event.Seq // one hand
	case !a.byProgram() && !b.byProgram():
		return leadsTo(run, a.row, b.row)
	case a.byProgram():
		return callBefore(run, a, b)
	}
	return doneBefore(run, a, b)
}

// leadsTo follows the way of a batch from a row.
func leadsTo(run *tracer.Run, a, b *tracer.Row) bool {
	for range run.Rows {
		if a = nextOnWay(run, a); a == nil || a == b {
			break
		}
	}
	return a != nil
}

// callBefore tells whether a moment of a call came before something that the
// client or the wire did.
func callBefore(run *tracer.Run, a, b *Instant) bool {
	if a.row.Kind == tracer.RowEnd {
		return false
	}
	if made := run.Call("Produce"); made != nil && a.begins() && a.event.Seq <= begun(made) {
		return true // before the first message there was nothing to send
	}
	if r := carrier(run, a.row); r != nil && a.begins() && (b.row == r || leadsTo(run, r, b.row) || b.row.Kind == tracer.RowBatched && nextOnWay(run, b.row) == r) {
		return true // what is not made cannot be sent
	}
	return held(run, a, b)
}

// carrier is the first request with the message of a call, nil where the wire
// does not tell its message from others.
func carrier(run *tracer.Run, call *tracer.Row) *tracer.Row {
	m := call.Event.Call.Message
	if m == nil {
		return nil
	}
	for _, c := range run.Calls("Produce") {
		if o := c.Event.Call.Message; c != call && o != nil && o.CRC == m.CRC {
			return nil
		}
	}
	for _, r := range run.Of(tracer.RowRequest) {
		for _, b := range r.Event.Frame.Batches {
			if slices.Contains(b.CRCs, m.CRC) {
				return r
			}
		}
	}
	return nil
}

// longLinger is a linger.ms that no call but a waiting one outlasts.
const longLinger = 500

// held tells whether a long linger.ms held the first request back until a later
// call of Flush sets it aside, so that what the program did before that call
// came before it.
func held(run *tracer.Run, a, b *Instant) bool {
	linger, err := strconv.Atoi(setting(run, "linger.ms"))
	first := run.First(tracer.RowBatched)
	if err != nil || linger < longLinger || first == nil || setting(run, "batch.num.messages") != "" {
		return false
	}
	if b.row != first && !leadsTo(run, first, b.row) {
		return false
	}
	under := run.CallOf(first)
	if callWords(under) != "Flush()" {
		return callWords(under) == "Produce()" && a.row == under && begun(first) > a.event.Seq
	}
	return a.event.Seq <= begun(under)
}

// doneBefore tells whether something that the client or the wire did came
// before a moment of the program.
func doneBefore(run *tracer.Run, a, b *Instant) bool {
	if b.row.Kind == tracer.RowEnd {
		return run.CallOf(a.row).Kind != tracer.RowEnd // the client is a part of the process
	}
	if begun(a.row) > b.event.Seq && a.row.Kind != tracer.RowReport {
		return false
	}
	// Nothing was left in the client: all that was made before has its report.
	q := b.row.Event.Call.Before
	if b.returns() {
		q = b.row.Event.Call.After
	}
	if q == nil || q.Closed || q.Client > 0 || len(b.row.After.Producers) > 1 {
		return false
	}
	if b.begins() || slices.Contains([]string{"Flush", "CommitTransaction", "AbortTransaction"}, b.event.Call.Name) {
		return placedBefore(run, a.row, b)
	}
	return false
}

// placedBefore tells whether a row stands above a moment in the table.
func placedBefore(run *tracer.Run, r *tracer.Row, b *Instant) bool {
	under := run.CallOf(r)
	if b.begins() {
		return under != b.row && begun(under) < begun(b.row)
	}
	return begun(under) <= begun(b.row) && (b.row.Kind != tracer.RowCall || r.Kind != tracer.RowPrinted)
}

// setting is the value of a client setting in a run: laid over the program's,
// else the program's own; empty where neither names it.
func setting(run *tracer.Run, key string) string {
	for _, s := range run.Trace.Header.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	if made := run.Call("NewProducer"); made != nil && made.Event.Call != nil {
		for _, v := range made.Event.Call.Args {
			if v.Name == key {
				return v.Text
			}
		}
	}
	return ""
}
