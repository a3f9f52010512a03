package render

// grid.go lays out tables for a terminal. Cells are wrapped here, by display
// width, and handed to tablewriter as finished lines: its own wrapping lets a
// long token run over the limit.

import (
	"fmt"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"kstep/tracer/view"
)

// A column asks for no more than minColumn before the room is shared out, the
// one by which a row is found for a little more; the two spaces are
// tablewriter's padding.
const (
	minFirst  = 18
	minColumn = 12
	padding   = 2
)

// grid is a table made of runs.
type grid struct {
	header []string
	rows   [][]gridCell
}

type gridCell struct {
	runs   []run
	indent int
}

func (t terminal) table(tb view.Table) []string {
	if len(tb.Columns) == 0 {
		return t.notes(tb.Notes, &legend{})
	}
	g := newGrid(tb)
	var out []string
	parts := g.parts(t.width)
	for i, part := range parts {
		if i > 0 {
			out = append(out, "")
		}
		if len(parts) > 1 {
			words := fmt.Sprintf(" columns %d to %d of %d", part[1]+1, part[len(part)-1]+1, len(tb.Columns))
			out = append(out, t.palette.paint(style{tone: view.Quiet}, words))
		}
		out = append(out, t.grid(g, part)...)
	}
	return append(out, t.notes(tb.Notes, tableLegend(tb))...)
}

func newGrid(tb view.Table) grid {
	g := grid{header: make([]string, len(tb.Columns))}
	for i, c := range tb.Columns {
		g.header[i] = CleanLine(c)
	}
	byAddress := addressed(tb)
	for _, r := range tb.Rows {
		row := make([]gridCell, len(tb.Columns))
		for i, c := range cells(tb, r) {
			row[i].runs = cellRuns(c)
		}
		if s := letter(weakest(r.Cells)); s != "" {
			if !byAddress {
				s = "(" + s + ")"
			}
			row[0].runs = append(row[0].runs, run{glue + s, style{tone: view.Quiet}})
		}
		row[min(1, len(row)-1)].indent = 2 * min(max(r.Depth, 0), 3)
		g.rows = append(g.rows, row)
	}
	return g
}

// cellRuns is a cell and, on a line of their own, the rows it points to.
func cellRuns(c view.Cell) []run {
	out := textRuns(c)
	if rows := rowWords(c.Rows, CleanLine); rows != "" {
		out = append(out, run{"\n(" + rows + ")", style{tone: view.Quiet}})
	}
	return out
}

func textRuns(c view.Cell) []run {
	text := unbroken(Clean(c.Text))
	st := style{tone: c.Tone, bold: c.Changed}
	if !c.Changed {
		return []run{{text, st}}
	}
	// The sign stands on the first line: what changed comes first in a cell.
	first, rest, more := strings.Cut(text, "\n")
	out := []run{{first, st}, {glue + changedSign, style{bold: true}}}
	if more {
		out = append(out, run{"\n" + rest, st})
	}
	return out
}

// natural is the width column i has where nothing is wrapped; least is the
// width below which it should not be pressed.
func (g grid) natural(i int) (natural, least int) {
	natural, least = width(g.header[i]), longestWord(g.header[i])
	for _, r := range g.rows {
		text := textLine(r[i].runs).String()
		for line := range strings.SplitSeq(text, "\n") {
			natural = max(natural, width(line)+r[i].indent)
		}
		least = max(least, longestWord(text)+r[i].indent)
	}
	if i == 0 {
		return natural, min(least, minFirst)
	}
	return natural, min(least, minColumn)
}

func longestWord(s string) int {
	n := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '\n' }) {
		n = max(n, width(w))
	}
	return n
}

// parts are the columns that fit side by side; the first column comes with
// every part, so that each can be read alone.
func (g grid) parts(limit int) [][]int {
	_, first := g.natural(0)
	part, used := []int{0}, first+padding
	var out [][]int
	for i := 1; i < len(g.header); i++ {
		_, least := g.natural(i)
		if used+least+padding > limit && len(part) > 1 {
			out = append(out, part)
			part, used = []int{0}, first+padding
		}
		part, used = append(part, i), used+least+padding
	}
	return append(out, part)
}

// widths shares the room out: each column its least, then the narrowest of
// those that want more, until all have what they want or nothing is left.
func (g grid) widths(columns []int, limit int) []int {
	out, want := make([]int, len(columns)), make([]int, len(columns))
	room := limit
	for i, c := range columns {
		want[i], out[i] = g.natural(c)
		room -= out[i] + padding
	}
	for ; room > 0; room-- {
		narrow := -1
		for i := range out {
			if out[i] < want[i] && (narrow < 0 || out[i] < out[narrow]) {
				narrow = i
			}
		}
		if narrow < 0 {
			break
		}
		out[narrow]++
	}
	return out
}

// grid writes some columns of g.
func (t terminal) grid(g grid, columns []int) []string {
	widths := g.widths(columns, t.width)
	var b strings.Builder
	table := newTable(&b)
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = t.cellText(gridCell{runs: []run{{g.header[c], heading}}}, widths[i])
	}
	table.Header(header)
	for _, r := range g.rows {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = t.cellText(r[c], widths[i])
		}
		// Append and Render fail only where the writer does; a builder never does.
		_ = table.Append(row)
	}
	_ = table.Render()
	return strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
}

// cellText is a cell as finished lines.
func (t terminal) cellText(c gridCell, w int) string {
	indent := strings.Repeat(" ", c.indent)
	lines := wrapRuns(c.runs, w-c.indent)
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = indent + t.palette.line(l)
	}
	return strings.Join(out, "\n")
}

// newTable is a borderless tablewriter that changes nothing in its cells.
// WithEastAsian sets a process-wide option; off is the only value kstep uses.
func newTable(b *strings.Builder) *tablewriter.Table {
	return tablewriter.NewTable(b,
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAlignment(tw.AlignLeft),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAlignment(tw.AlignLeft),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithTrimLine(tw.Off),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
		})),
	)
}
