package render

// markdown.go writes a document as Markdown that GitHub shows well. It holds
// nothing that differs between runs that show the same: no event numbers, no
// times. So a file made of it can be compared.

import (
	"io"
	"strings"

	"kstep/tracer/view"
)

// Markdown writes d as GitHub Flavored Markdown. The quiz's key, hints and
// feedback, and the answers of cards, are folded away in <details>.
func Markdown(w io.Writer, d view.Document) error {
	m := &markdown{anchors: anchors(d), placed: map[string]bool{}, defined: defined(d)}
	if _, err := io.WriteString(w, m.header(d)); err != nil {
		return err
	}
	for _, b := range d.Blocks {
		if _, err := io.WriteString(w, m.block(b)); err != nil {
			return err
		}
	}
	if _, err := io.WriteString(w, m.backs(cardsOf(d))); err != nil {
		return err
	}
	if len(d.Next) == 0 {
		return nil
	}
	_, err := io.WriteString(w, m.next(d.Next))
	return err
}

// markdown knows which rows a link can lead to.
type markdown struct {
	anchors map[string]bool // rows of the document's tables
	placed  map[string]bool // anchors already written: an id may stand once
	defined map[string]bool // terms of the document
}

func (m *markdown) header(d view.Document) string {
	title := mdOneLine(d.Title)
	if title == "" {
		title = mdOneLine(d.ID)
	}
	out := []string{"# " + title}
	if d.Promise != "" {
		out = append(out, mdOneLine(d.Promise))
	}
	var facts []string
	for _, s := range []string{d.ID, d.Position} {
		if s != "" {
			facts = append(facts, mdOneLine(s))
		}
	}
	for _, f := range d.Facts {
		facts = append(facts, mdOneLine(f.Name)+": "+mdOneLine(f.Text))
	}
	if len(facts) > 0 {
		out = append(out, strings.Join(facts, " · "))
	}
	for _, w := range d.Warnings {
		out = append(out, "> **Note:** "+m.sentence(w))
	}
	return strings.Join(out, "\n\n") + "\n"
}

func (m *markdown) block(b view.Block) string {
	out := append([]string{"## " + mdOneLine(b.Head().Name)}, m.body(b)...)
	return "\n" + strings.Join(out, "\n\n") + "\n"
}

// body are the paragraphs of a block.
func (m *markdown) body(b view.Block) []string {
	switch b := b.(type) {
	case view.Flow:
		return append(m.flow(b), m.notes(b.Notes, &legend{})...)
	case view.Code:
		return m.code(b)
	case view.Table:
		return m.table(b)
	case view.Moments:
		return append(m.moments(b), m.notes(b.Notes, &legend{})...)
	case view.Quiz:
		return append(m.quiz(b), m.notes(b.Notes, &legend{})...)
	case view.Cards:
		return m.cards(b)
	case view.Sequence:
		return m.sequence(b)
	case view.List:
		return append([]string{m.items(b.Items)}, m.notes(b.Notes, &legend{})...)
	case view.Terms:
		return []string{m.terms(b)}
	case view.Prose:
		var out []string
		for _, p := range b.Paragraphs {
			out = append(out, m.sentences(p))
		}
		return append(out, m.notes(b.Notes, &legend{})...)
	}
	return []string{"(this format does not know this block)"}
}

func (m *markdown) next(commands []view.Command) string {
	out := "\n## Next\n\n"
	for _, c := range commands {
		out += "- " + codeSpan(CleanLine(c.Text))
		if c.Why != "" {
			out += ": " + mdOneLine(c.Why)
		}
		out += "\n"
	}
	return out
}

// codeSpan is text between back-ticks, more of them than it holds itself.
func codeSpan(text string) string {
	if strings.Trim(text, " ") == "" {
		return ""
	}
	ticks := strings.TrimPrefix(fence([]string{text}), "``")
	space := ""
	if strings.Contains(text, "`") {
		ticks, space = fence([]string{text}), " "
	}
	return ticks + space + text + space + ticks
}

// link is an address, as a link where the document has its row.
func (m *markdown) link(address string) string {
	if a := anchor(address); m.anchors[a] {
		return "[" + strings.ReplaceAll(mdOneLine(address), "]", `\]`) + "](#step-" + a + ")"
	}
	return mdOneLine(address)
}

// sentence is a cell with the rows it points to.
func (m *markdown) sentence(c view.Cell) string {
	text := m.linked(c)
	if rows := rowWords(c.Rows, m.link); rows != "" {
		text += " (" + rows + ")"
	}
	return text
}

func (m *markdown) sentences(cs []view.Cell) string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = m.sentence(c)
	}
	return strings.Join(out, " ")
}

func (m *markdown) items(cs []view.Cell) string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = "- " + m.sentence(c)
	}
	return strings.Join(out, "\n")
}

// notes are the lines under a block.
func (m *markdown) notes(cs []view.Cell, l *legend) []string {
	var out []string
	for _, c := range cs {
		out = append(out, m.sentence(c))
	}
	var marks []string
	for _, k := range l.marks() {
		marks = append(marks, "**"+mdOneLine(k.sign)+"** "+mdOneLine(k.words))
	}
	if len(marks) > 0 {
		out = append(out, strings.Join(marks, " · "))
	}
	return out
}
