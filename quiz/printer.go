package quiz

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Cleaned, wrapped and styled text.

// The tones of a printed text. They are those of the view, by name.
const (
	tonePlain  = ""
	toneGood   = "good"
	toneBad    = "bad"
	toneQuiet  = "quiet"
	toneStrong = "strong"
)

const (
	defaultWidth = 80
	leastWidth   = 20
)

// printer writes paragraphs. Its first error stops it and is kept.
type printer struct {
	out   io.Writer
	width int
	style func(tone, s string) string
	clean func(string) string
	err   error
}

func (p *printer) write(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.out, s)
	}
}

func (p *printer) newline() { p.write("\n") }

// paragraph writes a text in lines that fit, the first with a lead before it
// and the others indented to where the lead ends.
func (p *printer) paragraph(tone, lead, text string) {
	indent := utf8.RuneCountInString(lead)
	for i, l := range wrap(p.clean(text), max(leastWidth, p.width)-indent) {
		if i > 0 {
			lead = strings.Repeat(" ", indent)
		}
		p.write(lead + p.style(tone, l) + "\n")
	}
}

// inline writes a text as it stands, for a prompt or an echo.
func (p *printer) inline(tone, text string) { p.write(p.style(tone, p.clean(text))) }

// wrap breaks a text into lines of at most width runes; a word that is longer
// is broken.
func wrap(text string, width int) []string {
	width = max(1, width)
	var out []string
	var cur []rune
	for _, word := range strings.Fields(text) {
		w := []rune(word)
		if len(cur) > 0 && len(cur)+1+len(w) > width {
			out, cur = append(out, string(cur)), nil
		}
		if len(cur) > 0 {
			cur = append(cur, ' ')
		}
		for len(cur)+len(w) > width {
			n := width - len(cur)
			out = append(out, string(append(cur, w[:n]...)))
			cur, w = nil, w[n:]
		}
		cur = append(cur, w...)
	}
	return append(out, string(cur))
}

// stripControl is the Clean of a session that was given none: what a terminal
// would obey (C0, C1, DEL, escapes) and what turns text around (bidirectional
// controls) is replaced by a space, and bytes that are no text by U+FFFD.
func stripControl(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
