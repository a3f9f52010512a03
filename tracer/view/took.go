package view

import (
	"slices"
	"strconv"

	"kstep/tracer"
)

// callWaits is how long the program was in each call, and then until the next.
// It is the only block that reads a clock: what it says is another in every
// run, so it is in no page that is compared.
func (b *blocks) callWaits() (Block, bool) {
	t := Table{Heading: Heading{"waits", "Waits"}, Columns: []string{"Step", "Call", "Round trips", "Took", "Until the next step"}}
	main := b.run.Main()
	for i, r := range main {
		if r.Kind != tracer.RowCall {
			continue
		}
		c := costOf(b.run.Under(r))
		c.evidence.Evidence = append(slices.Clone(r.Evidence), c.evidence.Evidence...)
		trips := cell(&c.evidence, number(c.trips))
		took, then := "had not returned", "-"
		begin, end, ok := lasted(r)
		if ok {
			took = rounded(end - begin)
			if i+1 < len(main) {
				if next, _, known := lasted(main[i+1]); known {
					then = rounded(next - end)
				}
			}
		} else if !r.Unfinished {
			took = "not known"
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{cell(r, r.Address), cell(r, deed(r)), trips, cell(r, took), cell(r, then)}})
	}
	t.Notes = []Cell{
		{Text: "Round trips are the Produce requests, and those for a producer id or a step of a transaction, that were answered before the program's next call. Connecting and learning the topic come on top.", Tone: Quiet},
		{Text: "Times are of this run, rounded; in another run they are others. Several calls in one row are timed together, with what the program did between them.", Tone: Quiet},
	}
	return t, len(t.Rows) > 0
}

// lasted is when a row of the short table began and ended, in ns since the run
// began. ok is false where the record does not say so, or cannot be right.
func lasted(r *tracer.Row) (begin, end int64, ok bool) {
	if r.Kind == tracer.RowEnd {
		return r.Event.At, r.Event.At, r.Event.At >= 0
	}
	begin, end = -1, -1
	for _, e := range r.Evidence {
		if e.Call == nil || e.Kind != tracer.Returned {
			continue
		}
		if begin < 0 || e.Call.Began < begin {
			begin = e.Call.Began
		}
		end = max(end, e.At)
	}
	return begin, end, begin >= 0 && end >= begin && !r.Unfinished
}

// rounded is a time as far as a reader can use it.
func rounded(ns int64) string {
	const ms = 1_000_000
	n := ns / ms
	if ns%ms >= ms/2 {
		n++
	}
	switch {
	case ns < 0:
		return "not known"
	case ns < ms:
		return "under 1 ms"
	case n < 10:
		return "about " + strconv.FormatInt(n, 10) + " ms"
	case n < 95:
		return "about " + strconv.FormatInt((n+5)/10*10, 10) + " ms"
	case n < 950:
		return "about " + strconv.FormatInt((n+50)/100*100, 10) + " ms"
	case n < 9_950:
		return "about " + strconv.FormatFloat(float64(n)/1000, 'f', 1, 64) + " s"
	}
	return "about " + number(int((n+500)/1000)) + " s"
}
