package report

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"kstep/quiz"
)

func TestShare(t *testing.T) {
	for _, c := range []struct {
		share     Share
		text      string
		low, high float64 // Wilson's interval, worked out apart
	}{
		{Share{0, 0}, "0 of 0", 0, 100},
		{Share{1, 4}, "1 of 4", 4.5587, 69.9358},
		{Share{0, 10}, "0 of 10 (0%)", 0, 27.7533},
		{Share{5, 10}, "5 of 10 (50%)", 23.6593, 76.3407},
		{Share{18, 30}, "18 of 30 (60%)", 42.3200, 75.4090},
	} {
		low, high := c.share.Range()
		if got := c.share.String(); got != c.text || math.Abs(low-c.low) > 5e-4 || math.Abs(high-c.high) > 5e-4 {
			t.Errorf("%v: %q, %.4f to %.4f", c.share, got, low, high)
		}
	}
}

// file is answers of n sessions to two questions; right tells of each who is.
func file(n int, label string, right func(session, question int) bool) *Answers {
	a := &Answers{}
	var lines strings.Builder
	for s := range n {
		for q := range 2 {
			question := quiz.Question{ID: fmt.Sprint("q", q), Prompt: "What?", Options: []quiz.Option{{Text: "key", Correct: true}, {Text: "error", Belief: "a belief"}}}
			result := quiz.Result{Outcome: quiz.Wrong, Chosen: 1, Second: -1, Revote: -1}
			if right(s, q) {
				result = quiz.Result{Outcome: quiz.Right, Chosen: 0, Second: -1, Revote: -1}
			}
			line, _ := New(Where{Session: fmt.Sprint(s), Taker: label, Date: "2006-01-02", Lesson: "l"}, question, result).Line()
			lines.Write(line)
		}
	}
	_ = a.Read("file", strings.NewReader(lines.String()))
	return a
}

// What too few answers, or answers that are all alike, cannot tell is not told.
func TestDiscriminationOfFewOrEqualAnswers(t *testing.T) {
	half := func(s, q int) bool { return s%2 == 0 }
	for name, c := range map[string]struct {
		answers *Answers
		want    string
	}{
		"nine":                    {file(9, "", half), "too few (9 of 10)"},
		"ten who agree":           {file(10, "", half), "+1.00"},
		"ten who differ":          {file(10, "", func(s, q int) bool { return (s+q)%2 == 0 }), "-1.00"},
		"all right":               {file(10, "", func(s, q int) bool { return true }), "all answered alike"},
		"the rest alike":          {file(10, "", func(s, q int) bool { return q == 1 || s%2 == 0 }), "the rest is alike"},
		"one label, ten sessions": {file(10, "us", half), "the rest is alike"},
		"nobody":                  {file(0, "", half), ""},
	} {
		r := Make(c.answers)
		if len(r.Items) == 0 {
			if c.want != "" {
				t.Errorf("%s: no item", name)
			}
			continue
		}
		if got := r.Items[0].Discrimination.String(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// The borders of the middle belong to it, and items come in the order of their use.
func TestNext(t *testing.T) {
	item := func(n, of int, g Gain) *Item { return &Item{Right: n, Answered: of, Gain: g} }
	for _, c := range []struct {
		item *Item
		want Advice
	}{
		{item(3, 10, Gain{}), Discuss}, {item(7, 10, Gain{}), Discuss}, {item(29, 100, Gain{}), Explain}, {item(71, 100, Gain{}), Leave},
		{item(2, 4, Gain{}), Ask}, {item(0, 0, Gain{}), Ask},
		{item(5, 10, Gain{Both: 10, First: 5, Revote: 9}), Leave}, {item(9, 10, Gain{Both: 10, First: 9, Revote: 5}), Discuss},
	} {
		if got := c.item.step(); got.Advice != c.want || got.Why == "" {
			t.Errorf("%d of %d, %+v: %s (%s), want %s", c.item.Right, c.item.Answered, c.item.Gain, got.Advice, got.Why, c.want)
		}
	}
	var order []int
	for _, s := range next([]*Item{item(9, 10, Gain{}), item(3, 10, Gain{}), item(1, 10, Gain{}), item(2, 10, Gain{}), item(1, 3, Gain{}), item(5, 10, Gain{})}) {
		order = append(order, s.Right)
	}
	if fmt.Sprint(order) != "[5 3 2 1 1 9]" {
		t.Errorf("the order is %v", order)
	}
}

// Of few votes the gain is a count, as every share is.
func TestPoints(t *testing.T) {
	for _, c := range []struct {
		gain Gain
		want string
	}{
		{Gain{Both: 3, First: 1, Revote: 2}, "+1 of 3"}, {Gain{Both: 4, First: 2, Revote: 1}, "-1 of 4"}, {Gain{Both: 3, First: 1, Revote: 1}, "none"},
		{Gain{Both: 10, First: 5, Revote: 8}, "+30 points"}, {Gain{Both: 10, First: 8, Revote: 5}, "-30 points"}, {Gain{Both: 10}, "none"},
	} {
		if got := c.gain.Points(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.gain, got, c.want)
		}
	}
}

// For tools a misconception has the ID that the options have, for readers words;
// one that the catalogue does not have is its ID.
func TestBeliefsHaveIDAndWords(t *testing.T) {
	a := file(6, "", func(s, q int) bool { return false })
	for i := range a.All {
		for n := range a.All[i].Options {
			if o := &a.All[i].Options[n]; !o.Right && i%2 == 0 {
				o.Belief = "produce-sends"
			}
		}
	}
	known, _ := quiz.FindMisconception("produce-sends")
	got := map[string]BeliefJSON{}
	for _, b := range Make(a).JSON().Beliefs {
		got[b.Belief] = b
	}
	if b := got["produce-sends"]; known.Says == "" || b.Says != known.Says || b.Thread != known.Thread {
		t.Errorf("%+v, want the words of %+v", b, known)
	}
	if b := got["a belief"]; b.Says != "a belief" || b.Thread != "" {
		t.Errorf("what is in no catalogue: %+v", b)
	}
}
