package walk

import (
	"fmt"
	"strings"

	"kstep/quiz"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// storyPane tells the stop, asks, or compares.
func (m *model) storyPane(r room) []string {
	title, detail := m.storyTitle()
	return m.pane(r, pane{title: title, detail: detail, scrolls: true, lines: m.story(r.width), fixed: m.scroll})
}

func (m *model) storyTitle() (title, detail string) {
	switch {
	case m.over == overHelp:
		return "Help", ""
	case m.ask >= 0:
		return "Visual Quiz", m.made.asked(m.ask) + ": predict before it is shown"
	}
	switch n := len(m.stop().Moments); {
	case m.stop().Kind == view.StopEnd:
		return "end", ""
	case n == 1:
		return place(m.walk, m.at), "a Key Moment"
	case n > 1:
		return place(m.walk, m.at), fmt.Sprintf("%d Key Moments", n)
	}
	return place(m.walk, m.at), ""
}

// maxMeasure is the longest line of prose that reads well.
const maxMeasure = 100

// story are its lines in a width.
func (m *model) story(width int) []string {
	l := m.layout(min(width-1, maxMeasure))
	switch {
	case m.over == overHelp:
		return helpLines(l)
	case m.ask >= 0:
		return m.question(l)
	case m.stop().Kind == view.StopStart:
		return m.start(l)
	case m.stop().Kind == view.StopEnd:
		return m.end(l)
	}
	out := l.Sentences(" ", m.stop().Told)
	for i := range m.made.gates {
		if m.made.results[i] != nil && m.made.shown(i) == m.at {
			out = append(out, m.compared(l, i)...)
		}
	}
	out = append(out, m.waiting(l)...)
	for _, n := range m.stop().Moments {
		c := m.walk.Moments[n]
		out = append(out, m.keyMoment(l, c, c.Shown <= m.at)...)
	}
	return out
}

// question is the prompt, its options, and the hints so far.
func (m *model) question(l render.Layout) []string {
	q := m.made.gates[m.ask].Question
	out := l.Sentences(" ", view.Cell{Text: q.Prompt, Tone: view.Strong})
	for i, o := range q.Options {
		out = append(out, l.Sentences("  "+quiz.Letter(i)+"  ", view.Cell{Text: o.Text})...)
	}
	for i, text := range q.Hints[:min(m.made.hints[m.ask], len(q.Hints))] {
		out = append(out, l.Sentences(fmt.Sprintf(" Hint %d of %d: ", i+1, len(q.Hints)), view.Cell{Text: text})...)
	}
	return out
}

// compared is a question with the prediction and, beside it, what the run
// shows.
func (m *model) compared(l render.Layout, i int) []string {
	q := m.made.gates[i].Question
	out := l.Sentences(" - ", view.Cell{Text: "Visual Quiz."}, view.Cell{Text: q.Prompt, Tone: view.Strong})
	out = append(out, l.Sentences("   ", m.made.predicted(i))...)
	for _, c := range m.made.observed(i) {
		out = append(out, l.Sentences("   ", c)...)
	}
	return out
}

// waiting are the predictions that the run has not answered yet.
func (m *model) waiting(l render.Layout) []string {
	var made []string
	for i, g := range m.made.gates {
		if r := m.made.results[i]; r != nil && r.Chosen >= 0 && g.Ask <= m.at && m.made.shown(i) > m.at {
			made = append(made, fmt.Sprintf("question %d: %s", i+1, quiz.Letter(r.Chosen)))
		}
	}
	if len(made) == 0 {
		return nil
	}
	return l.Sentences(" - ", view.Cell{Text: "Your predictions that the run will answer: " + strings.Join(made, ", ") + ".", Tone: view.Quiet})
}

// keyMoment is a Key Moment that cites this stop. Its verdict is told when all
// rows are known that it rests on.
func (m *model) keyMoment(l render.Layout, c view.CitedMoment, told bool) []string {
	head := []view.Cell{{Text: "Key Moment."}, {Text: momentTitle(c), Tone: view.Strong}}
	if !told {
		later := view.Cell{Text: "This row is part of the answer; the rest comes at " + place(m.walk, c.Shown) + ".", Tone: view.Quiet}
		return l.Sentences(" - ", append(head, later)...)
	}
	head = append(head, view.Cell{Text: upper(render.Verdict(c.Moment)) + ".", Tone: c.Tone})
	return l.Sentences(" - ", append(head, c.Answer...)...)
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// start says what will be walked through.
func (m *model) start(l render.Layout) []string {
	var out []string
	if m.walk.Promise != "" {
		out = l.Sentences(" ", view.Cell{Text: m.walk.Promise})
	}
	for _, w := range m.walk.Warnings {
		out = append(out, l.Sentences(" ! ", w)...)
	}
	out = append(out, l.Sentences(" ", m.stop().Told, view.Cell{Text: m.plan()})...)
	for _, f := range m.walk.Facts {
		out = append(out, l.Sentences(" ", view.Cell{Text: f.Name + ": " + f.Text, Tone: view.Quiet})...)
	}
	return out
}

// plan says how many questions there will be and what to press.
func (m *model) plan() string {
	switch n := len(m.made.gates); n {
	case 0:
		return "Press right for the first step."
	case 1:
		return "On the way you are asked for 1 prediction. Press right for the first step."
	default:
		return fmt.Sprintf("On the way you are asked for %d predictions. Press right for the first step.", n)
	}
}

// end is everything that was predicted beside what the run showed, and what the
// run leaves behind.
func (m *model) end(l render.Layout) []string {
	out := l.Sentences(" ", view.Cell{Text: m.made.tally(m.lastStop()), Tone: view.Strong})
	for i, g := range m.made.gates {
		out = append(out, "")
		head := fmt.Sprintf(" %d. ", i+1)
		out = append(out, l.Sentences(head, view.Cell{Text: "(" + outcome(m.made.results[i]) + ")"}, view.Cell{Text: g.Question.Prompt, Tone: view.Strong})...)
		if m.made.results[i] != nil {
			out = append(out, l.Sentences("    ", m.made.predicted(i))...)
		}
		for _, c := range m.made.observed(i) {
			out = append(out, l.Sentences("    ", c)...)
		}
		if rule := g.Question.Rule(); rule != "" {
			out = append(out, l.Sentences("    ", view.Cell{Text: "The rule: " + rule, Tone: view.Quiet})...)
		}
	}
	out = append(out, "")
	for _, n := range m.walk.Notes {
		out = append(out, l.Sentences(" ", n)...)
	}
	for _, n := range m.stop().Moments {
		out = append(out, m.keyMoment(l, m.walk.Moments[n], true)...)
	}
	return append(out, m.next(l)...)
}

// next is what to type when one has left.
func (m *model) next(l render.Layout) []string {
	var out []string
	for _, c := range m.walk.Next {
		out = append(out, l.Sentences(" Next: ", view.Cell{Text: c.Text, Tone: view.Strong}, view.Cell{Text: "(" + c.Why + ")"})...)
	}
	return out
}

// helpLines are the keys and how questions are asked.
func helpLines(l render.Layout) []string {
	wide := 0
	for _, k := range append(reading[:len(reading):len(reading)], asking...) {
		wide = max(wide, len(k.shown))
	}
	list := func(name string, keys []key) []string {
		out := []string{l.Tone(view.Strong, " "+name)}
		for _, k := range keys {
			out = append(out, l.Sentences(render.Pad("  "+k.shown, wide+4), view.Cell{Text: k.words})...)
		}
		return out
	}
	out := list("Reading", reading)
	out = append(out, "")
	out = append(out, list("When a question is asked", asking)...)
	out = append(out, "")
	for _, s := range []string{
		"Going forward asks each question once, before the step that answers it. A jump or a search passes over the questions on its way: they count as not predicted, and are asked when you go back and step forward again.",
		"*  has changed since the step before.  >  is where you are.  -  in the Status Tracker: nobody asked the client then.  r  after a step: only the client's own log says so.",
		"At the end stand all predictions beside what the run showed. Control-C interrupts.",
	} {
		out = append(out, l.Sentences(" ", view.Cell{Text: s})...)
	}
	return out
}
