package view

import (
	"cmp"
	"slices"
	"strconv"

	"kstep/quiz"
	"kstep/tracer"
)

// StatusTracker is the id of the block.
const StatusTracker = "status-tracker"

// tracker is the Status Tracker: each variable at the start, after each call
// that can change it, and at the end.
func (b *blocks) tracker() (Block, bool) {
	moments := b.snapshots()
	t := Table{Heading: Heading{StatusTracker, quiz.SectionTracker}, Columns: []string{quiz.ColumnVariable}}
	for _, m := range moments {
		t.Columns = append(t.Columns, m.name)
	}
	for _, v := range b.variables(moments) {
		row := Row{Cells: []Cell{{Text: v.name, Tone: Strong}}}
		for i, m := range moments {
			c := cell(m.row, v.of(m))
			c.Changed = i > 0 && c.Text != v.of(moments[i-1]) && c.Text != "-" // "-": nobody asked
			row.Cells = append(row.Cells, c)
		}
		t.Rows = append(t.Rows, row)
	}
	if left := b.withoutColumn(moments); len(left) > 0 {
		t.Notes = append(t.Notes, Cell{Text: count(len(left), "call") + " " + plural(len(left), "has", "have") + " no column here.", Tone: Quiet, Rows: tracer.Addresses(left...)})
	}
	return t, len(moments) > 2
}

// snapshot is a column of the tracker: the state at a named moment.
type snapshot struct {
	name  string
	row   *tracer.Row
	state *tracer.State
	queue *tracer.Queues // as the wrapper saw it then; nil: nobody asked
	start bool
	final bool
	going bool // Len() is an accident here, see lettingGo
}

// maxColumns is how many columns fit a page of 80 characters.
const maxColumns = 6

// snapshots are the columns: the constructor's effect is not one, because the
// state after it is what "Start" of the next column means to a reader who
// compares, and the first column says that there was nothing.
func (b *blocks) snapshots() []snapshot {
	out := []snapshot{{name: quiz.ColumnStart, state: &tracer.State{}, start: true}}
	calls := b.trackable()
	titles := columnTitles(calls)
	calls = columnsFor(calls)
	for _, r := range calls {
		out = append(out, snapshot{name: titles[r], row: r, state: &r.After, queue: b.queues(r)})
	}
	if end := b.run.End(); end != nil {
		out = append(out, snapshot{name: quiz.ColumnFinal, row: end, state: &end.After, queue: b.atEnd(), final: true})
	}
	b.lettingGo(out)
	return out
}

// trackable are the calls that can have a column.
func (b *blocks) trackable() []*tracer.Row {
	var calls []*tracer.Row
	for _, r := range b.run.Of(tracer.RowCall) {
		if r.Event.Call.Name != "NewProducer" || r.Event.Call.Error != nil {
			calls = append(calls, r)
		}
	}
	return calls
}

// withoutColumn are the calls for whose column there was no room.
func (b *blocks) withoutColumn(moments []snapshot) []*tracer.Row {
	return slices.DeleteFunc(b.trackable(), func(r *tracer.Row) bool {
		return slices.ContainsFunc(moments, func(m snapshot) bool { return m.row == r })
	})
}

// columnsFor are the calls that have a column, in their order: all, or where that
// is too many the first that does something to a message, and of those after it
// the last that settle what becomes of messages, else the last.
func columnsFor(calls []*tracer.Row) []*tracer.Row {
	if len(calls) <= maxColumns-2 {
		return calls
	}
	first := max(0, slices.IndexFunc(calls, func(r *tracer.Row) bool { return r.Before.Queued != r.After.Queued || settles(r) }))
	first = min(first, len(calls)-(maxColumns-2))
	out := calls[first : first+1 : first+1]
	rest := calls[first+1:]
	for _, wanted := range []bool{true, false} {
		for i := len(rest) - 1; i >= 0 && len(out) < maxColumns-2; i-- {
			if settles(rest[i]) == wanted {
				out = append(out, rest[i])
			}
		}
	}
	slices.SortFunc(out, func(a, b *tracer.Row) int { return cmp.Compare(a.Event.Seq, b.Event.Seq) })
	return out
}

// settles tells whether a call ends with messages or a transaction settled that
// were not when it began.
func settles(r *tracer.Row) bool {
	before, after := &r.Before, &r.After
	return reported(before)+before.Lost+before.Refused != reported(after)+after.Lost+after.Refused ||
		before.Transaction != after.Transaction && after.Transaction != "open"
}

// columnTitles name the calls' columns; the second call by a name and those
// after it say which row they are, whether or not the first has a column.
func columnTitles(calls []*tracer.Row) map[*tracer.Row]string {
	titles, seen := map[*tracer.Row]string{}, map[string]int{}
	for _, r := range calls {
		call := name(r.Event.Call)
		title := "After " + call
		if seen[call]++; seen[call] > 1 {
			title += ", row " + r.Address
		}
		if r.Unfinished {
			title = "In " + call
		}
		titles[r] = title
	}
	return titles
}

// lettingGo marks the moments at which Len() is an accident. The client counts a
// message until it has let go of its report, which is a moment after the program
// has got it (librdkafka v2.15.0, src/rdkafka_msg.c, rd_kafka_msg_destroy); only
// a Flush() that returned 0 has waited for that.
func (b *blocks) lettingGo(moments []snapshot) {
	settled := 0 // reports that the client has let go of for certain
	calls := b.run.Of(tracer.RowCall)
	for i := range moments {
		m := &moments[i]
		if m.row == nil || m.queue == nil {
			continue
		}
		for len(calls) > 0 && (m.final || calls[0].Event.Seq <= m.row.Event.Seq) {
			c := calls[0].Event.Call
			if c.Name == "Flush" && c.After != nil && c.After.Client == 0 {
				settled = reported(&calls[0].After)
			}
			calls = calls[1:]
		}
		unread := m.queue.Reports
		if b.reportsToEvents() {
			unread += m.queue.Events
		}
		m.going = reported(m.state)-unread > settled
	}
}

// reportsToEvents tells whether there are reports that go to Events(); else
// what waits there is errors, of a broker that is gone for example.
func (b *blocks) reportsToEvents() bool {
	return slices.ContainsFunc(b.run.Calls("Produce"), func(r *tracer.Row) bool {
		return slices.ContainsFunc(r.Event.Call.Args, func(v tracer.Value) bool { return v.Name == "deliveryChan" && v.Text == "nil" })
	})
}

// reported is how many messages have their delivery report.
func reported(s *tracer.State) int { return s.Delivered + s.Failed + s.Purged }

// atEnd are the queues when the program's main returned; nil where it never
// did, or where there was more than one producer to ask.
func (b *blocks) atEnd() *tracer.Queues {
	var q *tracer.Queues
	for i := range b.run.Trace.Events {
		e := &b.run.Trace.Events[i]
		if e.Kind != tracer.MainDone || e.Call == nil || e.Call.After == nil || e.Call.After.Closed {
			continue
		}
		if q != nil {
			return nil
		}
		q = e.Call.After
	}
	return q
}

// queues are what the wrapper saw when a call returned; nil where that is an
// accident. What Purge removed is on its way to the program by then, and a
// message that leaves right after Produce() may have come back or not.
func (b *blocks) queues(r *tracer.Row) *tracer.Queues {
	switch c := r.Event.Call; {
	case c.Name == "Purge", c.Name == "Produce" && b.has(r, tracer.RowRequest):
		return nil
	default:
		return c.After
	}
}

// has tells whether a row of a kind stands under the call.
func (b *blocks) has(call *tracer.Row, kind tracer.RowKind) bool {
	return slices.ContainsFunc(b.run.Under(call), func(u *tracer.Row) bool { return u.Kind == kind })
}

// variable is a row of the tracker.
type variable struct {
	name   string
	of     func(snapshot) string
	seen   bool // it is what the wrapper saw; "-": nobody asked
	always bool // every page has it
}

// variables are the rows: always those of the source lesson, the others where
// the run has something to show in them.
func (b *blocks) variables(moments []snapshot) []variable {
	out := []variable{{name: "p", of: producer, always: true}}
	always := map[string]bool{"queued in client": true, "in flight": true, "delivered": true, "connections that carry messages": true}
	for _, v := range tracer.Variables {
		if v.Name == "connections up" {
			continue
		}
		shown := always[v.Name]
		for _, m := range moments {
			shown = shown || v.Of(m.state) != 0
		}
		if shown {
			out = append(out, variable{name: v.Name, of: func(m snapshot) string { return strconv.Itoa(v.Of(m.state)) }, always: always[v.Name]})
		}
	}
	for _, v := range []variable{{name: "transaction", of: transaction}, {name: "producer's epoch", of: epoch}} {
		for _, m := range moments {
			if v.of(m) != "-" {
				out = append(out, v)
				break
			}
		}
	}
	if b.run.Call("Events") != nil {
		return out // what waits there depends on how fast the program reads, so in each run it is another number
	}
	return append(out, variable{name: "p.Len()", of: length, seen: true}, variable{name: "unread reports", of: unread, seen: true})
}

func transaction(m snapshot) string { return cmp.Or(m.state.Transaction, "-") }

func epoch(m snapshot) string {
	if m.start || m.state.Epoch < 0 {
		return "-"
	}
	return strconv.Itoa(m.state.Epoch)
}

func producer(m snapshot) string {
	switch n := len(m.state.Producers); {
	case m.start:
		return "-"
	case n == 0:
		return "none"
	case n > 1:
		return count(n, "producer")
	}
	p := m.state.Producers[0]
	switch {
	case p.Closed:
		return "closed"
	case m.final:
		return "open, never closed"
	}
	return "open"
}

func length(m snapshot) string {
	if m.queue == nil || m.start || m.going {
		return "-"
	}
	return strconv.Itoa(m.queue.Len())
}

func unread(m snapshot) string {
	if m.queue == nil || m.start {
		return "-"
	}
	return strconv.Itoa(m.queue.Reports + m.queue.Events)
}
