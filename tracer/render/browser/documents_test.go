package browser

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kstep/quiz"
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
	all     = append(append([]string{"figures"}, lessons...), attacks...)
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
	return recorded(t, name)
}

// recorded is the page of a committed trace. Its lesson is one in little: the
// lessons themselves need the client, and a page does not.
func recorded(t *testing.T, name string) view.Document {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "view", "testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	trace, err := tracer.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	runs := tracer.NewRuns(trace)
	l := view.Lesson{
		ID: trace.Header.Lesson, Title: trace.Header.Title, Position: "lesson 1 of 1",
		Claims: []tracer.Claim{
			claim("only-queues", "What does Produce() do?", "It puts the message into the client's queue.", tracer.Confirmed, "Produce"),
			{ID: "depends", Sentence: `"Flush() always sends at once."`, Myth: true, Expect: tracer.Depends, Check: shows(tracer.Depends, "Flush")},
			{ID: "sends", Sentence: `"NewProducer() sends."`, Myth: true, Expect: tracer.Refuted, Check: shows(tracer.Refuted, "NewProducer")},
		},
		Snapshot: []tracer.Claim{claim("waits", "", "Flush() waits for the delivery reports.", tracer.Confirmed, "Flush")},
		Notes:    []tracer.Reason{{Text: "In Go a report needs a channel", Source: "the client's documentation"}},
		Next:     []view.Command{{Text: "kstep quiz " + name, Why: "only the questions"}},
	}
	var left []error
	l.Quiz, left = quiz.Build(runs, name, quiz.StateAfter("Produce"), quiz.WhichStep(tracer.RowRequest), quiz.Returned("Flush"), quiz.WhoActs(tracer.RowBatched))
	for _, err := range left {
		l.Left = append(l.Left, err.Error())
	}
	return view.Build(runs, l)
}

func claim(id, question, sentence string, v tracer.Verdict, call string) tracer.Claim {
	return tracer.Claim{ID: id, Question: question, Sentence: sentence, Expect: v, Check: shows(v, call)}
}

// shows is a predicate that cites the rows of a call.
func shows(v tracer.Verdict, call string) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		c := r.Main.Call(call)
		if c == nil {
			return tracer.Finding{Verdict: tracer.Unsupported}
		}
		return tracer.Finding{Verdict: v, Because: []tracer.Reason{{Text: "The rows show it.", Rows: tracer.Addresses(append([]*tracer.Row{c}, r.Main.Under(c)...)...)}}}
	}
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
