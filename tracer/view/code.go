package view

import (
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// code is the Execution Sample: the source that ran, with its own line
// numbers, and beside each line the rows it made.
func (b *blocks) code() (Block, bool) {
	p := b.run.Trace.Header.Program
	if p.Source == "" {
		return nil, false
	}
	rows := map[int][]string{}
	for _, r := range slices.Concat(b.run.Of(tracer.RowCall), b.run.Of(tracer.RowLeftOut)) {
		if r.Event.Call != nil && r.Event.Call.Site != nil && r.Event.Call.Site.File == p.File {
			rows[r.Line()] = append(rows[r.Line()], r.Address)
		}
	}
	c := Code{Heading: Heading{"execution-sample", quiz.SectionSample}, File: p.File}
	lines := strings.Split(strings.TrimRight(p.Source, "\n"), "\n")
	for n := body(lines); n <= len(lines); n++ {
		c.Lines = append(c.Lines, Line{Number: n, Text: strings.TrimRight(lines[n-1], "\r"), Rows: rows[n]})
	}
	for i := range b.run.Trace.Events {
		if e := &b.run.Trace.Events[i]; e.Kind == tracer.AddressReplaced {
			c.Notes = append(c.Notes, Cell{Text: "In this run: " + e.Text + ".", Known: e.Known, Evidence: []int{e.Seq}})
		}
	}
	for _, note := range b.lesson.Notes {
		c.Notes = append(c.Notes, reason(note))
	}
	return c, true
}

// body is the first line after package clause and imports: the first that
// begins a declaration, with its comment.
func body(lines []string) int {
	for i, l := range lines {
		if strings.HasPrefix(l, "func ") || strings.HasPrefix(l, "type ") || strings.HasPrefix(l, "const ") || strings.HasPrefix(l, "var ") {
			for i > 0 && strings.HasPrefix(lines[i-1], "//") {
				i--
			}
			return i + 1
		}
	}
	return 1
}
