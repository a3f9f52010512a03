package quiz

import (
	"fmt"
	"strings"

	"kstep/tracer"
)

// Words that the kinds of questions share.

// message names n messages: "the message", "the 5 messages".
func message(n int) string {
	if n == 1 {
		return "the message"
	}
	return fmt.Sprintf("the %d messages", n)
}

// be is the verb that goes with n things.
func be(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// span names a range of rows: "rows 1 to 4", or "row 2".
func span(addresses ...string) string {
	switch len(addresses) {
	case 0:
		return "the rows"
	case 1:
		return "row " + addresses[0]
	}
	return "rows " + addresses[0] + " to " + addresses[len(addresses)-1]
}

// list joins words: "a", "a and b", "a, b and c".
func list(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// fewRows is how many rows a sentence names before it counts the rest.
const fewRows = 6

// rowList names rows one by one: "row 2", "rows 2 and 3.1", and where they are
// many "rows 1, 2, 3, 4, 5 and 7 more".
func rowList(addresses []string) string {
	switch n := len(addresses); {
	case n == 1:
		return "row " + addresses[0]
	case n > fewRows:
		return fmt.Sprintf("rows %s and %d more", strings.Join(addresses[:fewRows-1], ", "), n-fewRows+1)
	}
	return "rows " + list(addresses)
}

// callWords names the call of a row, "Flush()", or the program's end.
func callWords(r *tracer.Row) string {
	if r.Kind == tracer.RowEnd || r.Event == nil || r.Event.Call == nil {
		return "the program's end"
	}
	return r.Event.Call.Name + "()"
}

// slug makes the part of a question's ID that comes from a name.
func slug(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, s), "-")
}

// upper begins a sentence.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
