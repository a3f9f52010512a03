package render

// ladder.go lays out a sequence for a terminal: lifelines at the left and what
// happened at the right, or a list where there is no room for lifelines.

import (
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
	"kstep/tracer/view"
)

// minLabel is the least room for words beside a ladder.
const minLabel = 24

// ladder is where the lifelines of a sequence stand.
type ladder struct {
	lanes  []tracer.Lane
	at     []int // column of each lifeline
	label  int   // column of the words
	header string
}

func (t terminal) sequence(s view.Sequence) []string {
	steps := 4
	used := &legend{}
	for _, a := range s.Arrows {
		used.use(a.Known)
		steps = max(steps, width(stepMark(a)))
	}
	steps = min(steps, 12)
	var out []string
	if l := newLadder(s.Lanes, 1+steps+2); t.fits(l) {
		out = t.rungs(l, s.Arrows, steps)
	} else {
		out = t.actions(s.Arrows, steps)
	}
	return append(out, t.notes(s.Notes, used)...)
}

// fits reports whether a ladder leaves room for the words.
func (t terminal) fits(l ladder) bool {
	return t.width >= ladderWidth && t.measure-l.label >= minLabel && width(strings.TrimRight(l.header, " ")) <= t.measure
}

// stepMark is an arrow's row and how it is known.
func stepMark(a view.Arrow) string {
	return strings.TrimSpace(CleanLine(a.Address) + " " + letter(a.Known))
}

func newLadder(lanes []tracer.Lane, left int) ladder {
	l := ladder{lanes: lanes, label: left}
	l.header = strings.Repeat(" ", left)
	for _, lane := range lanes {
		name := CleanLine(string(lane))
		l.at = append(l.at, width(l.header))
		l.label = width(l.header) + 3
		l.header += pad(name, max(width(name)+2, 10))
	}
	return l
}

// rungs are the header and a rung an arrow.
func (t terminal) rungs(l ladder, arrows []view.Arrow, steps int) []string {
	out := []string{t.palette.paint(heading, strings.TrimRight(" "+pad(quiz.ColumnStep, steps)+l.header[1+steps:], " "))}
	for _, a := range arrows {
		draw, label := l.draw(a), []run{{Clean(a.Text), style{tone: a.Tone}}}
		if draw == "" {
			draw, label = l.rails(), t.action(a)
		}
		out = append(out, t.row(stepMark(a), steps, draw, l.rails(), wrapRuns(label, t.measure-l.label))...)
	}
	words := "-->  call or request    - ->  answer    o  in one lane"
	return append(out, t.paragraph([]run{{words, style{tone: view.Quiet}}}, " ", " ")...)
}

// row is a step, a drawing and words, each of which may take more lines.
func (t terminal) row(mark string, steps int, first, rest string, label []textLine) []string {
	marks := wrap(mark, steps)
	var out []string
	for i := range max(len(marks), len(label)) {
		m, draw, words := "", rest, ""
		if i < len(marks) {
			m = marks[i]
		}
		if i == 0 {
			draw = first
		}
		if i < len(label) {
			words = t.palette.line(label[i])
		}
		out = append(out, " "+pad(m, steps)+"  "+draw+words)
	}
	return out
}

// rails are the lifelines alone.
func (l ladder) rails() string { return string(l.canvas()) }

// canvas is what stands between the step and the words, with the lifelines in.
func (l ladder) canvas() []byte {
	left := 0
	if len(l.at) > 0 {
		left = l.at[0]
	}
	out := []byte(strings.Repeat(" ", l.label-left))
	for _, x := range l.at {
		out[x-left] = '|'
	}
	return out
}

// draw is the arrow between the lifelines, empty where it names a lane the
// sequence does not have.
func (l ladder) draw(a view.Arrow) string {
	from, to := slices.Index(l.lanes, a.From), slices.Index(l.lanes, a.To)
	if from < 0 || to < 0 {
		return ""
	}
	c := l.canvas()
	x, y := l.at[from]-l.at[0], l.at[to]-l.at[0]
	if x == y {
		c[x] = 'o'
		return string(c)
	}
	lo, hi := min(x, y), max(x, y)
	for i := lo + 1; i < hi; i++ {
		if c[i] = '-'; a.Reply && (hi-i)%2 == 0 {
			c[i] = ' '
		}
	}
	if c[hi-1] = '>'; y < x {
		c[hi-1], c[lo+1] = '-', '<'
	}
	return string(c)
}

// actions are the arrows as a list.
func (t terminal) actions(arrows []view.Arrow, steps int) []string {
	var out []string
	for _, a := range arrows {
		out = append(out, t.row(stepMark(a), steps, "", "", wrapRuns(t.action(a), t.measure-steps-3))...)
	}
	return out
}

// action is an arrow in words.
func (t terminal) action(a view.Arrow) []run {
	who := CleanLine(string(a.From))
	if a.From != a.To {
		who += " -> " + CleanLine(string(a.To))
	}
	if a.Reply {
		who += ", answer"
	}
	return []run{{who + ": ", style{tone: view.Quiet}}, {Clean(a.Text), style{tone: a.Tone}}}
}
