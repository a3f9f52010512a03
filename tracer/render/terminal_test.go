package render

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"kstep/tracer"
	"kstep/tracer/render/internal/specimen"
	"kstep/tracer/view"
)

var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

// checkLines holds what every terminal text must keep to.
func checkLines(t *testing.T, text string, limit int) {
	t.Helper()
	for i, l := range strings.Split(text, "\n") {
		plain := sgr.ReplaceAllString(l, "")
		if w := width(plain); w > limit {
			t.Fatalf("width %d: line %d is %d wide: %q", limit, i+1, w, plain)
		}
		if strings.HasSuffix(plain, " ") {
			t.Fatalf("width %d: line %d ends in a space: %q", limit, i+1, plain)
		}
		for _, r := range plain {
			if !visible(r) {
				t.Fatalf("width %d: line %d shows %U: %q", limit, i+1, r, plain)
			}
		}
	}
}

func TestTerminalKeepsToItsWidth(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 13
	}
	for n := 40; n <= 240; n += step {
		for name, d := range map[string]view.Document{"sample": specimen.Lesson(), "hostile": specimen.Hostile()} {
			if name == "hostile" && n%9 != 0 {
				continue
			}
			for _, color := range []bool{false, true} {
				var b bytes.Buffer
				if err := atWidth(n, color)(&b, d); err != nil {
					t.Fatal(err)
				}
				checkLines(t, b.String(), max(n, MinWidth))
			}
		}
	}
}

func TestTerminalColorChangesNothingElse(t *testing.T) {
	for _, d := range []view.Document{specimen.Lesson(), specimen.Hostile()} {
		var plain, color bytes.Buffer
		if err := atWidth(80, false)(&plain, d); err != nil {
			t.Fatal(err)
		}
		if err := atWidth(80, true)(&color, d); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsRune(plain.String(), '\x1b') {
			t.Error("an escape without colour")
		}
		if sgr.ReplaceAllString(color.String(), "") != plain.String() {
			t.Error("with colour the text is another")
		}
		for l := range strings.SplitSeq(color.String(), "\n") {
			if on := sgr.FindAllString(l, -1); len(on)%2 != 0 {
				t.Fatalf("a colour stays open: %q", l)
			}
		}
	}
}

func TestTerminalKeepsTheKey(t *testing.T) {
	var b bytes.Buffer
	d := view.Document{Blocks: []view.Block{specimen.Quiz()}}
	if err := atWidth(100, false)(&b, d); err != nil {
		t.Fatal(err)
	}
	for _, q := range specimen.Quiz().Questions {
		for _, o := range q.Options {
			if strings.Contains(b.String(), o.Feedback) {
				t.Errorf("feedback is shown: %q", o.Feedback)
			}
		}
		for _, h := range q.Hints[1:] {
			if strings.Contains(b.String(), h) {
				t.Errorf("a later hint is shown: %q", h)
			}
		}
	}
}

// TestTerminalWideTable: what does not fit side by side
// comes one under the other, and nothing is left out.
func TestTerminalWideTable(t *testing.T) {
	table := view.Table{Heading: view.Heading{Name: "Wide"}, Columns: []string{"Variable"}}
	row := view.Row{Cells: []view.Cell{{Text: "queued"}}}
	for i := range 20 {
		table.Columns = append(table.Columns, "after call number "+group(i+1000))
		row.Cells = append(row.Cells, view.Cell{Text: "value" + group(i+1000)})
	}
	table.Rows = []view.Row{row}
	var b bytes.Buffer
	if err := atWidth(80, false)(&b, view.Document{Blocks: []view.Block{table}}); err != nil {
		t.Fatal(err)
	}
	checkLines(t, b.String(), 80)
	for i := range 20 {
		if !strings.Contains(b.String(), "value"+group(i+1000)) {
			t.Errorf("column %d is missing", i+1)
		}
	}
	if n := strings.Count(b.String(), "columns "); n < 2 || strings.Count(b.String(), "queued") != n {
		t.Errorf("%d parts, first column %d times:\n%s", n, strings.Count(b.String(), "queued"), b.String())
	}
}

func TestTerminalLaneUnknownToTheSequence(t *testing.T) {
	s := view.Sequence{Heading: view.Heading{Name: "S"}, Lanes: []tracer.Lane{tracer.Application, tracer.Wire},
		Arrows: []view.Arrow{{Cell: view.Cell{Text: "appended"}, From: tracer.Wire, To: tracer.Broker, Address: "3.4"}}}
	var b bytes.Buffer
	if err := atWidth(80, false)(&b, view.Document{Blocks: []view.Block{s}}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "wire -> broker: appended") {
		t.Errorf("not told in words:\n%s", b.String())
	}
}
