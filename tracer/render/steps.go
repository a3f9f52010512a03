package render

// steps.go turns flow and sequence into what the HTML template asks for: lists
// that the style sheet draws as boxes and lanes, and that read aloud as
// sentences.

import (
	"slices"

	"kstep/tracer"
	"kstep/tracer/view"
)

type htmlFlow struct{ Nodes []htmlNode }

type htmlNode struct {
	Lane string // empty for the program's own steps
	Row  htmlRow
	Text htmlText
}

func (p pager) flow(f view.Flow) *htmlFlow {
	out := &htmlFlow{}
	for _, n := range f.Nodes {
		h := htmlNode{Text: p.text(n.Cell)}
		if n.Lane != tracer.Application {
			h.Lane = CleanLine(string(n.Lane))
		}
		if n.Address != "" {
			h.Row = p.row(n.Address)
		}
		out.Nodes = append(out.Nodes, h)
	}
	return out
}

// maxLanes is how many lanes the style sheet has a grid for.
const maxLanes = 6

type htmlSequence struct {
	Lanes []string // empty: drawn as a list
	Count int
	Acts  []htmlAct
}

// htmlAct is an arrow. Start and End are grid lines: each lane is two columns
// wide, its lifeline the line between them.
type htmlAct struct {
	Row        htmlRow
	Letter     string
	Words      string // of the letter
	Who        string // the lanes in words
	Text       htmlText
	Kind       string // right, left, note or plain
	Reply      bool
	Start, End int
}

func (p pager) sequence(s view.Sequence) *htmlSequence {
	out := &htmlSequence{}
	if len(s.Lanes) <= maxLanes {
		for _, l := range s.Lanes {
			out.Lanes = append(out.Lanes, CleanLine(string(l)))
		}
	}
	out.Count = len(out.Lanes)
	for _, a := range s.Arrows {
		act := htmlAct{Text: p.text(a.Cell), Reply: a.Reply, Who: CleanLine(string(a.From)), Kind: "plain"}
		if a.From != a.To {
			act.Who += " → " + CleanLine(string(a.To))
		}
		if a.Reply {
			act.Who += ", answer"
		}
		if a.Address != "" {
			act.Row = p.row(a.Address)
		}
		if k := rank(a.Known); k > 0 {
			act.Letter, act.Words = ways[k-1].letter, ways[k-1].words
		}
		act.place(slices.Index(s.Lanes, a.From), slices.Index(s.Lanes, a.To), out.Count)
		out.Acts = append(out.Acts, act)
	}
	return out
}

// place puts an arrow between lifelines, a note around one.
func (a *htmlAct) place(from, to, lanes int) {
	switch {
	case from < 0 || to < 0 || lanes == 0:
		return
	case from == to:
		a.Kind, a.Start, a.End = "note", 2*from, 2*from+4
		if from == 0 || from == lanes-1 { // no room at one side: stay centred on the lifeline
			a.Start, a.End = 2*from+1, 2*from+3
		}
	case from < to:
		a.Kind, a.Start, a.End = "right", 2*from+2, 2*to+2
	default:
		a.Kind, a.Start, a.End = "left", 2*to+2, 2*from+2
	}
}
