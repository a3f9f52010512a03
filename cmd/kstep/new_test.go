package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"kstep/scenarios/scaffold"
	"kstep/tracer/view"
)

// Where the last file cannot be written, nothing stays of the others.
func TestNewIsWrittenWholeOrNotAtAll(t *testing.T) {
	plan := &scaffold.Plan{ID: "demo", Folder: "demo", Files: []scaffold.File{{Name: "lesson.go", Data: []byte("package demo\n")}}, List: []byte("package scenarios\n")}
	for name, prepare := range map[string]func(dir string) (list string){
		"the list": func(dir string) string { return filepath.Join(dir, "missing", "scenarios.go") },
		"the folder": func(dir string) string {
			fill(t, filepath.Join(dir, "demo"))
			return filepath.Join(dir, "scenarios.go")
		},
		"a file of it":     func(dir string) string { return filepath.Join(dir, "scenarios.go") },
		"all of it is new": func(dir string) string { return filepath.Join(dir, "scenarios.go") },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			p := *plan
			if name == "a file of it" {
				p.Files = append(slices.Clone(p.Files), scaffold.File{Name: "missing/a.go"})
			}
			list := prepare(dir)
			before := entries(t, dir)
			err := put(&p, dir, list)
			if name == "all of it is new" {
				if got := entries(t, dir); err != nil || !slices.Equal(got, []string{"demo", "demo/lesson.go", "scenarios.go"}) {
					t.Errorf("%v: %q", err, got)
				}
				return
			}
			if got := entries(t, dir); err == nil || !slices.Equal(got, before) {
				t.Errorf("%v: %q", err, got)
			}
		})
	}
}

// Lessons that are made at the same time are all in the list.
func TestNewAtOnce(t *testing.T) {
	top := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                  "module kstep\n",
		"scenarios/scenarios.go":  "package scenarios\n\nimport (\n\t\"kstep/scenarios/one\"\n)\n\nfunc All() []*L {\n\treturn []*L{\n\t\tone.Lesson(),\n\t}\n}\n",
		"scenarios/one/lesson.go": "package one\n\nvar l = L{ID: \"one\", Level: \"beginner\"}\n",
	} {
		file := filepath.Join(top, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(top)
	const n = 20
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			s := &streams{Out: io.Discard, Err: io.Discard, Getenv: func(string) string { return "" }}
			if err := writeLesson(s, fmt.Sprintf("race-%d", i), "one"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	list, err := os.ReadFile("scenarios/scenarios.go")
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if call := fmt.Sprintf("\t\trace%d.Lesson(),\n", i); !strings.Contains(string(list), call) {
			t.Errorf("the list has lost %s", strings.TrimSpace(call))
		}
	}
}

func fill(t *testing.T, folder string) {
	t.Helper()
	if err := errors.Join(os.Mkdir(folder, 0o755), os.WriteFile(filepath.Join(folder, "mine"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
}

// entries are all files and folders under a folder.
func entries(t *testing.T, folder string) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(os.DirFS(folder), ".", func(file string, _ fs.DirEntry, err error) error {
		if file != "." {
			out = append(out, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A lesson that kstep new has made builds, runs, and fails the linter only in
// the places that kstep new has named; the list has it as a draft.
func TestNewLessonRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("builds kstep in a copy of its module")
	}
	top := copied(t)
	// Not demo: who tries that in a clone runs this test there.
	const id, folder = "made-by-a-test", "scenarios/madebyatest"
	told := do(t, top, exitOK, "go", "run", "./cmd/kstep", "new", id)
	places := regexp.MustCompile(folder+`/\w+\.go:\d+`).FindAllString(told, -1)
	if len(places) < 10 {
		t.Errorf("%d places to fill in:\n%s", len(places), told)
	}
	if out := do(t, top, exitOK, "gofmt", "-l", "scenarios"); out != "" {
		t.Errorf("not gofmt-clean: %s", out)
	}
	do(t, top, exitOK, "go", "vet", "./"+folder, "./scenarios", "./cmd/kstep")
	draftIsUsed(t, top, id)
	var named []string
	draft := ""
	for line := range strings.Lines(do(t, top, 1, "go", "test", "./scenarios", "-run", "TestContent|TestGlossary")) {
		at := regexp.MustCompile(folder + `/\w+\.go:\d+`).FindString(line)
		switch {
		case strings.Contains(line, " is a draft: "):
			draft = at
		case at != "" && strings.Contains(line, "fill in the "):
			named = append(named, at)
		case at != "" || strings.HasPrefix(line, "--- FAIL: ") && !strings.HasPrefix(line, "--- FAIL: TestContent "):
			t.Error(line)
		}
	}
	if places = slices.DeleteFunc(places, func(p string) bool { return p == draft }); !slices.Equal(named, places) || draft == "" {
		t.Errorf("kstep new names\n%q, the linter\n%q", places, named)
	}
}

// draftIsUsed: what can be done with a lesson can be done with a draft, and no
// list counts it.
func draftIsUsed(t *testing.T, top, id string) {
	t.Helper()
	kstep := filepath.Join(t.TempDir(), "kstep")
	do(t, top, exitOK, "go", "build", "-o", kstep, "./cmd/kstep")
	t.Setenv("KSTEP_STATE", t.TempDir())
	said := func(code int, wants []string, args ...string) string {
		t.Helper()
		out := do(t, top, code, kstep, args...)
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("kstep %s: no %q in\n%s", strings.Join(args, " "), want, out)
			}
		}
		return out
	}
	said(exitOK, []string{"a draft\n", "PROCESS TABLE\n", "1 produced = 1 delivered", "KEY MOMENTS\n", "CONCEPT SNAPSHOT\n"}, "run", id, "--quiz=off")
	said(exitOK, []string{"a draft\n"}, "run", id, "--variant", "no-flush", "--quiz=off")
	for _, m := range view.Modes() {
		said(exitOK, []string{"a draft\n"}, "run", id, "--mode", m.Name, "--quiz=off")
	}
	said(exitOK, []string{"This is a draft.", "Question 5 of 5"}, "walk", id, "--plain")
	said(exitOK, []string{"VISUAL QUIZ"}, "worksheet", id)
	said(exitOK, []string{"Question 1 of 5"}, "quiz", id)
	checked := said(exitFailed, []string{"6 of 6 sentences hold"}, "check", id)
	for _, wrong := range strings.Split(checked, "  FAILS  ")[1:] {
		if words := strings.Join(strings.Fields(wrong), " "); !strings.Contains(words, ": fill in the ") && !strings.Contains(words, " is a draft: ") {
			t.Errorf("kstep check: %s", words)
		}
	}
	said(exitOK, []string{"\n  -  " + id + " "}, "list")
	for _, args := range [][]string{{"progress"}, {"progress", "export"}, {"next", "--quiz=off"}, {"modes"}, {}} {
		if out := said(exitOK, nil, args...); strings.Contains(out, id) {
			t.Errorf("kstep %s has a draft in it:\n%s", strings.Join(args, " "), out)
		}
	}
}

// copied is a copy of this module as git would take it in.
func copied(t *testing.T) string {
	t.Helper()
	from, to := filepath.Join("..", ".."), t.TempDir()
	out, err := exec.Command("git", "-C", from, "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Skipf("no clone to copy: %v", err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join(from, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed, and git not told yet
		}
		file := filepath.Join(to, name)
		if err = errors.Join(err, os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// do runs a command that must end with a code, and returns what it prints.
func do(t *testing.T, dir string, code int, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if got := exitCode(cmd.Run()); got != code {
		t.Fatalf("%s ended with %d, not %d: %s%s", cmd, got, code, out.String(), stderr.String())
	}
	return out.String()
}
