package render

// text.go makes any text safe to show: what a reader cannot see becomes
// something a reader can.

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CellLimit is how many runes of one text Clean keeps.
const CellLimit = 2000

// Clean makes a text safe to show in any format: control bytes, bidi controls,
// zero-width characters, other separators than the space and bytes that are no
// UTF-8 become visible escapes. A line feed is a line break the view put there
// and stays. A text of more than CellLimit runes is shortened with its length.
func Clean(s string) string { return CleanTo(s, CellLimit) }

// CleanTo is Clean with another limit.
func CleanTo(s string, limit int) string {
	if len(s) <= limit && plainASCII(s) {
		return s
	}
	// An escape is never cut in two, so the text is built rune by rune.
	var b strings.Builder
	n, kept, keptRunes := 0, 0, 0
	room := max(1, limit-utf8.RuneCountInString(shortening(len(s))))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		e := escape(r, size, s[i])
		n += utf8.RuneCountInString(e)
		if n > limit {
			return `"` + b.String()[:kept] + shortening(len(s))
		}
		b.WriteString(e)
		if n <= room || keptRunes == 0 {
			kept, keptRunes = b.Len(), n
		}
		i += size
	}
	return b.String()
}

// CleanLine is Clean for a text that has to stay on one line: a line feed
// becomes a visible \n.
func CleanLine(s string) string {
	return strings.ReplaceAll(Clean(s), "\n", `\n`)
}

// shortening is what follows the beginning of a shortened text.
func shortening(size int) string {
	return fmt.Sprintf(`…" (%s bytes)`, group(size))
}

// group writes n with a comma between thousands.
func group(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < ' ' && c != '\n') || c >= 0x7f {
			return false
		}
	}
	return true
}

// escape is r as it is shown. b is the first byte of its encoding.
func escape(r rune, size int, b byte) string {
	switch {
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf(`\x%02x`, b)
	case r == '\n' || visible(r):
		return string(r)
	case r == '\t':
		return `\t`
	case r == '\r':
		return `\r`
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// visible reports whether r leaves a mark a reader can see, or belongs to the
// mark before it. unicode.IsPrint refuses controls, formats (bidi, zero width),
// private use, unassigned, and every space but U+0020; the rest is letters and
// marks that are blank all the same and can hide or carry text.
func visible(r rune) bool {
	switch {
	case !unicode.IsPrint(r):
		return false
	case r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5,
		r == 0x2800, r == 0x3164, r == 0xffa0: // joiner, fillers, blank pattern
		return false
	case r >= 0x180b && r <= 0x180f, r >= 0xe0100 && r <= 0xe01ef: // variation selectors; U+FE00-FE0F stay, emoji need them
		return false
	}
	return true
}
