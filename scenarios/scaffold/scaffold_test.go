package scaffold_test

import (
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/scenarios/scaffold"
	"kstep/scenarios/scaffold/newlesson"
)

// small is the folder scenarios of a clone with three lessons. The tests do not
// look at the real one: it may have any lesson in it.
func small() fstest.MapFS {
	lessonGo := func(id, level string) *fstest.MapFile {
		return &fstest.MapFile{Data: fmt.Appendf(nil, "package p\n\nvar L = T{\n\tID: %q,\n\tLevel: %q,\n}\n", id, level)}
	}
	return fstest.MapFS{
		"scenarios.go": {Data: []byte(`// Package scenarios is the curriculum.
package scenarios

import (
	"slices"

	"kstep/scenarios/firstmessage"
	"kstep/scenarios/lesson"
	"kstep/scenarios/linger"
	"kstep/scenarios/transactions"
)

// All are the lessons.
func All() []*lesson.Lesson {
	return []*lesson.Lesson{
		firstmessage.Lesson(), // it is the first
		linger.Lesson(),
		// The advanced ones.
		transactions.Lesson(),
	}
}

func (x T) method() { slices.Sort(x) }
`)},
		"check.go":               {Data: []byte("package scenarios\n\nimport \"fmt\"\n\nfunc judge() { fmt.Print() }\n")},
		"readme_test.go":         {Data: []byte("package scenarios\n\nconst readme = 1\n\ntype T int\n")},
		"lesson/lesson.go":       {Data: []byte("package lesson\n")},
		"firstmessage/lesson.go": lessonGo("first-message", "beginner"),
		"linger/lesson.go":       lessonGo("linger", "intermediate"),
		"transactions/lesson.go": lessonGo("transactions", "advanced"),
	}
}

// The pattern is a lesson that lacks nothing but what is marked to be filled in.
func TestPatternLacksOnlyPlaces(t *testing.T) {
	l := newlesson.Lesson()
	first, _ := scenarios.Find("first-message")
	for _, c := range scenarios.Lint([]*lesson.Lesson{first, l}, nil) {
		if !strings.Contains(c.Text, "is a draft: ") {
			t.Error(c)
		}
	}
	if n := len(scenarios.Places(os.DirFS("."), "newlesson")); n < 10 {
		t.Errorf("%d places to fill in", n)
	}
	if !l.Draft {
		t.Error("a new lesson is a draft")
	}
}

// Every file of a plan is gofmt-clean, has the lesson's names and none of the
// pattern's, and the program is where the lesson looks for it.
func TestPlan(t *testing.T) {
	for _, x := range []struct{ id, after, program, pkg, level, before string }{
		{"demo", "", "demo.go", "demo", "advanced", "transactions"},
		{"send-twice", "linger", "send_twice.go", "sendtwice", "intermediate", "linger"},
		{"early", "first-message", "early.go", "early", "beginner", "first-message"},
		{"unit-test", "", "unittest.go", "unittest", "advanced", "transactions"},
		{"on-windows", "", "onwindows.go", "onwindows", "advanced", "transactions"},
		{"on-arm64", "", "onarm64.go", "onarm64", "advanced", "transactions"},
		{"claims", "", "claimsprogram.go", "claims", "advanced", "transactions"},
		{"no-flush", "", "noflush.go", "noflush", "advanced", "transactions"},
		{"new-lesson", "", "newlesson.go", "newlesson", "advanced", "transactions"},
	} {
		p, err := scaffold.New(small(), x.id, x.after)
		if err != nil {
			t.Errorf("%s: %v", x.id, err)
			continue
		}
		if p.Folder != x.pkg || p.Level != x.level || p.After != x.before {
			t.Errorf("%s: %s, after %s (%s)", x.id, p.Folder, p.After, p.Level)
		}
		files := map[string]string{}
		for _, f := range p.Files {
			text := string(f.Data)
			files[f.Name] = text
			if clean, err := format.Source(f.Data); err != nil || string(clean) != text {
				t.Errorf("%s: %s is not gofmt-clean: %v", x.id, f.Name, err)
			}
			if !strings.Contains(text, "\npackage "+x.pkg+"\n") && !strings.HasPrefix(text, "package "+x.pkg+"\n") {
				t.Errorf("%s: %s is of another package", x.id, f.Name)
			}
			if x.id != "new-lesson" && (strings.Contains(text, "new-lesson") || strings.Contains(text, "newlesson") || strings.Contains(text, "new_lesson")) {
				t.Errorf("%s: %s has the pattern's names", x.id, f.Name)
			}
		}
		if p.Files[0].Name != "lesson.go" || len(files) != 4 || files[x.program] == "" {
			t.Errorf("%s: the files are %v", x.id, files)
		}
		for _, want := range []string{"//go:embed " + x.program + "\n", `File: "` + x.program + `"`, `"` + x.id + `"`, `Level:   "` + x.level + `"`, "kstep run " + x.id + ` --variant " + noFlushName`} {
			if !strings.Contains(files["lesson.go"], want) {
				t.Errorf("%s: lesson.go has no %s", x.id, want)
			}
		}
		list := string(p.List)
		if clean, err := format.Source(p.List); err != nil || string(clean) != list {
			t.Errorf("%s: the list is not gofmt-clean: %v", x.id, err)
		}
		before := regexp.MustCompile(`\t\t` + scenarios.Folder(x.before) + `\.Lesson\(\),( // it is the first)?\n\t\t` + x.pkg + `\.Lesson\(\),`)
		if !strings.Contains(list, "firstmessage.Lesson(), // it is the first") {
			t.Errorf("%s: a comment lost its place", x.id)
		}
		if !before.MatchString(list) || strings.Count(list, `"kstep/scenarios/`+x.pkg+`"`) != 1 {
			t.Errorf("%s is not in the list after %s:\n%s", x.id, x.before, list)
		}
	}
}

// What cannot be a lesson is refused in a line that says why.
func TestRefused(t *testing.T) {
	for id, want := range map[string]string{
		"":                      `lesson id "": write lower-case words`,
		"Demo":                  `lesson id "Demo": write lower-case words`,
		"demo_1":                "write lower-case words",
		"../demo":               "write lower-case words",
		"-demo":                 "write lower-case words",
		"demo\x1b[31m\n":        "write lower-case words",
		strings.Repeat("a", 33): "it has 33 characters; 32 is the most",
		"first-message":         "there is a lesson in scenarios/firstmessage already",
		"firstmessage":          "there is a lesson in scenarios/firstmessage already",
		"first-mes-sage":        "there is a lesson in scenarios/firstmessage already",
		"lesson":                "there is a scenarios/lesson already",
		"func":                  "is a word of Go",
		"fall-through":          "fallthrough is a word of Go",
		"string":                "is a word of Go",
		"nil":                   "is a word of Go",
		"main":                  "is a word of Go",
		"os":                    "is a word of Go",
		"test-data":             "testdata is a word of Go",
		"judge":                 "package scenarios has its own judge, in scenarios/check.go",
		"slices":                "package scenarios has its own slices, in scenarios/scenarios.go",
		"readme":                "package scenarios has its own readme, in scenarios/readme_test.go",
	} {
		if _, err := scaffold.New(small(), id, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", id, err)
		}
	}
	for _, after := range []string{"frist-message", "lesson", "First-Message", "first--message"} {
		if _, err := scaffold.New(small(), "demo", after); err == nil || !strings.Contains(err.Error(), "there is no such lesson") {
			t.Errorf("--after %q: %v", after, err)
		}
	}
}

// A list that kstep new cannot read, and files that do not parse, are refused.
func TestRefusesListsItCannotRead(t *testing.T) {
	clone := func(list, last, other string) fstest.MapFS {
		c := small()
		c["scenarios.go"], c["transactions/lesson.go"], c["other.go"] = &fstest.MapFile{Data: []byte(list)}, &fstest.MapFile{Data: []byte(last)}, &fstest.MapFile{Data: []byte(other)}
		return c
	}
	l, last := string(small()["scenarios.go"].Data), string(small()["transactions/lesson.go"].Data)
	for name, x := range map[string]struct {
		clone fs.FS
		want  string
	}{
		"sound":       {clone(l, last, "package scenarios\n"), ""},
		"no list":     {fstest.MapFS{}, "read the list of lessons"},
		"broken":      {clone(l+"func", last, "package scenarios\n"), "read the list of lessons"},
		"empty":       {clone("package scenarios\n", last, "package scenarios\n"), "add the lesson by hand"},
		"other call":  {clone(strings.Replace(l, "transactions.Lesson(),", "nil,", 1), last, "package scenarios\n"), "add the lesson by hand"},
		"two results": {clone(strings.Replace(l, "transactions.Lesson(),", "nil, nil,", 1), last, "package scenarios\n"), "add the lesson by hand"},
		"no comma":    {clone(strings.Replace(l, "transactions.Lesson(),\n\t}", "transactions.Lesson()}", 1), last, "package scenarios\n"), "add the lesson by hand"},
		"no level":    {clone(l, strings.Replace(last, "advanced", "expert", 1), "package scenarios\n"), "names no ID and Level"},
		"other file":  {clone(l, last, "package"), "make it build first"},
	} {
		_, err := scaffold.New(x.clone, "demo", "")
		if x.want == "" && err != nil || x.want != "" && (err == nil || !strings.Contains(err.Error(), x.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
