package render

// wrap.go counts display columns and breaks text into lines by them. It knows
// styles, so that each line can be coloured after it was wrapped: a colour
// never runs over a line's end.

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// glue is a space at which no line is broken. Clean lets no U+00A0 through, so
// only a renderer can have put it there.
const glue = "\u00a0"

// run is a piece of cleaned text in one style.
type run struct {
	text  string
	style style
}

// textLine is one line of a wrapped text.
type textLine []run

// width is how many columns s takes. Ambiguous characters are narrow, whatever
// the locale says: output must not depend on the machine.
func width(s string) int { return twwidth.WidthWithOptions(s, twwidth.Options{}) }

// wrap breaks a cleaned text into lines of at most limit columns.
func wrap(s string, limit int) []string {
	lines := wrapRuns([]run{{text: s}}, limit)
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.String()
	}
	return out
}

// String is the line without styles.
func (l textLine) String() string {
	var b strings.Builder
	for _, r := range l {
		b.WriteString(r.text)
	}
	return b.String()
}

// glyph is a character with the marks that belong to it.
type glyph struct {
	text  string
	width int
	style style
}

func (g glyph) space() bool { return g.text == " " }
func (g glyph) blank() bool { return g.text == " " || g.text == glue }

// soft reports whether a long token may be broken after g.
func (g glyph) soft() bool {
	return g.text == glue || len(g.text) == 1 && strings.Contains("/,.:;=&?_-)]}", g.text)
}

// hump reports whether a name like InitTransactions may be broken between a and
// b.
func hump(a, b glyph) bool {
	return len(a.text) == 1 && len(b.text) == 1 && a.text >= "a" && a.text <= "z" && b.text >= "A" && b.text <= "Z"
}

// opened reports whether the glyphs end with the bracket of a call, as in
// Flush(.
func opened(g []glyph) bool {
	n := len(g)
	return n > 1 && g[n-1].text == "(" && !g[n-2].blank()
}

// short is a change of two short values, or an arrow at a text's end.
var short = regexp.MustCompile(`(^|[ \n])([^ \n]{1,12}) -> ([^ \n]{1,12})|( )->($|\n)`)

// unbroken keeps "0 -> 1" on one line, and an arrow with the word before it.
func unbroken(s string) string {
	if !strings.Contains(s, "->") {
		return s
	}
	return short.ReplaceAllStringFunc(s, func(m string) string {
		if i := strings.Index(m, " ->"); i > 0 {
			return m[:i] + strings.ReplaceAll(m[i:], " ", glue)
		}
		return strings.Replace(m, " ", glue, 1)
	})
}

// wrapRuns breaks runs into lines of at most limit columns (at least 2, the
// width of a wide character). A line feed always ends a line; leading spaces
// of such a line are kept as its indentation.
func wrapRuns(runs []run, limit int) []textLine {
	limit = max(2, limit)
	var out []textLine
	var line []glyph
	for _, r := range runs {
		for i, part := range strings.Split(r.text, "\n") {
			if i > 0 {
				out = append(out, fill(line, limit)...)
				line = nil
			}
			line = appendGlyphs(line, part, r.style)
		}
	}
	return append(out, fill(line, limit)...)
}

func appendGlyphs(line []glyph, s string, st style) []glyph {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		w := 1
		if r >= 0x7f {
			w = width(s[:n])
		}
		if last := len(line) - 1; w == 0 && last >= 0 && !line[last].space() {
			line[last].text += s[:n]
		} else {
			line = append(line, glyph{s[:n], w, st})
		}
		s = s[n:]
	}
	return line
}

// fill breaks one line of glyphs greedily.
func fill(g []glyph, limit int) []textLine {
	var out []textLine
	for {
		g = trimRight(g)
		end := cut(g, limit)
		out = append(out, join(g[:end]))
		for end < len(g) && g[end].blank() {
			end++
		}
		if end >= len(g) {
			return out
		}
		g = g[end:]
	}
}

// cut is where the first line of g ends: at the last space that fits, between
// wide characters, inside a long token after a mark, or anywhere.
func cut(g []glyph, limit int) int {
	used, brk, soft, indent := 0, 0, 0, true
	for i, c := range g {
		if indent = indent && c.space(); !indent && i > 0 {
			switch {
			case c.space():
				brk = i
			case c.width == 2 || g[i-1].width == 2:
				brk = i
			case c.text == ")" && opened(g[:i]):
				// an empty pair of parentheses is one sign: Flush()
			case g[i-1].soft() || hump(g[i-1], c) || opened(g[:i]):
				soft = i
			}
		}
		used += c.width
		if used > limit {
			end := breakAt(g[:i], brk, soft)
			if g[end].text == ")" && end > 1 && opened(g[:end]) {
				end--
			}
			return end
		}
	}
	return len(g)
}

// breakAt chooses among the places where a line that fits may end. A soft
// place is taken only where no space helps and the line is not cut too short.
func breakAt(fits []glyph, brk, soft int) int {
	switch {
	case brk > 0:
		return brk
	case soft > 0 && soft >= len(fits)/3:
		return soft
	}
	return max(1, len(fits))
}

func trimRight(g []glyph) []glyph {
	for len(g) > 0 && g[len(g)-1].blank() {
		g = g[:len(g)-1]
	}
	return g
}

// join makes a line of glyphs, with neighbours of one style in one run.
func join(g []glyph) textLine {
	g = trimRight(g)
	var out textLine
	for start := 0; start < len(g); {
		end := start
		var b strings.Builder
		for end < len(g) && g[end].style == g[start].style {
			b.WriteString(strings.ReplaceAll(g[end].text, glue, " "))
			end++
		}
		out = append(out, run{b.String(), g[start].style})
		start = end
	}
	return out
}

// pad fills s with spaces to n columns.
func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-width(s)))
}
