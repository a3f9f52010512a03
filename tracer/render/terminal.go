package render

// terminal.go writes a document for a terminal: the frame, and the order of
// things in it. Each block makes finished lines, coloured after wrapping and
// never wider than asked.

import (
	"io"
	"strings"

	"kstep/tracer/view"
)

// The widths a terminal is written for.
const (
	MinWidth     = 60
	DefaultWidth = 80
	proseWidth   = 100 // sentences longer than this are hard to read on any screen
	ladderWidth  = 80  // below it a sequence is a list
)

// TerminalOptions say how wide and in which colours. They are all that the
// output depends on besides the document.
type TerminalOptions struct {
	Width   int // columns; 0 is DefaultWidth, less than MinWidth is MinWidth
	Palette Palette
}

// Terminal writes d as text for a terminal, or for a file read as one. The
// quiz is asked without its key.
func Terminal(w io.Writer, d view.Document, o TerminalOptions) error {
	t := newTerminal(o)
	if err := put(w, t.header(d)); err != nil {
		return err
	}
	for _, b := range d.Blocks {
		if err := put(w, append([]string{""}, t.block(b)...)); err != nil {
			return err
		}
	}
	if err := put(w, t.backs(cardsOf(d))); err != nil {
		return err
	}
	if len(d.Next) == 0 {
		return nil
	}
	return put(w, append([]string{""}, t.next(d.Next)...))
}

// terminal knows how to lay out.
type terminal struct {
	width   int // of tables
	measure int // of sentences
	palette Palette
}

func newTerminal(o TerminalOptions) terminal {
	n := o.Width
	if n == 0 {
		n = DefaultWidth
	}
	n = max(n, MinWidth)
	return terminal{width: n, measure: min(n, proseWidth), palette: o.Palette}
}

func put(w io.Writer, lines []string) error {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.TrimRight(l, " "))
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t terminal) header(d view.Document) []string {
	title := []run{{CleanLine(d.ID), heading}}
	if d.Title != "" {
		title = append(title, run{glue + " " + CleanLine(d.Title), style{}})
	}
	var out []string
	if d.ID+d.Title+d.Position != "" { // else it is the rest of a page whose beginning has the title
		out = t.sides(title, run{CleanLine(d.Position), style{tone: view.Quiet}}, "")
	}
	if d.Promise != "" {
		out = append(out, t.paragraph([]run{{CleanLine(d.Promise), style{}}}, "", "")...)
	}
	var facts []string
	for _, f := range d.Facts {
		facts = append(facts, CleanLine(f.Name)+": "+CleanLine(f.Text))
	}
	if len(facts) > 0 {
		out = append(out, t.paragraph([]run{{t.chain(facts, glue+"· "), style{}}}, "", "")...)
	}
	for _, w := range d.Warnings {
		out = append(out, t.paragraph(t.sentence(w), "! ", "  ")...)
	}
	return out
}

// block is a section: its heading in capitals, then its lines.
func (t terminal) block(b view.Block) []string {
	name := strings.ToUpper(CleanLine(b.Head().Name))
	if c, ok := b.(view.Code); ok {
		head := t.sides([]run{{name, heading}}, run{CleanLine(c.File), style{tone: view.Quiet}}, "")
		return append(head, t.listing(c)...)
	}
	head := t.paragraph([]run{{name, heading}}, "", "")
	return append(head, t.body(b)...)
}

func (t terminal) body(b view.Block) []string {
	switch b := b.(type) {
	case view.Flow:
		return append(t.flow(b), t.notes(b.Notes, &legend{})...)
	case view.Table:
		return t.table(b)
	case view.Moments:
		return append(t.moments(b), t.notes(b.Notes, &legend{})...)
	case view.Quiz:
		return append(t.quiz(b), t.notes(b.Notes, &legend{})...)
	case view.Cards:
		return t.cards(b)
	case view.Sequence:
		return t.sequence(b)
	case view.List:
		return append(t.list(b), t.notes(b.Notes, &legend{})...)
	case view.Prose:
		return append(t.prose(b), t.notes(b.Notes, &legend{})...)
	case view.Terms:
		return t.terms(b)
	case view.Bars:
		return t.bars(b)
	case view.Plot:
		return t.plot(b)
	case view.Paper:
		return t.paper(b)
	}
	return []string{" (this terminal view does not know this block)"}
}

func (t terminal) next(commands []view.Command) []string {
	var texts []string
	wide, why := 4, false
	for _, c := range commands {
		texts = append(texts, CleanLine(c.Text))
		if n := width(CleanLine(c.Text)); n <= t.measure*3/5 {
			wide = max(wide, n)
		}
		why = why || c.Why != ""
	}
	if !why {
		return t.paragraph([]run{{"Next: ", heading}, {t.chain(texts, glue+"· "), style{}}}, "", "      ")
	}
	out := []string{t.palette.paint(heading, "NEXT")}
	for i, c := range commands {
		out = append(out, t.beside(texts[i], CleanLine(c.Why), wide)...)
	}
	return out
}

// beside puts a text of wide columns and its reason side by side. A longer text
// has lines of its own: a command that is broken in two cannot be copied.
func (t terminal) beside(text, why string, wide int) []string {
	var out []string
	if width(text) > wide {
		for _, line := range wrap(text, t.measure-2) {
			out = append(out, "  "+line)
		}
		text = ""
	}
	left, right := wrap(text, wide), wrap(why, t.measure-wide-4)
	for i := range max(len(left), len(right)) {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = t.palette.paint(style{tone: view.Quiet}, right[i])
		}
		out = append(out, "  "+pad(l, wide)+"  "+r)
	}
	return out
}
