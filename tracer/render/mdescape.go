package render

// mdescape.go makes text literal in Markdown as GitHub reads it. It escapes
// what could mean something where it stands and nothing more, because the file
// is also read as it is.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mdText is a cleaned text for one line of Markdown; a line break becomes
// <br>. It is safe at the start of a line, in a table cell and in a heading.
func mdText(s string) string {
	// A <br> alone on its line would begin a block of HTML.
	lines := strings.Split(strings.Trim(Clean(s), "\n "), "\n")
	for i, l := range lines {
		lines[i] = mdLine(l)
	}
	return strings.Trim(strings.Join(lines, "<br>"), " ")
}

// mdOneLine is mdText for where not even <br> may stand.
func mdOneLine(s string) string { return mdLine(CleanLine(s)) }

func mdLine(s string) string {
	s = strings.Trim(s, " ") // four leading spaces are a code block
	var b strings.Builder
	for i, r := range s {
		switch prev, next := around(s, i, utf8.RuneLen(r)); {
		case r == '<':
			b.WriteString("&lt;")
		case r == '&':
			b.WriteString("&amp;")
		case special(r, prev, next), begins(s, i), opens(s, i), r == '_' && !(wordRune(prev) && wordRune(next)):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func around(s string, i, n int) (prev, next rune) {
	prev, next = -1, -1
	if i > 0 {
		prev, _ = utf8.DecodeLastRuneInString(s[:i])
	}
	if i+n < len(s) {
		next, _ = utf8.DecodeRuneInString(s[i+n:])
	}
	return prev, next
}

// special is what can mean something anywhere in a line. An underscore inside
// a word cannot, so my_topic stays readable.
func special(r, prev, next rune) bool {
	switch r {
	case '\\', '`', '*', '|', '~', '$':
		return true
	case '#': // a heading's closing sequence, and a heading
		return prev < 0 || prev == ' ' || prev == '#'
	case ':': // GitHub and other readers make links of bare addresses
		return next == '/'
	case '@':
		return true
	}
	return false
}

func wordRune(r rune) bool { return r >= 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// begins is what means something at the start of a line: a quotation, a list,
// a rule, a setext heading.
func begins(s string, i int) bool {
	if i == 0 {
		return strings.IndexByte(">-+=", s[0]) >= 0
	}
	if s[i] != '.' && s[i] != ')' {
		return false
	}
	if digits(s[:i]) && (i+1 == len(s) || s[i+1] == ' ') {
		return true
	}
	// www.example.com is a link to GitHub.
	return s[i] == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www")
}

// opens is a bracket that could open a link, an image, a footnote or a task;
// an index such as my_topic[0] cannot.
func opens(s string, i int) bool {
	if s[i] != '[' {
		return false
	}
	end := strings.IndexByte(s[i:], ']')
	if end < 0 || !digits(s[i+1:i+end]) {
		return true
	}
	rest := s[i+end+1:]
	return rest != "" && strings.IndexByte("([:", rest[0]) >= 0
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// fence is a run of back-ticks longer than any in the text.
func fence(lines []string) string {
	longest := 2
	for _, l := range lines {
		n := 0
		for _, r := range l {
			if r != '`' {
				n = 0
				continue
			}
			n++
			longest = max(longest, n)
		}
	}
	return strings.Repeat("`", longest+1)
}
