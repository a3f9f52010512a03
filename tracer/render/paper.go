package render

// paper.go writes questions that are answered with a pen.

import (
	"fmt"
	"strings"

	"kstep/tracer/view"
)

// box is where an option is ticked.
func box(chosen bool) string {
	if chosen {
		return "[x]"
	}
	return "[ ]"
}

func (t terminal) paper(p view.Paper) []string {
	var out []string
	for i, q := range p.Items {
		lead := fmt.Sprintf(" %d  ", i+1)
		under := strings.Repeat(" ", width(lead))
		out = append(out, t.paragraph([]run{{CleanLine(q.Prompt), style{}}}, lead, under)...)
		for _, o := range q.Options {
			first := under + box(o.Chosen) + " " + firstOf(o.Letter, 1) + "  "
			out = append(out, t.paragraph([]run{{CleanLine(o.Text), style{}}}, first, strings.Repeat(" ", width(first)))...)
		}
		out = append(out, t.paragraph([]run{{CleanLine(q.Line), style{}}}, under, under)...)
	}
	return append(out, t.notes(p.Notes, &legend{})...)
}

func (m *markdown) paper(p view.Paper) []string {
	var out []string
	for i, q := range p.Items {
		out = append(out, fmt.Sprintf("### Question %d", i+1), mdText(q.Prompt))
		var options []string
		for _, o := range q.Options {
			options = append(options, "- "+box(o.Chosen)+" "+mdOneLine(o.Letter)+") "+mdText(o.Text))
		}
		out = append(out, strings.Join(options, "\n"), mdText(q.Line))
	}
	return append(out, m.notes(p.Notes, &legend{})...)
}

type htmlPaper struct {
	Prompt  string
	Options []htmlTicked
	Line    string
}

type htmlTicked struct {
	Letter, Text string
	Chosen       bool
}

func (p pager) paper(b view.Paper) []htmlPaper {
	var out []htmlPaper
	for _, q := range b.Items {
		h := htmlPaper{Prompt: CleanLine(q.Prompt), Line: CleanLine(q.Line)}
		for _, o := range q.Options {
			h.Options = append(h.Options, htmlTicked{CleanLine(o.Letter), CleanLine(o.Text), o.Chosen})
		}
		out = append(out, h)
	}
	return out
}
