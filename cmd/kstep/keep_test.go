package main

// What is kept, at a terminal and when kstep is killed.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	kept "kstep/quiz/progress"
)

// keeps is an environment with a folder for progress, and what is in it.
func keeps(t *testing.T, day kept.Day, p *kept.Progress) (env []string, store *kept.Store) {
	t.Helper()
	store = &kept.Store{Folder: t.TempDir(), Tell: func(line string) { t.Error(line) }}
	if err := store.Update(func(empty *kept.Progress) error { empty.Merge(p); return nil }); err != nil {
		t.Fatal(err)
	}
	return []string{"KSTEP_STATE=" + store.Folder, todayName + "=" + string(day)}, store
}

func loaded(t *testing.T, store *kept.Store) *kept.Progress {
	t.Helper()
	p, err := store.Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Each answer is on the disk before the next question: a kill costs none.
func TestKilledInTheQuiz(t *testing.T) {
	t.Parallel()
	env, store := keeps(t, "2026-01-31", &kept.Progress{})
	x := atTerminal(t, env, "quiz", "first-message")
	x.shows("Question 1 of ")
	if p := loaded(t, store); p.Current != "first-message" || p.Lessons["first-message"].Seen != "2026-01-31" {
		t.Errorf("when the quiz begins: %+v", p)
	}
	for _, next := range []string{"2", "3"} {
		x.types("s\r")
		x.shows("Enter goes on, h hints, q quit >")
		x.types("\r")
		x.shows("Question " + next + " of ")
	}
	x.cmd.Process.Kill()
	x.end()
	if p := loaded(t, store); p.Score("first-message").Asked != 2 || p.Lessons["first-message"].Finished != "" {
		t.Errorf("after the kill: %+v", p)
	}
}

// Kstep alone offers to go on, and starts nothing that nobody asked for.
func TestGoOn(t *testing.T) {
	at := &kept.Progress{}
	at.Visit("first-message", "", "2026-01-30")
	for name, c := range map[string]struct {
		keys string
		code int
		runs bool
	}{
		"enter":        {"\r", exitOK, true},
		"another key":  {"q\r", exitOK, false},
		"end of input": {"\x04", exitOK, false},
		"interrupt":    {"\x03", exitInterrupted, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env, _ := keeps(t, "2026-01-31", at)
			x := atTerminal(t, env)
			x.shows("You were at first-message, lesson 1 of ")
			x.shows("leaves > ")
			x.types(c.keys)
			if c.runs {
				x.shows("Going on with lesson 1 of ")
				x.shows("Question 1 of ")
				x.types("q\r")
			}
			code, out := x.end()
			if code != c.code || strings.Contains(out, "PROCESS TABLE") != c.runs {
				t.Errorf("exit code %d, %q", code, out)
			}
			if lines := seenLines(out); c.code == exitInterrupted && lines[len(lines)-2] != "kstep: interrupted" {
				t.Errorf("the last line: %q", lines)
			}
		})
	}
}

func TestResetAsks(t *testing.T) {
	for keys, gone := range map[string]bool{"y\r": true, "YES\r": true, "n\r": false, "\r": false, "\x04": false, "yess\r": false} {
		t.Run(strings.TrimSpace(keys), func(t *testing.T) {
			t.Parallel()
			had := &kept.Progress{}
			had.Visit("first-message", "", "2026-01-30")
			had.Answer(kept.Answer{Day: "2026-01-30", Lesson: "first-message", Question: "q", Outcome: "wrong"})
			had.Finish("first-message", "2026-01-30")
			env, store := keeps(t, "2026-01-31", had)
			x := atTerminal(t, env, "reset", "first-message")
			x.shows("Forget first-message: finished, 1 answer? y/n > ")
			x.types(keys)
			if code, _ := x.end(); code != exitOK {
				t.Errorf("exit code %d", code)
			}
			if p := loaded(t, store); p.Knows("first-message") == gone {
				t.Errorf("what is left: %+v", p)
			}
		})
	}
}

// Two quizzes at once, in two processes, keep all their answers.
func TestTwoQuizzesAtOnce(t *testing.T) {
	t.Parallel()
	env, store := keeps(t, "2026-01-31", &kept.Progress{})
	for _, lesson := range []string{"first-message", "exit-without-flush"} {
		r := &running{cmd: kstep(t, "quiz", lesson)}
		r.cmd.Env = append(r.cmd.Env, env...)
		r.cmd.Stdin = strings.NewReader(strings.Repeat("s\n", 20))
		r.cmd.Stderr = &r.stderr
		if err := r.cmd.Start(); err != nil {
			t.Fatal(err)
		}
		endWith(t, r.cmd)
		defer func() {
			if code := wait(t, r.cmd); code != exitOK || r.stderr.Len() > 0 {
				t.Errorf("exit code %d: %s", code, r.stderr.String())
			}
			if p := loaded(t, store); p.Lessons[lesson].Finished == "" {
				t.Errorf("%s is not finished: %+v", lesson, p.Lessons)
			}
		}()
	}
}

// The learner's own folder is nobody's business in a test.
func TestNoTestTouchesOwnProgress(t *testing.T) {
	if os.Getenv("KSTEP_STATE") != "off" {
		t.Error("KSTEP_STATE is not off in the tests")
	}
	for _, v := range kstep(t).Env {
		if state, ok := strings.CutPrefix(v, "KSTEP_STATE="); ok && !strings.HasPrefix(state, filepath.Clean(os.TempDir())) {
			t.Errorf("the tests' kstep keeps its progress in %s", state)
		}
	}
}
