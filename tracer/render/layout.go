package render

// layout.go lends the parts of a terminal page to a program that lays out a
// screen of its own: the same widths, wrapping, marks and colours.

import (
	"strconv"
	"strings"

	"kstep/tracer"
	"kstep/tracer/view"
)

// Layout lays out parts of a page in a given number of columns. No line it
// makes is wider, and each is coloured by itself.
type Layout struct{ t terminal }

// NewLayout makes a layout of so many columns, at least 8.
func NewLayout(columns int, p Palette) Layout {
	columns = max(columns, 8)
	return Layout{terminal{width: columns, measure: columns, palette: p}}
}

// Columns is how wide the layout is.
func (l Layout) Columns() int { return l.t.width }

// Width is how many columns a line takes on a terminal, colours not counted.
func Width(line string) int { return width(line) }

// Pad fills a line with spaces to n columns.
func Pad(line string, n int) string { return pad(line, n) }

// Cut is the beginning of a text without colours that fits n columns, with a
// sign where something is left out.
func Cut(text string, n int) string {
	if width(text) <= n {
		return text
	}
	var b strings.Builder
	used := 0
	for _, g := range appendGlyphs(nil, text, style{}) {
		if used += g.width; used > n-1 {
			break
		}
		b.WriteString(g.text)
	}
	return b.String() + "…"
}

// Tone gives a text its tone.
func (l Layout) Tone(t view.Tone, s string) string { return l.t.palette.Tone(t, s) }

// Changed gives a text the weight of something that has changed.
func (l Layout) Changed(t view.Tone, s string) string {
	return l.t.palette.paint(style{tone: t, bold: true}, s)
}

// Sentences are cells one after the other, each with the rows it points to.
// The first line begins with lead, the others are indented as far.
func (l Layout) Sentences(lead string, cells ...view.Cell) []string {
	return l.t.paragraph(l.t.sentences(cells), lead, strings.Repeat(" ", width(lead)))
}

// Cell is a cell of a table in lines of at most n columns, with its sign where
// it has changed.
func (l Layout) Cell(c view.Cell, n int) []string {
	lines := wrapRuns(cellRuns(c), n)
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = l.t.palette.line(line)
	}
	return out
}

// Mark is the letter of how cells are known, all together; empty for observed.
func Mark(cells []view.Cell) string { return letter(weakest(cells)) }

// Source are the lines of source as they are shown, each in as many lines as it
// takes, with its number at the left and without the rows it made.
func (l Layout) Source(c view.Code) [][]string {
	numbers := 1
	for _, line := range c.Lines {
		numbers = max(numbers, len(strconv.Itoa(line.Number)))
	}
	room := max(8, l.t.measure-2-numbers-3)
	var out [][]string
	for i, text := range sourceLines(c) {
		out = append(out, l.t.sourceLine(view.Line{Number: c.Lines[i].Number}, text, numbers, room, 0))
	}
	return out
}

// ladderName is how wide the name of a ladder may be.
const ladderName = 10

// Ladder draws arrows between lifelines under a header that begins with a name,
// or as a list where there is no room for lifelines. Each arrow may take more
// lines. The places of the lifelines depend on the lanes alone.
func (l Layout) Ladder(name string, lanes []tracer.Lane, arrows []view.Arrow) (header string, rungs [][]string) {
	rails := newLadder(lanes, 1+ladderName+2)
	header = " " + name
	drawn := l.t.measure-rails.label >= minLabel
	if drawn {
		header = " " + pad(name, ladderName) + rails.header[1+ladderName:]
	}
	for _, a := range arrows {
		draw, rest, label := "", "", l.t.action(a)
		if drawn {
			draw, rest = rails.rails(), rails.rails()
			if d := rails.draw(a); d != "" {
				draw, label = d, []run{{Clean(a.Text), style{tone: a.Tone}}}
			}
		}
		room := l.t.measure - ladderName - 3 - width(draw)
		rungs = append(rungs, l.t.row(stepMark(a), ladderName, draw, rest, wrapRuns(label, room)))
	}
	return strings.TrimRight(header, " "), rungs
}

// Verdict is the word of a Key Moment's verdict.
func Verdict(m view.Moment) string { return verdict(m) }

// Margin names rows in little room: all of few, else the first, the last and
// how many.
func Margin(rows []string) string { return margin(rows) }
