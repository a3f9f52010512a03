package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
)

// typist is a terminal at which somebody types: it hands out a line at a time.
type typist struct {
	lines []string
	rest  string
}

func (k *typist) Read(p []byte) (int, error) {
	if k.rest == "" {
		if len(k.lines) == 0 {
			return 0, io.EOF
		}
		k.rest, k.lines = k.lines[0]+"\n", k.lines[1:]
	}
	n := copy(p, k.rest)
	k.rest = k.rest[n:]
	return n, nil
}

// On a terminal each prediction is followed by the offer to run the change:
// Enter shows what differs, s goes on, and what is typed for the next question
// reaches it.
func TestTryOnATerminal(t *testing.T) {
	var out, errs bytes.Buffer
	s := &streams{
		In: &typist{lines: []string{"s", "", "", "h", "s", "s", "", "q"}}, Out: &out, Err: &errs,
		InTTY: true, OutTTY: true, Columns: 80, Getenv: os.Getenv,
	}
	if code := run([]string{"run", "first-message", "--mode", "try", "--color", "never"}, s); code != exitOK || errs.Len() > 0 {
		t.Fatalf("exit code %d, stderr %q", code, errs.String())
	}
	text := out.String()
	for what, n := range map[string]int{
		"Enter shows what this run did, s skips > ":    2,
		"What differs: first-message and no-flush":     1,
		"What differs: first-message and await-report": 0,
		"hint 1 of 3":  1,
		"Score: 0 of ": 1,
		"TWIN RUN":     0,
	} {
		if got := strings.Count(text, what); got != n {
			t.Errorf("%q is there %d times, want %d", what, got, n)
		}
	}
	if d := strings.Index(text, "What differs"); d < strings.Index(text, "Question 1 of") || d > strings.Index(text, "Question 2 of") {
		t.Error("the change is not shown between its question and the next")
	}
}

// Who quits after a wrong answer is offered nothing more.
func TestTryIsQuit(t *testing.T) {
	for _, letter := range []string{"a", "b", "c", "d"} {
		var out, errs bytes.Buffer
		s := &streams{
			In: &typist{lines: []string{letter, "q"}}, Out: &out, Err: &errs,
			InTTY: true, OutTTY: true, Columns: 80, Getenv: os.Getenv,
		}
		if code := run([]string{"run", "first-message", "--mode", "try", "--color", "never"}, s); code != exitOK {
			t.Fatalf("exit code %d, stderr %q", code, errs.String())
		}
		text := out.String()
		if strings.Contains(text, "Second try") {
			if strings.Contains(text, "Enter shows") {
				t.Errorf("%s", text[strings.Index(text, "Second try"):])
			}
			return
		}
	}
	t.Error("no answer is wrong")
}

func TestReadLine(t *testing.T) {
	in := &typist{lines: []string{" S ", "b"}}
	for _, want := range []string{" S ", "b"} {
		if got, err := readLine(in); got != want || err != nil {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	if _, err := readLine(in); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}
