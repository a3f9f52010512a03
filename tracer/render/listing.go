package render

// listing.go lays out source for a terminal: the program's own line numbers at
// the left, the rows each line made at the right margin.

import (
	"fmt"
	"strconv"
	"strings"

	"kstep/tracer/view"
)

func (t terminal) listing(c view.Code) []string {
	numbers, rows := 1, 0
	for _, l := range c.Lines {
		numbers = max(numbers, len(strconv.Itoa(l.Number)))
		rows = max(rows, width(margin(l.Rows)))
	}
	rows = min(rows, t.measure/4)
	room := t.measure - 2 - numbers - 3 - rows - 2
	var out []string
	for i, text := range sourceLines(c) {
		out = append(out, t.sourceLine(c.Lines[i], text, numbers, room, rows)...)
	}
	return append(out, t.notes(c.Notes, &legend{})...)
}

// sourceLine is one line of source, wrapped under itself where it is long.
func (t terminal) sourceLine(l view.Line, text string, numbers, room, rows int) []string {
	number := fmt.Sprintf("  %*d   ", numbers, l.Number)
	code, beside := hang(text, room), wrap(margin(l.Rows), max(rows, 2))
	var out []string
	for i := range max(len(code), len(beside)) {
		begin, s := t.palette.paint(style{tone: view.Quiet}, strings.TrimRight(number, " "))+"   ", ""
		if i > 0 {
			begin = strings.Repeat(" ", len(number))
		}
		if i < len(code) {
			s = code[i]
		}
		line := begin + s
		if i < len(beside) && beside[i] != "" {
			line = pad(line, t.measure-rows) + t.palette.paint(style{bold: true}, beside[i])
		}
		out = append(out, line)
	}
	return out
}

// hang wraps source; what is carried over stands two columns deeper than the
// line it belongs to.
func hang(s string, room int) []string {
	if width(s) <= room {
		return []string{s}
	}
	indent := min(len(s)-len(strings.TrimLeft(s, " "))+2, room/2)
	lines := wrap(s, room)
	out := lines[:1]
	if len(lines) > 1 {
		rest := strings.TrimLeft(strings.TrimPrefix(s, lines[0]), " ")
		for _, l := range wrap(rest, room-indent) {
			out = append(out, strings.Repeat(" ", indent)+l)
		}
	}
	return out
}

// margin names the rows a line made, in little room: "2, 2.1", or first, last
// and how many.
func margin(rows []string) string {
	clean := make([]string, len(rows))
	for i, r := range rows {
		clean[i] = CleanLine(r)
	}
	if len(clean) <= 3 {
		return strings.Join(clean, ", ")
	}
	return fmt.Sprintf("%s..%s (%s)", clean[0], clean[len(clean)-1], group(len(clean)))
}
