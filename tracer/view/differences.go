package view

import (
	"kstep/quiz"
	"kstep/tracer"
)

// DiffFormat is the name and version of a Comparison as JSON; within a
// version, fields are only added.
const DiffFormat = "kstep-diff/1"

// Side is one of two runs that are compared, and what its lesson claims of it.
type Side struct {
	Name   string // as columns and facts call it: first-message, no-flush, linger.ms=0
	Runs   *tracer.Runs
	Claims []tracer.Claim // Key Moments and Concept Snapshot
}

// Comparison is what two runs do not have in common, and nothing else.
type Comparison struct {
	Format      string       `json:"format"`
	Lesson      string       `json:"lesson"`
	A           Ran          `json:"a"`
	B           Ran          `json:"b"`
	Differences []Difference `json:"differences"` // in reading order; empty: nothing differs
}

// Ran is what one side ran.
type Ran struct {
	Name     string           `json:"name"`
	Variant  string           `json:"variant,omitempty"`
	Program  string           `json:"program"` // base name of its source
	Settings []tracer.Setting `json:"settings,omitempty"`
	Faults   []string         `json:"faults,omitempty"`
	Without  string           `json:"without,omitempty"` // what kstep left out of the program
	Partial  string           `json:"partial,omitempty"` // why its record is not whole
}

// The parts of a page that are compared.
const (
	PartProcess  = ProcessTable
	PartTracker  = StatusTracker
	PartMessages = "messages"
	PartClaims   = "claims"
)

// Difference is a cell that the two sides fill differently, or a row that only
// one of them has.
type Difference struct {
	Part   string `json:"part"`
	What   string `json:"what"`   // the row's action, the variable, the message, the sentence
	Column string `json:"column"` // the cell's column; Row for a whole row
	A      *Half  `json:"a"`      // null: not there
	B      *Half  `json:"b"`
}

// Half is one side of a Difference.
type Half struct {
	Step  string       `json:"step,omitempty"` // address of the row in this side's Process Table
	Text  string       `json:"text"`
	Known tracer.Known `json:"known,omitempty"`
}

// The columns that a Difference can be in besides those of the page's tables.
const (
	columnRow     = "Row"     // the whole row
	columnUnder   = "Under"   // the call it stands under
	columnFollows = "Follows" // the row it comes after
	columnAction  = quiz.ColumnAction
)

// Compare holds two runs of a lesson side by side.
func Compare(lesson string, a, b Side) Comparison {
	c := comparer{a: a, b: b, left: blocksOf(a), right: blocksOf(b)}
	c.pairs = align(c.left.run, c.right.run)
	out := Comparison{Format: DiffFormat, Lesson: lesson, A: a.ran(), B: b.ran(), Differences: []Difference{}}
	for _, part := range [][]Difference{c.process(), c.tracker(), c.messages(), c.claims()} {
		out.Differences = append(out.Differences, part...)
	}
	return out
}

// comparer holds what all parts of a comparison need.
type comparer struct {
	a, b        Side
	left, right blocks
	pairs       []pair
}

func blocksOf(s Side) blocks {
	return blocks{runs: s.Runs, run: s.Runs.Main, ledger: s.Runs.Main.Ledger()}
}

func (s Side) ran() Ran {
	h := s.Runs.Main.Trace.Header
	return Ran{Name: s.Name, Variant: h.Variant, Program: h.Program.File, Settings: h.Settings, Faults: h.Faults, Without: h.Without, Partial: h.Partial}
}

// process are the cells of the Process Table that differ. The line of a call is
// none of them: it moves when the program gets a line more.
func (c *comparer) process() []Difference {
	var out []Difference
	for _, p := range c.pairs {
		switch {
		case p.b == nil:
			out = append(out, Difference{Part: PartProcess, What: actionOf(&c.left, p.a), Column: columnRow, A: wholeRow(&c.left, p.a)})
		case p.a == nil:
			out = append(out, Difference{Part: PartProcess, What: actionOf(&c.right, p.b), Column: columnRow, B: wholeRow(&c.right, p.b)})
		default:
			out = append(out, c.both(p)...)
		}
	}
	return out
}

// both are the cells that differ of a row that both runs have.
func (c *comparer) both(p pair) []Difference {
	left, right := rowTexts(&c.left, p.a), rowTexts(&c.right, p.b)
	what := left[0].text
	if right[0].text != what {
		what = p.key.what
	}
	var out []Difference
	add := func(column, a, b string) {
		if a != b {
			out = append(out, Difference{PartProcess, what, column, half(p.a, a), half(p.b, b)})
		}
	}
	add(c.place(p))
	for i := range left {
		add(left[i].column, left[i].text, right[i].text)
	}
	return out
}

// place is where the two rows stand, as far as that differs in more than the
// address.
func (c *comparer) place(p pair) (column, a, b string) {
	callA, callB := c.left.run.CallOf(p.a), c.right.run.CallOf(p.b)
	if callA != p.a && callB != p.b && whatItIs(callA) != whatItIs(callB) {
		return columnUnder, whatItIs(callA), whatItIs(callB)
	}
	if !p.moved {
		return "", "", ""
	}
	return columnFollows, before(&c.left, p.a), before(&c.right, p.b)
}

// before is the row above.
func before(b *blocks, r *tracer.Row) string {
	for i := range b.run.Rows {
		if &b.run.Rows[i] == r && i > 0 {
			return actionOf(b, &b.run.Rows[i-1])
		}
	}
	return "nothing"
}

// columnText is a cell by the name of its column.
type columnText struct{ column, text string }

func rowTexts(b *blocks, r *tracer.Row) []columnText {
	_, state, result := b.cells(r)
	return []columnText{{columnAction, actionOf(b, r)}, {quiz.ColumnState, state.Text}, {quiz.ColumnResult, result.Text}}
}

// actionOf is the Action cell without the line of the program.
func actionOf(b *blocks, r *tracer.Row) string {
	if r.Kind == tracer.RowCall {
		return action(r)
	}
	a, _, _ := b.cells(r)
	return a.Text
}

func half(r *tracer.Row, text string) *Half {
	return &Half{Step: r.Address, Text: text, Known: r.Known()}
}

// wholeRow stands for a row that the other run does not have: its result, or
// where it has none its state. The address leads to the rest.
func wholeRow(b *blocks, r *tracer.Row) *Half {
	texts := rowTexts(b, r)
	state, result := texts[1].text, texts[2].text
	if result == "" {
		return half(r, state)
	}
	return half(r, result)
}
