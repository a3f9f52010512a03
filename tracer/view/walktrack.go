package view

import (
	"cmp"
	"slices"

	"kstep/tracer"
)

// What a walk needs besides the page: when several calls of one row are over,
// and the Status Tracker with a column a stop.

// walked are the deeds of a walk: those of the page, but that a row of several
// calls is told in two, where something under it happened before the last of
// them returned. Else its state would be told before that of the rows under it.
func (b *blocks) walked() []deed {
	var out []deed
	var open *tracer.Row
	until := 0
	closes := func() {
		if open != nil {
			out = append(out, deed{open, partReturned})
		}
		open = nil
	}
	for _, d := range b.deeds() {
		r := d.row
		if r.Kind == tracer.RowCall || r.Kind == tracer.RowEnd || open != nil && r.Event.Seq > until {
			closes()
		}
		if d.part == partWhole && r.Kind == tracer.RowCall && r.Count > 1 && !r.Unfinished {
			until = lastSeq(r)
			if under := b.run.Under(r); len(under) > 0 && under[0].Event.Seq < until {
				open, d.part = r, partCalled
			}
		}
		out = append(out, d)
	}
	closes()
	return out
}

// lastSeq is the last event of a row.
func lastSeq(r *tracer.Row) int {
	last := 0
	for _, e := range r.Evidence {
		last = max(last, e.Seq)
	}
	return last
}

// snapshot is the state at a deed. What waits in the queues is known only when
// a call has returned.
func (b *blocks) snapshot(d deed) snapshot {
	r := d.row
	s := snapshot{row: r, state: &r.After}
	switch {
	case d.part == partCalled:
		s.state = &r.Before
	case d.part == partWhole && r.Kind == tracer.RowCall && r.Count == 1 && !r.Unfinished && b.has(r, tracer.RowRequest):
		s.state = queuedOnly(r)
	case r.Event.Exit != nil:
		s.final, s.queue = true, b.atEnd()
	case r.Event.Call != nil && !r.Unfinished && r.Kind == tracer.RowCall:
		s.queue = b.queues(r)
	}
	return s
}

// queuedOnly is the state after a Produce() by what it did itself: where a
// request left under it, it is an accident whether that was before it returned.
func queuedOnly(r *tracer.Row) *tracer.State {
	if r.Event.Call.Name != "Produce" {
		return &r.After
	}
	s := r.Before
	n := r.After.Produced - r.Before.Produced
	s.Produced += n
	s.Queued += n
	return &s
}

// track gives each stop its variables. Those that every page has come first;
// the others follow in the order in which they first have something to show,
// so that none changes its place and none tells before its time that it will.
func (b *blocks) track(stops []Stop, snaps []snapshot) {
	b.lettingGo(snaps)
	type tracked struct {
		variable
		texts []string
		first int
	}
	var all []tracked
	for _, v := range b.variables(snaps) {
		t := tracked{variable: v, first: len(snaps)}
		for i, s := range snaps {
			text := v.of(s)
			t.texts = append(t.texts, text)
			if t.first > i && (v.always || text != "0" && text != "-") {
				t.first = i
			}
		}
		all = append(all, t)
	}
	slices.SortStableFunc(all, func(a, b tracked) int { return cmp.Compare(a.first, b.first) })
	for _, v := range all {
		last := v.texts[0]
		for i := v.first; i < len(stops); i++ {
			c := Tracked{Name: v.name, Cell: cell(snaps[i].row, v.texts[i])}
			if i > 0 && c.Text != last && c.Text != "-" { // "-": nobody asked
				c.Changed, c.Was = true, last
			}
			if c.Text != "-" {
				last = c.Text
			}
			stops[i].Tracker = append(stops[i].Tracker, c)
		}
	}
}
