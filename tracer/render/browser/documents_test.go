package browser

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/render/internal/specimen"
	"kstep/tracer/view"
)

// lessons are documents as readers meet them, attacks are documents that try
// to be more than text.
var (
	lessons = []string{"sample", "first-message", "unread-reports"}
	attacks = []string{"hostile", "flood"}
	modes   = []string{"learn", "why", "deep", "challenge", "recall", "perf"}
	all     = slices.Concat([]string{"figures"}, lessons, attacks, modes)
)

// eight are the sections that every lesson has.
var eight = []string{"process-flow", "execution-sample", "process-table", "status-tracker",
	"key-moments", "visual-quiz", "concept-snapshot", "full-transcript"}

func document(t *testing.T, name string) view.Document {
	t.Helper()
	switch name {
	case "sample":
		return specimen.Lesson()
	case "figures":
		return specimen.Figures()
	case "hostile":
		return specimen.Hostile()
	case "flood":
		return specimen.Everywhere(specimen.Flood)
	}
	if m, ok := view.FindMode(name); ok {
		return recorded(t, "first-message", m)
	}
	m, _ := view.FindMode(view.ModeVisual)
	return recorded(t, name, m)
}

// recorded is the page of a committed trace in a mode.
func recorded(t *testing.T, name string, m view.Mode) view.Document {
	t.Helper()
	d, err := specimen.Recorded(filepath.Join("..", "..", "view", "testdata"), name, m)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// lessonOf is the run of a committed trace and its lesson in little.
func lessonOf(t *testing.T, name string) (*tracer.Runs, view.Lesson) {
	t.Helper()
	runs, l, err := specimen.Lessoned(filepath.Join("..", "..", "view", "testdata"), name)
	if err != nil {
		t.Fatal(err)
	}
	return runs, l
}

var written sync.Map // name of a document -> the URL of its page

// address is the URL of a document's page, written when it is first asked for.
func address(t *testing.T, name string) string {
	t.Helper()
	if u, ok := written.Load(name); ok {
		return u.(string)
	}
	f, err := os.Create(filepath.Join(folder, name+".html"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := render.HTML(f, document(t, name)); err != nil {
		t.Fatal(err)
	}
	u := fileURL(f.Name())
	written.Store(name, u)
	return u
}

// texts are the texts of a document that a reader must see without a click, in
// the parts the page may break them into.
func texts(d view.Document) []string {
	out := []string{d.Title, d.Position}
	cells := func(cs ...view.Cell) {
		for _, c := range cs {
			out = append(out, strings.Split(c.Text, "\n")...)
		}
	}
	cells(d.Warnings...)
	for _, b := range d.Blocks {
		out = append(out, b.Head().Name)
		switch b := b.(type) {
		case view.Flow:
			for _, n := range b.Nodes {
				cells(n.Cell)
			}
		case view.Code:
			out = append(out, b.File)
			for _, l := range b.Lines {
				out = append(out, l.Text)
			}
			cells(b.Notes...)
		case view.Table:
			out = append(out, b.Columns...)
			for _, r := range b.Rows {
				cells(r.Cells...)
			}
			cells(b.Notes...)
		case view.Moments:
			for _, m := range b.Items {
				out = append(out, m.Question, string(m.Verdict))
				cells(m.Answer...)
			}
		case view.Quiz:
			out = append(out, b.Intro)
			for _, q := range b.Questions {
				out = append(out, q.Prompt)
				for _, o := range q.Options {
					out = append(out, o.Text)
				}
			}
		case view.Sequence:
			for _, a := range b.Arrows {
				cells(a.Cell)
			}
		case view.List:
			cells(b.Items...)
		case view.Prose:
			for _, p := range b.Paragraphs {
				cells(p...)
			}
		}
	}
	for _, c := range d.Next {
		out = append(out, c.Text, c.Why)
	}
	return out
}
