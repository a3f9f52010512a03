package view

import (
	"slices"
	"strings"
	"testing"

	"kstep/tracer"
)

// whyTexts are the rows of Without Each Part, a text a row.
func whyTexts(t *testing.T, tr *tracer.Trace, l Lesson) (rows, notes []string) {
	t.Helper()
	m, _ := FindMode(ModeWhy)
	for _, b := range BuildMode(tracer.NewRuns(tr), l, m).Blocks {
		table, ok := b.(Table)
		if !ok || table.ID != whyTable {
			continue
		}
		for _, r := range table.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, shown(c))
			}
			rows = append(rows, strings.Join(cells, " | "))
		}
		for _, n := range table.Notes {
			notes = append(notes, n.Text)
		}
	}
	return rows, notes
}

// renamed is a copy of a run as the twin that lacks something.
func renamed(t *tracer.Trace, w tracer.Without) *tracer.Trace {
	c := *t
	c.Twins, c.Header.Variant, c.Header.Without = nil, w.Twin(), w.String()
	return &c
}

func TestWhyRows(t *testing.T) {
	tr := load(t, "first-message")
	i := slices.IndexFunc(tr.Twins, func(t *tracer.Trace) bool { return t.Header.Variant == "no-flush" })
	tr.Twins = append(tr.Twins, renamed(tr.Twins[i], tracer.Without{Line: 28}), renamed(tr, tracer.Without{Line: 19}))
	l := lesson()
	l.Variants = []Variant{{Name: "no-flush", Promise: "it does not wait"}}
	rows, notes := whyTexts(t, tr, l)
	for n, want := range [][]string{
		{"nothing: the program as it is", "1 produced = 1 delivered", "Flush() in line 28 returns 0", "exit code 0", "(rows 3, 4)"},
		{"line 19, Produce()", "Nothing: this run does not come to the line."},
		{"line 28, Flush()", "1 lost at exit", "(row without-line-28 3)", "1 row is different: row 4, exit, has in Internal State: queued in client: 1 -> 0", "5 rows are gone; the first: row 3.1,"},
		{"variant no-flush: it does not wait", "6 rows are gone; the first: row 3, Flush(15000)"},
	} {
		for _, text := range want {
			if n >= len(rows) || !strings.Contains(rows[n], text) {
				t.Errorf("row %d lacks %q:\n%s", n+1, text, strings.Join(rows, "\n"))
			}
		}
	}
	if len(rows) != 4 || slices.ContainsFunc(notes, func(s string) bool { return strings.Contains(s, "Not run here") }) {
		t.Errorf("%d rows, notes %q", len(rows), notes)
	}
}

// A setting without which nothing changes is a result, and is said; what has
// no run is said with the command for it.
func TestWhyNothingAndMissing(t *testing.T) {
	tr := load(t, "first-message")
	tr.Header.Program.Source = strings.Replace(tr.Header.Program.Source, `"localhost:9092"}`, `"localhost:9092", "linger.ms": 5}`, 1)
	if _, notes := whyTexts(t, tr, lesson()); !slices.ContainsFunc(notes, func(s string) bool {
		return strings.Contains(s, "Not run here: line:19, line:28, linger.ms.")
	}) {
		t.Errorf("no run of any: %q", notes)
	}
	tr.Twins = append(tr.Twins, renamed(tr, tracer.Without{Setting: "linger.ms"}))
	rows, notes := whyTexts(t, tr, lesson())
	if len(rows) != 2 || !strings.Contains(rows[1], "linger.ms | ") || !strings.Contains(rows[1], "Nothing changes.") {
		t.Errorf("without linger.ms: %q", rows)
	}
	if !slices.ContainsFunc(notes, func(s string) bool {
		return strings.Contains(s, "kstep run first-message --mode why runs them beside")
	}) {
		t.Errorf("two runs missing: %q", notes)
	}
}

// Where a call has failed, not all went well, though every message that was
// produced is delivered.
func TestWhyToneOfAnError(t *testing.T) {
	tr := load(t, "first-message")
	var b blocks
	b.runs = tracer.NewRuns(tr)
	b.run = b.runs.Main
	b.ledger = b.run.Ledger()
	if tone := b.does("").Tone; tone != Good {
		t.Fatalf("tone %q of a run without an error", tone)
	}
	b.run.Call("Flush").Event.Call.Error = &tracer.Error{Text: "refused"}
	if c := b.does(""); c.Tone != Caution || !strings.Contains(c.Text, "refused") {
		t.Errorf("tone %q of %q", c.Tone, c.Text)
	}
}

// The note under the table says nothing of a variant that is true of a part
// alone: a variant may be another program.
func TestWhyNotesFitTheRows(t *testing.T) {
	part, variant := Row{Cells: []Cell{{Text: "line 28, Flush()"}}}, Row{Cells: []Cell{{Text: variantRow + "fenced: a second producer"}}}
	for _, c := range []struct {
		rows []Row
		want []string
	}{
		{nil, nil}, {[]Row{part}, []string{"left out"}}, {[]Row{variant}, []string{"A variant"}}, {[]Row{part, variant}, []string{"left out", "A variant"}},
	} {
		notes := whyNotes(c.rows)
		if len(notes) != len(c.want) {
			t.Fatalf("%d rows: %+v", len(c.rows), notes)
		}
		for i, want := range c.want {
			if !strings.Contains(notes[i].Text, want) {
				t.Errorf("%q does not say %q", notes[i].Text, want)
			}
		}
	}
}
