package render

import (
	"bytes"
	"strings"
	"testing"

	"kstep/tracer/view"
)

// A note stands under every kind of block, in every format, and what is
// hostile in it reaches none.
func TestNotesUnderEveryBlock(t *testing.T) {
	note := func(n string) []view.Cell {
		return []view.Cell{{Text: "noted" + n + " <i>\x1b[31m\u202e", Tone: view.Quiet}}
	}
	head := func(n string) view.Heading { return view.Heading{ID: n, Name: n} }
	d := view.Document{ID: "d", Blocks: []view.Block{
		view.Flow{Heading: head("flow"), Notes: note("1")},
		view.Code{Heading: head("code"), Notes: note("2")},
		view.Table{Heading: head("table"), Columns: []string{"c"}, Notes: note("3")},
		view.Moments{Heading: head("moments"), Notes: note("4")},
		view.Quiz{Heading: head("quiz"), Notes: note("5")},
		view.Sequence{Heading: head("sequence"), Notes: note("6")},
		view.List{Heading: head("list"), Notes: note("7")},
		view.Prose{Heading: head("prose"), Notes: note("8")},
	}}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"terminal": func(b *bytes.Buffer) error { return Terminal(b, d, TerminalOptions{Width: 80}) },
		"markdown": func(b *bytes.Buffer) error { return Markdown(b, d) },
		"html":     func(b *bytes.Buffer) error { return HTML(b, d) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		for n := '1'; n <= '8'; n++ {
			if strings.Count(b.String(), "noted"+string(n)) != 1 {
				t.Errorf("%s: note %c is there %d times", name, n, strings.Count(b.String(), "noted"+string(n)))
			}
		}
		if strings.ContainsAny(b.String(), "\x1b\u202e") || name != "terminal" && strings.Contains(b.String(), "<i>") {
			t.Errorf("%s: what is hostile got through", name)
		}
	}
}
