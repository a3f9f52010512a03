package lab

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"kstep/tracer"
)

// Standard output of the child is a file, and each call that is recorded says
// how long it was by then. So a line stands between the two calls between which
// it was printed, whatever the clocks say; when the lab reads it is no matter.

// maxStdout is how many bytes a program may print before it is ended.
const maxStdout = 64 << 20

// printedLines are the lines of the file as events, with absolute times: right
// before the first of the program's calls that found them there, else right
// before the end.
func printedLines(f *os.File, calls []tracer.Event, end int64) (out []tracer.Event, left int, err error) {
	marks := marksOf(calls)
	in := bufio.NewReader(io.NewSectionReader(f, 0, maxStdout))
	for at := int64(0); ; {
		s, err := in.ReadString('\n')
		if s == "" && err == io.EOF {
			return out, left, nil
		}
		if err != nil && err != io.EOF {
			return out, left, fmt.Errorf("read what the program printed: %w", err)
		}
		for len(marks) > 0 && marks[0].printed <= at {
			marks = marks[1:]
		}
		at += int64(len(s))
		if len(out) >= maxPrinted {
			left++
			continue
		}
		e := line("stdout", strings.TrimRight(s, "\r\n"))
		e.At = end - 1
		if len(marks) > 0 {
			e.At = marks[0].at - 1
		}
		out = append(out, e)
	}
}

// mark is how much had been printed when a call stood at its place.
type mark struct{ printed, at int64 }

// marksOf are the marks of the calls at which more had been printed than at any
// before them, in the order they were recorded.
func marksOf(calls []tracer.Event) []mark {
	var out []mark
	most := int64(0)
	for i := range calls {
		c := calls[i].Call
		if c == nil || c.Printed <= most {
			continue
		}
		most = c.Printed
		out = append(out, mark{most, tracer.Place(&calls[i])})
	}
	return out
}
