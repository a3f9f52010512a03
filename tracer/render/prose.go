package render

// prose.go lays out sentences for a terminal: paragraphs, lists, moments, the
// flow as a chain, the quiz.

import (
	"fmt"
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
	"kstep/tracer/view"
)

// paragraph wraps runs, with one beginning for the first line and another for
// the rest. Both are plain and of the same width.
func (t terminal) paragraph(runs []run, first, rest string) []string {
	var out []string
	for i, l := range wrapRuns(runs, t.measure-width(rest)) {
		begin := rest
		if i == 0 {
			begin = first
		}
		out = append(out, begin+t.palette.line(l))
	}
	return out
}

// sides wraps left and puts right at the right margin of its first line, or on
// a line of its own where it would take the room of both.
func (t terminal) sides(left []run, right run, indent string) []string {
	room := t.measure - width(indent)
	w := width(right.text)
	if w == 0 {
		return t.paragraph(left, indent, indent)
	}
	if w > room/2 {
		return append(t.paragraph(left, indent, indent), t.paragraph([]run{right}, indent, indent)...)
	}
	var out []string
	for i, l := range wrapRuns(left, room-w-2) {
		s := indent + t.palette.line(l)
		if i == 0 {
			s = pad(s, t.measure-w) + t.palette.paint(right.style, right.text)
		}
		out = append(out, s)
	}
	return out
}

// chain joins items so that none is broken that fits a line.
func (t terminal) chain(items []string, separator string) string {
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = t.whole(s)
	}
	return strings.Join(out, separator)
}

// whole keeps s on one line where it fits one.
func (t terminal) whole(s string) string {
	if width(s) > t.measure-8 {
		return s
	}
	return strings.ReplaceAll(s, " ", glue)
}

// sentence is a cell with the rows it points to.
func (t terminal) sentence(c view.Cell) []run {
	out := []run{{Clean(c.Text), style{tone: c.Tone}}}
	if rows := rowWords(c.Rows, CleanLine); rows != "" {
		out = append(out, run{" (" + strings.ReplaceAll(rows, "row ", "row"+glue) + ")", style{tone: view.Quiet}})
	}
	return out
}

// sentences are cells one after the other.
func (t terminal) sentences(cs []view.Cell) []run {
	var out []run
	for i, c := range cs {
		if i > 0 {
			out = append(out, run{text: " "})
		}
		out = append(out, t.sentence(c)...)
	}
	return out
}

// notes are the lines under a block: what the view says, then the legend.
func (t terminal) notes(cs []view.Cell, l *legend) []string {
	var out []string
	for _, c := range cs {
		out = append(out, t.paragraph(t.sentence(c), " ", " ")...)
	}
	var marks []string
	for _, m := range l.marks() {
		marks = append(marks, m.sign+"  "+m.words)
	}
	if len(marks) > 0 {
		out = append(out, t.paragraph([]run{{t.chain(marks, glue+glue+" "), style{tone: view.Quiet}}}, " ", " ")...)
	}
	return out
}

func (t terminal) list(l view.List) []string {
	var out []string
	for _, c := range l.Items {
		out = append(out, t.paragraph(t.sentence(c), " - ", "   ")...)
	}
	return out
}

func (t terminal) prose(p view.Prose) []string {
	var out []string
	for i, cs := range p.Paragraphs {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, t.paragraph(t.sentences(cs), " ", " ")...)
	}
	return out
}

func (t terminal) moments(m view.Moments) []string {
	var out []string
	for _, item := range m.Items {
		right := run{verdict(item), style{tone: item.Tone, bold: true}}
		out = append(out, t.sides([]run{{CleanLine(item.Question), heading}}, right, " ")...)
		if len(item.Answer) > 0 {
			out = append(out, t.paragraph(t.sentences(item.Answer), "   ", "   ")...)
		}
	}
	return out
}

// flow is a chain of arrows. What the program did not do itself stands in
// brackets, so that the lane is not told by colour.
func (t terminal) flow(f view.Flow) []string {
	var runs []run
	var beside []string
	own := func(i int) bool {
		return i < 0 || i >= len(f.Nodes) || f.Nodes[i].Lane == "" || f.Nodes[i].Lane == tracer.Application
	}
	for i, n := range f.Nodes {
		text := strings.ReplaceAll(Clean(n.Text), "\n", " ")
		if !own(i) {
			if lane := CleanLine(string(n.Lane)); !slices.Contains(beside, lane) {
				beside = append(beside, lane)
			}
			if own(i - 1) {
				text = "[" + text
			}
			if own(i + 1) {
				text += "]"
			}
		}
		if i > 0 {
			runs = append(runs, run{" ->" + glue, style{tone: view.Quiet}})
		}
		runs = append(runs, run{t.whole(text), style{tone: n.Tone}})
	}
	out := t.paragraph(runs, "  ", "  ")
	if len(beside) > 0 {
		words := "[ ]  not the program's own step: " + strings.Join(beside, ", ")
		out = append(out, t.paragraph([]run{{words, style{tone: view.Quiet}}}, "  ", "  ")...)
	}
	return out
}

// quiz asks; the key stays out.
func (t terminal) quiz(q view.Quiz) []string {
	var out []string
	if q.Intro != "" {
		out = t.paragraph([]run{{Clean(q.Intro), style{}}}, " ", " ")
	}
	for i, question := range q.Questions {
		number := fmt.Sprintf(" %d. ", i+1)
		space := strings.Repeat(" ", len(number))
		out = append(out, t.paragraph([]run{{Clean(question.Prompt), heading}}, number, space)...)
		for j, o := range question.Options {
			out = append(out, t.paragraph([]run{{Clean(o.Text), style{}}}, space+quiz.Letter(j)+") ", space+"   ")...)
		}
		if len(question.Hints) > 0 {
			first := fmt.Sprintf("Hint 1 of %d: %s", len(question.Hints), Clean(question.Hints[0]))
			out = append(out, t.paragraph([]run{{first, style{tone: view.Quiet}}}, space, space)...)
		}
	}
	return out
}
