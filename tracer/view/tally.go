package view

import (
	"cmp"
	"slices"
)

// Steadiness says how a cell was over several runs.
type Steadiness string

// Every cell is one of these.
const (
	Invariant Steadiness = "invariant"  // the same text in all runs
	OrderOnly Steadiness = "order-only" // the same texts in all runs, at other places of the column
	Unsteady  Steadiness = "varying"    // some run had a text that another had not
)

// Tally counts the texts that several runs of one program put into their
// cells. The zero value is ready; it is for one goroutine.
type Tally struct {
	runs    int
	places  []Place // in the order they were first seen
	texts   map[Place]map[string]int
	columns map[inColumn]*spread
}

// inColumn is a text in a column of a block, at whatever row.
type inColumn struct{ block, column, text string }

// spread is how often a text stood in a column: in how many runs, and in each
// at least and at most.
type spread struct{ runs, least, most int }

// Tallied is a cell over all runs.
type Tallied struct {
	Place
	Steadiness Steadiness `json:"steadiness"`
	Texts      []Seen     `json:"texts"` // the most frequent first
}

// Seen is a text and in how many runs it was seen.
type Seen struct {
	Text  string `json:"text"`
	There bool   `json:"there"` // false: the runs that did not have the cell
	Runs  int    `json:"runs"`
}

// Add counts the cells of a run.
func (t *Tally) Add(cells []Addressed) {
	if t.texts == nil {
		t.texts, t.columns = map[Place]map[string]int{}, map[inColumn]*spread{}
	}
	t.runs++
	here := map[inColumn]int{}
	for _, c := range cells {
		if t.texts[c.Place] == nil {
			t.texts[c.Place] = map[string]int{}
			t.places = append(t.places, c.Place)
		}
		t.texts[c.Place][c.Text]++
		here[inColumn{c.Block, c.Column, c.Text}]++
	}
	for k, n := range here {
		s := t.columns[k]
		if s == nil {
			s = &spread{least: n}
			t.columns[k] = s
		}
		s.runs, s.least, s.most = s.runs+1, min(s.least, n), max(s.most, n)
	}
}

// Cells are all cells that any run had.
func (t *Tally) Cells() []Tallied {
	out := make([]Tallied, 0, len(t.places))
	for _, p := range t.places {
		c := Tallied{Place: p, Steadiness: t.steadiness(p)}
		left := t.runs
		for text, n := range t.texts[p] {
			c.Texts = append(c.Texts, Seen{text, true, n})
			left -= n
		}
		if left > 0 {
			c.Texts = append(c.Texts, Seen{Runs: left})
		}
		slices.SortFunc(c.Texts, func(a, b Seen) int {
			return cmp.Or(b.Runs-a.Runs, cmp.Compare(a.Text, b.Text))
		})
		out = append(out, c)
	}
	return out
}

func (t *Tally) steadiness(p Place) Steadiness {
	if len(t.texts[p]) == 1 {
		for _, n := range t.texts[p] {
			if n == t.runs {
				return Invariant
			}
		}
	}
	for text := range t.texts[p] {
		if s := t.columns[inColumn{p.Block, p.Column, text}]; s.runs < t.runs || s.least != s.most {
			return Unsteady
		}
	}
	return OrderOnly
}
