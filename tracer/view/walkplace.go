package view

import (
	"slices"
	"strings"

	"kstep/quiz"
)

// Where in a walk its questions are asked and its Key Moments are told.

// places are the stops of each address: where it is first shown, and where its
// row is whole.
type places map[string]struct{ first, whole int }

func (w *Walk) places() places {
	out := places{}
	for i, s := range w.Stops {
		p, ok := out[s.Address]
		if !ok {
			p.first = i
		}
		p.whole = i
		out[s.Address] = p
	}
	delete(out, "")
	return out
}

// whole are the stops at which the rows are whole, ascending. Rows of twins
// have none.
func (p places) whole(rows []string) []int {
	var out []int
	for _, r := range rows {
		if at, ok := p[r]; ok {
			out = append(out, at.whole)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (w *Walk) end() int { return len(w.Stops) - 1 }

// gates gives each question its place. One that only a twin answers is asked
// before the end.
func (w *Walk) gates(at places, questions []quiz.Question) {
	for _, q := range questions {
		g := Gate{Question: q, Ask: w.end()}
		if p, ok := at[q.Before]; ok {
			g.Ask = p.first
		}
		var key []string
		if k := q.Key(); k >= 0 {
			key = q.Options[k].Rows
		}
		for _, o := range q.Options {
			shown := g.Ask
			for _, i := range at.whole(append(slices.Clone(key), o.Rows...)) {
				shown = max(shown, i)
			}
			g.Shown = append(g.Shown, shown)
		}
		w.Questions = append(w.Questions, g)
	}
	slices.SortStableFunc(w.Questions, func(a, b Gate) int { return a.Ask - b.Ask })
	for i, g := range w.Questions {
		w.Stops[g.Ask].Ask = append(w.Stops[g.Ask].Ask, i)
	}
}

// cite ties each Key Moment to the stops of the rows it cites. Its verdict is
// held back until all of them are known and, where it cites a twin that a
// question at the end is about, until the end.
func (w *Walk) cite(at places, m Moments) {
	asked := map[string]bool{}
	for _, i := range w.Stops[w.end()].Ask {
		for _, o := range w.Questions[i].Question.Options {
			for _, r := range o.Rows {
				if t := twinOf(r); t != "" {
					asked[t] = true
				}
			}
		}
	}
	for n, item := range m.Items {
		var rows []string
		held := false
		for _, c := range item.Answer {
			rows = append(rows, c.Rows...)
		}
		for _, r := range rows {
			held = held || asked[twinOf(r)]
		}
		c := CitedMoment{Moment: item, Stops: at.whole(rows), Shown: w.end()}
		if len(c.Stops) > 0 && !held {
			c.Shown = c.Stops[len(c.Stops)-1]
		}
		for _, i := range c.Stops {
			w.Stops[i].Moments = append(w.Stops[i].Moments, n)
		}
		if c.Shown == w.end() && !slices.Contains(c.Stops, w.end()) {
			w.Stops[w.end()].Moments = append(w.Stops[w.end()].Moments, n)
		}
		w.Moments = append(w.Moments, c)
	}
}

// twinOf is the twin that an address names, "no-flush 3"; empty for a row of
// the run itself.
func twinOf(address string) string {
	i := strings.LastIndex(address, " ")
	if i < 0 {
		return ""
	}
	return address[:i]
}
