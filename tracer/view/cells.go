package view

import (
	"fmt"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// Place is where a text of a document stands: in which block, row and column.
// It is the same place in every run of the same program.
type Place struct {
	Block  string `json:"block"`  // the block's id; page for what stands above the blocks
	Row    string `json:"row"`    // an address, a variable, a claim's or question's id
	Column string `json:"column"` // the column's name, or what of the row it is
}

// Addressed is a text of a document with its place.
type Addressed struct {
	Place
	Text string
}

// Cells are all texts of a document, flat: what a reader can compare of two
// runs. Numbers of events are left out, they are another in every run.
func Cells(d Document) []Addressed {
	f := flattener{block: "page", seen: map[Place]int{}}
	f.add("title", "", d.Title)
	for _, fact := range d.Facts {
		f.add(fact.Name, "fact", fact.Text)
	}
	f.sentences("warning", d.Warnings)
	for _, b := range d.Blocks {
		f.block = b.Head().ID
		f.flatten(b)
	}
	return f.out
}

type flattener struct {
	block string
	seen  map[Place]int
	out   []Addressed
}

// add takes a text; where its place is taken, its row is counted.
func (f *flattener) add(row, column, text string) {
	p := Place{f.block, row, column}
	if f.seen[p]++; f.seen[p] > 1 {
		p.Row = fmt.Sprintf("%s (%d)", row, f.seen[p])
	}
	f.out = append(f.out, Addressed{p, text})
}

func (f *flattener) cell(row, column string, c Cell) { f.add(row, column, shown(c)) }

// sentences are cells that are told apart by their order alone.
func (f *flattener) sentences(row string, cells []Cell) {
	for i, c := range cells {
		f.cell(fmt.Sprintf("%s %d", row, i+1), "", c)
	}
}

// shown is a cell's text with the marks a reader sees beside it.
func shown(c Cell) string {
	text := c.Text
	if c.Changed {
		text += " *"
	}
	if c.Known != "" && c.Known != tracer.Observed {
		text += " [" + string(c.Known) + "]"
	}
	if len(c.Rows) > 0 {
		text += " (" + Cited(c.Rows) + ")"
	}
	return text
}

func (f *flattener) flatten(b Block) {
	switch b := b.(type) {
	case Flow:
		for _, n := range b.Nodes {
			f.cell(n.Address, "box", n.Cell)
		}
		f.sentences("note", b.Notes)
	case Code:
		f.code(b)
	case Table:
		f.table(b)
	case Moments:
		f.moments(b)
	case Quiz:
		f.quiz(b)
	case Cards:
		f.add("intro", "", b.Intro)
		for _, c := range b.Items {
			f.add(c.ID, "front", c.Front)
			for i, back := range c.Back {
				f.cell(c.ID, fmt.Sprintf("sentence %d", i+1), back)
			}
		}
		f.sentences("note", b.Notes)
	case Sequence:
		for _, a := range b.Arrows {
			f.add(a.Address, "arrow", fmt.Sprintf("%s -> %s: %s", a.From, a.To, shown(a.Cell)))
		}
		f.sentences("note", b.Notes)
	case List:
		f.sentences("sentence", b.Items)
		f.sentences("note", b.Notes)
	case Prose:
		for _, p := range b.Paragraphs {
			for _, c := range p {
				f.cell(strings.Join(c.Rows, ", "), "sentence", c)
			}
		}
		f.sentences("note", b.Notes)
	}
}

func (f *flattener) code(c Code) {
	for _, l := range c.Lines {
		row := fmt.Sprintf("line %d", l.Number)
		f.add(row, "source", l.Text)
		if len(l.Rows) > 0 {
			f.add(row, "rows", Cited(l.Rows))
		}
	}
	f.sentences("note", c.Notes)
}

func (f *flattener) table(t Table) {
	for _, r := range t.Rows {
		row := r.Address
		if row == "" && len(r.Cells) > 0 {
			row = r.Cells[0].Text
		}
		for i, c := range r.Cells[:min(len(r.Cells), len(t.Columns))] {
			f.cell(row, t.Columns[i], c)
		}
	}
	f.sentences("note", t.Notes)
}

func (f *flattener) moments(m Moments) {
	for _, item := range m.Items {
		f.add(item.ID, "question", item.Question)
		f.add(item.ID, "verdict", string(item.Verdict))
		for i, c := range item.Answer {
			f.cell(item.ID, fmt.Sprintf("sentence %d", i+1), c)
		}
	}
	f.sentences("note", m.Notes)
}

func (f *flattener) quiz(q Quiz) {
	f.add("intro", "", q.Intro)
	for _, question := range q.Questions {
		f.add(question.ID, "prompt", question.Prompt)
		for i, o := range question.Options {
			text := o.Text
			if o.Correct {
				text += " [the key]"
			}
			f.add(question.ID, "option "+quiz.Letter(i), text)
			f.cell(question.ID, "feedback "+quiz.Letter(i), Cell{Text: o.Feedback, Rows: o.Rows})
		}
		for i, h := range question.Hints {
			f.add(question.ID, fmt.Sprintf("hint %d", i+1), h)
		}
		f.add(question.ID, "rows to read again", Cited(question.Reread))
	}
	f.sentences("note", q.Notes)
}
