package progress

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/quiz"
)

// history is answers to one question: a day of January 2026 and an outcome.
type history []struct {
	day int
	o   quiz.Outcome
}

func day(n int) Day { return Day("2026-01-01").Plus(n - 1) }

func (h history) progress() *Progress {
	p := &Progress{}
	for _, x := range h {
		p.Answer(answer("a", "q", day(x.day), x.o))
	}
	return p
}

func TestSchedule(t *testing.T) {
	for _, c := range []struct {
		name string
		h    history
		step int // -1: not weak
		due  int
	}{
		{"right at once is never weak", history{{1, quiz.Right}}, -1, 0},
		{"wrong", history{{1, quiz.Wrong}}, 0, 2},
		{"right at the second try is not known", history{{1, quiz.RightSecond}}, 0, 2},
		{"skipped is not known", history{{1, quiz.Skipped}}, 0, 2},
		{"right again on the same day says nothing", history{{1, quiz.Wrong}, {1, quiz.Right}}, 0, 2},
		{"nor does right before it", history{{1, quiz.Right}, {1, quiz.Wrong}}, 0, 2},
		{"right a day later: three days", history{{1, quiz.Wrong}, {2, quiz.Right}}, 1, 5},
		{"right long after it was due", history{{1, quiz.Wrong}, {20, quiz.Right}}, 1, 23},
		{"right before it is due changes nothing", history{{1, quiz.Wrong}, {2, quiz.Right}, {4, quiz.Right}}, 1, 5},
		{"and does not put it off", history{{1, quiz.Wrong}, {2, quiz.Right}, {4, quiz.Right}, {5, quiz.Right}}, 2, 12},
		{"a week", history{{1, quiz.Wrong}, {2, quiz.Right}, {5, quiz.Right}}, 2, 12},
		{"three weeks", history{{1, quiz.Wrong}, {2, quiz.Right}, {5, quiz.Right}, {12, quiz.Right}}, 3, 33},
		{"recalled for good", history{{1, quiz.Wrong}, {2, quiz.Right}, {5, quiz.Right}, {12, quiz.Right}, {33, quiz.Right}}, -1, 0},
		{"and missed again", history{{1, quiz.Wrong}, {2, quiz.Right}, {5, quiz.Right}, {12, quiz.Right}, {33, quiz.Right}, {90, quiz.Wrong}}, 0, 91},
		{"wrong goes back to the first", history{{1, quiz.Wrong}, {2, quiz.Right}, {5, quiz.Right}, {12, quiz.Wrong}}, 0, 13},
		{"wrong before it is due, too", history{{1, quiz.Wrong}, {2, quiz.Right}, {3, quiz.Wrong}}, 0, 4},
		{"missed after it was right", history{{1, quiz.Right}, {9, quiz.Skipped}}, 0, 10},
	} {
		t.Run(c.name, func(t *testing.T) {
			weak := c.h.progress().Weak()
			if c.step < 0 {
				if len(weak) > 0 {
					t.Errorf("it is weak: %+v", weak)
				}
				return
			}
			if len(weak) != 1 || weak[0].Step != c.step || weak[0].Due != day(c.due) {
				t.Errorf("step %d due %s wanted, got %+v", c.step, day(c.due), weak)
			}
		})
	}
}

func TestDue(t *testing.T) {
	p := &Progress{}
	for i := range 8 { // q1 has been due longest, q8 is asked last
		p.Answer(answer("a", fmt.Sprint("q", i+1), day(i+1), quiz.Wrong))
	}
	asked := func(n int) (ids []string, more int) {
		for _, w := range p.Due(day(n)) {
			ids = append(ids, w.Question)
		}
		left := min(p.Left(day(n)), len(ids))
		return ids[:left:left], len(ids) - left
	}
	for _, c := range []struct {
		day  int
		want []string
		more int
	}{
		{1, nil, 0}, // only of earlier days
		{2, []string{"q1"}, 0},
		{4, []string{"q1", "q2", "q3"}, 0},
		{8, []string{"q1", "q2", "q3", "q4", "q5"}, 2},
		{30, []string{"q1", "q2", "q3", "q4", "q5"}, 3},
	} {
		got, more := asked(c.day)
		if d := cmp.Diff(c.want, got); d != "" || more != c.more {
			t.Errorf("day %d, %d more, want %d: want (-), got (+)\n%s", c.day, more, c.more, d)
		}
	}

	// What was asked today counts for today, right or wrong, and once.
	for i, o := range []quiz.Outcome{quiz.Right, quiz.Wrong, quiz.Wrong} {
		a := answer("a", fmt.Sprint("q", min(i+1, 2)), day(30), o)
		a.Review = "linger.ms=0"
		p.Answer(a)
	}
	p.Answer(answer("a", "q8", day(30), quiz.Wrong)) // not of a review
	got, more := asked(30)
	if d := cmp.Diff([]string{"q3", "q4", "q5"}, got); d != "" || more != 2 {
		t.Errorf("later on day 30, %d more: want (-), got (+)\n%s", more, d)
	}
	got, _ = asked(31)
	if d := cmp.Diff([]string{"q3", "q4", "q5", "q6", "q7"}, got); d != "" {
		t.Errorf("the day after: want (-), got (+)\n%s", d)
	}
}

// What a learner believed stays beside the question until it is recalled.
func TestWeakTellsTheBelief(t *testing.T) {
	p := &Progress{}
	wrong := answer("a", "q", day(1), quiz.Wrong)
	wrong.Belief = "flush sends"
	p.Answer(wrong)
	p.Answer(answer("a", "q", day(2), quiz.Right))
	p.Answer(answer("a", "q", day(3), quiz.Skipped))
	want := []Weak{{Lesson: "a", Question: "q", Kind: "kind", Last: day(3), Due: day(4), Belief: "flush sends", Missed: 2, Asked: 3}}
	if d := cmp.Diff(want, p.Weak()); d != "" {
		t.Errorf("want (-), got (+)\n%s", d)
	}
}
