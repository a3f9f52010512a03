package tracer

import "slices"

// Window is a stretch of a run. Claims ask it what was on the wire, what the
// lab did and what the program printed:
//
//	run.After("Produce").Before("Flush").Requests("Produce").None()
//
// Its ends are calls of the program. A window of a call that the program did
// not make is empty, so that a predicate over it finds nothing. The zero value
// is empty.
type Window struct {
	run      *Run
	from, to int // Seq of the events it lies between, both left out
}

// Whole is the whole run.
func (r *Run) Whole() Window {
	if r == nil {
		return Window{}
	}
	return Window{r, 0, len(r.Trace.Events) + 1}
}

// After is the run from the return of the first call by that name on.
func (r *Run) After(call string) Window { return r.Whole().After(call) }

// Before is the run until the first call by that name began.
func (r *Run) Before(call string) Window { return r.Whole().Before(call) }

// During is the run while the first call by that name had not returned.
func (r *Run) During(call string) Window { return r.Whole().Inside(r.Call(call)) }

// After is the rest of the window from the return of the first call by that
// name in it on.
func (w Window) After(call string) Window { return w.AfterRow(w.first(call)) }

// Before is the window until the first call by that name in it began.
func (w Window) Before(call string) Window { return w.BeforeRow(w.first(call)) }

// AfterRow is the rest of the window after a call returned, the last one of a
// row of several.
func (w Window) AfterRow(call *Row) Window {
	if call == nil || call.Unfinished {
		return Window{}
	}
	_, end := ends(call)
	return w.between(end, w.to)
}

// BeforeRow is the window until a call began, the first one of a row of
// several.
func (w Window) BeforeRow(call *Row) Window {
	if call == nil {
		return Window{}
	}
	begin, _ := ends(call)
	return w.between(w.from, begin)
}

// Inside is the window while a call had not returned.
func (w Window) Inside(call *Row) Window {
	if call == nil {
		return Window{}
	}
	begin, end := ends(call)
	if call.Unfinished {
		end = w.to
	}
	return w.between(begin, end)
}

func (w Window) between(from, to int) Window {
	return Window{w.run, max(w.from, from), min(w.to, to)}
}

// ends are the first and the last event of a call's row.
func ends(call *Row) (begin, end int) {
	begin, end = call.Event.Seq, call.Event.Seq
	for _, e := range call.Evidence {
		begin, end = min(begin, e.Seq), max(end, e.Seq)
	}
	return begin, end
}

// first is the first call by that name whose row begins in the window.
func (w Window) first(call string) *Row {
	for _, r := range w.run.Calls(call) {
		if begin, _ := ends(r); begin > w.from && begin < w.to {
			return r
		}
	}
	return nil
}

// Calls are the calls by that name that began in the window.
func (w Window) Calls(name string) []*Row {
	return slices.DeleteFunc(w.run.Calls(name), func(r *Row) bool {
		begin, _ := ends(r)
		return begin <= w.from || begin >= w.to
	})
}

// Requests are the requests of an API that were on the wire.
func (w Window) Requests(api string) Frames {
	return w.frames(func(e *Event) bool { return e.Kind == Request && e.Frame.API == api })
}

// Responses are the responses of an API that were on the wire.
func (w Window) Responses(api string) Frames {
	return w.frames(func(e *Event) bool { return e.Kind == Response && e.Frame.API == api })
}

// Connections are the openings of connections.
func (w Window) Connections() Frames {
	return w.frames(func(e *Event) bool { return e.Kind == ConnectionOpened })
}

// Faults are what the lab did to the run.
func (w Window) Faults() Frames {
	return w.events(func(e *Event) bool { return e.Kind == Faulted })
}

// Reports are the lines of the client's log of one kind: Delivered, Failed,
// TimedOut, Purged. A line may stand for several messages, see Frames.Records.
func (w Window) Reports(kind Kind) Frames {
	return w.events(func(e *Event) bool { return e.Lane == Client && e.Kind == kind })
}

// Printed are the lines that the program printed.
func (w Window) Printed() []string {
	var out []string
	for _, e := range w.events(func(e *Event) bool { return e.Kind == Printed }).Events {
		out = append(out, e.Text)
	}
	return out
}

func (w Window) frames(ok func(*Event) bool) Frames {
	return w.events(func(e *Event) bool { return e.Lane == Wire && e.Frame != nil && ok(e) })
}

func (w Window) events(ok func(*Event) bool) Frames {
	f := Frames{run: w.run}
	for seq := w.from + 1; seq < w.to; seq++ {
		if e := &w.run.Trace.Events[seq-1]; ok(e) {
			f.Events = append(f.Events, e)
		}
	}
	return f
}

// Frames are events that were found in a window, in the trace's order.
type Frames struct {
	run    *Run
	Events []*Event
}

// N is how many were found.
func (f Frames) N() int { return len(f.Events) }

// None tells whether none was found.
func (f Frames) None() bool { return len(f.Events) == 0 }

// Any tells whether at least one was found.
func (f Frames) Any() bool { return len(f.Events) > 0 }

// Batches are the batches of Produce requests or responses.
func (f Frames) Batches() []Batch {
	var out []Batch
	for _, e := range f.Events {
		if e.Frame != nil {
			out = append(out, e.Frame.Batches...)
		}
	}
	return out
}

// Records is how many records the requests carried all together, or how many
// messages the lines of the client's log count.
func (f Frames) Records() int {
	n := 0
	for _, b := range f.Batches() {
		n += b.Records
	}
	for _, e := range f.Events {
		if e.Client != nil {
			n += e.Client.Count
		}
	}
	return n
}

// Errors are the errors of Produce responses, by their names, in order; a
// batch without an error has none.
func (f Frames) Errors() []string {
	var out []string
	for _, b := range f.Batches() {
		if b.Error != "" {
			out = append(out, b.Error)
		}
	}
	return out
}

// Rows are the addresses of the rows that show what was found.
func (f Frames) Rows() []string {
	if f.run == nil {
		return nil
	}
	found := map[*Event]bool{}
	for _, e := range f.Events {
		found[e] = true
	}
	return Addresses(f.run.find(func(r *Row) bool {
		return slices.ContainsFunc(r.Evidence, func(e *Event) bool { return found[e] })
	})...)
}
