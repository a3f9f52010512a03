package clientlog

// A small pattern language for lines: fmt's verbs, read instead of written.

import (
	"strconv"
	"strings"
)

// match reads s by a pattern in which %d stands for a whole number and %s for
// the shortest text before what follows it, or for all the rest at the
// pattern's end. Each verb fills the next of out; nil skips it. It reports
// false, and may have filled some of out, where s does not fit or a number
// does not fit its variable. Text of s beyond the pattern's end is no mismatch.
func match(s, pattern string, out ...any) bool {
	for {
		i := strings.IndexByte(pattern, '%')
		if i < 0 {
			return strings.HasPrefix(s, pattern)
		}
		if !strings.HasPrefix(s, pattern[:i]) {
			return false
		}
		verb := pattern[i+1]
		s, pattern = s[i:], pattern[i+2:]
		n := fieldLen(s, verb, pattern)
		if n <= 0 || !fill(out[0], s[:n]) {
			return false
		}
		s, out = s[n:], out[1:]
	}
}

// fieldLen is the length of the field at the beginning of s, 0 or less where
// there is none. next is the pattern after the field's verb.
func fieldLen(s string, verb byte, next string) int {
	if verb == 'd' {
		if strings.HasPrefix(s, "-") {
			return 1 + digits(s[1:])
		}
		return digits(s)
	}
	if i := strings.IndexByte(next, '%'); i >= 0 {
		next = next[:i]
	}
	if next == "" {
		return len(s)
	}
	return strings.Index(s, next)
}

// fill puts a field into a variable. A number that does not fit is refused,
// not cut: it cannot be the client's.
func fill(to any, field string) bool {
	switch to := to.(type) {
	case nil:
		return true
	case *string:
		*to = field
		return true
	case *int:
		n, err := strconv.ParseInt(field, 10, 32)
		*to = int(n)
		return err == nil
	case *int16:
		n, err := strconv.ParseInt(field, 10, 16)
		*to = int16(n)
		return err == nil
	case *int32:
		n, err := strconv.ParseInt(field, 10, 32)
		*to = int32(n)
		return err == nil
	case *int64:
		n, err := strconv.ParseInt(field, 10, 64)
		*to = n
		return err == nil
	}
	panic("clientlog: match cannot fill this type")
}
