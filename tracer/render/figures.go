package render

// figures.go writes bars and plots: in signs for a terminal and for Markdown,
// as drawings for HTML.

import (
	"fmt"
	"math"
	"strings"

	"kstep/tracer/view"
)

// barWidth is how many signs a bar of a hundred has, plotWidth and plotHeight
// how large a plot is.
const (
	barWidth   = 40
	plotWidth  = 51
	plotHeight = 17
)

// barSigns is a bar in signs: what is reached, what is not, and the ends of the
// marked stretch.
func barSigns(b view.Bars, i view.Bar) string {
	reached := int(math.Round(share(i.Percent) * barWidth))
	out := []byte(strings.Repeat("#", reached) + strings.Repeat(".", barWidth-reached))
	for _, end := range []float64{b.Low, b.High} {
		if at := int(math.Round(share(end) * barWidth)); b.High > b.Low && at < barWidth {
			out[at] = '|'
		}
	}
	return string(out)
}

func share(percent float64) float64 { return min(1, max(0, percent/100)) }

// span is a bar's range in words.
func span(i view.Bar) string { return fmt.Sprintf("%.0f-%.0f%%", i.From, i.To) }

// widestLabel is how many columns the label of a bar has.
const widestLabel = 6

func (t terminal) bars(b view.Bars) []string {
	wide := 0
	for _, i := range b.Items {
		wide = max(wide, min(widestLabel, width(CleanLine(i.Label))))
	}
	var out []string
	for _, i := range b.Items {
		first := " " + pad(firstOf(i.Label, wide), wide) + "  " + barSigns(b, i) + "  "
		if words := CleanLine(i.Text) + ", " + span(i); width(first)+width(words) <= t.width {
			out = append(out, first+words)
		} else {
			out = append(append(out, first), t.paragraph([]run{{words, style{}}}, strings.Repeat(" ", wide+3), strings.Repeat(" ", wide+3))...)
		}
	}
	if b.Band != "" {
		out = append(out, t.paragraph([]run{{CleanLine(b.Band), style{tone: view.Quiet}}}, " |  ", "    ")...)
	}
	return append(out, t.notes(b.Notes, &legend{})...)
}

// firstOf is the first columns of a text.
func firstOf(text string, columns int) string {
	if lines := wrap(CleanLine(text), max(1, columns)); len(lines) > 0 {
		return lines[0]
	}
	return ""
}

func (m *markdown) bars(b view.Bars) []string {
	lines := []string{"| Item | Right | Range | 0 to 100% |", "| --- | --- | --- | --- |"}
	for _, i := range b.Items {
		lines = append(lines, "| "+mdOneLine(i.Label)+" | "+mdOneLine(i.Text)+" | "+span(i)+" | "+strings.ReplaceAll(codeSpan(barSigns(b, i)), "|", `\|`)+" |")
	}
	out := []string{strings.Join(lines, "\n")}
	if b.Band != "" {
		out = append(out, codeSpan("|")+" "+mdOneLine(b.Band))
	}
	return append(out, m.notes(b.Notes, &legend{})...)
}

// plotLines is a plot in signs. Points that would stand on each other are moved
// up or down by a line.
func plotLines(p view.Plot) []string {
	grid := make([][]rune, plotHeight)
	for i := range grid {
		grid[i] = []rune(strings.Repeat(" ", plotWidth))
	}
	row := func(v float64) int { return int(math.Round((1 - p.Y.At(v)) * (plotHeight - 1))) }
	column := func(v float64) int { return int(math.Round(p.X.At(v) * (plotWidth - 1))) }
	for _, x := range p.X.Ticks {
		for _, y := range p.Y.Ticks {
			grid[row(y)][column(x)] = '.'
		}
	}
	moved := false
	for _, q := range p.Points {
		label := []rune(firstOf(q.Label, 2*widestLabel))
		at := max(0, min(column(q.X), plotWidth-len(label)))
		moved = place(grid, row(q.Y), at, label) || moved
	}
	figures := map[int]string{}
	for _, y := range p.Y.Ticks {
		figures[row(y)] = fmt.Sprintf("%g", y)
	}
	out := []string{firstOf(p.Y.Name, plotWidth)}
	for i, line := range grid {
		out = append(out, strings.TrimRight(fmt.Sprintf("%6s |%s", figures[i], string(line)), " "))
	}
	out = append(out, "       +"+strings.Repeat("-", plotWidth))
	ticks := []byte(strings.Repeat(" ", plotWidth))
	for _, x := range p.X.Ticks {
		figure := fmt.Sprintf("%g", x)
		copy(ticks[max(0, min(column(x), plotWidth-len(figure))):], figure)
	}
	out = append(out, strings.TrimRight("        "+string(ticks), " "), "        "+firstOf(p.X.Name, plotWidth))
	if moved {
		out = append(out, "        "+movedLabel)
	}
	return out
}

// movedLabel is what a plot in signs says where two points would stand on each
// other.
const movedLabel = "(where a place is taken, a line above or below)"

// place puts a label on its line, or on the nearest with room for it, and tells
// whether that is another one.
func place(grid [][]rune, row, at int, label []rune) (moved bool) {
	for away := range len(grid) {
		for _, r := range []int{row - away, row + away} {
			if r >= 0 && r < len(grid) && free(grid[r], at, len(label)) {
				copy(grid[r][at:], label)
				return away > 0
			}
		}
	}
	return false
}

func free(line []rune, at, n int) bool {
	for i := max(0, at-1); i < min(len(line), at+n+1); i++ {
		if line[i] != ' ' && line[i] != '.' {
			return false
		}
	}
	return true
}

func (t terminal) plot(p view.Plot) []string {
	var out []string
	for _, l := range plotLines(p) {
		out = append(out, " "+l)
	}
	return append(out, t.notes(p.Notes, &legend{})...)
}

func (m *markdown) plot(p view.Plot) []string {
	lines := plotLines(p)
	f := fence(lines)
	return append([]string{f + "text\n" + strings.Join(lines, "\n") + "\n" + f}, m.notes(p.Notes, &legend{})...)
}
