package view

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/quiz"
	"kstep/tracer"
)

// walked is the walk of a committed trace.
func walked(t *testing.T, name string) Walk {
	t.Helper()
	runs := tracer.NewRuns(load(t, name))
	l := lesson()
	l.Quiz, _ = quiz.Build(runs, name, quiz.StateAfter("Flush"), quiz.WhichStep(tracer.RowRequest), quiz.WhatIf("no-flush"))
	return NewWalk(runs, l)
}

// The walk of a committed trace, as text.
func TestWalk(t *testing.T) {
	for _, name := range []string{"first-message", "unread-reports"} {
		t.Run(name, func(t *testing.T) {
			got := dumpWalk(walked(t, name))
			file := filepath.Join("testdata", name+".walk.golden")
			if *update {
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
				t.Errorf("go test ./tracer/view -update writes it anew:\n%s", d)
			}
		})
	}
}

func dumpWalk(w Walk) string {
	var b strings.Builder
	for i, s := range w.Stops {
		fmt.Fprintf(&b, "== %d %s (%s) line %d moments %v ask %v\n%s\n", i, s.ID, s.Kind, s.Line, s.Moments, s.Ask, dumpCell(s.Told))
		for _, c := range s.Cells {
			fmt.Fprintln(&b, "cell", dumpCell(c))
		}
		for _, v := range s.Tracker {
			fmt.Fprintf(&b, "%s: %s", v.Name, dumpCell(v.Cell))
			if v.Changed {
				fmt.Fprintf(&b, " was %s", v.Was)
			}
			fmt.Fprintln(&b)
		}
		for _, a := range s.Arrows {
			fmt.Fprintf(&b, "%s -> %s reply %t: %s\n", a.From, a.To, a.Reply, a.Text)
		}
	}
	for _, m := range w.Moments {
		fmt.Fprintf(&b, "moment %s at %v shown %d\n", m.ID, m.Stops, m.Shown)
	}
	for _, g := range w.Questions {
		fmt.Fprintf(&b, "question %s before %d shown %v\n", g.Question.ID, g.Ask, g.Shown)
	}
	dumpCells(&b, w.Notes)
	return b.String()
}

// At the end the table is the page's, and what was told is its transcript.
func TestWalkEndsAsThePage(t *testing.T) {
	runs := tracer.NewRuns(load(t, "first-message"))
	w := NewWalk(runs, lesson())
	table, own := w.Table(len(w.Stops) - 1)
	if own >= 0 {
		t.Errorf("the end has row %d of the table", own)
	}
	var told, want []string
	for _, s := range w.Stops[1 : len(w.Stops)-1] {
		told = append(told, s.Told.Text)
	}
	for _, b := range Build(runs, lesson()).Blocks {
		switch b := b.(type) {
		case Table:
			if b.ID == ProcessTable {
				if d := cmp.Diff(b.Rows, table.Rows); d != "" {
					t.Error(d)
				}
			}
		case Prose:
			for _, p := range b.Paragraphs {
				for _, c := range p {
					if len(c.Rows) > 0 {
						want = append(want, c.Text)
					}
				}
			}
		}
	}
	if d := cmp.Diff(want, told); d != "" {
		t.Error(d)
	}
}

// Nothing of a stop tells what comes: no row, no value, no variable, no verdict
// before its rows, and no answer before its question.
func TestWalkTellsNothingBeforeItsTime(t *testing.T) {
	for _, name := range []string{"first-message", "unread-reports"} {
		w := walked(t, name)
		if len(w.Questions) == 0 {
			t.Fatalf("%s asks nothing", name)
		}
		at := w.places()
		for i, s := range w.Stops {
			table, own := w.Table(i)
			for _, r := range table.Rows {
				if at[r.Address].first > i {
					t.Errorf("%s, stop %s shows row %s", name, s.ID, r.Address)
				}
			}
			if s.Address != "" && table.Rows[own].Address != s.Address {
				t.Errorf("%s, stop %s has row %s as its own", name, s.ID, table.Rows[own].Address)
			}
			if s.Kind == StopCalled && (s.Cells[2].Text != "" || strings.Contains(s.Told.Text, "returns")) {
				t.Errorf("%s, stop %s tells the end of the call: %q, %q", name, s.ID, s.Cells[2].Text, s.Told.Text)
			}
			if i == 0 {
				continue
			}
			for k, v := range w.Stops[i-1].Tracker { // what is there keeps its place
				if k >= len(s.Tracker) || s.Tracker[k].Name != v.Name {
					t.Errorf("%s, stop %s moves %s", name, s.ID, v.Name)
				}
			}
		}
		for _, g := range w.Questions {
			q := g.Question
			for _, row := range q.Options[q.Key()].Rows {
				p, ok := at[row]
				if ok && p.first < g.Ask || ok && g.Shown[q.Key()] < p.whole {
					t.Errorf("%s: question %s is asked before %d and settled at %v, row %s is shown at %d", name, q.ID, g.Ask, g.Shown, row, p.first)
				}
			}
		}
	}
}

// A claim that cites a twin waits for the question about that twin.
func TestVerdictWaitsForItsQuestion(t *testing.T) {
	runs := tracer.NewRuns(load(t, "first-message"))
	l := lesson()
	l.Claims[0].Check = func(r *tracer.Runs) tracer.Finding {
		rows := append(tracer.Addresses(r.Main.Call("Produce")), tracer.TwinAddresses("no-flush", r.Twin("no-flush").End())...)
		return tracer.Finding{Verdict: tracer.Confirmed, Because: []tracer.Reason{{Text: "Both runs show it.", Rows: rows}}}
	}
	if w := NewWalk(runs, l); w.Moments[0].Shown != w.Find("2") || w.Moments[1].Shown != w.Find("2") {
		t.Errorf("without the question: %+v", w.Moments)
	}
	l.Quiz, _ = quiz.Build(runs, "x", quiz.WhatIf("no-flush"))
	w := NewWalk(runs, l)
	if w.Moments[0].Shown != len(w.Stops)-1 || w.Moments[1].Shown != w.Find("2") {
		t.Errorf("with the question: %+v", w.Moments)
	}
	if d := cmp.Diff([]int{0, 1}, w.Stops[w.Find("2")].Moments); d != "" {
		t.Error(d)
	}
}

// A call that had not returned shows what happened under it first.
func TestWalkOfAHang(t *testing.T) {
	tr := &tracer.Trace{Events: []tracer.Event{
		{Seq: 1, At: 1, Lane: tracer.Application, Kind: tracer.Called, Known: tracer.Observed, Call: &tracer.Call{ID: 1, Name: "Flush", Producer: 1}},
		{Seq: 2, At: 2, Lane: tracer.Client, Kind: tracer.Delivered, Known: tracer.Reported, Client: &tracer.Log{Count: 1}},
	}}
	w := NewWalk(tracer.NewRuns(tr), Lesson{})
	var got []string
	for _, s := range w.Stops {
		got = append(got, s.ID+" "+string(s.Kind)+": "+s.Told.Text)
	}
	want := []string{"start start: Nothing has run yet.", "1 called: The program calls Flush(), which waits.",
		"1.1 row: The client puts out 1 delivery report: delivered.",
		"1r pending: Flush() has not returned: the program still waits here when the record ends.", "end end: The record ends here."}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A walk is data that a page can carry.
func TestWalkIsJSON(t *testing.T) {
	w := walked(t, "first-message")
	data, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	var back Walk
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(dumpWalk(w), dumpWalk(back)); d != "" {
		t.Error(d)
	}
}
