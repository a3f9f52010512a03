package main

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"kstep/quiz"
	kept "kstep/quiz/progress"
	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/kafka/settings"
	"kstep/tracer/lab"
)

// Everything that may be varied is something kstep run takes.
func TestVariationsCanBeHad(t *testing.T) {
	for _, s := range variedSettings {
		m, err := settings.Parse([]string{s.Key + "=" + s.Value})
		if err == nil {
			err = settings.Check(m)
		}
		if err != nil {
			t.Errorf("%s=%s: %v", s.Key, s.Value, err)
		}
	}
	if err := lab.CheckFaults(variedFaults, 1); err != nil {
		t.Error(err)
	}
}

// The order follows from the seed; what the run has already, the lesson's twins
// and what hangs are left out.
func TestVariations(t *testing.T) {
	l := &lesson.Lesson{
		Content:  lesson.Content{Set: []tracer.Setting{{Key: "acks", Value: "all"}}},
		Variants: []lesson.Variant{{Name: "other"}, {Name: "twin", Twin: true}, {Name: "hangs", Content: lesson.Content{Hangs: true}}},
	}
	linger, _ := scenarios.Find("flush-once") // its program has "linger.ms": 2_500
	lingers, err := scenarios.Record(context.Background(), linger, scenarios.Options{Versions: versions()})
	if err != nil {
		t.Fatal(err)
	}
	own := tracer.NewRuns(lingers).Main
	was := variedSettings
	variedSettings = append(slices.Clone(was), tracer.Setting{Key: "linger.ms", Value: "2500"})
	defer func() { variedSettings = was }()
	words := func(seed string) (out []string) {
		for _, v := range variations(l, own, seed) {
			out = append(out, v.String())
		}
		return out
	}
	one := words("one")
	if !slices.Equal(one, words("one")) || slices.Equal(one, words("two")) {
		t.Errorf("the order does not follow from the seed: %q", one)
	}
	for _, has := range []string{"variant other", "linger.ms=0", "batch.size=200", "fault: " + variedFaults[0]} {
		if !slices.Contains(one, has) {
			t.Errorf("%s is not among them: %q", has, one)
		}
	}
	for _, not := range []string{"variant twin", "variant hangs", "acks=0", "acks=all", "linger.ms=2500"} {
		if slices.Contains(one, not) {
			t.Errorf("%s is among them: %q", not, one)
		}
	}
}

// A question whose key a variation changes is asked where it is another; its
// key is that run's own.
func TestRecallWithAnotherKey(t *testing.T) {
	l, _ := scenarios.Find("linger")
	run, err := scenarios.Record(context.Background(), l, scenarios.Options{Versions: versions()})
	if err != nil {
		t.Fatal(err)
	}
	qs, _ := scenarios.Questions(tracer.NewRuns(run), l.Content)
	i := slices.IndexFunc(qs, func(q quiz.Question) bool { return q.ID == "requests" })
	if i < 0 {
		t.Fatal("lesson linger no longer asks for the requests")
	}
	for day := 1; day <= 3; day++ {
		r, ok, err := recall(context.Background(), kept.Weak{Lesson: "linger", Question: "requests"}, kept.Day(fmt.Sprintf("2026-01-%02d", day)))
		if err != nil || !ok {
			t.Fatalf("%t, %v", ok, err)
		}
		if r.varied.String() == "" || r.key() == qs[i].Options[qs[i].Key()].Text {
			t.Errorf("day %d: varied %q, and the key is the lesson's: %s", day, r.varied, r.key())
		}
	}
}
