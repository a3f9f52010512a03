package walk

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// The screens of a walk in three sizes, as a learner comes by them.
func TestScreens(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 20}, {200, 60}} {
		name := fmt.Sprintf("%dx%d", size[0], size[1])
		t.Run(name, func(t *testing.T) {
			x := learn(t, walked(t, trace(t, "first-message")), size[0], size[1])
			var b strings.Builder
			shoot := func(what string) {
				x.whole()
				fmt.Fprintf(&b, "=== %s\n%s", what, x.picture())
			}
			shoot("the start")
			x.keys("right", "right")
			shoot("a question before step 2")
			x.keys("h", "h", "h", x.right())
			shoot("step 2: the prediction was right")
			x.keys("right")
			x.keys(x.wrong())
			shoot("step 3: the call waits")
			x.keys("right", "right", "right")
			shoot("step 3.3")
			x.keys("right", "right", "right", "right")
			shoot("step 4")
			x.keys("right", "s")
			shoot("the end")
			x.keys("left", "?")
			shoot("help")
			x.keys("?", "g", "3", ".", "3")
			shoot("an address is typed")
			golden(t, "screens-"+name+".golden", b.String())
		})
	}
}

// hostile fills every text of a trace with what tears terminals.
func hostile(tr *tracer.Trace) {
	const evil = "\x1b[31m\x1b[2J\x00\u202eabc\u200d\u0301\r\n\t漢字かな🎉🏳️‍🌈|`<b>&\xff "
	long := strings.Repeat("verylongword", 40)
	tr.Header.Title, tr.Header.Lesson, tr.Header.Program.Source = evil+long, evil, evil+"\nfunc x() {\n\t"+long+"\n"+strings.Repeat("漢字", 90)+"\n}\n"+tr.Header.Program.Source
	for i := range tr.Events {
		e := &tr.Events[i]
		e.Text += evil + long
		if c := e.Call; c != nil {
			for j := range c.Args {
				c.Args[j].Text += evil + long
			}
			if c.Message != nil {
				c.Message.Topic += evil
				c.Message.Value = &tracer.Payload{Text: strings.Repeat("漢", 100) + evil, Size: 1 << 20}
			}
			if c.Name == "Flush" {
				c.Error = &tracer.Error{Name: evil, Text: evil + long}
			}
		}
		if f := e.Frame; f != nil {
			for j := range f.Topics {
				f.Topics[j].Name += evil
			}
			for j := range f.Batches {
				f.Batches[j].Topic += evil + long
			}
		}
	}
}

// Whatever is in a trace and however large the window, no line is wider than
// the window and none is obeyed by the terminal.
func TestNoLineIsTorn(t *testing.T) {
	for _, evil := range []bool{false, true} {
		tr := trace(t, "first-message")
		if evil {
			hostile(tr)
		}
		w := walked(t, tr)
		if evil {
			w.ID, w.Title = tr.Header.Lesson, tr.Header.Title
		}
		for _, width := range []int{1, 20, 60, 75, 76, 80, 140, 321} {
			for _, height := range []int{1, 5, 20, 21, 24, 30, 60} {
				x := learn(t, w, width, height)
				for i := range w.Stops {
					x.at, x.ask = i, -1
					x.whole()
				}
				for i := range w.Questions {
					x.at, x.ask = w.Questions[i].Ask-1, i
					x.made.hints[i] = 3
					x.whole()
				}
				x.ask = -1
				x.keys("?")
				x.whole()
				x.keys("?", "g")
				x.types(strings.Repeat("漢", 50))
				x.whole()
			}
		}
	}
}

// What is read stays where it is: from stop to stop every pane has its title in
// the same line and every column of the table its place.
func TestPanesKeepTheirPlace(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 20}, {100, 40}, {200, 60}} {
		x := learn(t, walked(t, trace(t, "first-message")), size[0], size[1])
		where := func() string {
			var b strings.Builder
			for i, line := range x.screen() {
				for _, name := range []string{"EXECUTION SAMPLE", "PROCESS TABLE", "STATUS TRACKER", "Internal State", "Result/Output", "SEQUENCE"} {
					if at := strings.Index(line, name); at >= 0 {
						fmt.Fprintf(&b, "%s line %d column %d\n", name, i, render.Width(line[:at]))
					}
				}
			}
			return b.String()
		}
		x.at = 1
		want := where()
		for i := 1; i < x.lastStop(); i++ {
			if x.at = i; where() != want {
				t.Errorf("%v: at stop %d\n%s\nbefore\n%s", size, i, where(), want)
			}
		}
	}
}

// Signs say what colour and weight say: without them, the screen reads the same.
func TestSignsNotColoursAlone(t *testing.T) {
	w := walked(t, trace(t, "first-message"))
	plain, colored := learn(t, w, 80, 24), learn(t, w, 80, 24)
	colored.palette = render.NewPalette(true)
	for i := range w.Stops {
		plain.at, colored.at = i, i
		a, b := plain.picture(), strings.Join(colored.screen(), "\n")
		if !strings.Contains(b, "\x1b[") {
			t.Fatalf("stop %d has no colour", i)
		}
		var stripped []string
		for line := range strings.SplitSeq(b, "\n") {
			stripped = append(stripped, strings.TrimRight(sgr.ReplaceAllString(line, ""), " "))
		}
		if got := strings.Join(stripped, "\n") + "\n"; got != a {
			t.Errorf("stop %d without colour\n%s\nwith it\n%s", i, a, got)
		}
	}
}

// A window that is too small says so, and asks nothing that is not seen.
func TestTooSmall(t *testing.T) {
	x := learn(t, walked(t, trace(t, "first-message")), 80, 24)
	x.keys("right", "right")
	x.is("1", "state-after-produce")
	x.Update(tea.WindowSizeMsg{Width: 40, Height: 10})
	if s := x.picture(); !strings.Contains(s, "needs 60") || !strings.Contains(s, "program calls") {
		t.Errorf("%s", s)
	}
	x.keys("a", "s", "right")
	if len(x.told) > 0 {
		t.Errorf("answered unseen: %v", x.told)
	}
	x.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
	x.is("1", "state-after-produce")
	if !strings.Contains(x.picture(), "VISUAL QUIZ") {
		t.Errorf("%s", x.picture())
	}
}

// A run of many rows: the screen of its middle shows the middle.
func TestLongRun(t *testing.T) {
	tr := &tracer.Trace{}
	for i := range 1500 {
		tr.Events = append(tr.Events, tracer.Event{Seq: i + 1, At: int64(i), Lane: tracer.Application, Kind: tracer.Returned, Known: tracer.Observed,
			Call: &tracer.Call{ID: i + 1, Name: []string{"Produce", "Flush", "Len"}[i%3], Producer: 1}})
	}
	w := view.NewWalk(tracer.NewRuns(tr), view.Lesson{})
	x := learn(t, &w, 80, 24)
	x.keys("g")
	x.types("750")
	x.whole()
	if s := x.picture(); !strings.Contains(s, "\n> 750 ") || !strings.Contains(s, "749") || strings.Contains(s, "751") {
		t.Errorf("%s", s)
	}
}

// What became of a prediction is in sight without scrolling, and so is the row
// that answers it.
func TestAnswersAreInSight(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 20}, {100, 40}, {200, 60}} {
		w := walked(t, trace(t, "first-message"))
		x := learn(t, w, size[0], size[1])
		compared := 0
		for range 3 * len(w.Stops) {
			if x.ask >= 0 {
				x.keys(x.wrong())
			} else {
				x.keys("right")
			}
			if x.ask >= 0 || !x.answers() || x.at == x.lastStop() {
				continue
			}
			compared++
			x.whole()
			s := x.picture()
			if !strings.Contains(s, "The run shows ") || !strings.Contains(s, "\n> "+x.stop().Address+" ") && !strings.Contains(s, "|> "+x.stop().Address+" ") {
				t.Errorf("%v, stop %d:\n%s", size, x.at, s)
			}
		}
		if compared == 0 {
			t.Errorf("%v: nothing was compared", size)
		}
	}
}
