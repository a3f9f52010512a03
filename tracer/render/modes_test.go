package render

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer/render/internal/specimen"
	"kstep/tracer/view"
)

// recorded is the page of the committed trace in a mode.
func recorded(t *testing.T, m view.Mode) view.Document {
	t.Helper()
	d, err := specimen.Recorded(filepath.Join("..", "view", "testdata"), "first-message", m)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// timeless is the page with its times taken out: they are another in every run
// and in nothing that is compared.
func timeless(d view.Document) view.Document {
	for _, b := range d.Blocks {
		t, ok := b.(view.Table)
		if !ok || t.ID != "waits" {
			continue
		}
		for _, name := range []string{"Took", "Until the next step"} {
			for _, r := range t.Rows {
				r.Cells[slices.Index(t.Columns, name)].Text = "(a time)"
			}
		}
	}
	return d
}

// Every mode's page of the committed trace, as a terminal of 80 columns and as
// Markdown.
func TestGoldenModes(t *testing.T) {
	written := map[string]func(io.Writer, view.Document) error{".txt": atWidth(80, false), ".md": Markdown}
	for _, m := range view.Modes() {
		for suffix, write := range written {
			t.Run(m.Name+suffix, func(t *testing.T) {
				var b bytes.Buffer
				if err := write(&b, timeless(recorded(t, m))); err != nil {
					t.Fatal(err)
				}
				file := filepath.Join("testdata", "mode-"+m.Name+suffix)
				if *update {
					if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatalf("%v (write it with -update)", err)
				}
				if diff := cmp.Diff(string(want), b.String()); diff != "" {
					t.Errorf("not as in testdata (write it anew with -update): -want +got\n%s", diff)
				}
			})
		}
	}
}

// Every mode fits every width, in colour and without.
func TestModesKeepToTheWidth(t *testing.T) {
	for _, m := range view.Modes() {
		for _, n := range []int{60, 80, 133, 200} {
			for _, color := range []bool{false, true} {
				var b bytes.Buffer
				if err := atWidth(n, color)(&b, recorded(t, m)); err != nil {
					t.Fatal(err)
				}
				checkLines(t, b.String(), n)
			}
		}
	}
}

// A page says which mode it is, but for the one that nobody has to name.
func TestModeIsNamed(t *testing.T) {
	for _, m := range view.Modes() {
		var b bytes.Buffer
		if err := Markdown(&b, recorded(t, m)); err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(b.String(), "\n## ")
		if named := strings.Contains(head, "mode: "+m.Name); named == (m.Name == view.ModeVisual) {
			t.Errorf("mode %s: named in its header: %t", m.Name, named)
		}
	}
}

// The back of a card is out of sight: after everything else but what to type
// next, or folded away.
func TestBacksComeLast(t *testing.T) {
	d := view.Document{ID: "x", Next: []view.Command{{Text: "kstep next"}}, Blocks: []view.Block{
		view.Cards{Heading: view.Heading{ID: "terms", Name: "Terms"}, Items: []view.Card{{ID: "a", Front: "front", Back: []view.Cell{{Text: "the back", Rows: []string{"2"}}}}}},
		view.List{Heading: view.Heading{ID: "l", Name: "L"}, Items: []view.Cell{{Text: "the last block"}}},
	}}
	for name, write := range formats {
		var b bytes.Buffer
		if err := write(&b, d); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		at := func(s string) int { return strings.Index(text, s) }
		if name == "lesson.html" {
			if !strings.Contains(text, "<details><summary>front</summary><p><span>the back</span>") {
				t.Errorf("the back is not folded away:\n%s", text)
			}
			continue
		}
		if !(at("front") >= 0 && at("front") < at("the last block") && at("the last block") < at("the back") && at("the back") < at("kstep next")) {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}

// What is folded is closed, and said to be there.
func TestFolded(t *testing.T) {
	list := view.List{Heading: view.Heading{ID: "l", Name: "The Evidence"}, Items: []view.Cell{{Text: "hidden"}}, Notes: []view.Cell{{Text: "a note"}}}
	d := view.Document{ID: "x", Folded: []string{"l"}, Blocks: []view.Block{list}}
	var folded, plain bytes.Buffer
	if err := HTML(&folded, d); err != nil {
		t.Fatal(err)
	}
	d.Folded = nil
	if err := HTML(&plain, d); err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(folded.String(), `<details class="fold">`)
	inside, _, closed := strings.Cut(after, "</details>")
	if !ok || !closed || !strings.Contains(inside, "hidden") || !strings.Contains(inside, "a note") || strings.Contains(inside, "The Evidence") {
		t.Errorf("the fold has %q", inside)
	}
	if strings.Contains(plain.String(), ".fold") || strings.Contains(plain.String(), `class="fold"`) {
		t.Error("a page without folds has rules for them")
	}
}
