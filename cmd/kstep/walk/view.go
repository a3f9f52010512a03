package walk

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kstep/tracer/render"
	"kstep/tracer/view"
)

// The least window that is divided into panes.
const (
	minWidth  = 60
	minHeight = 20
)

// View is the screen as bubbletea takes it.
func (m *model) View() tea.View {
	v := tea.NewView(strings.Join(m.screen(), "\n"))
	if m.left {
		v.SetContent("") // some terminals bring lines of this screen back when it was resized
	}
	v.AltScreen = true
	return v
}

// room is a rectangle of the screen; no height: not shown.
type room struct{ width, height int }

// rooms is how a window is divided. The places depend on its size, on the whole
// walk and on whether a question is asked or a prediction answered, on nothing
// else of the stop: what is read stays where it is.
type rooms struct {
	left                               int // columns of the left half where there are two, else 0
	code, table, tracker, lanes, story room
	trackerBeside                      bool // the tracker stands beside the code
}

func (m *model) tooSmall() bool { return m.width < minWidth || m.height < minHeight }

// whole tells whether the story takes the whole body: help and the end.
func (m *model) whole() bool {
	return m.over == overHelp || m.ask < 0 && m.stop().Kind == view.StopEnd
}

func (m *model) divide() rooms {
	body := m.height - 2 // header and footer
	switch {
	case m.width <= 0 || m.height <= 0:
		return rooms{}
	case m.tooSmall(), m.whole():
		return rooms{story: room{m.width, body}, code: room{m.width, 0}}
	case m.width >= 140 && m.height >= 30:
		return m.twoColumns(body)
	case m.width >= 76:
		return m.oneColumn(body)
	}
	return m.narrow(body)
}

// vars is how many variables the tracker has in the end.
func (m *model) vars() int { return len(m.walk.Stops[m.lastStop()].Tracker) }

// wanted is how high the story has to be for its question, or what became of a
// prediction, to be seen whole.
func (m *model) wanted(width int) int {
	if m.ask < 0 && !m.answers() {
		return 0
	}
	return len(m.story(width)) + 1
}

// answers tells whether the run answers a prediction at this stop.
func (m *model) answers() bool {
	for i, r := range m.made.results {
		if r != nil && r.Chosen >= 0 && m.made.shown(i) == m.at {
			return true
		}
	}
	return false
}

func (m *model) twoColumns(body int) rooms {
	left := max(62, m.width*2/5)
	right := m.width - left - 1
	lanes := max(8, body*2/5)
	tracker := min(1+m.vars(), body/4)
	story := max(body/3, min(m.wanted(right), body-tracker-6))
	return rooms{left: left,
		code: room{left, body - lanes}, lanes: room{left, lanes},
		table: room{right, body - tracker - story}, tracker: room{right, tracker}, story: room{right, story}}
}

func (m *model) oneColumn(body int) rooms {
	extra := body - 22
	lanes := 3 + max(0, min(extra/6, 4))
	top := max(5, 6+extra*3/10)
	table := max(5, 6+extra*4/10)
	story := body - lanes - top - table
	switch want := m.wanted(m.width); {
	case want <= story:
	case m.ask < 0: // the lanes give way, then some of the code; the row that answers stays
		story = min(want, body-4-5)
		lanes = 0
		top = max(4, min(top, body-story-table))
		table = body - story - top
	default: // the table gives way, then the lanes, then some of the code
		story = min(want, body-4)
		top = max(4, min(top, body-story))
		lanes = min(lanes, max(0, body-story-top))
		if lanes < 3 {
			lanes = 0
		}
		table = body - story - top - lanes
		if table < 3 {
			top, table = top+table, 0
		}
	}
	tracker := 34
	return rooms{trackerBeside: true,
		code: room{m.width - tracker - 1, top}, tracker: room{tracker, top},
		table: room{m.width, table}, lanes: room{m.width, lanes}, story: room{m.width, story}}
}

func (m *model) narrow(body int) rooms {
	extra := body - 18
	code := 4 + max(0, extra/4)
	table := 5 + max(0, extra/4)
	tracker := 3 + max(0, min(extra/6, 3))
	story := body - code - table - tracker - 1
	lanes := 1
	switch want := m.wanted(m.width); {
	case want <= story:
	case m.ask < 0: // the row that answers stays
		story = min(want, body-3-5)
		lanes, tracker = 0, 0
		code = max(3, min(code, body-story-table))
		table = body - story - code
	default:
		story = min(want, body-3)
		lanes, table = 0, 0
		code = max(3, min(code+4, body-story))
		tracker = body - story - code
		if tracker < 3 {
			code, tracker = code+tracker, 0
		}
	}
	return rooms{code: room{m.width, code}, table: room{m.width, table}, tracker: room{m.width, tracker},
		lanes: room{m.width, lanes}, story: room{m.width, story}}
}

// screen are the lines of the window, as many as it has and none wider.
func (m *model) screen() []string {
	if m.width <= 0 || m.height <= 0 {
		return nil
	}
	var out []string
	r := m.divide()
	switch {
	case m.tooSmall():
		out = m.small()
	case m.whole():
		out = m.framed(m.storyPane(r.story))
	case r.left > 0:
		left := append(m.codePane(r.code), m.lanesPane(r.lanes)...)
		right := append(m.tablePane(r.table), append(m.trackerPane(r.tracker, 1), m.storyPane(r.story)...)...)
		out = m.framed(beside(left, right, r.left))
	case r.trackerBeside:
		top := beside(m.codePane(r.code), m.trackerPane(r.tracker, 1), r.code.width)
		out = m.framed(top, m.tablePane(r.table), m.lanesPane(r.lanes), m.storyPane(r.story))
	default:
		out = m.framed(m.codePane(r.code), m.tablePane(r.table), m.trackerPane(r.tracker, 2), m.lanesPane(r.lanes), m.storyPane(r.story))
	}
	for len(out) < m.height {
		out = append(out, "")
	}
	return out[:m.height]
}

// beside puts panes side by side, with a rule between.
func beside(left, right []string, width int) []string {
	var out []string
	for i := range max(len(left), len(right)) {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out = append(out, render.Pad(l, width)+"|"+r)
	}
	return out
}

// framed is the body between header and footer.
func (m *model) framed(panes ...[]string) []string {
	out := []string{m.header()}
	for _, p := range panes {
		out = append(out, p...)
	}
	for len(out) < m.height-1 {
		out = append(out, "")
	}
	return append(out[:m.height-1], m.footer())
}

func (m *model) layout(width int) render.Layout { return render.NewLayout(width, m.palette) }

// header says where one is: the lesson, the step, the stop of how many.
func (m *model) header() string {
	where := fmt.Sprintf("%s   stop %d of %d", place(m.walk, m.at), m.at, m.lastStop())
	if m.at == 0 {
		where = fmt.Sprintf("start   %d stops", m.lastStop())
	}
	title := render.CleanLine(m.walk.ID)
	if m.walk.Title != "" {
		title += "  " + render.CleanLine(m.walk.Title)
	}
	l := m.layout(m.width)
	space := m.width - render.Width(where) - 3
	return l.Tone(view.Strong, " "+render.Pad(render.Cut(title, space), space)) + " " + where
}

// footer are the keys that matter now, what is typed, or what is to be said.
func (m *model) footer() string {
	l := m.layout(m.width)
	switch {
	case m.over == overJump:
		return render.Cut(" go to step: "+render.CleanLine(m.input)+"_   (Enter goes, Esc stays)", m.width)
	case m.over == overSearch:
		return render.Cut(" search: "+render.CleanLine(m.input)+"_   (Enter finds, Esc stays)", m.width)
	case m.message != "":
		return l.Tone(view.Caution, render.Cut(" "+render.CleanLine(m.message), m.width))
	case m.over == overHelp:
		return l.Tone(view.Quiet, " up and down scroll   ? or Esc closes")
	}
	keys := footer(reading)
	if m.ask >= 0 {
		keys = footer(asking)
	}
	text := " " + strings.Join(keys, "  ")
	for len(keys) > 3 && render.Width(text) > m.width { // help and quit stay
		keys = slices.Delete(slices.Clone(keys), len(keys)-3, len(keys)-2)
		text = " " + strings.Join(keys, "  ")
	}
	return l.Tone(view.Quiet, render.Cut(text, m.width))
}

// small is what a window shows that is too small for panes.
func (m *model) small() []string {
	var out []string
	for _, c := range []view.Cell{
		{Text: fmt.Sprintf("This window has %d columns and %d lines; kstep walk needs %d and %d. Make it larger, or leave with q and use --plain.", m.width, m.height, minWidth, minHeight)},
		{Text: upper(place(m.walk, m.at)) + ". " + m.stop().Told.Text},
	} {
		for _, line := range m.layout(m.width).Sentences("", c) {
			out = append(out, render.Cut(line, m.width))
		}
	}
	return out[:min(len(out), m.height)]
}
