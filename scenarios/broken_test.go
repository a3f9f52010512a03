package scenarios

import (
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"testing"

	"kstep/tracer"
	"kstep/tracer/view"
)

// A lesson is held against whatever was recorded: a run that was cut off, one
// under a setting that its program does not live with, a file from elsewhere.
// Whatever is missing there, its sentences and questions say so and do not panic.
func TestBrokenRecords(t *testing.T) {
	if testing.Short() {
		t.Skip("makes thousands of pages")
	}
	for _, l := range Taught() {
		t.Run(l.ID, func(t *testing.T) {
			t.Parallel()
			programs := recordedLesson(t, l).Programs
			whole := programs[0].Trace
			modes := view.Modes()
			n := 0
			for _, p := range programs {
				for _, b := range breakages(p.Trace, 8) {
					m := modes[n%len(modes)] // by turns: together they are too many
					n++
					faultless(t, p.Variant+", "+m.Name+", "+b.what, b.trace, m)
				}
			}
			visual, _ := view.FindMode(view.ModeVisual)
			for i, twin := range whole.Twins {
				for _, b := range breakages(twin, 2) {
					copied := *whole
					copied.Twins = slices.Clone(whole.Twins)
					copied.Twins[i] = b.trace
					faultless(t, "twin "+twin.Header.Variant+", "+b.what, &copied, visual)
				}
			}
		})
	}
}

// faultless makes a page and a walk of a trace.
func faultless(t *testing.T, what string, trace *tracer.Trace, m view.Mode) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: %v\n%s", what, r, debug.Stack())
		}
	}()
	runs := tracer.NewRuns(trace)
	l := Lesson(runs)
	view.BuildMode(runs, l, m)
	view.NewWalk(runs, l)
}

// broken is a trace that lacks something.
type broken struct {
	what  string
	trace *tracer.Trace
}

// breakages are traces that lack a part of this one, so many of them its end.
func breakages(t *tracer.Trace, cuts int) []broken {
	var out []broken
	add := func(what string, change func(*tracer.Event) bool) {
		var events []tracer.Event
		for _, e := range t.Events {
			e = deep(e)
			if change(&e) {
				e.Seq = len(events) + 1
				events = append(events, e)
			}
		}
		if len(events) > 0 {
			lacking := *t
			lacking.Events = events
			out = append(out, broken{what, &lacking})
		}
	}
	for i := 1; i < len(t.Events); i += max(1, len(t.Events)/cuts) {
		n := 0
		add(fmt.Sprintf("cut after event %d", i), func(*tracer.Event) bool { n++; return n <= i })
	}
	kinds, calls := map[tracer.Kind]bool{}, map[string]bool{}
	for _, e := range t.Events {
		kinds[e.Kind] = true
		if e.Call != nil {
			calls[e.Call.Name] = true
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		add("without "+string(kind), func(e *tracer.Event) bool { return e.Kind != kind })
	}
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		add("without calls of "+name, func(e *tracer.Event) bool { return e.Call == nil || e.Call.Name != name })
		add(name+" fails", func(e *tracer.Event) bool {
			if e.Call != nil && e.Call.Name == name && e.Kind == tracer.Returned {
				e.Call.Error = &tracer.Error{Code: -1, Name: "broken", Text: "broken"}
				e.Call.Results = nil
			}
			return true
		})
	}
	add("without arguments", func(e *tracer.Event) bool {
		if e.Call != nil {
			e.Call.Args, e.Call.Results = nil, nil
		}
		return true
	})
	add("without messages", func(e *tracer.Event) bool {
		if e.Call != nil {
			e.Call.Message = nil
		}
		return true
	})
	add("messages without content", func(e *tracer.Event) bool {
		if e.Call != nil && e.Call.Message != nil {
			e.Call.Message.Key, e.Call.Message.Value, e.Call.Message.Headers = nil, nil, nil
		}
		if e.Record != nil {
			e.Record.Key, e.Record.Value = nil, nil
		}
		return true
	})
	add("frames without content", func(e *tracer.Event) bool {
		if e.Frame != nil {
			e.Frame.Batches, e.Frame.Topics, e.Frame.Acks, e.Frame.Commit = nil, nil, nil, nil
		}
		return true
	})
	add("without queues", func(e *tracer.Event) bool {
		if e.Call != nil {
			e.Call.Before, e.Call.After, e.Call.Site = nil, nil, nil
		}
		return true
	})
	return out
}

// deep is an event whose details can be changed.
func deep(e tracer.Event) tracer.Event {
	if e.Call != nil {
		c := *e.Call
		if c.Message != nil {
			m := *c.Message
			c.Message = &m
		}
		e.Call = &c
	}
	if e.Frame != nil {
		f := *e.Frame
		e.Frame = &f
	}
	if e.Record != nil {
		r := *e.Record
		e.Record = &r
	}
	return e
}
