package view

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/quiz"
	"kstep/tracer"
)

// No two texts of a page stand at one place, and two pages of one trace have
// the same texts at the same places.
func TestCellsHavePlaces(t *testing.T) {
	for _, name := range []string{"first-message", "unread-reports"} {
		cells := Cells(Build(tracer.NewRuns(load(t, name)), lesson()))
		seen := map[Place]bool{}
		for _, c := range cells {
			if seen[c.Place] {
				t.Errorf("%s: %+v is taken twice", name, c.Place)
			}
			seen[c.Place] = true
		}
		if d := cmp.Diff(cells, Cells(Build(tracer.NewRuns(load(t, name)), lesson()))); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// Every text that a reader sees is a cell: what a page says of the client's
// log, of rows and of changes included.
func TestCellsAreWhatAReaderSees(t *testing.T) {
	l := lesson()
	l.Quiz = []quiz.Question{{ID: "q", Prompt: "Which?", Hints: []string{"Look."}, Reread: []string{"2"},
		Options: []quiz.Option{{Text: "This", Correct: true, Feedback: "Yes.", Rows: []string{"3"}}}}}
	got := map[Place]string{}
	for _, c := range Cells(Build(tracer.NewRuns(load(t, "first-message")), l)) {
		got[c.Place] = c.Text
	}
	for p, want := range map[Place]string{
		{"page", "title", ""}:                            "A title",
		{"process-table", "3.2", "Step"}:                 "3.2 [reported]",
		{"process-table", "2", "Action"}:                 "Produce(my_topic, key key1, value hello)\nline 19",
		{"status-tracker", "delivered", "After Flush()"}: "1 *",
		{"message-ledger", "#1", "Fate"}:                 "delivered [inferred]",
		{"twin-no-flush", "no-flush 3", "Result/Output"}: "exit code 0",
		{"key-moments", "a", "verdict"}:                  "confirmed",
		{"key-moments", "a", "sentence 2"}:               "The rows show it. [inferred] (row 2)",
		{"visual-quiz", "q", "prompt"}:                   "Which?",
		{"visual-quiz", "q", "option a"}:                 "This [the key]",
		{"visual-quiz", "q", "feedback a"}:               "Yes. (row 3)",
		{"visual-quiz", "q", "hint 1"}:                   "Look.",
		{"visual-quiz", "q", "rows to read again"}:       "row 2",
		{"concept-snapshot", "sentence 1", ""}:           "Keep this. (depends in this run) [inferred] (row 2)",
		{"process-flow", "3", "box"}:                     "Flush() waits",
		{"process-flow", "3 (2)", "box"}:                 "Flush() returns 0: nothing left",
		{"execution-sample", "line 19", "rows"}:          "row 2",
		{"sequence", "3.3", "arrow"}:                     "client -> wire: Produce request, 1 record",
		{"full-transcript", "3.3", "sentence"}:           "A Produce request leaves, with 1 record in 125 bytes. (row 3.3)",
	} {
		if got[p] != want {
			t.Errorf("%+v is %q, want %q", p, got[p], want)
		}
	}
}

func TestTally(t *testing.T) {
	at := func(row, text string) Addressed { return Addressed{Place{"b", row, "c"}, text} }
	for _, c := range []struct {
		name string
		runs [][]Addressed
		want string
	}{
		{"the same", [][]Addressed{{at("1", "x")}, {at("1", "x")}}, "1 invariant"},
		{"swapped", [][]Addressed{{at("1", "x"), at("2", "y")}, {at("1", "y"), at("2", "x")}}, "1 order-only, 2 order-only"},
		{"another text", [][]Addressed{{at("1", "x"), at("2", "y")}, {at("1", "x"), at("2", "z")}}, "1 invariant, 2 varying"},
		{"a row less", [][]Addressed{{at("1", "x"), at("2", "y")}, {at("1", "x")}}, "1 invariant, 2 varying"},
		{"moved down", [][]Addressed{{at("1", "x"), at("2", "y")}, {at("1", "x"), at("3", "y")}}, "1 invariant, 2 order-only, 3 order-only"},
		{"once more", [][]Addressed{{at("1", "x"), at("2", "x")}, {at("1", "x"), at("2", "y")}}, "1 invariant, 2 varying"},
		{"swapped, and another text", [][]Addressed{{at("1", "x"), at("2", "y"), at("3", "z")}, {at("1", "y"), at("2", "x"), at("3", "w")}}, "1 order-only, 2 order-only, 3 varying"},
	} {
		var tally Tally
		for _, r := range c.runs {
			tally.Add(r)
		}
		var got []string
		for _, cell := range tally.Cells() {
			got = append(got, cell.Row+" "+string(cell.Steadiness))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
	}
}

// The texts of a cell, how often each was seen, and how often it was not there.
func TestTallyCounts(t *testing.T) {
	p := Place{"b", "r", "c"}
	var tally Tally
	tally.Add([]Addressed{{p, "rare"}})
	tally.Add([]Addressed{{p, "often"}})
	tally.Add(nil)
	tally.Add([]Addressed{{p, "often"}})
	want := []Tallied{{p, Unsteady, []Seen{{"often", true, 2}, {"", false, 1}, {"rare", true, 1}}}}
	if d := cmp.Diff(want, tally.Cells()); d != "" {
		t.Error(d)
	}
}

func TestVaryingCovers(t *testing.T) {
	place := Place{"process-table", "3.12", "Result/Output"}
	for _, c := range []struct {
		v    Varying
		want bool
	}{
		{Varying{}, true},
		{Varying{Block: "process-table", Row: "3.12", Column: "Result/Output"}, true},
		{Varying{Row: "3.*"}, true},
		{Varying{Row: "*12"}, true},
		{Varying{Row: "3*1*2"}, true},
		{Varying{Row: "*"}, true},
		{Varying{Row: "3.1"}, false},
		{Varying{Row: "3.12*2"}, false},
		{Varying{Row: "*x*"}, false},
		{Varying{Block: "process-*", Column: "Result*"}, true},
		{Varying{Block: "status-tracker"}, false},
	} {
		if got := c.v.Covers(place); got != c.want {
			t.Errorf("%+v: %t", c.v, got)
		}
	}
}

// What varies is said where it is: under each block, or above all of them.
func TestVaryingIsTold(t *testing.T) {
	l := lesson()
	l.Varies = []Varying{
		{Why: "the machine is busy"},
		{Block: "process-table", Row: "3.3", Column: "Result/Output", Why: "the size differs"},
		{Block: "*", Row: "line 9", Why: "it does"},
		{Block: "full-*", Why: "it tells them"},
	}
	d := Build(tracer.NewRuns(load(t, "first-message")), l)
	text := dump(d)
	for _, want := range []string{
		"warning: This page varies from run to run: the machine is busy. {quiet}",
		"- Result/Output of row 3.3 varies from run to run: the size differs. {quiet}",
	} {
		if strings.Count(text, want) != 1 {
			t.Errorf("%d times %q", strings.Count(text, want), want)
		}
	}
	told := map[string]string{}
	for _, c := range Cells(d) {
		if strings.Contains(c.Text, "varies from run to run") {
			told[c.Block] += c.Text
		}
	}
	for _, b := range d.Blocks {
		if !strings.Contains(told[b.Head().ID], "Line 9 varies from run to run: it does.") {
			t.Errorf("block %s does not say it", b.Head().ID)
		}
	}
	if !strings.Contains(told["full-transcript"], "This section varies from run to run: it tells them.") {
		t.Error(told["full-transcript"])
	}
}
