package report

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Lines into answers, and what was left out.

// Answers are the answers of some files, each once.
type Answers struct {
	All   []Answer
	Left  []Left // lines that were not used
	Again int    // answers that stood in more than one place, counted once
	Files int

	seen map[string]bool
}

// Left is a line that was not used.
type Left struct {
	File string
	Line int
	Why  string
}

func (l Left) String() string { return fmt.Sprintf("%s:%d (%s)", l.File, l.Line, l.Why) }

// longestLine is more than any answer has.
const longestLine = 1 << 20

// Read adds the answers of one file. A line that is none is left out and named;
// a last line without its end is what a killed process leaves. An answer that is
// there already, of the same session to the same question, is not counted twice.
// The error is one of reading, or ErrNewer: half a report would be a wrong one.
func (a *Answers) Read(name string, r io.Reader) error {
	a.Files++
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, whole, err := readLine(in)
		if err != nil && err != io.EOF {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if text := bytes.TrimSpace(line); len(text) > 0 {
			if bad := a.add(text); errors.Is(bad, ErrNewer) {
				return fmt.Errorf("%s:%d: %w", name, n, bad)
			} else if bad != nil && !whole {
				a.Left = append(a.Left, Left{name, n, "not written to its end"})
			} else if bad != nil {
				a.Left = append(a.Left, Left{name, n, bad.Error()})
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// readLine is a line, at most longestLine of it, and whether it has its end.
func readLine(in *bufio.Reader) (line []byte, whole bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line) <= longestLine {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, err == nil, err
		}
	}
}

func (a *Answers) add(line []byte) error {
	if len(line) > longestLine {
		return errors.New("a very long line")
	}
	one, err := Parse(line)
	if err != nil {
		return err
	}
	if a.seen == nil {
		a.seen = map[string]bool{}
	}
	key := one.Session + "\x00" + identity(&one)
	if a.seen[key] {
		a.Again++
		return nil
	}
	a.seen[key] = true
	a.All = append(a.All, one)
	return nil
}
