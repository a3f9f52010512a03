package tracer

import (
	"cmp"
	"slices"
)

// Where rows stand. Between two deeds of the program or of the lab, wire and
// client work on several batches at once, and how their events interleave is an
// accident of one run: whether the second request leaves before the first
// answer is there, for example. Rows therefore follow each batch from building
// to report, batch by batch. A hold of the lab is a deed, so what it forces
// stays where it was seen. The trace itself keeps the order of the clock.

// byCause are the events in the order in which rows are made of them.
func byCause(events []Event) []*Event {
	chains := chainsOf(events)
	out := make([]*Event, 0, len(events))
	var between []int
	put := func() {
		slices.SortStableFunc(between, func(a, b int) int { return chains.compare(a, b) })
		for _, i := range between {
			out = append(out, &events[i])
		}
		between = between[:0]
	}
	for i := range events {
		if !chains.deed(i) {
			between = append(between, i)
			continue
		}
		put()
		out = append(out, &events[i])
	}
	put()
	return out
}

// chains tell which events belong to the way of one batch.
type chains struct {
	events  []Event
	of      []int        // by event: the number of its Produce request, counted from 1; 0: none
	at      []part       // by request - 1: the partition it is sorted by
	carries map[int]bool // connections that carry Produce requests
}

// compare sorts what belongs to no batch first, then batch by batch.
func (c *chains) compare(a, b int) int {
	x, y := c.of[a], c.of[b]
	if x == y {
		return 0
	}
	if x == 0 || y == 0 {
		return cmp.Compare(x, y)
	}
	p, q := c.at[x-1], c.at[y-1]
	return cmp.Or(cmp.Compare(p.topic, q.topic), cmp.Compare(p.partition, q.partition), cmp.Compare(x, y))
}

// deed tells whether nothing may be moved across the event: the program or the
// lab did it, or it puts an end to what was under way.
func (c *chains) deed(i int) bool {
	e := &c.events[i]
	switch e.Lane {
	case Wire:
		if e.Kind == ConnectionClosed {
			return c.carries[e.Frame.Connection]
		}
		return e.Frame.API == "EndTxn" || e.Kind == Undecoded
	case Client:
		return c.of[i] == 0 && (settles(e.Kind) || e.Kind == TerminatedWith)
	}
	return !hinders(e)
}

// chainsOf finds the chains: the n-th batch built for a partition is the n-th
// request that carries it, and the n-th report of a partition follows its n-th
// answer without error, or with acks=0 its n-th request.
func chainsOf(events []Event) *chains {
	c := &chains{events: events, of: make([]int, len(events)), carries: map[int]bool{}}
	sent, good := map[part][]int{}, map[part][]int{}
	awaits := map[flight]int{}
	for i := range events {
		e := &events[i]
		if e.Frame == nil || e.Lane != Wire || e.Frame.API != "Produce" {
			continue
		}
		key := flight{e.Frame.Connection, int(e.Frame.Correlation)}
		switch e.Kind {
		case Request:
			at := part{}
			if len(e.Frame.Batches) > 0 {
				at = part{e.Frame.Batches[0].Topic, e.Frame.Batches[0].Partition}
			}
			c.at = append(c.at, at)
			c.of[i], c.carries[e.Frame.Connection] = len(c.at), true
			awaits[key] = len(c.at)
			for _, b := range e.Frame.Batches {
				p := part{b.Topic, b.Partition}
				sent[p] = append(sent[p], len(c.at))
				if unanswered(e) {
					good[p] = append(good[p], len(c.at))
				}
			}
		case Response:
			c.of[i] = awaits[key]
			for _, b := range e.Frame.Batches {
				if p := (part{b.Topic, b.Partition}); b.Error == "" {
					good[p] = append(good[p], c.of[i])
				}
			}
		}
	}
	for i := range events {
		e := &events[i]
		if e.Client == nil || e.Lane != Client {
			continue
		}
		p := part{e.Client.Topic, e.Client.Partition}
		switch e.Kind {
		case Batched:
			c.of[i] = next(sent, p)
		case Delivered:
			c.of[i] = next(good, p)
		}
	}
	return c
}

// next takes the first of a partition's list, 0 where it is empty.
func next(of map[part][]int, p part) int {
	q := of[p]
	if len(q) == 0 {
		return 0
	}
	of[p] = q[1:]
	return q[0]
}
