package scenarios

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// check runs a lesson as kstep check does.
func check(t *testing.T, l *lesson.Lesson) Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, err := Check(ctx, l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// failures are what does not hold, as who has no clone is told.
func failures(p Checked) []string {
	var out []string
	for _, c := range p.Failures(nil) {
		out = append(out, c.String())
	}
	return out
}

// made is a lesson of the first lesson's program with claims of its own. It is
// in no list.
func made(claims ...tracer.Claim) *lesson.Lesson {
	l, _ := Find("first-message")
	return &lesson.Lesson{ID: l.ID, Title: "Made for a test", Topics: l.Topics, Content: lesson.Content{Program: l.Program, Claims: claims}}
}

// delivered is a claim that is true of the program, whatever is expected of it.
func delivered(expect tracer.Verdict) tracer.Claim {
	return tracer.Claim{ID: "delivered", Sentence: "The message arrived.", Expect: expect, Check: func(r *tracer.Runs) tracer.Finding {
		report := r.Main.First(tracer.RowReport)
		if report == nil {
			return tracer.Finding{Verdict: tracer.Refuted}
		}
		return tracer.Finding{Verdict: tracer.Confirmed, Because: []tracer.Reason{{Rows: tracer.Addresses(report, r.Main.Call("Flush"))}}}
	}}
}

// A false claim is found, and named with its sentence, both verdicts and rows.
func TestFalseClaimIsFound(t *testing.T) {
	if f := failures(check(t, made(delivered(tracer.Confirmed))).Programs[0]); len(f) > 0 {
		t.Errorf("a true claim fails: %q", f)
	}
	got := failures(check(t, made(delivered(tracer.Refuted))).Programs[0])
	want := []string{"scenarios/firstmessage: first-message: claim delivered does not hold, correct its Sentence, Expect or Check: expected refuted, this run says confirmed: The message arrived. (rows 3.5, 3)"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A sentence without evidence is not proven.
func TestUnsupportedClaimDoesNotHold(t *testing.T) {
	c := tracer.Claim{ID: "vague", Sentence: "So it is.", Expect: tracer.Confirmed, Check: func(*tracer.Runs) tracer.Finding {
		return tracer.Finding{Verdict: tracer.Unsupported}
	}}
	if f := failures(check(t, made(c)).Programs[0]); len(f) != 1 || !strings.Contains(f[0], "unsupported: So it is.") {
		t.Errorf("%q", f)
	}
}

// A program that should hang and ends is a failure, and so is one that hangs
// and should not.
func TestHangsAsTheLessonSays(t *testing.T) {
	l := made(delivered(tracer.Confirmed))
	l.Hangs = true
	if f := failures(check(t, l).Programs[0]); len(f) != 1 || !strings.Contains(f[0], "it ended by itself") {
		t.Errorf("%q", f)
	}
	first, _ := Find("first-message")
	l = &lesson.Lesson{ID: first.ID, Topics: first.Topics, Content: first.Content}
	l.Claims, l.Snapshot, l.Quiz = nil, nil, nil
	for _, v := range first.Variants {
		if v.Hangs {
			v.Hangs, v.Quiz = false, nil
			l.Variants = append(l.Variants, v)
		}
	}
	r, err := Check(t.Context(), l, Options{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if f := strings.Join(failures(r.Programs[1]), "\n"); !strings.Contains(f, "the record is not whole: ") {
		t.Errorf("%q", f)
	}
}

// Where there is a clone, a failure names the line that is to be mended: of a
// claim, of a question by its id, of the program.
func TestFailureNamesFileAndLine(t *testing.T) {
	l := made(tracer.Claim{ID: "keep-produce", Sentence: "It is so.", Expect: tracer.Depends, Check: func(*tracer.Runs) tracer.Finding { return lesson.If(true) }})
	l.Hangs = true
	l.Quiz = []quiz.Maker{func(*tracer.Runs) (quiz.Question, error) { return quiz.Question{ID: "myth-closed"}, nil }}
	sources := os.DirFS(".")
	where := func(file, text string) string {
		return fmt.Sprintf("scenarios/firstmessage/%s:%d: ", file, lineOf(sources, "firstmessage/"+file, text))
	}
	want := []string{
		where("snapshot.go", `"keep-produce"`) + "first-message: claim keep-produce does not hold, correct its Sentence, Expect or Check: expected depends, this run says confirmed: It is so.",
		where("lesson.go", "Hangs:") + "first-message: the lesson says that the program hangs, and it ended by itself: take out Hangs",
		where("myths.go", `"myth-closed"`) + "first-message: not asked in the quiz: question 1 (myth-closed) is broken: it has no prompt: change the question, or take it out of Quiz",
	}
	var got []string
	for _, c := range check(t, l).Programs[0].Failures(sources) {
		got = append(got, c.String())
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// The twins that run beside a lesson are the variants of their name.
func TestVariantsAreJudgedByTheirTwins(t *testing.T) {
	l, _ := Find("first-message")
	r := check(t, l)
	if len(r.Programs) != 1+len(l.Variants) {
		t.Fatalf("%d programs", len(r.Programs))
	}
	for i, v := range l.Variants {
		p := r.Programs[i+1]
		if p.Variant != v.Name || p.Trace.Header.Program.File != v.Program.File || len(p.Claims) != len(v.Claims)+len(v.Snapshot) {
			t.Errorf("%s was judged by %s of %s", v.Name, p.Trace.Header.Program.File, p.Variant)
		}
	}
}

// A cell that varies is named with its texts, and fails unless it is declared.
func TestVaryingCellIsFound(t *testing.T) {
	certify := func(varies ...lesson.Varying) *Certificate {
		var n atomic.Int32
		odd := delivered(tracer.Confirmed)
		odd.Check = func(*tracer.Runs) tracer.Finding {
			return tracer.Finding{Verdict: tracer.Confirmed, Because: []tracer.Reason{{Text: fmt.Sprintf("Seen %d times.", n.Add(1)/2)}}} // each page asks twice
		}
		l := made(odd)
		l.Varies = varies
		cs, err := Certify(t.Context(), []*lesson.Lesson{l}, Certifying{Runs: 3, Parallel: 1})
		if err != nil {
			t.Fatal(err)
		}
		return cs[0]
	}
	c := certify()
	if c.Sound() || len(c.Cells) != 1 || c.Varying != 1 || c.Runs != 3 || c.Claims != 1 || c.Held != 1 || c.Invariant < 50 {
		t.Fatalf("%d runs, %d of %d claims, %d cells invariant, named %+v", c.Runs, c.Held, c.Claims, c.Invariant, c.Cells)
	}
	if s := c.Cells[0]; s.Row != "delivered" || s.Column != "sentence 2" || len(s.Texts) != 3 || s.Declared != "" {
		t.Errorf("%+v", s)
	}
	c = certify(lesson.Varying{Block: "key-moments", Row: "delivered", Why: "it counts"})
	if !c.Sound() || c.Cells[0].Declared != "it counts" {
		t.Errorf("declared: %+v", c.Cells)
	}
}

// A claim that fails in some run fails, and the certificate says in how many.
func TestCertificateCountsFailures(t *testing.T) {
	cs, err := Certify(t.Context(), []*lesson.Lesson{made(delivered(tracer.Refuted)), made(delivered(tracer.Confirmed))}, Certifying{Runs: 2, Parallel: 4})
	if err != nil {
		t.Fatal(err)
	}
	if c := cs[0]; c.Sound() || c.Held != 0 || len(c.Failures) != 1 || c.Failures[0].Runs != 2 || !strings.HasPrefix(c.Failures[0].Text, "scenarios/firstmessage: first-message: claim delivered does not hold, ") {
		t.Errorf("%+v", cs[0].Failures)
	}
	if !cs[1].Sound() {
		t.Errorf("%+v %+v", cs[1].Failures, cs[1].Cells)
	}
}

// What a twin declares of its table is declared of that table on the lesson's
// page too.
func TestVaryingOfTwins(t *testing.T) {
	l := &lesson.Lesson{Variants: []lesson.Variant{
		{Name: "beside", Twin: true, Content: lesson.Content{Varies: []lesson.Varying{
			{Block: "process-table", Row: "2.*", Column: "Result/Output", Why: "a"}, {Block: "sequence", Why: "b"}}}},
		{Name: "apart", Content: lesson.Content{Varies: []lesson.Varying{{Block: "process-table", Why: "c"}}}},
	}}
	want := []lesson.Varying{{Block: "twin-beside", Row: "beside 2.*", Column: "Result/Output", Why: "a"}}
	if got := varies(l, ""); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if got := varies(l, "beside"); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

// An interrupt ends a certificate, whatever is still to run; goleak looks for
// what is left.
func TestCertifyIsCancelled(t *testing.T) {
	l, _ := Find("first-message")
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Certify(ctx, []*lesson.Lesson{l}, Certifying{Runs: 1000, Parallel: 2, Done: cancel})
	if err == nil {
		t.Error("a cancelled certificate was given")
	}
}

// A question that is not asked is complained of where it stands or, where its id
// does not, in the line of Quiz.
func TestQuestionIsComplainedOfInQuiz(t *testing.T) {
	c := Checked{lesson: &lesson.Lesson{ID: "one"}}
	for _, why := range []string{"question 1 (my-own) is broken: it has no prompt", "question 2 (state-after-produce) is broken: the id is taken", "question 3 is left out: no run"} {
		c.unasked(why)
	}
	files := fstest.MapFS{
		"one/lesson.go":    {Data: []byte("package one\n\nQuiz: x\n")},
		"one/questions.go": {Data: []byte("package one\n\n\"my-own\"\n")},
	}
	var got []string
	for _, x := range c.Failures(files) {
		got = append(got, fmt.Sprintf("%s:%d", x.File, x.Line))
	}
	if d := cmp.Diff([]string{"scenarios/one/questions.go:3", "scenarios/one/lesson.go:3", "scenarios/one/lesson.go:3"}, got); d != "" {
		t.Error(d)
	}
}

// A run that cannot be made is said to be of its lesson.
func TestRunThatCannotBeMadeIsNamed(t *testing.T) {
	l := made(delivered(tracer.Confirmed))
	l.Variants = []lesson.Variant{{Name: "other", Content: lesson.Content{Faults: []string{"loose Produce response 1"}}}}
	if _, err := Check(t.Context(), l, Options{}); err == nil || !strings.HasPrefix(err.Error(), `scenarios/firstmessage: run first-message/other: fault "loose Produce response 1": `) {
		t.Error(err)
	}
}
