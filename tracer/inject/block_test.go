package inject

import (
	"os"
	"strings"
	"testing"

	"kstep/tracer"
	"kstep/tracer/view"
)

// page is the page of a recorded run.
func page(t *testing.T) view.Document {
	t.Helper()
	f, err := os.Open("../view/testdata/first-message.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tr, err := tracer.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return view.Build(tracer.NewRuns(tr), view.Lesson{ID: "first-message", Title: "Send one message"})
}

func content(t *testing.T, marker string, from Source) (string, error) {
	t.Helper()
	s, err := parseSpec(marker)
	if err != nil {
		t.Fatal(err)
	}
	return Content(s, from)
}

func TestContent(t *testing.T) {
	d := page(t)
	for marker, want := range map[string]struct{ has, lacks []string }{
		"first-message process-table":                                   {[]string{"| Step | Action | Internal State | Result/Output |", "| 3 | Flush(15000)", "| 3.1 |", "Rows n.m happened"}, []string{"<a id", "](#", "## "}},
		"first-message process-table columns=result,step":               {[]string{"| Result/Output | Step |"}, []string{"Internal State |"}},
		"first-message process-table calls=only":                        {[]string{"| 2 | Produce(", "1 produced"}, []string{"| 3.1 |", "Rows n.m"}},
		"first-message process-table calls=only notes=no":               {[]string{"| 2 | Produce("}, []string{"| 3.1 |", "Rows n.m"}},
		"first-message process-table rows=3.1,4":                        {[]string{"| 3.1 |", "| 4 |"}, []string{"| 3 |", "| 2 |"}},
		"first-message process-table rows=1-2":                          {[]string{"| 1 |", "| 2 |"}, []string{"| 3 |", "| 4 |"}},
		"first-message status-tracker rows=delivered columns=var,final": {[]string{"| Variable | Final |", "| delivered | 1"}, []string{"| in flight"}},
		"first-message process-flow":                                    {[]string{"```mermaid", " → "}, nil},
		"first-message process-flow form=list":                          {[]string{" → "}, []string{"mermaid"}},
		"first-message sequence form=diagram":                           {[]string{"sequenceDiagram"}, []string{"\n- "}},
		"first-message execution-sample":                                {[]string{"```go", "kafka.NewProducer"}, nil},
		"first-message full-transcript":                                 {[]string{"the program calls"}, []string{"](#"}},
	} {
		got, err := content(t, marker, Source{Document: d})
		if err != nil {
			t.Errorf("%s: %v", marker, err)
			continue
		}
		if !strings.HasPrefix(got, doNotEdit) || !strings.HasSuffix(got, "\n") || strings.Contains(got, "kstep:") {
			t.Errorf("%s: it is not framed as a block:\n%s", marker, got)
		}
		for _, s := range want.has {
			if !strings.Contains(got, s) {
				t.Errorf("%s has no %q:\n%s", marker, s, got)
			}
		}
		for _, s := range want.lacks {
			if strings.Contains(got, s) {
				t.Errorf("%s has %q:\n%s", marker, s, got)
			}
		}
	}
}

func TestContentRefused(t *testing.T) {
	d := page(t)
	for marker, want := range map[string]string{
		"first-message process-table columns=color": `no column "color"; it has Step, Action`,
		"first-message process-table rows=9":        `no row "9"`,
		"first-message status-tracker rows=speed":   `no row "speed"`,
		"first-message visual-quiz":                 "has no visual-quiz; it has process-flow",
		"first-message concept-snapshot":            "has no concept-snapshot",
	} {
		if got, err := content(t, marker, Source{Document: d}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: want %q, got %v\n%s", marker, want, err, got)
		}
	}
}

// A cell that is another in every run does not enter a document, unless somebody
// asks for it.
func TestVarying(t *testing.T) {
	from := Source{Document: page(t), Varies: []view.Varying{
		{Block: "process-table", Row: "3.3", Column: "Result/Output", Why: "x"}, {Block: "sequence", Why: "y"}}}
	got, err := content(t, "first-message process-table rows=3.3", from)
	if err != nil || !strings.Contains(got, "| varies |") || strings.Contains(got, "bytes |") {
		t.Errorf("%v\n%s", err, got)
	}
	got, err = content(t, "first-message process-table rows=3.3 varying=shown", from)
	if err != nil || strings.Contains(got, "| varies |") {
		t.Errorf("%v\n%s", err, got)
	}
	if _, err = content(t, "first-message sequence", from); err == nil || !strings.Contains(err.Error(), "varying=shown") {
		t.Errorf("a sequence that varies: %v", err)
	}
	if _, err = content(t, "first-message sequence varying=shown", from); err != nil {
		t.Error(err)
	}
}

// Text of a run can neither end the block nor break the table.
func TestHostileContent(t *testing.T) {
	hostile := "a | b\n<!-- kstep:end -->\n```\n\x1b[31m\u202e<script>alert(1)</script>\x00"
	d := view.Document{Blocks: []view.Block{
		view.Table{Heading: view.Heading{ID: "process-table", Name: "Process Table"}, Columns: []string{"Step", "Action"},
			Rows:  []view.Row{{Address: "1", Cells: []view.Cell{{Text: "1"}, {Text: hostile}}}},
			Notes: []view.Cell{{Text: hostile}}},
		view.Code{Heading: view.Heading{ID: "execution-sample"}, File: hostile, Lines: []view.Line{{Number: 1, Text: "<!-- kstep:end -->"}, {Number: 2, Text: hostile}}},
		view.Prose{Heading: view.Heading{ID: "full-transcript"}, Paragraphs: [][]view.Cell{{{Text: hostile}}}},
		view.Terms{Heading: view.Heading{ID: "terms"}, Items: []view.Term{{Name: hostile, Text: hostile}}},
	}}
	for _, block := range []string{"process-table", "execution-sample", "full-transcript", "terms"} {
		got, err := content(t, "x "+block, Source{Document: d})
		if err != nil {
			t.Fatal(err)
		}
		for _, marker := range []string{"", "  "} {
			text := marker + "<!-- kstep:begin x " + block + " -->\n" + marker + "<!-- kstep:end -->\ntail\n"
			f, err := Parse("a.md", text)
			if err != nil {
				t.Fatal(err)
			}
			filled := f.Fill([]string{got})
			again, err := Parse("a.md", filled)
			if err != nil || len(again.Blocks) != 1 || again.Fill([]string{got}) != filled {
				t.Errorf("%s: the text of a run got out of its block (%v):\n%s", block, err, filled)
			}
		}
	}
}
