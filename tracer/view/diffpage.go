package view

import (
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// Document is the page of a comparison: a table a part, in which only what
// differs stands, side by side.
func (c Comparison) Document() Document {
	d := Document{
		ID:    c.Lesson,
		Title: "What differs: " + c.A.Name + " and " + c.B.Name,
		Facts: []Fact{{c.A.Name, c.A.line()}, {c.B.Name, c.B.line()}},
		Next:  c.next(),
	}
	for _, r := range []Ran{c.A, c.B} {
		if r.Partial != "" {
			d.Warnings = append(d.Warnings, Cell{Text: "The record of " + r.Name + " is not whole: " + r.Partial + ".", Tone: Bad})
		}
	}
	for _, p := range diffParts {
		if t, ok := c.table(p); ok {
			d.Blocks = append(d.Blocks, t)
		}
	}
	if len(d.Blocks) == 0 {
		d.Blocks = []Block{List{Heading: Heading{"what-differs", quiz.SectionDiffers}, Items: []Cell{
			{Text: "Nothing differs: calls, states, results, messages and verdicts of both runs are the same.", Known: tracer.Inferred},
		}}}
	}
	return d
}

// line is the program and what was changed for it, in one line.
func (r Ran) line() string {
	out := []string{r.Program}
	for _, s := range r.Settings {
		out = append(out, s.Key+"="+s.Value)
	}
	for _, f := range r.Faults {
		out = append(out, "fault "+f)
	}
	if r.Without != "" {
		out = append(out, "without "+r.Without)
	}
	return strings.Join(out, ", ")
}

func (c Comparison) next() []Command {
	out := []Command{{"kstep run " + c.Lesson, "the whole page of " + c.A.Name}}
	if c.B.Variant != "" {
		out = append(out, Command{"kstep run " + c.Lesson + " --variant " + c.B.Variant, "the whole page of the variant"})
	}
	if c.B.Without != "" {
		out = append(out, Command{"kstep run " + c.Lesson + " --mode why", "the same for each line and setting"})
	}
	return out
}

// diffPart is a table of the page.
type diffPart struct {
	part, name string
	columns    []string // the first ones; the two sides follow
	cells      func(Difference) []string
	note       string
}

var diffParts = []diffPart{
	{PartProcess, quiz.SectionDiffers + " in the " + quiz.SectionTable, []string{quiz.ColumnStep, "Row", "Column"},
		func(d Difference) []string { return []string{steps(d), d.What, d.Column} },
		"Rows are paired by what they are. Two addresses: the row has another one in each run; -: only one run has the row. Lines of the program are not compared."},
	{PartTracker, quiz.SectionDiffers + " in the " + quiz.SectionTracker, []string{quiz.ColumnStep, quiz.ColumnVariable, "When"},
		func(d Difference) []string { return []string{steps(d), d.What, d.Column} }, ""},
	{PartMessages, quiz.SectionDiffers + " in what became of the messages", []string{"Message", "Column"},
		func(d Difference) []string { return []string{d.What, d.Column} }, ""},
	{PartClaims, quiz.SectionDiffers + " in the verdicts", []string{"Sentence"},
		func(d Difference) []string { return []string{d.What} }, ""},
}

// maxDifferences is how many rows of a table are shown; JSON has them all.
const maxDifferences = 200

func (c Comparison) table(p diffPart) (Table, bool) {
	t := Table{Heading: Heading{"differs-" + p.part, p.name}, Columns: slices.Concat(p.columns, []string{c.A.Name, c.B.Name})}
	left := 0
	for _, d := range c.Differences {
		switch {
		case d.Part != p.part:
		case len(t.Rows) == maxDifferences:
			left++
		default:
			t.Rows = append(t.Rows, diffRow(p, d))
		}
	}
	if p.note != "" {
		t.Notes = append(t.Notes, Cell{Text: p.note, Tone: Quiet})
	}
	if left > 0 {
		t.Notes = append(t.Notes, Cell{Text: count(left, "more difference") + " are not shown; --format json has them.", Tone: Quiet})
	}
	return t, len(t.Rows) > 0
}

func diffRow(p diffPart, d Difference) Row {
	var row Row
	for _, text := range p.cells(d) {
		row.Cells = append(row.Cells, Cell{Text: text})
	}
	for _, h := range []*Half{d.A, d.B} {
		c := Cell{Text: "not there", Tone: Quiet}
		if h != nil {
			c = Cell{Text: h.Text, Known: h.Known}
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}

// steps are the addresses of both sides, one where they are the same.
func steps(d Difference) string {
	a, b := "-", "-"
	if d.A != nil {
		a = d.A.Step
	}
	if d.B != nil {
		b = d.B.Step
	}
	if a == b {
		return a
	}
	return a + " / " + b
}
