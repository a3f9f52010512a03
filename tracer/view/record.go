package view

import (
	"strconv"
	"strings"

	"kstep/tracer"
)

// FullRecord is the id of the block.
const FullRecord = "full-record"

// maxEvents is how many events of a record are listed.
const maxEvents = 400

// fullRecord is the Full Record: every event, in the trace's order, by its
// number, with the row that shows it. It has no clock in it.
func (b *blocks) fullRecord() (Block, bool) {
	t := Table{Heading: Heading{FullRecord, "Full Record"}, Columns: []string{"Event", "Lane", "What", "Row"}}
	events := b.run.Trace.Events
	at, begun := b.shownAt(), map[int]bool{}
	for i := range events[:min(len(events), maxEvents)] {
		e := &events[i]
		what := event(e, begun)
		c := func(text string) Cell { return Cell{Text: text, Known: e.Known, Evidence: []int{e.Seq}} }
		address := at[e]
		t.Rows = append(t.Rows, Row{Address: address, Cells: []Cell{c(strconv.Itoa(e.Seq)), c(string(e.Lane)), c(what), c(address)}})
	}
	if n := len(events) - len(t.Rows); n > 0 {
		t.Notes = append(t.Notes, Cell{Text: count(n, "more event") + " " + plural(n, "is", "are") + " not listed; the trace (--format json) has " + plural(n, "it", "them") + ".", Tone: Quiet})
	}
	text := "Events without a letter were observed: by the wrapper around the client, the tap on the connection or the lab, or in the broker's log. Lanes run at once: how their events interleave, and how much the client logs, is another in every run."
	if len(b.run.Trace.Twins) > 0 {
		text += " The events of the twins are in the trace (--format json)."
	}
	t.Notes = append(t.Notes, Cell{Text: text, Tone: Quiet})
	return t, len(t.Rows) > 0
}

// shownAt is the address of the row that shows an event.
func (b *blocks) shownAt() map[*tracer.Event]string {
	out := map[*tracer.Event]string{}
	for i := range b.run.Rows {
		for _, e := range b.run.Rows[i].Evidence {
			if _, ok := out[e]; !ok {
				out[e] = b.run.Rows[i].Address
			}
		}
	}
	return out
}

// event is one event in words. begun are the calls whose beginning was told.
func event(e *tracer.Event, begun map[int]bool) string {
	switch {
	case e.Call != nil:
		return callEvent(e, begun)
	case e.Frame != nil && e.Lane == tracer.Wire:
		return frameEvent(e)
	case e.Client != nil:
		return clientEvent(e)
	case e.Record != nil:
		return recordEvent(e)
	case e.Exit != nil:
		return "process ended: " + ending(e.Exit)
	case e.Kind == tracer.Printed && e.Stream == "stderr":
		return "printed to stderr: " + e.Text
	case e.Text != "":
		return times(string(e.Kind), e.Count) + ": " + e.Text
	}
	return times(string(e.Kind), e.Count)
}

func callEvent(e *tracer.Event, begun map[int]bool) string {
	r := &tracer.Row{Kind: tracer.RowCall, Event: e, Count: e.Call.N()}
	switch {
	case e.Kind == tracer.Called:
		begun[e.Call.ID] = true
		return "called " + action(r)
	case e.Kind != tracer.Returned:
		return string(e.Kind)
	case begun[e.Call.ID]:
		return name(e.Call) + got(callResult(r))
	}
	return "called " + action(r) + ", which" + got(callResult(r))
}

// got is " returned 0: nothing left" or " returned: no error".
func got(result string) string {
	if number, ok := strings.CutPrefix(result, "returns "); ok {
		return " returned " + number
	}
	return " returned: " + result
}

// frameEvent is a frame, or its connection, as the tap saw it.
func frameEvent(e *tracer.Event) string {
	f := e.Frame
	on := "connection " + number(f.Connection)
	if e.Kind == tracer.ConnectionOpened || e.Kind == tracer.ConnectionClosed {
		return string(e.Kind) + ": " + on + ", broker " + strconv.Itoa(int(f.Node))
	}
	text := f.API + " " + string(e.Kind)
	if f.API == "" {
		text = string(e.Kind)
	}
	text += ": " + count(f.Bytes, "byte") + ", " + on + ", correlation " + strconv.Itoa(int(f.Correlation))
	if n, _ := records(&tracer.Row{Evidence: []*tracer.Event{e}}); n > 0 {
		text += ", " + count(n, "record")
	}
	if e.Kind == tracer.Response && f.API == "Produce" {
		said, _ := answer(&tracer.Row{Event: e, Count: 1})
		text += ", " + said
	}
	for _, why := range []string{f.Error, f.Reason} {
		if why != "" {
			text += ", " + why
		}
	}
	return text
}

// clientEvent is a line of the client's log: what was read from it, or its
// own words.
func clientEvent(e *tracer.Event) string {
	c := e.Client
	switch e.Kind {
	case tracer.BrokerState:
		return "broker state: " + c.From + " -> " + c.To + ", broker " + c.Broker
	case tracer.RequestSent, tracer.ResponseRead:
		return string(e.Kind) + ": " + c.API + ", " + count(c.Bytes, "byte") + ", correlation " + strconv.Itoa(int(c.Correlation))
	case tracer.Batched:
		return "batched: " + count(c.Count, "message") + " for " + c.Topic + "[" + strconv.Itoa(int(c.Partition)) + "]"
	case tracer.ClientLogged:
		return c.Tag + ": " + e.Text
	}
	return string(e.Kind) + ": " + e.Text
}

// recordEvent is what was read back from the broker's log.
func recordEvent(e *tracer.Event) string {
	r := e.Record
	if e.Kind == tracer.Watermark {
		return "watermarks of " + r.Topic + "[" + strconv.Itoa(int(r.Partition)) + "]: " + strconv.FormatInt(r.Offset, 10) + " and " + strconv.FormatInt(r.High, 10)
	}
	text := times(string(e.Kind), r.Count) + ": " + place(r.Topic, r.Partition, r.Offset)
	switch {
	case r.Control:
		text += ", the mark of a transaction's end"
	case r.Message > 0:
		text += ", message #" + number(r.Message)
	default:
		text += ", none of this program's messages"
	}
	if r.Aborted {
		text += ", aborted"
	}
	return text
}
