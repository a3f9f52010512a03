package render

// mdblocks.go writes the blocks of a document as Markdown.

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"kstep/quiz"
	"kstep/tracer/view"
)

func (m *markdown) table(t view.Table) []string {
	if len(t.Columns) == 0 {
		return m.notes(t.Notes, &legend{})
	}
	var b strings.Builder
	for _, c := range t.Columns {
		b.WriteString("| " + mdOneLine(c) + " ")
	}
	b.WriteString("|\n" + strings.Repeat("| --- ", len(t.Columns)) + "|")
	for _, r := range t.Rows {
		b.WriteString("\n")
		for i, c := range cells(t, r) {
			b.WriteString("| " + m.cell(r, i, c) + " ")
		}
		b.WriteString("|")
	}
	return append([]string{b.String()}, m.notes(t.Notes, tableLegend(t))...)
}

// cell is cell i of a row: the first holds the row's anchor and how the row is
// known, the second its depth.
func (m *markdown) cell(r view.Row, i int, c view.Cell) string {
	text := mdText(c.Text)
	if c.Changed {
		if strings.Trim(strings.ReplaceAll(text, "<br>", ""), " ") != "" {
			text = "**" + text + "**"
		}
		text += ` \` + changedSign
	}
	if rows := rowWords(c.Rows, m.link); rows != "" {
		text += "<br>(" + rows + ")"
	}
	switch i {
	case 0:
		if s := letter(weakest(r.Cells)); s != "" {
			text += " (" + s + ")"
		}
		return m.place(r.Address) + text
	case 1:
		return strings.Repeat("&emsp;", min(max(r.Depth, 0), 3)) + text
	}
	return text
}

// place is the anchor of a row, the first time it is asked for.
func (m *markdown) place(address string) string {
	a := anchor(address)
	if address == "" || m.fragment || m.placed[a] {
		return ""
	}
	m.placed[a] = true
	return `<a id="step-` + a + `"></a>`
}

// code is the listing with the program's own line numbers; a fence cannot hold
// links, so the rows each line made stand under it.
func (m *markdown) code(c view.Code) []string {
	numbers := 1
	for _, l := range c.Lines {
		numbers = max(numbers, len(strconv.Itoa(l.Number)))
	}
	lines := sourceLines(c)
	var made []string
	for i, l := range c.Lines {
		lines[i] = strings.TrimRight(fmt.Sprintf("%*d  %s", numbers, l.Number, lines[i]), " ")
		if rows := rowWords(l.Rows, m.link); rows != "" {
			made = append(made, fmt.Sprintf("line %d: %s", l.Number, rows))
		}
	}
	f := fence(lines)
	out := []string{f + language(c.File) + "\n" + strings.Join(lines, "\n") + "\n" + f}
	if c.File != "" {
		out = append([]string{mdOneLine(c.File)}, out...)
	}
	if len(made) > 0 {
		out = append(out, strings.Join(made, " · "))
	}
	return append(out, m.notes(c.Notes, &legend{})...)
}

// language is the info string of a fence, for the few languages a program of
// a lesson is in.
func language(file string) string {
	switch path.Ext(file) {
	case ".go":
		return "go"
	case ".py":
		return "python"
	}
	return "text"
}

func (m *markdown) moments(mo view.Moments) []string {
	var out []string
	for _, item := range mo.Items {
		text := mdText(item.Question) + " **" + mdOneLine(verdict(item)) + "**"
		if len(item.Answer) > 0 {
			text += "<br>" + m.sentences(item.Answer)
		}
		out = append(out, "- "+text)
	}
	return []string{strings.Join(out, "\n")}
}

func (m *markdown) quiz(q view.Quiz) []string {
	var out []string
	if q.Intro != "" {
		out = append(out, mdText(q.Intro))
	}
	for i, question := range q.Questions {
		out = append(out, fmt.Sprintf("### Question %d", i+1), mdText(question.Prompt))
		var options []string
		for j, o := range question.Options {
			options = append(options, "- "+quiz.Letter(j)+") "+mdText(o.Text))
		}
		out = append(out, strings.Join(options, "\n"))
		for j, h := range question.Hints {
			out = append(out, details(fmt.Sprintf("Hint %d of %d", j+1, len(question.Hints)), mdText(h))...)
		}
		out = append(out, details("Answer", m.key(question))...)
	}
	return out
}

// key is the right option, then every option with its feedback.
func (m *markdown) key(q quiz.Question) string {
	out := "There is no right option."
	if k := q.Key(); k >= 0 {
		out = "**" + quiz.Letter(k) + "** is right."
	}
	if rows := rowWords(q.Reread, m.link); rows != "" {
		out += " Read again: " + rows + "."
	}
	out += "\n"
	for i, o := range q.Options {
		word := "not right"
		if o.Correct {
			word = "right"
		}
		out += "\n- **" + quiz.Letter(i) + "** " + word + ": " + m.sentence(view.Cell{Text: o.Feedback, Rows: o.Rows})
		if text := company(o); text != "" {
			out += "\n  " + mdText(text)
		}
	}
	return out
}

// company is who else has thought what a wrong option stands for; empty of the key.
func company(o quiz.Option) string {
	if m, ok := o.Misconception(); ok {
		return m.Company()
	}
	return ""
}

// details folds Markdown away; the blank lines make GitHub read it as such.
func details(summary, text string) []string {
	return []string{"<details><summary>" + summary + "</summary>", text, "</details>"}
}
