package walk

import (
	"strings"

	"kstep/tracer/render"
	"kstep/tracer/view"
)

// overlay is what lies over the reading of a stop.
type overlay int

const (
	overNothing overlay = iota
	overHelp
	overJump   // an address is typed
	overSearch // words are typed
)

// model is the state of the screen.
type model struct {
	walk    *view.Walk
	made    predictions
	palette render.Palette

	at   int // the stop that is shown
	seen int // the farthest that was
	ask  int // the question that is asked, -1: none
	goal int // the stop to go on to when it is answered

	over    overlay
	input   string // what was typed for a jump or a search
	words   string // what was searched last
	message string // said in the footer until the next key
	scroll  int    // lines of the story that are above its pane

	width, height int
	source        [][]string // the code in the columns it has now
	flat          [][]string // the code, a line each
	texts         []string   // of each stop, for the search
	margin        int        // columns beside the code for the rows a line made
	left          bool       // for good
	interrupted   bool       // by Control-C
}

func newModel(w *view.Walk, p render.Palette, told Answered) *model {
	m := &model{walk: w, made: newPredictions(w, told), palette: p, ask: -1}
	for i := range w.Stops {
		m.texts = append(m.texts, searched(&w.Stops[i]))
	}
	m.flat = render.NewLayout(1<<16, render.Palette{}).Source(w.Code)
	for _, l := range w.Code.Lines {
		m.margin = max(m.margin, min(render.Width(render.Margin(l.Rows)), 12))
	}
	return m
}

// searched is all a stop shows, in lower case.
func searched(s *view.Stop) string {
	var b strings.Builder
	b.WriteString(s.Told.Text)
	for _, c := range s.Cells {
		b.WriteString("\n" + c.Text)
	}
	for _, a := range s.Arrows {
		b.WriteString("\n" + a.Text)
	}
	return strings.ToLower(b.String())
}

func (m *model) stop() *view.Stop { return &m.walk.Stops[m.at] }
func (m *model) lastStop() int    { return len(m.walk.Stops) - 1 }

// walkTo goes step by step: the first open question on the way is asked.
func (m *model) walkTo(to int) {
	m.scroll, m.ask = 0, -1
	if i := m.made.next(m.at, to); i >= 0 {
		m.at, m.ask, m.goal = m.made.gates[i].Ask-1, i, to
	} else {
		m.at = to
	}
	m.seen = max(m.seen, m.at)
}

// leapTo goes at once: questions on the way stay open, only those before the
// stop itself are asked.
func (m *model) leapTo(to int) {
	if to > m.at && m.made.next(to-1, to) >= 0 {
		m.at = to - 1
	} else {
		m.at = to
	}
	m.walkTo(to)
}

// predict takes an answer, -1 to skip, and goes on.
func (m *model) predict(option int) {
	m.made.answer(m.ask, option)
	m.walkTo(m.goal)
}

// moment is the next stop with a Key Moment in a direction, -1 where there is
// none.
func (m *model) moment(direction int) int {
	for i := m.at + direction; i >= 0 && i <= m.lastStop(); i += direction {
		if len(m.walk.Stops[i].Moments) > 0 {
			return i
		}
	}
	return -1
}

// match is the next stop that has the words, once around; -1 where there is
// none.
func (m *model) match(direction int) int {
	words, n := strings.ToLower(m.words), len(m.texts)
	for k := 1; k <= n; k++ {
		if i := ((m.at+direction*k)%n + n) % n; strings.Contains(m.texts[i], words) {
			return i
		}
	}
	return -1
}
