package scenarios

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// leastInAll is how many questions the lessons ask, all together, at least.
const leastInAll = 132

// Every lesson has what a lesson must have. In a clone with a lesson that kstep
// new has made, this test names the places to fill in, and no other test fails.
func TestContent(t *testing.T) {
	for _, c := range Lint(All(), os.DirFS(".")) {
		t.Error(c)
	}
	questions := 0
	for _, l := range Taught() {
		questions += len(l.Quiz)
	}
	if questions < leastInAll {
		t.Errorf("the lessons ask %d questions; at least %d are needed", questions, leastInAll)
	}
}

const wellFormed = "package one\n\nimport \"kstep/tracer/kafka\"\n\nfunc main() { kafka.Use() }\n"

// soundLesson is a lesson that the linter has nothing to say of, and its folder.
func soundLesson() (*lesson.Lesson, fstest.MapFS) {
	claim := tracer.Claim{ID: "so-it-is", Sentence: "So it is.", Expect: tracer.Confirmed, Check: func(*tracer.Runs) tracer.Finding { return tracer.Finding{} }}
	l := &lesson.Lesson{
		ID: "one", Title: "One", Promise: "You can tell.", Level: "intermediate", Minutes: 5,
		Sources: []lesson.Source{{Where: "a manual", What: "it says so"}},
		Content: lesson.Content{
			Program: lesson.Program{File: "program.go", Source: wellFormed, Main: func() {}},
			Claims:  []tracer.Claim{claim},
			Notes:   []tracer.Reason{{Text: "a note", Source: "a manual"}},
			Quiz:    make([]quiz.Maker, 5),
			Next:    []view.Command{{Text: "kstep list", Why: "go on"}},
		},
	}
	l.Variants = []lesson.Variant{{Name: "other", Promise: "other", Content: lesson.Content{
		Set: []tracer.Setting{{Key: "acks", Value: "0"}}, Claims: l.Claims, Next: l.Next,
	}}}
	return l, fstest.MapFS{
		"one/program.go": {Data: []byte(wellFormed)},
		"one/lesson.go": {Data: []byte(strings.Join([]string{
			"package one", "ID: x", "Level: \"beginner\"", "Quiz: x", "Draft: true",
			`"twice"`, `"a manual"`, `"it says so"`, `"a note"`, `"other"`, `"far-away"`, "",
		}, "\n"))},
		"one/claims.go": {Data: []byte("package one\n\nID: \"so-it-is\"\n")},
	}
}

// Each rule: what is broken, and where and how it is said.
func TestLint(t *testing.T) {
	program := func(source string) func(*lesson.Lesson, fstest.MapFS) {
		return func(l *lesson.Lesson, files fstest.MapFS) {
			l.Program.Source = source
			files["one/program.go"].Data = []byte(source)
		}
	}
	claim := func(change func(*tracer.Claim)) func(*lesson.Lesson, fstest.MapFS) {
		return func(l *lesson.Lesson, _ fstest.MapFS) { // the variant keeps the sound one
			l.Claims = append([]tracer.Claim(nil), l.Claims...)
			change(&l.Claims[0])
		}
	}
	for name, x := range map[string]struct {
		broken func(*lesson.Lesson, fstest.MapFS)
		want   []string
	}{
		"nothing": {func(*lesson.Lesson, fstest.MapFS) {}, nil},
		"id": {func(l *lesson.Lesson, f fstest.MapFS) {
			l.ID = "One_"
			for _, name := range []string{"program.go", "lesson.go"} {
				f["One_/"+name] = f["one/"+name]
			}
		}, []string{`scenarios/One_: lesson id "One_": write lower-case words with - between them, such as first-message`}},
		"needs": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Needs = []string{"far-away"} },
			[]string{"scenarios/one/lesson.go:11: lesson one needs far-away, which does not come before it: move one of them in scenarios/scenarios.go, or take it out of Needs"}},
		"no level": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Level = "expert" },
			[]string{`scenarios/one/lesson.go:2: lesson one: its Level is "expert"; choose one of beginner, intermediate, advanced`}},
		"level": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Level = "beginner" },
			[]string{"scenarios/one/lesson.go:3: lesson one is beginner and comes after an intermediate one: change its Level, or move it in scenarios/scenarios.go"}},
		"title": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Title = "" },
			[]string{"scenarios/one/lesson.go:2: lesson one has no Title: say in at most 48 characters what it is about"}},
		"long title": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Title = strings.Repeat("ä", 49) },
			[]string{"scenarios/one: the Title has 49 characters: shorten it to 48, which a line of kstep list has room for"}},
		"promise": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Promise = "" },
			[]string{"scenarios/one/lesson.go:2: lesson one has no Promise: say in one sentence what a reader can tell afterwards"}},
		"minutes": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Minutes = 0 },
			[]string{"scenarios/one/lesson.go:2: lesson one: its Minutes are 0; give how long it takes to read and answer"}},
		"sources": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Sources = nil },
			[]string{"scenarios/one/lesson.go:2: lesson one has no Sources: name a place where people stumbled over this, or the manual's section"}},
		"where": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Sources[0].Where = "" },
			[]string{`scenarios/one/lesson.go:8: the source "it says so" does not say where: give its Where`}},
		"what": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Sources[0].What = "" },
			[]string{"scenarios/one/lesson.go:7: the source a manual does not tell what is said there: give its What"}},
		"full stop": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Sources[0].What = "it says." },
			[]string{"scenarios/one: take the full stop from the end of the source's What: its Where follows it"}},
		"questions": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Quiz = l.Quiz[:2] },
			[]string{"scenarios/one/lesson.go:4: lesson one asks 2 questions: add to Quiz until it asks 5"}},
		"variant's name": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Variants[0].Name = "No Flush" },
			[]string{`scenarios/one: variant name "No Flush": write lower-case words with - between them, such as no-flush`}},
		"variant twice": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Variants = append(l.Variants, l.Variants[0]) },
			[]string{"scenarios/one/lesson.go:10: the variant name other is taken by an earlier variant: give this one another"}},
		"variant's promise": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Variants[0].Promise = "" },
			[]string{"scenarios/one/lesson.go:10: variant other has no Promise: say in one line what it changes"}},
		"variant of nothing": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Variants[0].Set = nil },
			[]string{"scenarios/one/lesson.go:10: variant other changes nothing: give it a Program, a setting (Set) or something to happen (Faults)"}},
		"variant's setting": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Variants[0].Set[0].Key = "far-away" },
			[]string{`scenarios/one/lesson.go:11: the client does not take a setting: no setting "far-away": correct it in Set`}},
		"variant's fault": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Variants[0].Faults = []string{"twice"} },
			[]string{`scenarios/one/lesson.go:6: fault "twice": "twice" is not what a fault does; the nearest is "lose": correct it, docs/faults.md has the words`}},
		"what to try": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Try = &lesson.Try{Faults: []string{"twice"}} },
			[]string{`scenarios/one/lesson.go:6: fault "twice": "twice" is not what a fault does; the nearest is "lose": correct it, docs/faults.md has the words`}},
		"variant's claims": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Variants[0].Claims = nil },
			[]string{"scenarios/one/lesson.go:10: one/other has no claim: add one to its Claims"}},
		"next": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Next = nil },
			[]string{"scenarios/one/lesson.go:2: one says nothing to do next: add a command to its Next"}},
		"program": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Variants[0].Program.File = "program.go" },
			[]string{"scenarios/one/lesson.go:10: the Program of one/other needs its File, its Source (go:embed) and its Main function"}},
		"import": {program("package one\n"), []string{
			"scenarios/one/program.go: the program does not import kstep/tracer/kafka, so that its calls are not recorded: import it in place of the client's package"}},
		"gofmt": {program(wellFormed + "\n\n"), []string{
			"scenarios/one/program.go: the program is not gofmt-clean: run gofmt -w scenarios/one/program.go"}},
		"claim twice": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Snapshot = l.Claims },
			[]string{"scenarios/one/claims.go:3: two claims of one have the ID so-it-is: give one of them another, or list it once"}},
		"claim's id": {claim(func(c *tracer.Claim) { c.ID = "So" }),
			[]string{`scenarios/one: claim id "So": write lower-case words with - between them, such as without-flush`}},
		"check": {claim(func(c *tracer.Claim) { c.Check = nil }),
			[]string{"scenarios/one/claims.go:3: claim so-it-is has no predicate: give its Check, which holds the sentence against the run"}},
		"expect": {claim(func(c *tracer.Claim) { c.Expect = "" }),
			[]string{"scenarios/one/claims.go:3: claim so-it-is: say in Expect which verdict a run should give"}},
		"myth": {claim(func(c *tracer.Claim) { c.Myth = true }),
			[]string{"scenarios/one/claims.go:3: claim so-it-is is a myth that the run is expected to confirm: expect tracer.Refuted, or take Myth out"}},
		"no sentence": {claim(func(c *tracer.Claim) { c.Sentence = "So" }),
			[]string{`scenarios/one/claims.go:3: claim so-it-is: "So" is not a sentence: end it with a full stop`}},
		"exclamation": {claim(func(c *tracer.Claim) { c.Sentence = "So! It is." }),
			[]string{"scenarios/one/claims.go:3: claim so-it-is: write it without an exclamation mark"}},
		"note": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Notes[0].Source = "" },
			[]string{`scenarios/one/lesson.go:9: the note "a note" has neither source nor rows: give its Source, or make it a claim`}},
		"setting": {func(l *lesson.Lesson, f fstest.MapFS) {
			l.Title, l.Promise = "linger.ms and no.such.setting", "Of no.such.setting again."
			f["one/lesson.go"].Data = append(f["one/lesson.go"].Data, strconv.Quote(l.Title)...)
		}, []string{`scenarios/one/lesson.go:12: "linger.ms and no.such.setting" says no.such.setting, which is no term of the glossary: explain it in scenarios/glossary.go`}},
		"no folder": {func(_ *lesson.Lesson, f fstest.MapFS) { clear(f) },
			[]string{"scenarios/one: lesson one has no folder of that name with Go files in it: the folder is named as the id without its dashes"}},
		"another source": {func(_ *lesson.Lesson, f fstest.MapFS) { f["one/program.go"].Data = []byte("package one\n") },
			[]string{"scenarios/one/program.go: the lesson shows another source than this file: name the file in go:embed, and build kstep anew"}},
		"not listed": {func(_ *lesson.Lesson, f fstest.MapFS) { f["one/more.go"] = f["one/program.go"] },
			[]string{"scenarios/one/more.go: this is a program that lesson one does not list: make it the Program of a variant, or remove it"}},
		"not there": {func(_ *lesson.Lesson, f fstest.MapFS) { delete(f, "one/program.go") },
			[]string{"scenarios/one: lesson one lists the program program.go, which is not in scenarios/one: correct File, or add it"}},
		"places": {func(_ *lesson.Lesson, f fstest.MapFS) {
			f["one/claims.go"].Data = []byte("\n// TODO(first-one): say it.\nx = context.TODO() // TODO\nSentence: \"\\\"TODO(claim): so.\\\"\"; \"TODO(more): x\"\n")
		}, []string{
			"scenarios/one/claims.go:2: fill in the first one: say it",
			"scenarios/one/claims.go:4: fill in the claim: so",
			"scenarios/one/claims.go:4: fill in the more: x"}},
		"draft": {func(l *lesson.Lesson, _ fstest.MapFS) { l.Draft = true },
			[]string{"scenarios/one/lesson.go:5: lesson one is a draft: take out the line Draft when all else is done"}},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := soundLesson()
			before.ID = "before"
			l, files := soundLesson()
			x.broken(l, files)
			var got []string
			for _, c := range Lint([]*lesson.Lesson{before, l}, files) {
				if c.Lesson != "before" {
					got = append(got, c.String())
				}
			}
			if d := cmp.Diff(x.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// Who has no clone is told the folder.
func TestLintWithoutClone(t *testing.T) {
	l, _ := soundLesson()
	l.Title = ""
	c := Lint([]*lesson.Lesson{l, l}, nil)
	if len(c) != 3 || c[0].String() != "scenarios/one: lesson one has no Title: say in at most 48 characters what it is about" ||
		!strings.HasPrefix(c[1].String(), "scenarios/one: the lesson id one is taken by an earlier lesson: ") {
		t.Errorf("%q", c)
	}
}
