package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kstep/quiz"
)

// Two processes cannot add to one file; what a killed one left torn does not
// swallow the next answer.
func TestRecordFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.jsonl")
	a := asking{file: file}
	first, err := a.open("made-up", "")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if _, err := a.open("made-up", ""); err == nil || !strings.Contains(err.Error(), "another kstep") {
				t.Errorf("a second writer: %v", err)
			}
		})
	}
	wg.Wait()
	q := fourItems()[0]
	r := quiz.Result{ID: q.ID, Outcome: quiz.Right, Second: -1, Revote: -1}
	first.answered(q, r)
	data, err := os.ReadFile(file)
	if err != nil || bytes.Count(data, []byte("\n")) != 1 {
		t.Fatalf("an answer is not there as soon as it is settled: %q, %v", data, err)
	}
	if err := first.close(); err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(data); i += 97 { // a process that was killed in its write
		if err := os.WriteFile(file, append(bytes.Clone(data), data[:i]...), 0o644); err != nil {
			t.Fatal(err)
		}
		again, err := a.open("made-up", "")
		if err != nil {
			t.Fatalf("torn at %d: %v", i, err)
		}
		again.answered(q, r)
		if err := again.close(); err != nil {
			t.Fatal(err)
		}
		if got, _ := reportOf(t, file); got.Answers != 2 || got.Sessions != 2 {
			t.Errorf("torn at %d: %d answers", i, got.Answers)
		}
	}
	for _, begun := range []string{"{", `{"form`, `{"format":"kstep-answers/1","sess`} {
		if err := os.WriteFile(file, []byte(begun), 0o644); err != nil {
			t.Fatal(err)
		}
		if again, err := a.open("made-up", ""); err != nil {
			t.Errorf("only %q: %v", begun, err)
		} else if err := again.close(); err != nil {
			t.Error(err)
		}
	}
	for name, text := range map[string]string{"something else": "package main\n", "a later format": `{"format":"kstep-answers/2"}` + "\n"} {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := a.open("made-up", ""); err == nil {
			t.Errorf("%s: opened", name)
		}
		if got, _ := os.ReadFile(file); string(got) != text {
			t.Errorf("%s: it is now %q", name, got)
		}
	}
}
