package walk

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"kstep/quiz"
	"kstep/tracer/render"
)

// Init asks for nothing: everything is known from the start.
func (m *model) Init() tea.Cmd { return nil }

// Update is what a key or a new size does.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
	case leaveMsg:
		return m, m.leave()
	case tea.KeyPressMsg:
		return m, m.press(msg.String(), msg.Text)
	}
	return m, nil
}

func (m *model) resize(width, height int) {
	m.width, m.height = width, height
	m.source = nil
	if room := m.divide().code.width; room > 0 {
		m.source = render.NewLayout(room-3-m.margin, render.Palette{}).Source(m.walk.Code)
	}
	m.scrollBy(0)
}

// press is a key by its name, and the text it types.
func (m *model) press(name, text string) tea.Cmd {
	m.message = ""
	switch {
	case name == "ctrl+c":
		m.interrupted = true
		return m.leave()
	case name == "ctrl+z":
		return tea.Suspend
	case m.tooSmall(): // nothing can be answered that is not seen
		if bound(reading, name) == quit {
			return m.leave()
		}
	case m.over == overHelp:
		m.pressHelp(name)
	case m.over != overNothing:
		m.pressInput(name, text)
	case m.ask >= 0:
		return m.pressAsking(name)
	default:
		return m.pressReading(name)
	}
	return nil
}

// leave empties the screen and ends the program.
func (m *model) leave() tea.Cmd {
	m.left = true
	return tea.Quit
}

// leaveMsg ends the program from outside.
type leaveMsg struct{}

func (m *model) pressHelp(name string) {
	if do := bound(reading, name); do != quit && do != help && do != forward && do != back {
		m.scrolls(do)
		return
	}
	m.over, m.scroll = overNothing, 0
}

// scrolls does what is asked where that is to scroll.
func (m *model) scrolls(do action) {
	page := max(1, m.divide().story.height-2)
	switch do {
	case up:
		m.scrollBy(-1)
	case down:
		m.scrollBy(1)
	case pageUp:
		m.scrollBy(-page)
	case pageDown:
		m.scrollBy(page)
	}
}

// scrollBy moves the story, as far as it goes.
func (m *model) scrollBy(lines int) {
	room := m.divide().story
	most := max(0, len(m.story(room.width))-(room.height-1))
	m.scroll = min(max(0, m.scroll+lines), most)
}

func (m *model) pressReading(name string) tea.Cmd {
	switch do := bound(reading, name); do {
	case forward:
		if m.at == m.lastStop() {
			m.message = "This is the end. left goes back, q leaves."
			return nil
		}
		m.walkTo(m.at + 1)
	case back:
		m.leapTo(max(0, m.at-1))
	case first:
		m.leapTo(0)
	case last:
		m.leapTo(m.lastStop())
	case nextMoment, lastMoment:
		m.toMoment(do)
	case jump:
		m.over, m.input = overJump, ""
	case search:
		m.over, m.input = overSearch, ""
	case nextMatch:
		m.toMatch(1)
	case lastMatch:
		m.toMatch(-1)
	case help:
		m.over, m.scroll = overHelp, 0
	case quit:
		return m.leave()
	default:
		m.scrolls(do)
	}
	return nil
}

func (m *model) toMoment(do action) {
	direction, where := 1, "after"
	if do == lastMoment {
		direction, where = -1, "before"
	}
	to := m.moment(direction)
	switch {
	case to < 0:
		m.message = "No Key Moment " + where + " this step."
	case direction > 0:
		m.walkTo(to)
	default:
		m.leapTo(to)
	}
}

func (m *model) toMatch(direction int) {
	if m.words == "" {
		m.message = "Nothing was searched yet: / and then words."
		return
	}
	to := m.match(direction)
	if to < 0 {
		m.message = fmt.Sprintf("No step has %q.", m.words)
		return
	}
	m.leapTo(to)
}

// pressInput edits what is typed, and does it when it is complete.
func (m *model) pressInput(name, text string) {
	switch name {
	case "esc":
		m.over = overNothing
	case "backspace":
		if r := []rune(m.input); len(r) > 0 {
			m.input = string(r[:len(r)-1])
		}
	case "enter":
		over, input := m.over, strings.TrimSpace(m.input)
		m.over = overNothing
		if input == "" {
			return
		}
		if over == overSearch {
			m.words = input
			m.toMatch(1)
			return
		}
		m.jumpTo(input)
	default:
		if len(m.input) < maxInput {
			m.input += text
		}
	}
}

// maxInput is more than any address or word that is searched.
const maxInput = 60

func (m *model) jumpTo(id string) {
	at := m.walk.Find(strings.ToLower(id))
	if at < 0 {
		m.message = fmt.Sprintf("There is no step %q here.", id)
		return
	}
	m.leapTo(at)
}

func (m *model) pressAsking(name string) tea.Cmd {
	q := m.made.gates[m.ask].Question
	for i := range q.Options {
		if name == quiz.Letter(i) || name == strings.ToUpper(quiz.Letter(i)) || name == fmt.Sprint(i+1) {
			m.predict(i)
			return nil
		}
	}
	switch do := bound(asking, name); do {
	case hint:
		if m.made.hint(m.ask) == "" {
			m.message = "There are no more hints."
		}
		m.scrollBy(m.height) // the newest hint is in sight
	case skip:
		m.predict(-1)
	case back:
		m.ask, m.scroll = -1, 0
	case help:
		m.over, m.scroll = overHelp, 0
	case quit:
		return m.leave()
	case up, down, pageUp, pageDown:
		m.scrolls(do)
	default:
		m.message = "Choose a letter first: what do you expect? s goes on without."
	}
	return nil
}
