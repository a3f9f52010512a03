package view

import (
	"slices"
	"strconv"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// ProcessTable is the id of the block.
const ProcessTable = "process-table"

// RowsUnderCalls is the note of a table that has rows under its calls.
const RowsUnderCalls = "Rows n.m happened while the call above them ran or before the next call. They stand where their cause puts them, not by the clock."

// processColumns are its columns.
var processColumns = []string{quiz.ColumnStep, quiz.ColumnAction, quiz.ColumnState, quiz.ColumnResult}

// process is the Process Table: a row a call, and under it what happened
// meanwhile.
func (b *blocks) process() (Block, bool) {
	t := b.table(Heading{ProcessTable, quiz.SectionTable}, "")
	if len(b.run.Of(tracer.RowRequest)) > 0 {
		t.Notes = append(t.Notes, Cell{Text: RowsUnderCalls, Tone: Quiet})
	}
	return t, len(t.Rows) > 0
}

// table is the rows of the run, with what comes before their addresses.
func (b *blocks) table(h Heading, prefix string) Table {
	t := Table{Heading: h, Columns: slices.Clone(processColumns)}
	for i := range b.run.Rows {
		r := &b.run.Rows[i]
		action, state, result := b.cells(r)
		depth := 0
		if strings.Contains(r.Address, ".") {
			depth = 1
		}
		t.Rows = append(t.Rows, Row{Address: prefix + r.Address, Depth: depth, Cells: []Cell{cell(r, r.Address), action, state, result}})
	}
	t.Notes = b.ledgerNotes()
	return t
}

// cells are the last three cells of a row.
func (b *blocks) cells(r *tracer.Row) (action, state, result Cell) {
	a, s, out, tone := "", b.state(r), "", Plain
	switch r.Kind {
	case tracer.RowCall:
		a, out, tone = callAction(r), b.result(r), callTone(r)
	case tracer.RowPrepared:
		a, out = prepared(r), topicsLearned(r)
	case tracer.RowBatched:
		a, out = times("client builds a batch", r.Count), batchResult(r)
	case tracer.RowRequest:
		_, bytes := records(r)
		a, out = times("Produce request ->", r.Count), carried(r)+", "+count(bytes, "byte")+marked(r)
	case tracer.RowResponse:
		a = times("<- response", r.Count)
		out, tone = answer(r)
	case tracer.RowReport:
		n, words, t := reports(r)
		a, out, tone = count(n, "delivery report"), words, t
	case tracer.RowExchange:
		a = exchange(r)
		out, tone = exchanged(r)
	case tracer.RowFault:
		a, out, tone = fault(r), faultMaker, Caution
	case tracer.RowLeftOut:
		a, out, tone = leftOut(r), leftOutMeans(r), Caution
	case tracer.RowPrinted:
		a, out = "program prints", r.Event.Text
	case tracer.RowEnd:
		a, out, tone = b.endCells(r)
	}
	action, state, result = cell(r, a), cell(r, s), cell(r, out)
	state.Changed, result.Tone = strings.Contains(s, "->"), tone
	return action, state, result
}

func callAction(r *tracer.Row) string {
	a := action(r)
	if w := where(r); w != "" {
		a += "\n" + w
	}
	return a
}

// callResult is what the program got back.
func callResult(r *tracer.Row) string {
	c := r.Event.Call
	switch {
	case r.Unfinished:
		return "has not returned: the program still waits here when the record ends"
	case c.Guarded:
		return guarded(c)
	case c.Error != nil:
		return "error: " + errorText(c.Error)
	case c.Name == "Produce":
		return "no error"
	case c.Name == "Flush":
		return flushed(c)
	case c.Name == "NewProducer":
		return "a producer, no error"
	}
	var out []string
	for _, v := range c.Results {
		if v.Name == "error" {
			out = append(out, "no error")
			continue
		}
		out = append(out, shorten(v.Text, v.Size))
	}
	return strings.Join(out, ", ")
}

// guarded says what kstep answered in the closed client's stead.
func guarded(c *tracer.Call) string {
	text := "kstep answered for the closed client, which would have crashed or hung"
	if c.Error != nil {
		return "error: " + errorText(c.Error) + " (" + text + ")"
	}
	return text
}

// result is callResult, and for a Produce whether anything had left when it
// returned.
func (b *blocks) result(r *tracer.Row) string {
	out := callResult(r)
	if c := r.Event.Call; c.Name == "Produce" && c.Error == nil && b.unsent(r) {
		out += "; nothing sent yet"
	}
	return out
}

// unsent tells whether no Produce request left from the call's beginning to
// the next call. Where one did, it is an accident whether that was before the
// call had returned.
func (b *blocks) unsent(r *tracer.Row) bool {
	return r.After.Requests == r.Before.Requests && !b.has(r, tracer.RowRequest)
}

// flushed is Flush's number and what it counts.
func flushed(c *tracer.Call) string {
	n := ""
	for _, v := range c.Results {
		n = v.Text
	}
	switch {
	case n == "0":
		return "returns 0: nothing left"
	case c.After == nil:
		return "returns " + n
	}
	return "returns " + n + ": " + split(c.After)
}

// split says what Len() adds up.
func split(q *tracer.Queues) string {
	var parts []string
	for _, p := range []struct {
		n    int
		noun string
	}{{q.Client, "in the client's queues"}, {q.Events, "unread in Events()"}, {q.Channel, "in ProduceChannel()"}} {
		if p.n > 0 {
			parts = append(parts, number(p.n)+" "+p.noun)
		}
	}
	if len(parts) == 0 {
		return "nothing left"
	}
	return strings.Join(parts, ", ")
}

func callTone(r *tracer.Row) Tone {
	c := r.Event.Call
	switch {
	case r.Unfinished || c.Error != nil:
		return Bad
	case c.Guarded:
		return Caution
	case c.Name == "Flush" && c.After != nil && c.After.Len() > 0:
		return Caution
	}
	return Plain
}

// prepared is what the client did before a batch could leave: where it knew
// the topic already, it only connected.
func prepared(r *tracer.Row) string {
	if learned(r) {
		return "client connects, learns the topic"
	}
	return "client connects"
}

func learned(r *tracer.Row) bool {
	return slices.ContainsFunc(r.Evidence, func(e *tracer.Event) bool { return e.Frame != nil && len(e.Frame.Topics) > 0 })
}

func topicsLearned(r *tracer.Row) string {
	var out []string
	seen := map[string]bool{}
	for _, e := range r.Evidence {
		if e.Frame == nil {
			continue
		}
		for _, t := range e.Frame.Topics {
			text := t.Name + " has " + count(t.Partitions, "partition")
			if t.Error != "" {
				text = t.Name + ": " + t.Error
			}
			if !seen[text] {
				seen[text] = true
				out = append(out, text)
			}
		}
	}
	if len(out) == 0 {
		return "connected"
	}
	return strings.Join(out, ", ")
}

func batchResult(r *tracer.Row) string {
	n := 0
	for _, e := range r.Evidence {
		n += e.Client.Count
	}
	c := r.Event.Client
	text := count(n, "message") + " for " + c.Topic
	if r.Count == 1 {
		text += "[" + strconv.Itoa(int(c.Partition)) + "]"
	}
	return text
}

// endCells are the cells of the program's end.
func (b *blocks) endCells(r *tracer.Row) (action, result string, tone Tone) {
	e := r.Event.Exit
	result = ending(e)
	if hang := b.unfinished(); hang != nil {
		result += "; the program was still in " + name(hang.Event.Call)
		if w := where(hang); w != "" {
			result += ", " + w
		}
	}
	if e == nil || e.ByLab || e.Signal != "" || e.Code != 0 {
		tone = Bad
	}
	return "exit", result, tone
}

// unfinished is the call in which the program was when the record ended.
func (b *blocks) unfinished() *tracer.Row {
	calls := b.run.Of(tracer.RowCall)
	for i := len(calls) - 1; i >= 0; i-- {
		if calls[i].Unfinished {
			return calls[i]
		}
	}
	return nil
}

// state is the Internal State cell: what the row changed, and for a call that
// changed nothing what is to be known all the same.
func (b *blocks) state(r *tracer.Row) string {
	var lines []string
	for _, c := range tracer.Diff(&r.Before, &r.After) {
		meanwhile := r.Kind != tracer.RowCall && r.Kind != tracer.RowPrepared
		if c.Variable == "connections up" || c.Variable == "connections that carry messages" && meanwhile {
			continue // when one opens or closes meanwhile is not this row's doing, and differs from run to run
		}
		lines = append(lines, c.Variable+": "+c.From+" -> "+c.To)
	}
	switch {
	case r.Kind == tracer.RowEnd:
		lines = append(lines, b.endState(r)...)
	case r.Kind == tracer.RowCall && r.Event.Call.Name == "NewProducer" && r.Event.Call.Error == nil:
		lines = append([]string{"producer is open"}, lines...)
		if r.After.Carrying == 0 {
			lines = append(lines, "connections that carry messages: 0")
		}
	case r.Kind == tracer.RowCall && r.Event.Call.Name == "Produce" && b.unsent(r):
		lines = append(lines, "Produce requests on the wire: "+number(r.After.Requests))
	}
	return strings.Join(lines, "\n")
}

func (b *blocks) endState(r *tracer.Row) []string {
	var out []string
	if r.Before.Undelivered() == 0 {
		out = append(out, "nothing queued")
	}
	for _, p := range r.After.Producers {
		who := "the producer"
		if len(r.After.Producers) > 1 {
			who = "producer " + strconv.Itoa(p.Number)
		}
		if p.Closed {
			out = append(out, who+" was closed")
		} else {
			out = append(out, who+" was never closed")
		}
	}
	return out
}
