package view

import (
	"reflect"
	"strings"
	"testing"

	"kstep/quiz"
	"kstep/tracer"
)

func sheetOf(t *testing.T, name string, o SheetOptions) Document {
	t.Helper()
	runs := tracer.NewRuns(load(t, name))
	qs, _ := quiz.Build(runs, name, quiz.StateAfter("Produce"), quiz.WhichStep(tracer.RowRequest), quiz.Returned("Flush"))
	d, err := Worksheet(runs, Lesson{ID: name, Title: "A title", Quiz: qs}, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The same seed is the same sheet; another is another; as many blanks as were
// asked for, where there are so many; the run's own page is not touched.
func TestWorksheetFollowsItsSeed(t *testing.T) {
	for _, name := range []string{"first-message", "unread-reports"} {
		one := sheetOf(t, name, SheetOptions{Seed: "a", Blanks: 6})
		if !reflect.DeepEqual(one, sheetOf(t, name, SheetOptions{Seed: "a", Blanks: 6})) {
			t.Errorf("%s: the same seed made two sheets", name)
		}
		others := 0
		for _, seed := range []string{"b", "c", "d"} {
			if !reflect.DeepEqual(one, sheetOf(t, name, SheetOptions{Seed: seed, Blanks: 6})) {
				others++
			}
		}
		if others < 2 {
			t.Errorf("%s: %d of 3 seeds made another sheet", name, others)
		}
		for _, n := range []int{0, 1, 6} {
			if got := strings.Count(dump(sheetOf(t, name, SheetOptions{Blanks: n})), "=____"); got != n {
				t.Errorf("%s: %d blanks, want %d", name, got, n)
			}
		}
		many := sheetOf(t, name, SheetOptions{Blanks: 1000})
		if n := strings.Count(dump(many), "=____"); n < 10 || !strings.HasPrefix(many.Foot, count(n, "blank")+",") {
			t.Errorf("%s: %d blanks at most, and the foot says %q", name, n, many.Foot)
		}
	}
}

// Step numbers, calls and the variables' names are never blank.
func TestWorksheetAsksForWhatIsWorthAsking(t *testing.T) {
	for _, b := range sheetOf(t, "unread-reports", SheetOptions{Blanks: 1000}).Blocks {
		table, ok := b.(Table)
		if !ok {
			continue
		}
		named := 2 // step and action
		if table.ID == "status-tracker" {
			named = 1
		}
		for _, r := range table.Rows {
			for _, c := range r.Cells[:named] {
				if strings.Contains(c.Text, "=____") {
					t.Errorf("%s: %q is asked for", table.Name, c.Text)
				}
			}
		}
	}
}

// The error of a call is asked for where the program prints it, and what it
// prints stays on the sheet.
func TestWorksheetAsksForAnErrorThatIsPrinted(t *testing.T) {
	row := func(depth int, action, result string) Row {
		return Row{Depth: depth, Cells: []Cell{{}, {Text: action}, {}, {Text: result}}}
	}
	for printed, want := range map[string]int{"Produce: Local: Queue full": 1, "it is full": 0} {
		tables := newTables(Table{Rows: []Row{row(0, "Produce()", "error: Local: Queue full"), row(1, "program prints", printed), row(0, "exit", "exit code 0")}}, Table{})
		chosen := tables.choose("any", 10)
		if len(chosen) != want {
			t.Fatalf("%q is printed: %d blanks, want %d", printed, len(chosen), want)
		}
		for n, c := range chosen {
			tables.blank(c.spot, n+1, false)
		}
		if got := tables.process.Rows[0].Cells[columnResult].Text; want == 1 && got != "error: [1=____________]" {
			t.Errorf("the row is %q", got)
		}
		if got := tables.process.Rows[1].Cells[columnResult].Text; got != printed {
			t.Errorf("the sheet no longer has its witness: %q", got)
		}
	}
}

func TestWorksheetOfNothing(t *testing.T) {
	runs := tracer.NewRuns(&tracer.Trace{})
	if _, err := Worksheet(runs, Lesson{ID: "none"}, SheetOptions{Blanks: 10}); err == nil {
		t.Error("a run without a row made a worksheet")
	}
}
