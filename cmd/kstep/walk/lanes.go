package walk

import (
	"strings"

	"kstep/tracer/render"
	"kstep/tracer/view"
)

// lowLanes is the height up to which only the arrows of this stop are drawn, a
// line each; a higher pane shows those before them too, whole.
const lowLanes = 4

// lanesPane draws the arrows of this stop, marked, and where there is room those
// before them. Of one line only the last arrow is left.
func (m *model) lanesPane(r room) []string {
	if r.height <= 0 {
		return nil
	}
	l := m.layout(r.width - 3) // the sign at the left; room for a sign of what is cut
	from := m.at
	if r.height > lowLanes {
		for n := len(m.stop().Arrows); from > 1 && n < r.height; n += len(m.walk.Stops[from].Arrows) {
			from--
		}
	}
	header, _ := l.Ladder("SEQUENCE", m.walk.Lanes, nil)
	var lines []string
	first := 0
	for i := from; i <= m.at; i++ {
		if i == m.at {
			first = len(lines)
		}
		_, rungs := l.Ladder("", m.walk.Lanes, m.walk.Stops[i].Arrows)
		for _, rung := range rungs {
			lines = append(lines, marked(l, rung, i == m.at, r.height <= lowLanes)...)
		}
	}
	if r.height == 1 {
		return append(lines, "")[max(0, len(lines)-1):][:1]
	}
	start := window(len(lines), r.height-1, first, len(lines))
	out := append([]string{l.Tone(view.Strong, header)}, lines[start:min(len(lines), start+r.height-1)]...)
	for len(out) < r.height {
		out = append(out, "")
	}
	return out
}

// marked are the lines of an arrow with a sign where it is this stop's, and only
// the first where it has one line.
func marked(l render.Layout, rung []string, own, short bool) []string {
	if short && len(rung) > 1 {
		rung = []string{rung[0] + " …"}
	}
	var out []string
	for k, line := range rung {
		sign := " "
		if own && k == 0 {
			sign = l.Tone(view.Strong, ">")
		}
		out = append(out, sign+strings.TrimPrefix(line, " "))
	}
	return out
}
