package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kstep/tracer"
	"kstep/tracer/view"
)

func load(t *testing.T, name string) *tracer.Trace {
	t.Helper()
	f, err := os.Open("../view/testdata/" + name + ".json")
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

func block[B view.Block](t *testing.T, name, id string) B {
	t.Helper()
	for _, b := range view.Build(tracer.NewRuns(load(t, name)), view.Lesson{ID: name}).Blocks {
		if x, ok := b.(B); ok && b.Head().ID == id {
			return x
		}
	}
	t.Fatalf("the page of %s has no %s", name, id)
	panic("unreachable")
}

const hostile = "a | \"b\"\n<script>alert(1)</script> ]]> \x1b[31m\u202e\x00 &amp; =1+1"

func TestCSV(t *testing.T) {
	table := block[view.Table](t, "first-message", "process-table")
	var b bytes.Buffer
	if err := CSV(&b, table); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(table.Rows)+1 || !slices.Equal(rows[0], table.Columns) || rows[3][3] != "returns 0: nothing left" {
		t.Errorf("read back: %q", rows)
	}
}

// No cell is a formula to a spreadsheet, and none breaks its row.
func TestCSVOfHostileText(t *testing.T) {
	var b bytes.Buffer
	texts := []string{hostile, "=1+1", "+1", "@x", "-", "-1+1", ""}
	table := view.Table{Columns: []string{"=A"}}
	for _, s := range texts {
		table.Rows = append(table.Rows, view.Row{Cells: []view.Cell{{Text: s}, {Text: "one too many"}}})
	}
	table.Rows = append(table.Rows, view.Row{})
	if err := CSV(&b, table); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) < len(texts) {
		t.Fatalf("%v: %q", err, rows)
	}
	for _, r := range rows {
		if len(r) != 1 || r[0] != "-" && r[0] != "" && strings.ContainsAny(r[0][:1], "=+-@") || strings.ContainsAny(r[0], "\x1b\x00\u202e") {
			t.Errorf("row %q", r)
		}
	}
}

// Python Tutor's viewer needs of each point a line of the code, an event, and
// every ordered global in globals.
func TestPythonTutor(t *testing.T) {
	tr := load(t, "first-message")
	walk := view.NewWalk(tracer.NewRuns(tr), view.Lesson{ID: "first-message"})
	walk.Stops[2].Told.Text += hostile
	var b bytes.Buffer
	if err := PythonTutor(&b, walk, tr.Header.Program.Source+hostile); err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(b.Bytes(), "\x1b\x00\u202e<>") {
		t.Error("what was hostile is written as it was")
	}
	var got tutorTrace
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Trace) != len(walk.Stops) {
		t.Fatalf("%d points of %d stops", len(got.Trace), len(walk.Stops))
	}
	lines := strings.Count(got.Code, "\n") + 1
	for i, p := range got.Trace {
		if p.Line < 1 || p.Line > lines || p.Event == "" || p.Func == "" || p.Stack == nil {
			t.Errorf("point %d: %+v", i, p)
		}
		for _, g := range p.OrderedGlobals {
			if _, ok := p.Globals[g]; !ok {
				t.Errorf("point %d: %q has no value", i, g)
			}
		}
	}
	if end := got.Trace[len(got.Trace)-1]; end.Event != "return" || end.Globals["delivered"] != "1" {
		t.Errorf("the end: %+v", end)
	}
	if code := strings.Split(got.Code, "\n")[27]; !strings.Contains(code, "Flush") {
		t.Errorf("line 28 is %q", code)
	}
}

func TestOTLP(t *testing.T) {
	tr := load(t, "first-message")
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	write := func() otlpTraces {
		var b bytes.Buffer
		if err := OTLP(&b, tr, start); err != nil {
			t.Fatal(err)
		}
		var out otlpTraces
		if err := json.Unmarshal(b.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	spans := write().ResourceSpans[0].ScopeSpans[0].Spans
	byID := map[string]otlpSpan{}
	var names []string
	for _, s := range spans {
		begin, err1 := strconv.ParseInt(s.Start, 10, 64)
		end, err2 := strconv.ParseInt(s.End, 10, 64)
		if err1 != nil || err2 != nil || end < begin || begin < start.UnixNano() {
			t.Errorf("%s runs from %s to %s", s.Name, s.Start, s.End)
		}
		if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(s.TraceID) || !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(s.SpanID) || byID[s.SpanID].SpanID != "" {
			t.Errorf("ids of %s: %s, %s", s.Name, s.TraceID, s.SpanID)
		}
		if s.Parent != "" && byID[s.Parent].SpanID == "" {
			t.Errorf("the parent of %s is not there", s.Name)
		}
		byID[s.SpanID] = s
		names = append(names, s.Name)
	}
	for _, want := range []string{"program first_message.go", "NewProducer()", "Produce()", "Flush()", "Produce request"} {
		if !slices.Contains(names, want) {
			t.Errorf("there is no span %q: %q", want, names)
		}
	}
	produce := spans[slices.Index(names, "Produce request")]
	if byID[produce.Parent].Name != "Flush()" || produce.Kind != spanClient || produce.Status != nil {
		t.Errorf("the request: %+v under %s", produce, byID[produce.Parent].Name)
	}
}

// A call that never returned and a request without an answer end with the record.
func TestOTLPOfWhatDidNotEnd(t *testing.T) {
	var b bytes.Buffer
	if err := OTLP(&b, load(t, "unread-reports"), time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), `"kstep.unfinished"`) {
		t.Error("nothing says that Flush() did not return")
	}
}

// wellFormed fails where a picture is no XML or has more than pictures need.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if s, ok := token.(xml.StartElement); ok && !slices.Contains([]string{"svg", "title", "desc", "style", "rect", "text", "path"}, s.Name.Local) {
			t.Errorf("element %s", s.Name.Local)
		}
	}
}

func TestSVG(t *testing.T) {
	var b strings.Builder
	flow := block[view.Flow](t, "first-message", "process-flow")
	if err := FlowSVG(&b, flow); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.String())
	if n := strings.Count(b.String(), `class="box"`); n != len(flow.Nodes) {
		t.Errorf("%d boxes of %d", n, len(flow.Nodes))
	}
	b.Reset()
	s := block[view.Sequence](t, "first-message", "sequence")
	if err := SequenceSVG(&b, s); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.String())
	for _, a := range s.Arrows {
		if !strings.Contains(b.String(), escape(a.Address+"  ")) {
			t.Errorf("row %s is not drawn", a.Address)
		}
	}
	b.Reset()
	flow.Name, flow.Nodes[0].Text, s.Arrows[0].Text, s.Arrows[0].From = hostile, hostile, hostile, hostile
	if err := errors.Join(FlowSVG(&b, flow)); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.String())
	b.Reset()
	if err := SequenceSVG(&b, s); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.String())
}
