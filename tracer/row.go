package tracer

import (
	"slices"
	"strconv"
)

// RowKind says what a row stands for.
type RowKind string

// The kinds of rows. Call and End have an address of one number and make up
// the short table; the others stand under the call during or after which they
// happened.
const (
	RowCall     RowKind = "call"     // the program called the client; a run of like calls from one line is one row
	RowPrepared RowKind = "prepared" // the client connected and learned the topic's partitions, which the next batch needs
	RowBatched  RowKind = "batched"  // the client built a batch
	RowRequest  RowKind = "request"  // a Produce request was on the wire
	RowResponse RowKind = "response" // the broker answered it
	RowReport   RowKind = "report"   // the client put out delivery reports
	RowExchange RowKind = "exchange" // another request and its answer: a producer id, or a step of a transaction
	RowFault    RowKind = "fault"    // kstep did to the run what a network or a broker may do
	RowLeftOut  RowKind = "left out" // kstep left out a call of the program, or a setting
	RowPrinted  RowKind = "printed"  // the program printed
	RowEnd      RowKind = "end"      // the program's process ended
)

// Row is a line of a lesson's table, with an address that claims, hints and
// links use.
type Row struct {
	Address    string // "3", or "3.2" for what happened meanwhile
	Kind       RowKind
	Event      *Event   // the event it is about; of several like ones, the first
	Evidence   []*Event // every event it was computed from, Event included
	Count      int      // how many like events it stands for
	Before     State    // of a call: when it began; of others: after the row above
	After      State
	Unfinished bool  // the call had not returned when the record ended
	Messages   []int // of a request in a run that faults were done to: the messages it carries, by number, where the wire tells them apart
}

// Known is the weakest way in which the row's evidence is known.
func (r *Row) Known() Known {
	k := Observed
	for _, e := range r.Evidence {
		if rank(e.Known) > rank(k) {
			k = e.Known
		}
	}
	return k
}

func rank(k Known) int { return slices.Index([]Known{Observed, Reported, Inferred, Documented}, k) }

// Line is the program's line a row's call stands on, 0 for other rows.
func (r *Row) Line() int {
	if r.Event == nil || r.Event.Call == nil || r.Event.Call.Site == nil {
		return 0
	}
	return r.Event.Call.Site.Line
}

// Message is what a call of Produce handed over; empty where it was none or
// handed over nothing.
func (r *Row) Message() Message {
	if r == nil || r.Event == nil || r.Event.Call == nil || r.Event.Call.Message == nil {
		return Message{}
	}
	return *r.Event.Call.Message
}

// Rows folds a trace into rows. Rows of one lane keep their order; a row of
// another lane stands where its cause allows: connecting, learning the topic
// and building the batch stand right before the request that needed them,
// because when exactly they happened differs from run to run.
func Rows(t *Trace) []Row {
	b := builder{runs: likeCalls(t.Events), faulted: len(t.Header.Faults) > 0}
	b.fold.permanent = permanentErrors(t.Events)
	if b.faulted {
		b.numbers = numbersOf(accepted(t.Events))
	}
	for _, e := range byCause(t.Events) {
		b.add(e)
	}
	return b.finish()
}

// builder walks the events once, folding the state and making rows.
type builder struct {
	fold    Folder
	rows    []Row          // calls and the end
	under   [][]Row        // rows under each of them
	open    map[int]int    // call ID -> index of its row
	runs    map[int]int    // call ID -> first call ID of the run of like calls it is in
	ready   []*Event       // evidence of connecting and learning that no row has shown yet
	batched []*Event       // batches built, whose request has not been seen
	before  State          // state before the first of batched
	last    State          // state after the last row under a call
	up      map[int]*Event // the first answer of each connection

	requested map[string]int    // topics of requests -> how many producers there were
	asked     map[flight]*Event // exchanges whose answer has not been seen
	exchanged [][]*Event        // exchanges that no row has shown yet
	faulted   bool              // the lab was told to do something to the run
	numbers   map[sameContent]int
	early     []*Event // faults before the first call, under which they stand
	hindered  []*Event // faults of connecting and learning that no row has shown yet
}

func (b *builder) add(e *Event) {
	before := b.fold.State
	b.fold.Apply(e)
	switch {
	case e.Lane == Application && e.Call != nil && e.Kind == Called:
		b.call(e, &before, true)
	case e.Lane == Application && e.Call != nil && e.Kind == Returned:
		b.returned(e, &before)
	case e.Kind == Exited:
		b.end(e, &before)
	case e.Kind == Batched:
		if len(b.batched) == 0 {
			b.before = before.clone()
		}
		b.batched = append(b.batched, e)
	case e.Lane == Wire:
		b.wire(e)
	case e.Kind == Failed:
		b.hinderedRows() // what kept the client waiting came before it gave up
		b.sub(RowReport, b.fold.State.clone(), e)
	case e.Kind == TimedOut && b.timedOutToo(e):
	case e.Kind == Delivered || e.Kind == TimedOut || e.Kind == Purged:
		b.sub(RowReport, b.fold.State.clone(), e)
	case e.Kind == Printed:
		b.sub(RowPrinted, b.fold.State.clone(), e)
	case e.Kind == LeftOut:
		b.sub(RowLeftOut, b.fold.State.clone(), e)
	case hinders(e):
		b.hindered = append(b.hindered, e)
	case e.Kind == Faulted && len(b.rows) == 0:
		b.early = append(b.early, e)
	case e.Kind == Faulted:
		b.sub(RowFault, b.fold.State.clone(), e)
	}
}

// call makes the row of a call that began.
func (b *builder) call(e *Event, before *State, unfinished bool) {
	if b.open == nil {
		b.open = map[int]int{}
	}
	first := b.runs[e.Call.ID]
	if i, ok := b.open[first]; ok && first != 0 {
		b.open[e.Call.ID] = i
		r := &b.rows[i]
		r.Count += e.Call.N()
		r.Evidence = append(r.Evidence, e)
		return
	}
	b.open[e.Call.ID] = len(b.rows)
	b.rows = append(b.rows, Row{Kind: RowCall, Event: e, Evidence: []*Event{e}, Count: e.Call.N(), Before: before.clone(), Unfinished: unfinished})
	b.under = append(b.under, nil)
	b.last = before.clone()
	for _, fault := range b.early {
		b.sub(RowFault, b.last.clone(), fault)
	}
	b.early = nil
}

func (b *builder) returned(e *Event, before *State) {
	i, ok := b.open[e.Call.ID]
	if !ok {
		b.call(e, before, false)
		i = b.open[e.Call.ID]
	} else if b.rows[i].Unfinished {
		b.rows[i].Event, b.rows[i].Unfinished = e, false
		b.rows[i].Evidence = append(b.rows[i].Evidence, e)
	}
	if waiting[e.Call.Name] {
		b.hinderedRows()
	}
	b.rows[i].After = b.fold.State.clone()
	b.last = b.rows[i].After
}

func (b *builder) end(e *Event, before *State) {
	b.hinderedRows()
	b.rows = append(b.rows, Row{Kind: RowEnd, Event: e, Evidence: []*Event{e}, Count: 1, Before: before.clone(), After: b.fold.State.clone()})
	b.under = append(b.under, nil)
}

// wire keeps what a later batch will be shown to have needed, and makes rows
// of Produce requests and responses.
func (b *builder) wire(e *Event) {
	if b.up == nil {
		b.up = map[int]*Event{}
	}
	f := e.Frame
	switch {
	case e.Kind == Response && b.up[f.Connection] == nil:
		b.up[f.Connection] = e
	case e.Kind == Response && f.API == "Metadata" && b.teaches(f):
		b.ready = append(b.ready, e)
	}
	if exchanges[f.API] && (e.Kind == Request || e.Kind == Response) {
		b.exchange(e)
	}
	if f.API != "Produce" {
		return
	}
	if e.Kind == Response {
		b.sub(RowResponse, b.fold.State.clone(), e)
		return
	}
	b.request(e)
}

// teaches tells whether an answer is the first about a topic before the
// producer's requests for it. That a client asks again, on a new connection or
// by and by, is no step on a message's way, and when it does is an accident.
func (b *builder) teaches(f *Frame) bool {
	for _, t := range f.Topics {
		if n, ok := b.requested[t.Name]; !ok || n != len(b.fold.State.Producers) {
			return true
		}
	}
	return false
}

func (b *builder) request(e *Event) {
	if b.requested == nil {
		b.requested = map[string]int{}
	}
	for _, batch := range e.Frame.Batches {
		b.requested[batch.Topic] = len(b.fold.State.Producers)
	}
	if up := b.up[e.Frame.Connection]; up != nil && up.Kind == Response {
		b.ready = append([]*Event{up}, b.ready...)
	}
	b.up[e.Frame.Connection] = e // shown once
	built := b.batched
	state := b.fold.State.clone()
	b.hinderedRows()
	if len(b.ready) > 0 {
		at := b.before
		if len(built) == 0 {
			at = b.last
		}
		at.Carrying = state.Carrying // the connection it travels on is part of what was prepared
		b.sub(RowPrepared, at.clone(), b.ready...)
		b.ready = nil
	}
	b.exchangeRows()
	if len(built) > 0 {
		after := b.last.clone()
		n := 0
		for _, x := range built {
			n += x.Client.Count
		}
		after.Batched += take(n, &after.Queued)
		b.sub(RowBatched, after, built...)
		b.batched = nil
	}
	b.sub(RowRequest, state, e)
	if r := b.lastUnder(); r != nil {
		r.Messages = carried(e.Frame, b.numbers)
	}
}

// accepted are the calls of Produce that returned without an error.
func accepted(events []Event) []*Call {
	var out []*Call
	for i := range events {
		if c := events[i].Call; events[i].Kind == Returned && c.Name == "Produce" && c.Error == nil && c.Message != nil {
			out = append(out, c)
		}
	}
	return out
}

// sub adds a row under the call that began last.
func (b *builder) sub(kind RowKind, after State, evidence ...*Event) {
	if len(b.rows) == 0 {
		return // before the first call there is nothing to stand under
	}
	i := len(b.rows) - 1
	r := Row{Kind: kind, Event: evidence[0], Evidence: evidence, Count: 1, Before: b.last, After: after}
	b.under[i] = append(b.under[i], r)
	b.last = after
}

// finish numbers the rows.
func (b *builder) finish() []Row {
	b.hinderedRows()
	var out []Row
	limit := collapseFrom
	if b.faulted {
		limit = collapseFaulted
	}
	for i := range b.rows {
		r := b.rows[i]
		r.Address = strconv.Itoa(i + 1)
		if r.Unfinished {
			r.After = b.fold.State.clone()
		}
		out = append(out, r)
		for j, u := range collapse(b.under[i], limit) {
			u.Address = r.Address + "." + strconv.Itoa(j+1)
			out = append(out, u)
		}
	}
	return out
}
