package walk

// What the tests of this room share: the walk of a committed trace, and a
// learner at its keys.

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"kstep/quiz"
	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing")

// trace reads one of the view's committed traces.
func trace(t testing.TB, name string) *tracer.Trace {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "tracer", "view", "testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tr, err := tracer.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// walked is the walk of a trace with a lesson in little: three questions, one
// of which only a twin answers, and three Key Moments.
func walked(t testing.TB, tr *tracer.Trace) *view.Walk {
	t.Helper()
	runs := tracer.NewRuns(tr)
	cites := func(text string, rows func(*tracer.Runs) []string) func(*tracer.Runs) tracer.Finding {
		return func(r *tracer.Runs) tracer.Finding {
			return tracer.Finding{Verdict: tracer.Confirmed, Because: []tracer.Reason{{Text: text, Rows: rows(r)}}}
		}
	}
	l := view.Lesson{
		ID: "first-message", Title: "Send one message: Produce(), then Flush()", Position: "lesson 1 of 24",
		Promise: "You can tell where a message is after each call, and what brings it to the broker.",
		Claims: []tracer.Claim{
			{ID: "queued", Question: "Where does Produce() put the message?", Sentence: "Into the client's queue.", Expect: tracer.Confirmed,
				Check: cites("Nothing was on the wire.", func(r *tracer.Runs) []string { return tracer.Addresses(r.Main.Call("Produce")) })},
			{ID: "sends", Sentence: "\"Flush() is what sends.\"", Myth: true, Expect: tracer.Confirmed,
				Check: cites("The request stands under it.", func(r *tracer.Runs) []string {
					return tracer.Addresses(r.Main.First(tracer.RowRequest), r.Main.Call("Flush"))
				})},
			{ID: "lost", Question: "And without Flush()?", Sentence: "It is lost.", Expect: tracer.Confirmed,
				Check: cites("The twin shows it.", func(r *tracer.Runs) []string { return tracer.TwinAddresses("no-flush", r.Twin("no-flush").End()) })},
		},
		Next: []view.Command{{Text: "kstep next", Why: "the next lesson"}},
	}
	var left []error
	l.Quiz, left = quiz.Build(runs, "first-message", quiz.StateAfter("Produce"), quiz.WhichStep(tracer.RowRequest), quiz.WhatIf("no-flush"))
	if len(left) > 0 {
		t.Fatal(left)
	}
	w := view.NewWalk(runs, l)
	return &w
}

// learner is a model in a window, and what it was told of predictions.
type learner struct {
	*model
	t    testing.TB
	told []quiz.Result
}

func learn(t testing.TB, w *view.Walk, width, height int) *learner {
	t.Helper()
	x := &learner{t: t}
	x.model = newModel(w, render.NewPalette(false), func(_ quiz.Question, r quiz.Result) { x.told = append(x.told, r) })
	x.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return x
}

// keys presses keys by name; one letter types itself.
func (x *learner) keys(names ...string) {
	for _, name := range names {
		k := tea.KeyPressMsg{Text: name, Code: []rune(name)[0]}
		if code, ok := map[string]rune{"right": tea.KeyRight, "left": tea.KeyLeft, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp,
			"down": tea.KeyDown, "end": tea.KeyEnd, "home": tea.KeyHome, "backspace": tea.KeyBackspace, "pgdown": tea.KeyPgDown, "space": tea.KeySpace}[name]; ok {
			k = tea.KeyPressMsg{Code: code}
		}
		x.Update(k)
	}
}

// types types a text and ends it.
func (x *learner) types(text string) {
	for _, r := range text {
		x.keys(string(r))
	}
	x.keys("enter")
}

func (x *learner) id() string { return x.stop().ID }

// asked is the id of the question that is asked, "" for none.
func (x *learner) asked() string {
	if x.ask < 0 {
		return ""
	}
	return x.made.gates[x.ask].Question.ID
}

// at checks where one is.
func (x *learner) is(id, asked string) {
	x.t.Helper()
	if x.id() != id || x.asked() != asked {
		x.t.Fatalf("at %s, asked %q; want %s, %q", x.id(), x.asked(), id, asked)
	}
}

// wrong and right are the letters of a question's options.
func (x *learner) right() string { return quiz.Letter(x.made.gates[x.ask].Question.Key()) }
func (x *learner) wrong() string {
	return quiz.Letter((x.made.gates[x.ask].Question.Key() + 1) % len(x.made.gates[x.ask].Question.Options))
}

// whole checks that a screen has its size, and nothing a terminal would obey.
func (x *learner) whole() {
	x.t.Helper()
	lines := x.screen()
	if len(lines) != x.height {
		x.t.Errorf("%dx%d, stop %s: %d lines", x.width, x.height, x.id(), len(lines))
	}
	for i, line := range lines {
		if n := render.Width(line); n > x.width {
			x.t.Errorf("%dx%d, stop %s: line %d has %d columns: %q", x.width, x.height, x.id(), i, n, line)
		}
		for _, r := range line {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				x.t.Errorf("%dx%d, stop %s: line %d holds %U: %q", x.width, x.height, x.id(), i, r, line)
			}
		}
	}
}

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("go test ./cmd/kstep/walk -update writes it anew:\n%s", d)
	}
}

// picture is a screen as text.
func (x *learner) picture() string {
	var b strings.Builder
	for _, line := range x.screen() {
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

func runsOf(tr *tracer.Trace) *tracer.Runs { return tracer.NewRuns(tr) }
