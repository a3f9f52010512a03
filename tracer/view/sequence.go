package view

import (
	"slices"

	"kstep/quiz"
	"kstep/tracer"
)

// sequenceLanes are its lanes, left to right.
var sequenceLanes = []tracer.Lane{tracer.Application, tracer.Client, tracer.Wire}

// sequence is who did what to whom, in three lanes.
func (b *blocks) sequence() (Block, bool) {
	s := Sequence{
		Heading: Heading{"sequence", quiz.SectionSequence},
		Lanes:   slices.Clone(sequenceLanes),
	}
	for _, d := range b.deeds() {
		s.Arrows = append(s.Arrows, b.arrows(d)...)
		if len(s.Arrows) > maxArrows {
			s.Notes = append(s.Notes, Cell{Text: "The sequence goes on; the trace (--format json) has all of it.", Tone: Quiet})
			return s, true
		}
	}
	return s, len(s.Arrows) > 0
}

// maxArrows is how long a ladder may be before nobody reads it.
const maxArrows = 60

func arrow(r *tracer.Row, from, to tracer.Lane, text string, reply bool) Arrow {
	return Arrow{Cell: cell(r, text), From: from, To: to, Address: r.Address, Reply: reply}
}

// arrows are those of a deed.
func (b *blocks) arrows(d deed) []Arrow {
	var out []Arrow
	if d.row.Kind != tracer.RowCall {
		return under(d.row)
	}
	if d.part == partWhole || d.part == partCalled {
		out = append(out, arrow(d.row, tracer.Application, tracer.Client, action(d.row), false))
	}
	if d.part == partReturned || d.part == partWhole && !d.row.Unfinished {
		a := arrow(d.row, tracer.Client, tracer.Application, b.result(d.row), true)
		a.Tone = callTone(d.row)
		out = append(out, a)
	}
	return out
}

// under is the arrow of a row under a call.
func under(r *tracer.Row) []Arrow {
	switch r.Kind {
	case tracer.RowPrepared:
		ask := "connect"
		if learned(r) {
			ask += ", ask for the topic"
		}
		return []Arrow{arrow(r, tracer.Client, tracer.Wire, ask, false),
			arrow(r, tracer.Wire, tracer.Client, topicsLearned(r), true)}
	case tracer.RowBatched:
		return []Arrow{arrow(r, tracer.Client, tracer.Client, "batch: "+batchResult(r), false)}
	case tracer.RowRequest:
		return []Arrow{arrow(r, tracer.Client, tracer.Wire, times("Produce request, "+carried(r)+marked(r), r.Count), false)}
	case tracer.RowResponse:
		text, tone := answer(r)
		a := arrow(r, tracer.Wire, tracer.Client, text, true)
		a.Tone = tone
		return []Arrow{a}
	case tracer.RowExchange:
		text, tone := exchanged(r)
		a := arrow(r, tracer.Wire, tracer.Client, text, true)
		a.Tone = tone
		return []Arrow{arrow(r, tracer.Client, tracer.Wire, exchange(r), false), a}
	case tracer.RowPrinted:
		return []Arrow{arrow(r, tracer.Application, tracer.Application, "prints: "+r.Event.Text, false)}
	case tracer.RowReport:
		n, words, tone := reports(r)
		a := arrow(r, tracer.Client, tracer.Application, count(n, "delivery report")+": "+words, false)
		a.Tone = tone
		return []Arrow{a}
	case tracer.RowFault:
		return []Arrow{faultArrow(r)}
	case tracer.RowLeftOut:
		a := arrow(r, tracer.Application, tracer.Application, leftOutShort(r), false)
		a.Tone = Caution
		return []Arrow{a}
	case tracer.RowEnd:
		return []Arrow{arrow(r, tracer.Application, tracer.Application, "exit: "+ending(r.Event.Exit), false)}
	}
	return nil
}
