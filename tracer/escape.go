package tracer

// JSON that is safe to print.

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Inert is a line of JSON in which what a terminal would obey (C1 controls,
// DEL) or a reader could be misled by (bidi and other format characters) is
// written as \u escapes. encoding/json escapes the C0 controls only. Such
// characters stand nowhere but in strings, so the value is the same.
func Inert(line []byte) []byte {
	clean := true
	for _, b := range line {
		if b >= 0x7f {
			clean = false
			break
		}
	}
	if clean {
		return line
	}
	var out bytes.Buffer
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		switch {
		case r < 0x7f, r > 0xa0 && !unicode.Is(unicode.Cf, r):
			out.Write(line[:n])
		case r > 0xffff: // tag characters are Cf too: a surrogate pair
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
		line = line[n:]
	}
	return out.Bytes()
}
