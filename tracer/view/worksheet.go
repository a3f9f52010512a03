package view

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// A worksheet: the code, the two tables with blanks, and the questions, to be
// printed and filled in with a pen.

// SheetOptions say how a worksheet is made.
type SheetOptions struct {
	Seed   string // decides which cells are blank, and the order of the options; empty: the lesson's id, and the options as they are
	Blanks int    // how many cells are blank, where there are so many
	Key    bool   // the same sheet with the blanks filled in and the answers marked
}

// longTable is how many rows of the Process Table a sheet has room for.
const longTable = 16

// manyQuestions is how many it has room for.
const manyQuestions = 6

// Worksheet makes the sheet of a run, or its key. The error says that the run has
// nothing to ask.
func Worksheet(runs *tracer.Runs, l Lesson, o SheetOptions) (Document, error) {
	b := blocks{runs: runs, run: runs.Main, lesson: l, ledger: runs.Main.Ledger()}
	t := newTables(tableOf(b.process()), tableOf(b.tracker()))
	chosen := t.choose(cmp.Or(o.Seed, l.ID), o.Blanks)
	if len(chosen) == 0 && len(l.Quiz) == 0 {
		return Document{}, errors.New("this run has no cell to leave blank and no question to ask")
	}
	d := sheetHead(l, o, len(chosen))
	if code, ok := b.code(); ok {
		c := code.(Code)
		c.Notes = nil
		d.Blocks = append(d.Blocks, c)
	}
	keep := t.needed(chosen)
	for n, c := range chosen {
		t.blank(c.spot, n+1, o.Key)
	}
	if len(t.process.Rows) > 0 {
		d.Blocks = append(d.Blocks, t.cut(keep))
	}
	if len(t.tracker.Rows) > 0 {
		d.Blocks = append(d.Blocks, t.tracker)
	}
	if len(l.Quiz) > 0 {
		d.Blocks = append(d.Blocks, paper(l.Quiz, o))
	}
	return d, nil
}

// tableOf is a block that is a table, an empty one where it is not there. Its
// rows are its own.
func tableOf(b Block, ok bool) Table {
	t, is := b.(Table)
	if !ok || !is {
		return Table{}
	}
	rows := slices.Clone(t.Rows)
	for i := range rows {
		rows[i].Cells = slices.Clone(rows[i].Cells)
	}
	t.Rows = rows
	return t
}

func sheetHead(l Lesson, o SheetOptions, blanks int) Document {
	line := strings.Repeat("_", 24)
	d := Document{
		ID: l.ID, Title: "Worksheet: " + l.Title, Position: l.Position, Sheet: true,
		Promise: "Fill in each numbered blank: other rows or the other table show its value. Then answer the questions, and say why.",
		Facts:   []Fact{{"name", line}, {"date", line}},
	}
	if o.Key {
		d.Title, d.Promise = "Key to the worksheet: "+l.Title, "The blanks are filled in, and the right answers are marked [x]."
		d.Facts = nil
	}
	d.Foot = fmt.Sprintf("%s, seed %s. Every cell was computed from one recorded run of kstep.", count(blanks, "blank"), cmp.Or(o.Seed, l.ID))
	return d
}

// blank puts a blank into its cell.
func (t *tables) blank(s spot, n int, key bool) {
	rows := t.process.Rows
	if s.tracker {
		rows = t.tracker.Rows
	}
	c := &rows[s.row].Cells[s.col]
	lines := strings.Split(c.Text, "\n")
	lines[s.line] = blanked(lines[s.line], s, n, key)
	c.Text = strings.Join(lines, "\n")
	if key {
		c.Tone = Strong
	} else {
		c.Tone, c.Changed = Plain, c.Changed && !s.tracker // a mark in the tracker would give it away
	}
}

// needed are the rows of the Process Table that the blanks and their witnesses
// stand in, or after which their column of the tracker stands.
func (t *tables) needed(chosen []candidate) map[int]bool {
	out := map[int]bool{}
	for _, c := range chosen {
		for _, s := range []spot{c.spot, c.witness} {
			if s.tracker {
				out[t.columns[s.col]] = true
			} else {
				out[s.row] = true
			}
		}
	}
	return out
}

// cut is the Process Table, of a long one what the blanks need, the calls, and a
// row in the place of those that are left out.
func (t *tables) cut(need map[int]bool) Table {
	out := t.process
	out.Notes = nil
	if len(out.Rows) <= longTable {
		return out
	}
	keep := map[int]bool{0: true, len(out.Rows) - 1: true}
	for i := range need {
		keep[i] = true
		for p := i; p >= 0; p-- { // the call that it stands under
			if out.Rows[p].Depth == 0 {
				keep[p] = true
				break
			}
		}
	}
	for i, r := range out.Rows {
		if r.Depth == 0 && len(keep) < longTable {
			keep[i] = true
		}
	}
	out.Rows = nil
	for i := 0; i < len(t.process.Rows); i++ {
		if keep[i] {
			out.Rows = append(out.Rows, t.process.Rows[i])
			continue
		}
		first := i
		for i+1 < len(t.process.Rows) && !keep[i+1] {
			i++
		}
		out.Rows = append(out.Rows, t.gap(first, i))
	}
	out.Notes = []Cell{{Text: "Rows that no blank needs are left out, each stretch of them named.", Tone: Quiet}}
	return out
}

// gap is the row in the place of others.
func (t *tables) gap(first, last int) Row {
	text := "row " + t.process.Rows[first].Address + " is left out"
	if last > first {
		text = "rows " + t.process.Rows[first].Address + " to " + t.process.Rows[last].Address + " are left out"
	}
	return Row{Depth: 1, Cells: []Cell{{}, {Text: text, Tone: Quiet}, {}, {}}}
}

// paper is the questions, and on the key their answers.
func paper(qs []quiz.Question, o SheetOptions) Paper {
	if o.Seed != "" {
		qs = quiz.Reorder(qs, o.Seed)
	}
	p := Paper{Heading: Heading{"visual-quiz", quiz.SectionQuiz}}
	if more := len(qs) - manyQuestions; more > 0 {
		qs = qs[:manyQuestions]
		p.Notes = []Cell{{Text: "The lesson has " + count(more, "question") + " more; kstep quiz asks all.", Tone: Quiet}}
	}
	for _, q := range qs {
		item := PaperQuestion{Prompt: q.Prompt, Line: "Why: " + strings.Repeat("_", 48)}
		for i, option := range q.Options {
			item.Options = append(item.Options, PaperOption{quiz.Letter(i), option.Text, o.Key && option.Correct})
		}
		if k := q.Key(); o.Key && k >= 0 {
			item.Line = "Why: " + q.Options[k].Feedback
		}
		p.Items = append(p.Items, item)
	}
	return p
}
