package view

import (
	"cmp"
	"slices"

	"kstep/tracer"
)

// The Status Tracker of a walk: a column a stop.

// snapshot is the state at a deed. What waits in the queues is known only when
// a call has returned.
func (b *blocks) snapshot(d deed) snapshot {
	r := d.row
	s := snapshot{row: r, state: &r.After}
	switch {
	case d.part == partCalled:
		s.state = &r.Before
	case r.Event.Exit != nil:
		s.final, s.queue = true, b.atEnd()
	case r.Event.Call != nil && !r.Unfinished && r.Kind == tracer.RowCall:
		s.queue = b.queues(r)
	}
	return s
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
