package view

import (
	"fmt"
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// about says for whom the lesson is.
func about(l Lesson) []Fact {
	var out []Fact
	if l.Level != "" {
		out = append(out, Fact{"level", fmt.Sprintf("%s, about %s", l.Level, count(l.Minutes, "minute"))})
	}
	if len(l.Needs) > 0 {
		out = append(out, Fact{"builds on", strings.Join(l.Needs, ", ")})
	}
	return out
}

func reasons(rs []tracer.Reason) []Cell {
	var out []Cell
	for _, r := range rs {
		r.Text = upper(r.Text)
		out = append(out, reason(r))
	}
	return out
}

// blocks makes the blocks of one document.
type blocks struct {
	runs   *tracer.Runs
	run    *tracer.Run
	lesson Lesson
	ledger tracer.Ledger
	used   []Term // terms that the page's sentences use
}

// sources is where people stumbled, and what the manual says.
func (b *blocks) sources() (Block, bool) {
	l := List{Heading: Heading{"sources", quiz.SectionSources}, Items: reasons(b.lesson.Sources)}
	return l, len(l.Items) > 0
}

// terms are those of the glossary that the page uses.
func (b *blocks) terms() (Block, bool) {
	return Terms{Heading: Heading{"terms", quiz.SectionTerms}, Items: b.used}, len(b.used) > 0
}

func facts(h tracer.TraceHeader) []Fact {
	out := []Fact{{"broker", fmt.Sprintf("%s, %s", h.Cluster, count(h.Brokers, "node"))}}
	client := h.Versions.Client
	if h.Versions.Librdkafka != "" {
		client += " (librdkafka " + h.Versions.Librdkafka + ")"
	}
	out = append(out, Fact{"client", client})
	if h.Variant != "" {
		out = append(out, Fact{"variant", h.Variant})
	}
	for _, s := range h.Settings {
		out = append(out, Fact{"changed setting", s.Key + "=" + s.Value})
	}
	for _, f := range h.Faults {
		out = append(out, Fact{"fault", f})
	}
	if h.Without != "" {
		out = append(out, Fact{"left out", h.Without})
	}
	if h.Program.Command != "" {
		out = append(out, Fact{"program", h.Program.Command})
	}
	return out
}

// OnlyTimeLimit tells whether the record is not whole because the program's time
// was over, and for no other reason.
func OnlyTimeLimit(t *tracer.Trace) bool {
	over := slices.ContainsFunc(t.Events, func(e tracer.Event) bool { return e.Kind == tracer.TimeLimit })
	return over && !strings.Contains(t.Header.Partial, ";")
}

func warnings(t *tracer.Trace, l Lesson) []Cell {
	var out []Cell
	h := t.Header
	switch {
	case h.Partial != "" && l.Hangs && OnlyTimeLimit(t):
		out = append(out, Cell{Text: "This program does not end by itself, and that is what it shows: " + h.Partial + ".", Tone: Caution})
	case h.Partial != "":
		out = append(out, Cell{Text: "The record is not whole: " + h.Partial + ". What follows is true of what was recorded.", Tone: Bad})
	}
	if len(h.Settings) > 0 {
		var set []string
		for _, s := range h.Settings {
			set = append(set, s.Key+"="+s.Value)
		}
		out = append(out, Cell{Text: "Changed for this run: " + strings.Join(set, ", ") + ", whatever the program sets. Tables, claims and quiz follow this run.", Tone: Caution})
	}
	if len(h.Faults) > 0 {
		out = append(out, Cell{Text: "kstep made this happen to the run: " + strings.Join(h.Faults, "; ") + ". Tables, claims and quiz follow this run.", Tone: Caution})
	}
	if h.Without != "" {
		out = append(out, Cell{Text: "kstep left this out of the program: " + h.Without + ". Tables, claims and quiz follow this run.", Tone: Caution})
	}
	for _, why := range l.Left {
		out = append(out, Cell{Text: "Not asked in the quiz: " + why, Tone: Quiet})
	}
	return out
}

// labNotes are what the lab has to say of the record: what it lacks, and why.
func labNotes(t *tracer.Trace) []Cell {
	var out []Cell
	for i := range t.Events {
		if e := &t.Events[i]; e.Lane == tracer.Lab && (e.Kind == tracer.Noted || e.Kind == tracer.Thinned) {
			out = append(out, Cell{Text: "Of the record: " + e.Text + ".", Tone: Quiet, Known: e.Known, Evidence: []int{e.Seq}})
		}
	}
	return out
}

func (b *blocks) quiz() (Block, bool) {
	q := Quiz{
		Heading:   Heading{"visual-quiz", quiz.SectionQuiz},
		Intro:     count(len(b.lesson.Quiz), "question") + ". Answer first, then look at the rows.",
		Questions: b.lesson.Quiz,
	}
	return q, len(q.Questions) > 0
}
