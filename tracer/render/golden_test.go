package render

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer/render/internal/specimen"
	"kstep/tracer/view"
)

var update = flag.Bool("update", false, "write the golden files in testdata anew")

// formats are all ways to write a document.
var formats = map[string]func(io.Writer, view.Document) error{
	"terminal-60.txt":        atWidth(60, false),
	"terminal-80.txt":        atWidth(80, false),
	"terminal-120.txt":       atWidth(120, false),
	"terminal-200.txt":       atWidth(200, false),
	"terminal-60-color.txt":  atWidth(60, true),
	"terminal-80-color.txt":  atWidth(80, true),
	"terminal-120-color.txt": atWidth(120, true),
	"terminal-200-color.txt": atWidth(200, true),
	"lesson.md":              Markdown,
	"lesson.html":            HTML,
}

func atWidth(n int, color bool) func(io.Writer, view.Document) error {
	return func(w io.Writer, d view.Document) error {
		return Terminal(w, d, TerminalOptions{Width: n, Palette: NewPalette(color)})
	}
}

func TestGolden(t *testing.T) {
	for name, write := range formats {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b, specimen.Lesson()); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name)
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

// fussy is a writer that fails after some bytes and must not be asked again.
type fussy struct {
	t     *testing.T
	left  int
	ended bool
}

func (f *fussy) Write(p []byte) (int, error) {
	if f.ended {
		f.t.Error("written to after an error")
	}
	if f.left -= len(p); f.left < 0 {
		f.ended = true
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestWriteErrorIsReturnedAtOnce(t *testing.T) {
	for name, write := range formats {
		for _, room := range []int{0, 300, 3000} {
			if err := write(&fussy{t: t, left: room}, specimen.Lesson()); err == nil {
				t.Errorf("%s, room for %d bytes: no error", name, room)
			}
		}
	}
}

func TestEmptyDocument(t *testing.T) {
	empty := view.Document{Blocks: []view.Block{
		view.Flow{}, view.Code{}, view.Table{}, view.Table{Columns: []string{"a"}}, view.Moments{Items: []view.Moment{{}}},
		view.Sequence{}, view.List{}, view.Prose{Paragraphs: [][]view.Cell{nil}}, view.Quiz{}, view.Cards{}, view.Cards{Items: []view.Card{{}}},
	}}
	for name, write := range formats {
		if err := write(io.Discard, empty); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := write(io.Discard, view.Document{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMuchOfEverything: a text of a megabyte in every place costs no more than
// its beginning, links and ids included.
func TestMuchOfEverything(t *testing.T) {
	flood := specimen.Everywhere(specimen.Flood)
	for name, write := range formats {
		var b bytes.Buffer
		if err := write(&b, flood); err != nil {
			t.Fatal(err)
		}
		if b.Len() > 4<<20 {
			t.Errorf("%s: %d bytes", name, b.Len())
		}
	}
}

// TestEventNumbersVary: what is compared between runs must not hold what
// differs between runs.
func TestEventNumbersVary(t *testing.T) {
	other := specimen.Lesson()
	table := other.Blocks[2].(view.Table)
	for _, r := range table.Rows {
		for i := range r.Cells {
			r.Cells[i].Evidence = []int{7000 + i}
		}
	}
	for name, write := range formats {
		var a, b bytes.Buffer
		if err := write(&a, specimen.Lesson()); err != nil {
			t.Fatal(err)
		}
		if err := write(&b, other); err != nil {
			t.Fatal(err)
		}
		if same := a.String() == b.String(); same == (name == "lesson.html") {
			t.Errorf("%s: same text for other event numbers: %v", name, same)
		}
	}
}
