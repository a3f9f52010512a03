package walk

import (
	"fmt"
	"strings"

	"kstep/quiz"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// pane is a titled part of the screen, a window on its lines.
type pane struct {
	title    string
	detail   string   // beside the title, as it is written
	head     []string // stays above the lines
	lines    []string
	from, to int  // the lines that must be in sight: [from, to)
	scrolls  bool // by the keys up and down
	fixed    int  // first line in sight; -1: so that from and to are
}

// lines are the pane in its room: a title with what is out of sight, and the
// window.
func (m *model) pane(r room, p pane) []string {
	if r.height <= 0 {
		return nil
	}
	height := max(0, r.height-1-len(p.head))
	start := p.fixed
	if start < 0 {
		start = window(len(p.lines), height, p.from, p.to)
	}
	start = max(0, min(start, len(p.lines)-height))
	end := min(len(p.lines), start+height)
	note := hidden(start, len(p.lines)-end)
	if p.scrolls && note != "" {
		note += " (up, down)"
	}
	out := append([]string{m.title(p.title, p.detail, note, r.width)}, p.head...)
	out = append(out, p.lines[start:end]...)
	for len(out) < r.height {
		out = append(out, "")
	}
	return out[:r.height]
}

// window is the first of height lines such that [from, to) is in sight with
// as much before it as after it.
func window(n, height, from, to int) int {
	if n <= height {
		return 0
	}
	start := from - (height-(to-from))/2
	if to-from > height {
		start = from
	}
	return max(0, min(start, n-height))
}

// hidden says how much is out of sight.
func hidden(above, below int) string {
	switch {
	case above > 0 && below > 0:
		return fmt.Sprintf("%s above, %d below", linesOf(above), below)
	case above > 0:
		return linesOf(above) + " above"
	case below > 0:
		return linesOf(below) + " below"
	}
	return ""
}

func linesOf(n int) string {
	if n == 1 {
		return "1 line"
	}
	return fmt.Sprintf("%d lines", n)
}

// title is a line with a name, a rule, and a note at its end.
func (m *model) title(name, detail, note string, width int) string {
	name = render.Cut(" "+strings.ToUpper(name)+" ", width)
	if detail != "" {
		detail = render.Cut(" "+detail+" ", width-render.Width(name))
	}
	if note != "" {
		note = " " + note
	}
	used := render.Width(name) + render.Width(detail)
	rule := width - used - render.Width(note) - 1
	if rule < 1 {
		note, rule = "", max(0, width-used-1)
	}
	l := m.layout(width)
	return l.Tone(view.Strong, name) + l.Tone(view.Quiet, detail+strings.Repeat("-", rule)+note)
}

// codePane is the source, its current line marked, with the rows that its lines
// have made so far.
func (m *model) codePane(r room) []string {
	c := m.walk.Code
	p := pane{title: "Execution Sample", detail: render.CleanLine(c.File), fixed: -1}
	if len(c.Lines) == 0 {
		p.lines = []string{" The trace holds no source."}
	}
	known := m.known()
	line := m.lastLine()
	l := m.layout(r.width)
	for i := range m.source {
		var rows []string
		for _, a := range c.Lines[i].Rows {
			if known[a] {
				rows = append(rows, a)
			}
		}
		current := m.stop().Line > 0 && c.Lines[i].Number == line
		if c.Lines[i].Number == line {
			p.from, p.to = len(p.lines), len(p.lines)+len(m.source[i])
		}
		lines := m.source[i]
		if !current {
			lines = []string{render.Cut(m.flat[i][0], r.width-4-m.margin)}
		}
		for j, text := range lines {
			sign := "  "
			if current && j == 0 {
				sign = "> "
			}
			line := sign + text
			if j == 0 && len(rows) > 0 {
				line = render.Pad(line, r.width-m.margin-1) + l.Tone(view.Strong, render.Cut(render.Margin(rows), m.margin))
			}
			if current {
				line = l.Changed(view.Plain, line)
			}
			p.lines = append(p.lines, line)
		}
	}
	return m.pane(r, p)
}

// lastLine is the line that runs or, where the stop has none, the last that did.
func (m *model) lastLine() int {
	for i := m.at; i >= 0; i-- {
		if n := m.walk.Stops[i].Line; n > 0 {
			return n
		}
	}
	return 0
}

// known are the rows that were shown so far.
func (m *model) known() map[string]bool {
	out := map[string]bool{}
	for _, s := range m.walk.Stops[:m.at+1] {
		out[s.Address] = true
	}
	return out
}

// tablePane is the Process Table so far, the current row marked.
func (m *model) tablePane(r room) []string {
	if r.height <= 0 {
		return nil
	}
	t, own := m.walk.Table(m.at)
	widths := columns(r.width)
	p := pane{title: t.Name, fixed: -1}
	l := m.layout(r.width)
	head := "  "
	for i, c := range t.Columns {
		head += render.Pad(render.Cut(render.CleanLine(c), widths[i]), widths[i]) + "  "
	}
	p.head = []string{l.Tone(view.Strong, strings.TrimRight(head, " "))}
	// Only rows that can be in sight are laid out: a long run has many.
	from := max(0, max(own, 0)-r.height)
	to := len(t.Rows)
	if own >= 0 {
		to = min(to, own+r.height+1)
	} else {
		from = max(0, to-r.height)
	}
	for i := from; i < to; i++ {
		lines := rowLines(l, t.Rows[i], widths, i == own)
		if i == own {
			p.from, p.to = len(p.lines), len(p.lines)+len(lines)
		}
		p.lines = append(p.lines, lines...)
	}
	if own < 0 {
		p.from, p.to = len(p.lines), len(p.lines)
	}
	out := m.pane(r, p)
	if from > 0 || to < len(t.Rows) {
		out[0] = m.title(t.Name, "", fmt.Sprintf("%d rows so far", len(t.Rows)), r.width)
	}
	return out
}

// columns shares a width out to the four columns, whatever is in them.
func columns(width int) [4]int {
	step := 8
	room := width - 2 - step - 4*2
	action := room * 3 / 10
	state := room * 38 / 100
	return [4]int{step, action, state, room - action - state}
}

// rowLines is a row of the table, its cells wrapped.
func rowLines(l render.Layout, r view.Row, widths [4]int, own bool) []string {
	var cells [4][]string
	n := 1
	for i := range min(len(r.Cells), len(cells)) {
		c := r.Cells[i]
		if i == 0 {
			if mark := render.Mark(r.Cells); mark != "" {
				c.Text += " " + mark
			}
		}
		indent := ""
		if i == 1 {
			indent = strings.Repeat("  ", min(r.Depth, 2))
		}
		for _, line := range l.Cell(c, widths[i]-len(indent)) {
			cells[i] = append(cells[i], indent+line)
		}
		n = max(n, len(cells[i]))
	}
	var out []string
	for k := range n {
		sign := "  "
		if own && k == 0 {
			sign = "> "
		}
		line := l.Tone(view.Strong, sign)
		for i := range cells {
			text := ""
			if k < len(cells[i]) {
				text = cells[i][k]
			}
			line += render.Pad(text, widths[i]) + "  "
		}
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

// maxVariable is how far a value may stand from its name.
const maxVariable = 60

// trackerPane is the Status Tracker at this stop, in some columns side by side.
func (m *model) trackerPane(r room, across int) []string {
	if r.height <= 0 {
		return nil
	}
	p := pane{title: quiz.SectionTracker, fixed: -1}
	wide := min((r.width-across)/across, maxVariable)
	l := m.layout(wide)
	var line string
	changed := false
	for i, v := range m.stop().Tracker {
		line += " " + render.Pad(m.variable(l, v), wide)
		changed = changed || v.Changed
		if i%across < across-1 && i < len(m.stop().Tracker)-1 {
			continue
		}
		if changed {
			if p.to == 0 {
				p.from = len(p.lines)
			}
			p.to = len(p.lines) + 1
		}
		p.lines, line, changed = append(p.lines, strings.TrimRight(line, " ")), "", false
	}
	return m.pane(r, p)
}

// variable is a line: the name at the left, the value at the right, with a sign
// and what it was where it has changed.
func (m *model) variable(l render.Layout, v view.Tracked) string {
	value := render.CleanLine(v.Text)
	if v.Changed {
		if v.Was != "-" {
			value = render.CleanLine(v.Was) + " -> " + value
		}
		value = "* " + value
	}
	room := l.Columns() - 1
	value = render.Cut(value, room-3)
	name := render.Cut(render.CleanLine(v.Name), room-1-render.Width(value))
	text := render.Pad(name, room-render.Width(value)) + value
	if v.Changed {
		return l.Changed(view.Plain, text)
	}
	return text
}
