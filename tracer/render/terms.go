package render

// terms.go writes the words of a page that a newcomer may not know, and links
// sentences to them.

import (
	"strings"

	"kstep/tracer/view"
)

// termAnchor is the id of a term on its page.
func termAnchor(name string) string { return "term-" + anchor(strings.ToLower(name)) }

// shownIn says where a term comes from and which lesson shows it.
func shownIn(t view.Term) string {
	var out []string
	if t.Lesson != "" {
		out = append(out, "lesson "+t.Lesson+" shows it")
	}
	if t.Source != "" {
		out = append(out, t.Source)
	}
	if len(out) == 0 {
		return ""
	}
	return "(" + strings.Join(out, "; ") + ")"
}

func (t terminal) terms(ts view.Terms) []string {
	var out []string
	for _, x := range ts.Items {
		runs := []run{{CleanLine(x.Name), heading}, {": " + Clean(x.Text), style{}}}
		if s := shownIn(x); s != "" {
			runs = append(runs, run{" " + CleanLine(s), style{tone: view.Quiet}})
		}
		out = append(out, t.paragraph(runs, " - ", "   ")...)
	}
	return out
}

func (m *markdown) terms(ts view.Terms) string {
	var out []string
	for _, x := range ts.Items {
		id := termAnchor(x.Name)
		place := `<a id="` + id + `"></a>`
		if m.placed[id] || anchor(x.Name) == "" {
			place = ""
		}
		m.placed[id] = true
		line := "- " + place + "**" + mdOneLine(x.Name) + "**: " + mdText(x.Text)
		if s := shownIn(x); s != "" {
			line += " " + mdOneLine(s)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// stretch is a part of a text; Term is the term it links to, "" for none.
type stretch struct{ text, term string }

// stretches cut a cell's text at its links. A text that is too long to be shown
// whole has none.
func stretches(c view.Cell) []stretch {
	if len(c.Links) == 0 || len(c.Text) > CellLimit {
		return []stretch{{text: c.Text}}
	}
	var out []stretch
	at := 0
	for _, l := range c.Links {
		if l.From < at || l.To > len(c.Text) {
			return []stretch{{text: c.Text}}
		}
		if l.From > at {
			out = append(out, stretch{text: c.Text[at:l.From]})
		}
		out = append(out, stretch{c.Text[l.From:l.To], l.Term})
		at = l.To
	}
	if at < len(c.Text) {
		out = append(out, stretch{text: c.Text[at:]})
	}
	return out
}

// linked is a cell's text with its links.
func (m *markdown) linked(c view.Cell) string {
	if len(c.Links) == 0 {
		return mdText(c.Text)
	}
	var b strings.Builder
	for _, s := range stretches(c) {
		if s.term == "" || !m.defined[s.term] {
			text := spaced(s.text, mdText(s.text))
			if before, ok := strings.CutSuffix(text, "!"); ok {
				text = before + `\!` // a link after it would be an image
			}
			b.WriteString(text)
			continue
		}
		b.WriteString("[" + strings.ReplaceAll(mdText(s.text), "]", `\]`) + "](#" + termAnchor(s.term) + ")")
	}
	return b.String()
}

// spaced puts back the spaces at the ends of a text that mdText trims.
func spaced(raw, text string) string {
	if strings.HasPrefix(raw, " ") {
		text = " " + text
	}
	if strings.HasSuffix(raw, " ") && strings.TrimSpace(raw) != "" {
		text += " "
	}
	return text
}

// defined are the terms that the document has.
func defined(d view.Document) map[string]bool {
	out := map[string]bool{}
	for _, b := range d.Blocks {
		if ts, ok := b.(view.Terms); ok {
			for _, t := range ts.Items {
				out[t.Name] = anchor(t.Name) != ""
			}
		}
	}
	return out
}

// htmlTerm is a term of the page.
type htmlTerm struct{ ID, Name, Text, Shown string }

func (p pager) terms(ts view.Terms) []htmlTerm {
	var out []htmlTerm
	for _, t := range ts.Items {
		id := termAnchor(t.Name)
		if p.ids[id] || anchor(t.Name) == "" {
			id = ""
		} else {
			p.ids[id] = true
		}
		out = append(out, htmlTerm{id, CleanLine(t.Name), Clean(t.Text), CleanLine(shownIn(t))})
	}
	return out
}
