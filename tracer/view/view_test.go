package view

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/quiz"
	"kstep/tracer"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing")

// load reads a committed trace: view needs no client and no broker.
func load(t *testing.T, name string) *tracer.Trace {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name+".json"))
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

// lesson is what a lesson's author would bring, in little.
func lesson() Lesson {
	always := func(v tracer.Verdict) func(*tracer.Runs) tracer.Finding {
		return func(r *tracer.Runs) tracer.Finding {
			return tracer.Finding{Verdict: v, Because: []tracer.Reason{{Text: "The rows show it.", Rows: tracer.Addresses(r.Main.Call("Produce"))}}}
		}
	}
	return Lesson{
		ID: "first-message", Title: "A title", Position: "lesson 1 of 1",
		Claims: []tracer.Claim{
			{ID: "a", Question: "Why?", Sentence: "Because.", Expect: tracer.Confirmed, Check: always(tracer.Confirmed)},
			{ID: "b", Sentence: "\"So it is.\"", Myth: true, Expect: tracer.Refuted, Check: always(tracer.Confirmed)},
		},
		Snapshot: []tracer.Claim{{ID: "c", Sentence: "Keep this.", Expect: tracer.Confirmed, Check: always(tracer.Depends)}},
		Notes:    []tracer.Reason{{Text: "The manual says so", Source: "manual, section 1"}},
		Quiz:     []quiz.Question{{ID: "q"}},
		Left:     []string{"a question"},
	}
}

// The whole document of a committed trace, as text. Whoever changes a wording
// sees in the difference what readers will see.
func TestDocument(t *testing.T) {
	for _, name := range []string{"first-message", "unread-reports"} {
		t.Run(name, func(t *testing.T) {
			got := dump(Build(tracer.NewRuns(load(t, name)), lesson()))
			file := filepath.Join("testdata", name+".golden")
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

// The names of sections and columns are those that quiz hints use.
func TestSectionNames(t *testing.T) {
	d := Build(tracer.NewRuns(load(t, "first-message")), lesson())
	var names []string
	for _, b := range d.Blocks {
		names = append(names, b.Head().Name)
		if table, ok := b.(Table); ok && table.Name == quiz.SectionTable {
			if d := cmp.Diff([]string{"Step", "Action", quiz.ColumnState, quiz.ColumnResult}, table.Columns); d != "" {
				t.Error(d)
			}
		}
	}
	want := append(quiz.Sections()[:10:10], "Twin Run: no-flush", "Twin Run: await-report")
	if d := cmp.Diff(want, names); d != "" {
		t.Error(d)
	}
}

// Every name that the code gives a section is one of those that hints, help and
// documents know, whether or not a page of a test has it.
func TestEverySectionIsListed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	names := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CompositeLit)
			if !ok || len(c.Elts) != 2 {
				return true
			}
			if id, ok := c.Type.(*ast.Ident); !ok || id.Name != "Heading" {
				return true
			}
			names++
			if text, ok := c.Elts[1].(*ast.BasicLit); ok {
				if name, _ := strconv.Unquote(text.Value); !slices.Contains(quiz.Sections(), name) {
					t.Errorf("%s: the section %q is not listed: add it to quiz/sections.go, and name it by its constant", file, name)
				}
			}
			return true
		})
	}
	if names < 12 {
		t.Errorf("found %d names of sections; the code makes them in another way now", names)
	}
}

// Every cell of the table and the tracker that says something of the run names
// the events it came from, and each of them exists.
func TestEvidence(t *testing.T) {
	tr := load(t, "first-message")
	for _, b := range Build(tracer.NewRuns(tr), lesson()).Blocks {
		table, ok := b.(Table)
		if !ok || table.Name == "Message Ledger" {
			continue
		}
		for _, r := range table.Rows {
			for i, c := range r.Cells {
				if i == 0 && table.Name == quiz.SectionTracker || i == 1 && table.Name == quiz.SectionTracker {
					continue // the variable's name, and the column before anything had happened
				}
				if len(c.Evidence) == 0 || c.Known == "" {
					t.Errorf("%s, cell %q has no evidence", table.Name, c.Text)
				}
				for _, seq := range c.Evidence {
					if seq < 1 || seq > len(tr.Events) {
						t.Errorf("cell %q names event %d", c.Text, seq)
					}
				}
			}
		}
	}
}

// No state says that a connection is there before the wire shows it.
func TestNotConnectedAtOnce(t *testing.T) {
	for _, b := range Build(tracer.NewRuns(load(t, "first-message")), lesson()).Blocks {
		if table, ok := b.(Table); ok && table.Name == quiz.SectionTable {
			if got := table.Rows[0].Cells[2].Text; !strings.Contains(got, "connections that carry messages: 0") || strings.Contains(got, "connected") {
				t.Errorf("after NewProducer() the state is %q", got)
			}
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{count(1, "message"), "1 message"},
		{count(0, "message"), "0 messages"},
		{count(1_000_000, "entry"), "1,000,000 entries"},
		{number(999), "999"},
		{number(1000), "1,000"},
		{number(-1234567), "-1,234,567"},
		{payload(nil), "nil"},
		{payload(&tracer.Payload{}), ""},
		{shorten(strings.Repeat("a", 50), 1048576), strings.Repeat("a", 40) + "... (1,048,576 bytes)"},
		{shorten("abc", 3), "abc"},
		{times("Produce()", 1), "Produce()"},
		{times("Produce()", 1000), "Produce() x 1,000"},
		{place("t", 0, 5), "t[0] at offset 5"},
		{place("t", 2, -1), "t[2], no offset told"},
		{ending(&tracer.Exit{Code: 3}), "exit code 3"},
		{ending(&tracer.Exit{Signal: "killed"}), "the process was ended by a signal: killed"},
		{ending(nil), "the record ends before the process does"},
		{split(&tracer.Queues{Client: 1, Events: 2}), "1 in the client's queues, 2 unread in Events()"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// dump writes a document as text, without a renderer's taste.
func dump(d Document) string {
	var b strings.Builder
	fmt.Fprintln(&b, d.Title, "|", d.Position)
	for _, f := range d.Facts {
		fmt.Fprintln(&b, "fact:", f.Name, "=", f.Text)
	}
	for _, w := range d.Warnings {
		fmt.Fprintln(&b, "warning:", dumpCell(w))
	}
	for _, block := range d.Blocks {
		fmt.Fprintf(&b, "\n== %s (%s)\n", block.Head().Name, block.Head().ID)
		dumpBlock(&b, block)
	}
	return b.String()
}

func dumpBlock(b *strings.Builder, block Block) {
	switch x := block.(type) {
	case Flow:
		for _, n := range x.Nodes {
			fmt.Fprintf(b, "%s [%s] %s\n", n.Address, n.Lane, dumpCell(n.Cell))
		}
	case Code:
		for _, l := range x.Lines {
			fmt.Fprintf(b, "%d %s %v\n", l.Number, l.Text, l.Rows)
		}
		dumpCells(b, x.Notes)
	case Table:
		fmt.Fprintln(b, strings.Join(x.Columns, " | "))
		for _, r := range x.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, dumpCell(c))
			}
			fmt.Fprintln(b, strings.Join(cells, " | "))
		}
		dumpCells(b, x.Notes)
	case Moments:
		for _, m := range x.Items {
			fmt.Fprintf(b, "%s (%s, surprise %t)\n", m.Question, m.Verdict, m.Surprise)
			dumpCells(b, m.Answer)
		}
	case Sequence:
		for _, a := range x.Arrows {
			fmt.Fprintf(b, "%s %s -> %s reply %t: %s\n", a.Address, a.From, a.To, a.Reply, dumpCell(a.Cell))
		}
		dumpCells(b, x.Notes)
	case List:
		dumpCells(b, x.Items)
	case Prose:
		for _, p := range x.Paragraphs {
			dumpCells(b, p)
			fmt.Fprintln(b)
		}
	case Quiz:
		fmt.Fprintln(b, x.Intro)
	}
}

func dumpCells(b *strings.Builder, cells []Cell) {
	for _, c := range cells {
		fmt.Fprintln(b, "-", dumpCell(c))
	}
}

func dumpCell(c Cell) string {
	s := strings.ReplaceAll(c.Text, "\n", " / ")
	if c.Changed {
		s += " *"
	}
	if c.Tone != Plain {
		s += " {" + string(c.Tone) + "}"
	}
	if c.Known != "" && c.Known != tracer.Observed {
		s += " (" + string(c.Known) + ")"
	}
	if len(c.Rows) > 0 {
		s += " " + fmt.Sprint(c.Rows)
	}
	return s
}

// What a program prints when Flush() has returned is told after the return.
func TestPrintedAfterReturn(t *testing.T) {
	call := func(seq int, kind tracer.Kind, c tracer.Call) tracer.Event {
		return tracer.Event{Seq: seq, At: int64(seq), Lane: tracer.Application, Kind: kind, Known: tracer.Observed, Call: &c}
	}
	flush := tracer.Call{ID: 2, Name: "Flush", Producer: 1}
	flushed := flush
	flushed.Results = []tracer.Value{{Name: "left", Text: "0"}}
	tr := &tracer.Trace{Events: []tracer.Event{
		call(1, tracer.Returned, tracer.Call{ID: 1, Name: "NewProducer", Producer: 1}),
		call(2, tracer.Called, flush),
		{Seq: 3, At: 3, Lane: tracer.Client, Kind: tracer.Delivered, Known: tracer.Reported, Client: &tracer.Log{Count: 1}},
		call(4, tracer.Returned, flushed),
		{Seq: 5, At: 5, Lane: tracer.Application, Kind: tracer.Printed, Known: tracer.Observed, Text: "done", Stream: "stdout"},
	}}
	text := dump(Build(tracer.NewRuns(tr), Lesson{}))
	for _, s := range [][2]string{{"returns 0", "prints: done"}, {"Flush() returns 0", "The program prints: done"}} {
		a, b := strings.LastIndex(text, s[0]), strings.LastIndex(text, s[1])
		if a < 0 || b < 0 || a > b {
			t.Errorf("%q does not come before %q in\n%s", s[0], s[1], text)
		}
	}
}

// A column of the tracker that is not the first call by its name says which
// row it is, also where the first one has no column.
func TestColumnTitles(t *testing.T) {
	tr := &tracer.Trace{}
	for i, name := range []string{"NewProducer", "Produce", "Flush", "Produce", "Flush", "Produce", "Flush"} {
		tr.Events = append(tr.Events, tracer.Event{Seq: i + 1, At: int64(i), Lane: tracer.Application, Kind: tracer.Returned, Known: tracer.Observed,
			Call: &tracer.Call{ID: i + 1, Name: name, Producer: 1}})
	}
	for _, b := range Build(tracer.NewRuns(tr), Lesson{}).Blocks {
		if table, ok := b.(Table); ok && table.Name == quiz.SectionTracker {
			want := []string{"Variable", "Start", "After Produce()", "After Flush(), row 5", "After Produce(), row 6", "After Flush(), row 7"}
			if d := cmp.Diff(want, table.Columns); d != "" {
				t.Error(d)
			}
			return
		}
	}
	t.Error("the page has no Status Tracker")
}
