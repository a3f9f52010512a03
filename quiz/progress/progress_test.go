package progress

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/quiz"
)

// An earlier success outlasts whatever is answered later.
func TestSuccessIsNeverLost(t *testing.T) {
	p := &Progress{}
	p.Visit("a", "", day(1))
	p.Answer(answer("a", "q", day(1), quiz.Right))
	p.Finish("a", day(1))
	for i := range 3 * PerQuestion {
		p.Answer(answer("a", "q", day(2+i), quiz.Wrong))
	}
	p.Visit("a", "q", day(99))
	p.Finish("a", day(99))
	if got := p.Score("a"); got != (Score{Asked: 1, Right: 1}) {
		t.Errorf("the score is %+v", got)
	}
	if l := p.Lessons["a"]; l != (Lesson{Seen: day(1), Finished: day(1), At: "q"}) {
		t.Errorf("the lesson is %+v", l)
	}
	if n := len(p.Answers); n != PerQuestion+1 {
		t.Errorf("%d answers are kept", n)
	}
	if last := p.Answers[len(p.Answers)-1]; last.Day != day(1+3*PerQuestion) {
		t.Errorf("the last answer is of %s", last.Day)
	}
}

// Answers of a day stay in the order they were given in, also beyond ten.
func TestOrderOfADay(t *testing.T) {
	p := &Progress{}
	for i := range 25 {
		p.Answer(answer("a", fmt.Sprint(i), day(1), quiz.Right))
	}
	p.Answer(answer("a", "earlier", day(0), quiz.Right)) // a clock that was set back
	if p.Answers[0].Question != "earlier" {
		t.Errorf("first is %+v", p.Answers[0])
	}
	for i, a := range p.Answers[1:] {
		if a.Question != fmt.Sprint(i) {
			t.Errorf("answer %d is to %s", i+1, a.Question)
		}
	}
}

func TestNext(t *testing.T) {
	steps := []Step{{ID: "a"}, {"b", []string{"a"}}, {"c", []string{"a"}}, {"d", []string{"a", "c"}}}
	for _, c := range []struct {
		current  string
		finished []string
		want     string
	}{
		{"", nil, "a"},
		{"a", nil, "a"},
		{"a", []string{"a"}, "b"},
		{"b", []string{"a"}, "b"},                       // goes on with what is not finished
		{"c", []string{"a", "c"}, "d"},                  // not back to b
		{"b", []string{"a", "b"}, "c"},                  //
		{"d", []string{"a", "c", "d"}, "b"},             // from the beginning after the last
		{"b", []string{"a", "b", "d"}, "c"},             //
		{"d", []string{"d"}, "a"},                       // what the others need comes first
		{"b", []string{"b"}, "a"},                       //
		{"a", []string{"a", "b", "c", "d"}, ""},         // all
		{"gone", []string{"a"}, "b"},                    // of another kstep
		{"gone", nil, "a"},                              //
		{"d", []string{"a", "b", "c", "gone"}, "d"},     //
		{"c", []string{"a", "b", "c", "d", "gone"}, ""}, //
	} {
		p := &Progress{Current: c.current}
		for _, id := range c.finished {
			p.Finish(id, day(1))
		}
		if got := p.Next(steps); got != c.want {
			t.Errorf("at %q with %v finished: next is %q, want %q", c.current, c.finished, got, c.want)
		}
	}
}

func TestWentThrough(t *testing.T) {
	p := &Progress{}
	p.Answer(answer("a", "q1", day(1), quiz.Skipped))
	p.Answer(answer("b", "q2", day(1), quiz.Right))
	if p.WentThrough("a", []string{"q1", "q2"}) || p.WentThrough("a", nil) {
		t.Error("gone through with a question open, or with none asked")
	}
	p.Answer(answer("a", "q2", day(2), quiz.Wrong))
	if !p.WentThrough("a", []string{"q1", "q2"}) {
		t.Error("not gone through with all questions settled")
	}
}

func TestReset(t *testing.T) {
	p := &Progress{}
	for _, id := range []string{"a", "b"} {
		p.Visit(id, "", day(1))
		p.Answer(answer(id, "q", day(1), quiz.Wrong))
		p.Finish(id, day(1))
	}
	p.Reset("a")
	if p.Knows("a") || !p.Knows("b") || p.Score("b").Asked != 1 || p.Current != "b" {
		t.Errorf("left: %+v", p)
	}
}

func TestMerge(t *testing.T) {
	build := func(current string, days ...int) *Progress {
		p := &Progress{}
		for _, n := range days {
			p.Visit(current, fmt.Sprint("at", n), day(n))
			p.Answer(answer("a", "q", day(n), quiz.Wrong))
			p.Answer(answer(current, "own", day(n), quiz.Right))
		}
		return p
	}
	mine, theirs := build("m", 1, 3), build("t", 1, 2)
	theirs.Finish("m", day(9))
	mine.Finish("m", day(12))

	merged := build("m")
	if n := merged.Merge(mine) + merged.Merge(theirs); n != 8 {
		t.Errorf("%d answers are said to be new", n)
	}
	if n := len(merged.Answers); n != 8 {
		t.Errorf("%d answers of 4 + 4", n)
	}
	if d := cmp.Diff(Lesson{Seen: day(1), Finished: day(9), At: "at3"}, merged.Lessons["m"]); d != "" {
		t.Errorf("lesson m: want (-), got (+)\n%s", d)
	}
	if d := cmp.Diff(theirs.Lessons["t"], merged.Lessons["t"]); d != "" {
		t.Errorf("lesson t: want (-), got (+)\n%s", d)
	}
	if merged.Current != "m" {
		t.Errorf("current: %s", merged.Current)
	}
	once := string(merged.Encode())
	if n := merged.Merge(theirs) + merged.Merge(mine) + merged.Merge(merged); n != 0 {
		t.Errorf("%d answers are said to be new again", n)
	}
	if d := cmp.Diff(once, string(merged.Encode())); d != "" {
		t.Errorf("merging again changed it: was (-), is (+)\n%s", d)
	}
	other := &Progress{}
	other.Merge(theirs)
	other.Merge(mine)
	if d := cmp.Diff(merged.Answers, other.Answers); d != "" {
		t.Errorf("the other way round: (-) and (+)\n%s", d)
	}
}

func TestDay(t *testing.T) {
	east := time.FixedZone("east", 10*3600)
	if got := DayOf(time.Date(2026, 1, 31, 23, 59, 0, 0, east)); got != "2026-01-31" {
		t.Errorf("a day is of the learner's own calendar: %s", got)
	}
	if got := Day("2026-01-31").Plus(1); got != "2026-02-01" {
		t.Errorf("the day after: %s", got)
	}
	if got := Day("2024-02-22").Plus(7); got != "2024-02-29" {
		t.Errorf("a leap year: %s", got)
	}
	for _, s := range []string{"", "2026-1-31", "2026-02-30", "31.1.2026", "2026-01-31T00:00:00Z", " 2026-01-31"} {
		if d, err := ParseDay(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
}

func TestFolder(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"KSTEP_STATE": "/s", "XDG_STATE_HOME": "/x", "HOME": "/h"}, "/s"},
		{map[string]string{"XDG_STATE_HOME": "/x", "HOME": "/h"}, "/x/kstep"},
		{map[string]string{"XDG_STATE_HOME": "x", "HOME": "/h"}, "/h/.local/state/kstep"},
		{map[string]string{"HOME": "/h"}, "/h/.local/state/kstep"},
		{map[string]string{}, ""},
		{map[string]string{"HOME": "h"}, ""},
		{map[string]string{"KSTEP_STATE": "off", "HOME": "/h"}, ""},
	} {
		got, err := Folder(func(k string) string { return c.env[k] })
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%v: %q, %v", c.env, got, err)
		}
	}
}
