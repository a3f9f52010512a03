package main

// A quiz that records, seen from outside: it is killed, and another one comes.

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What was answered before a kill is in the file and counts. While a quiz goes on
// no other one adds to its file; after the kill one does.
func TestRecordingQuizIsKilled(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "table-3.jsonl")
	args := []string{"quiz", "first-message", "--discuss", "--record", file, "--as", "table 3"}
	killed := &running{cmd: kstep(t, args...)}
	in, err := killed.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := killed.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	endWith(t, killed.cmd)
	if _, err := io.WriteString(in, "a\na\nb\nb\nc\n"); err != nil { // two questions, and a vote of the third
		t.Fatal(err)
	}
	content := func() []byte {
		data, _ := os.ReadFile(file) // it comes when the program has run
		return data
	}
	eventually(t, "two answers are kept", func() bool { return bytes.Count(content(), []byte("\n")) == 2 })
	before := content()

	other := &running{cmd: kstep(t, args...)}
	other.cmd.Stdin, other.cmd.Stderr = strings.NewReader("a\n"), &other.stderr
	if err := other.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if code := wait(t, other.cmd); code != exitUsage || !strings.Contains(other.stderr.String(), "another kstep is adding answers") || notOneLine(other.stderr.String()) != "" {
		t.Errorf("another one with the same file: exit code %d, %q", code, other.stderr.String())
	}

	if err := killed.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if code := wait(t, killed.cmd); code != -1 {
		t.Fatalf("it ended by itself, with %d", code)
	}
	if got := content(); !bytes.Equal(got, before) {
		t.Errorf("the file was %q, and is now %q", before, got)
	}
	r, stderr := reportOf(t, file)
	if stderr != "" || r.Answers != 2 || r.Sessions != 1 || len(r.Items) != 2 {
		t.Errorf("the report: %d answers of %d quizzes, %q", r.Answers, r.Sessions, stderr)
	}

	next := &running{cmd: kstep(t, args...)}
	next.cmd.Stdin = strings.NewReader("a\n\nq\n")
	if err := next.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if code := wait(t, next.cmd); code != exitOK {
		t.Errorf("the next one ends with %d", code)
	}
	if r, stderr := reportOf(t, file); stderr != "" || r.Answers != 3 || r.Sessions != 2 || r.Takers != 1 {
		t.Errorf("the report after it: %d answers of %d quizzes and %d takers, %q", r.Answers, r.Sessions, r.Takers, stderr)
	}
}
