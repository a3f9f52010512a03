package quiz

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"kstep/tracer"
)

// good is a question that passes every check.
func good() Question {
	q := Question{ID: "q", Prompt: "Which?", Reread: []string{"1"}, Hints: []string{"look", "compare", "rule"}}
	beliefs := []string{"", "produce-sends", "only-flush-sends", "close-flushes"}
	for i, text := range []string{"option one", "option two", "option tri", "option for"} {
		q.Options = append(q.Options, Option{Text: text, Belief: beliefs[i], Feedback: "because", Rows: []string{"1"}})
	}
	q.Options[0].Correct = true
	return q
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		want  string
		spoil func(*Question)
	}{
		{"no id", func(q *Question) { q.ID = "" }},
		{"no prompt", func(q *Question) { q.Prompt = " " }},
		{"3 options", func(q *Question) { q.Options = q.Options[:3] }},
		{"no row to read again", func(q *Question) { q.Reread = nil }},
		{"option 2 has no text", func(q *Question) { q.Options[1].Text = " " }},
		{"two options say", func(q *Question) { q.Options[1].Text = "Option  ONE" }},
		{"no feedback", func(q *Question) { q.Options[2].Feedback = "" }},
		{"names no row", func(q *Question) { q.Options[2].Rows = nil }},
		{"2 keys", func(q *Question) { q.Options[1].Correct, q.Options[1].Belief = true, "" }},
		{"no misconception of its own", func(q *Question) { q.Options[0].Correct = false }},
		{"no misconception of its own", func(q *Question) { q.Options[1].Belief = q.Options[2].Belief }},
		{"0 keys", func(q *Question) { q.Options[0].Correct, q.Options[0].Belief = false, "exit-flushes" }},
		{"not in the catalogue", func(q *Question) { q.Options[1].Belief = "a belief of my own" }},
		{"the key and yet", func(q *Question) { q.Options[0].Belief = "b" }},
		{"length gives something away", func(q *Question) { q.Options[0].Text = "a much longer option" }},
		{"2 hints", func(q *Question) { q.Hints = q.Hints[:2] }},
		{"hint 2 is empty", func(q *Question) { q.Hints[1] = "" }},
		{"hint 3 holds the key", func(q *Question) { q.Hints[2] = "It is Option\n one, of course" }},
		{`row "9"`, func(q *Question) { q.Options[3].Rows = []string{"9"} }},
		{`row "no-flush 9"`, func(q *Question) { q.Reread = []string{"no-flush 9"} }},
		{`row "other 1"`, func(q *Question) { q.Reread = []string{"other 1"} }},
	} {
		q := good()
		c.spoil(&q)
		qs, left := Build(tracer.NewRuns(firstMessage()), "s", func(*tracer.Runs) (Question, error) { return q, nil })
		if len(qs) != 0 || len(left) != 1 || !strings.Contains(left[0].Error(), c.want) {
			t.Errorf("want an error with %q, got %v", c.want, left)
		}
	}
	q := good()
	q.Options = append(q.Options, q.Options[0])
	if err := Check(q); err == nil || !strings.Contains(err.Error(), "5 options") {
		t.Errorf("five options: %v", err)
	}
	if err := Check(good()); err != nil {
		t.Errorf("a good question: %v", err)
	}
}

func TestBuildLeavesOut(t *testing.T) {
	no := errors.New("the run is silent")
	makers := []Maker{
		func(*tracer.Runs) (Question, error) { return Question{}, no },
		func(*tracer.Runs) (Question, error) { return good(), nil },
		func(*tracer.Runs) (Question, error) { return good(), nil },
	}
	qs, left := Build(tracer.NewRuns(firstMessage()), "s", makers...)
	if len(qs) != 1 || len(left) != 2 || !errors.Is(left[0], no) || !strings.Contains(left[1].Error(), "taken") {
		t.Errorf("got %d questions and %v", len(qs), left)
	}
}

func TestOrderOfOptions(t *testing.T) {
	build := func(seed string) []Question {
		qs, left := Build(tracer.NewRuns(firstMessage()), seed, allMakers("no-flush")...)
		if len(left) > 0 {
			t.Fatal(left)
		}
		return qs
	}
	if !reflect.DeepEqual(build("first-message"), build("first-message")) {
		t.Error("one seed, two orders")
	}
	if reflect.DeepEqual(build("first-message"), build("second-message")) {
		t.Error("two seeds, one order")
	}
	for _, seed := range []string{"a", "b", "c", "first-message"} {
		var at [optionCount]int
		qs := build(seed)
		for _, q := range qs {
			at[q.Key()]++
		}
		for i, n := range at {
			if n < len(qs)/optionCount || n > len(qs)/optionCount+1 {
				t.Errorf("seed %s: %s is the key %d times of %d", seed, Letter(i), n, len(qs))
			}
		}
	}
}

// Who walks through a run is asked before the first row that shows the answer.
func TestBefore(t *testing.T) {
	qs, left := Build(tracer.NewRuns(firstMessage()), "first-message", StateAfter("Produce"), WhichStep(tracer.RowRequest), WhatIf("no-flush"))
	if len(left) > 0 {
		t.Fatal(left)
	}
	for i, want := range []string{"2", "3", ""} {
		if qs[i].Before != want {
			t.Errorf("%s is asked before row %q, not %q", qs[i].ID, qs[i].Before, want)
		}
	}
}
