package view

import (
	"kstep/quiz"
	"kstep/tracer"
)

// flow is the Process Flow: the way of the message through the run, a box a
// row, the client's own work set apart by its lane.
func (b *blocks) flow() (Block, bool) {
	f := Flow{Heading: Heading{"process-flow", quiz.SectionFlow}}
	for _, d := range b.deeds() {
		f.Nodes = append(f.Nodes, b.boxes(d)...)
		if len(f.Nodes) > maxNodes {
			f.Nodes = append(f.Nodes[:maxNodes], Node{Cell: Cell{Text: "... the process table has the rest", Tone: Quiet}})
			return f, true
		}
	}
	return f, len(f.Nodes) > 0
}

// boxes are those of a deed.
func (b *blocks) boxes(d deed) []Node {
	switch d.part {
	case partPending:
		return nil // the box of the call has said so
	case partReturned:
		return []Node{{Cell: cell(d.row, returns(d.row)), Lane: tracer.Application, Address: d.row.Address}}
	}
	return b.nodes(d.row)
}

// maxNodes is how many boxes a chain may have before it stops being one.
const maxNodes = 32

// nodes are the boxes of a row: what was done, and where that left the
// message.
func (b *blocks) nodes(r *tracer.Row) []Node {
	node := func(lane tracer.Lane, tone Tone, text string) Node {
		c := cell(r, text)
		c.Tone = tone
		return Node{Cell: c, Lane: lane, Address: r.Address}
	}
	switch r.Kind {
	case tracer.RowCall:
		return b.callNodes(r, node)
	case tracer.RowPrepared:
		return []Node{node(tracer.Client, Plain, prepared(r))}
	case tracer.RowBatched:
		return []Node{node(tracer.Client, Plain, times("client builds a batch", r.Count))}
	case tracer.RowRequest:
		return []Node{node(tracer.Wire, Plain, times("Produce request", r.Count))}
	case tracer.RowResponse:
		text, tone := answer(r)
		return []Node{node(tracer.Wire, tone, "broker answers: "+text)}
	case tracer.RowReport:
		n, words, tone := reports(r)
		return []Node{node(tracer.Client, tone, count(n, "delivery report")+": "+words)}
	case tracer.RowExchange:
		text, tone := exchanged(r)
		return []Node{node(tracer.Wire, tone, exchange(r)+": "+text)}
	case tracer.RowFault:
		return []Node{node(tracer.Lab, Caution, fault(r))}
	case tracer.RowLeftOut:
		return []Node{node(tracer.Lab, Caution, leftOutShort(r))}
	case tracer.RowEnd:
		out := []Node{node(tracer.Application, Plain, "exit")}
		if n := r.After.Lost; n > 0 {
			out = append(out, node(tracer.Client, Bad, count(n, "message")+" lost with the process"))
		}
		return out
	}
	return nil
}

func (b *blocks) callNodes(r *tracer.Row, node func(tracer.Lane, Tone, string) Node) []Node {
	c := r.Event.Call
	text := times(name(c), r.Count)
	switch {
	case r.Unfinished:
		return []Node{node(tracer.Application, Bad, text+" does not return")}
	case c.Error != nil:
		return []Node{node(tracer.Application, Bad, text+": "+errorText(c.Error))}
	case c.Name == "Produce":
		out := []Node{node(tracer.Application, Plain, text)}
		if n := r.After.Queued - r.Before.Queued; n > 0 {
			out = append(out, node(tracer.Client, Plain, count(n, "message")+" in the client's queue"))
		}
		return out
	case b.waiting(r):
		return []Node{node(tracer.Application, Plain, text+" waits")} // its return follows what it waits for
	case c.Name == "Flush":
		return []Node{node(tracer.Application, Plain, text+" "+flushed(c))}
	}
	return []Node{node(tracer.Application, Plain, text)}
}
