package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// told is a lesson of the first lesson's program that claims what it is given.
// It is in no list.
func told(sentence string, check func(*tracer.Runs) tracer.Finding) *lesson.Lesson {
	l, _ := scenarios.Find("first-message")
	return &lesson.Lesson{ID: l.ID, Title: "Made for a test", Topics: l.Topics, Content: lesson.Content{
		Program: l.Program,
		Claims:  []tracer.Claim{{ID: "told", Sentence: sentence, Expect: tracer.Confirmed, Check: check}},
	}}
}

// checked is what kstep check prints of a lesson, and how it ends.
func checked(t *testing.T, l *lesson.Lesson, o checkOptions) (string, error) {
	t.Helper()
	var out, stderr bytes.Buffer
	s := &streams{Out: &out, Err: &stderr, Getenv: func(string) string { return "" }}
	o.parallel = 2
	err := checkLessons(t.Context(), s, o, []*lesson.Lesson{l})
	if stderr.Len() > 0 {
		t.Errorf("stderr, which is no terminal: %q", stderr.String())
	}
	if why := unprintable(out.String()); why != "" {
		t.Errorf("the report %s", why)
	}
	return out.String(), err
}

func lost(r *tracer.Runs) tracer.Finding {
	if r.Main.Ledger().Lost > 0 {
		return tracer.Finding{Verdict: tracer.Confirmed}
	}
	return tracer.Finding{Verdict: tracer.Refuted, Because: []tracer.Reason{{Rows: tracer.Addresses(r.Main.Call("Flush"), r.Main.End())}}}
}

// A false claim fails the check, which names the sentence and the rows, once on
// the page and once on stderr.
func TestCheckFindsFalseClaim(t *testing.T) {
	for _, runs := range []int{0, 2} {
		out, err := checked(t, told("The message is lost.", lost), checkOptions{runs: runs})
		var f failure
		if !errors.As(err, &f) || !strings.Contains(f.text, "expected confirmed, this run says refuted: The message is lost. (rows 3, 4)") {
			t.Errorf("--runs %d: %v", runs, err)
		}
		for _, want := range []string{"FAILS", "The message is lost.", "(rows 3, 4)", "0 of 1 sentences"} {
			if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
				t.Errorf("--runs %d: no %q in\n%s", runs, want, out)
			}
		}
	}
	out, _ := checked(t, told("The message is lost.", lost), checkOptions{format: "json"})
	var got checkedAll
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if c := got.Lessons[0].Programs[0].Claims[0]; got.Sound || c.Holds || c.Verdict != tracer.Refuted || len(got.Lessons[0].Failures) != 1 {
		t.Errorf("%+v", got)
	}
}

// A claim that depends says on what.
func TestCheckSaysOnWhatAClaimDepends(t *testing.T) {
	l := told("It is fast.", func(*tracer.Runs) tracer.Finding {
		return tracer.Finding{Verdict: tracer.Depends, Because: []tracer.Reason{{Text: "On linger.ms."}}}
	})
	l.Claims[0].Expect = tracer.Depends
	out, err := checked(t, l, checkOptions{})
	if err != nil || !strings.Contains(out, "    depends      It is fast. On linger.ms.\n") {
		t.Errorf("%v\n%s", err, out)
	}
}

// A cell that varies is named with the texts that were seen and how often; what
// is hostile in them does not reach the terminal. One that the lesson declares
// does not fail.
func TestCheckNamesVaryingCell(t *testing.T) {
	var n atomic.Int32
	l := told("So it is.", func(*tracer.Runs) tracer.Finding {
		return tracer.Finding{Verdict: tracer.Confirmed, Because: []tracer.Reason{{Text: fmt.Sprintf("\x1b[31m\u202eRun %d.", n.Add(1)/4)}}}
	})
	out, err := checked(t, l, checkOptions{runs: 3})
	var f failure
	if !errors.As(err, &f) || !strings.Contains(f.text, "key-moments, row told, column sentence 2 is ") {
		t.Errorf("%v", err)
	}
	if !strings.Contains(out, "varying ") || !strings.Contains(out, "1 varying") {
		t.Error(out)
	}
	l.Varies = []lesson.Varying{{Block: "key-moments", Row: "told", Why: "it counts"}}
	out, err = checked(t, l, checkOptions{runs: 2})
	if err != nil || !strings.Contains(out, "(1 declared)") && !strings.Contains(out, "0 varying") {
		t.Errorf("%v\n%s", err, out)
	}
}

// The bar is for a terminal, and leaves its line clean.
func TestCounter(t *testing.T) {
	var b bytes.Buffer
	step, stop := counter(&streams{Err: &b, ErrTTY: true}, "running", 2)
	step()
	step()
	stop()
	step()
	stop()
	text := b.String()
	if !strings.Contains(text, "running [###############...............] 1 of 2") || !strings.HasSuffix(text, "2 of 2\r\x1b[K") {
		t.Errorf("%q", text)
	}
	step, stop = counter(&streams{Err: io.Discard}, "running", 2)
	step()
	stop()
}

// What the linter says fails the check, of that lesson and in every format; a
// draft that is left out is named.
func TestCheckSaysWhatTheLinterSays(t *testing.T) {
	l := told("So it is.", func(*tracer.Runs) tracer.Finding { return tracer.Finding{Verdict: tracer.Confirmed} })
	o := checkOptions{
		content: []scenarios.Complaint{{Lesson: l.ID, File: "scenarios/firstmessage/lesson.go", Line: 7, Text: "fill in the title: a few words"}, {Lesson: "linger", Text: "another"}},
		drafts:  []*lesson.Lesson{{ID: "unripe"}},
	}
	out, err := checked(t, l, o)
	var f failure
	if !errors.As(err, &f) || f.text != "scenarios/firstmessage/lesson.go:7: fill in the title: a few words" {
		t.Errorf("%v", err)
	}
	for _, want := range []string{"  FAILS  scenarios/firstmessage/lesson.go:7: fill in the title: a few words\n", "unripe           a draft, left out: kstep check unripe checks it\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	o.format = "json"
	out, _ = checked(t, l, o)
	var got checkedAll
	if err := json.Unmarshal([]byte(out), &got); err != nil || got.Sound || got.Lessons[0].Sound || len(got.Lessons[0].Content) != 1 {
		t.Errorf("%v\n%s", err, out)
	}
}

// A draft is marked in the list, and takes no number from the lessons after it.
func TestListMarksDrafts(t *testing.T) {
	var b strings.Builder
	lines(&b, []listed{{Number: 1, ID: "one", Title: "One", Level: "beginner"}, {ID: "unripe", Title: "Unripe", Level: "beginner", Draft: true}, {Number: 2, ID: "two", Title: "Two", Level: "beginner"}}, 30)
	want := "beginner\n  1  one     One\n  -  unripe  (draft) Unripe\n  2  two     Two\n"
	if !strings.HasPrefix(b.String(), want) {
		t.Errorf("%s", b.String())
	}
	b.Reset()
	detail(&b, listed{ID: "unripe", Title: "Unripe", Level: "beginner", Minutes: 5, Draft: true}, 80)
	if !strings.Contains(b.String(), "  a draft, beginner, about 5 minutes\n") {
		t.Errorf("%s", b.String())
	}
}
