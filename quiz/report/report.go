package report

import (
	"cmp"
	"slices"
)

// Report is what a set of answers says.
type Report struct {
	Files    int
	Sessions int
	Takers   int // labels, and sessions without one
	Answers  int
	Left     []Left
	Again    int // answers found twice, counted once
	Items    []*Item
	Next     []Step
	Beliefs  []Belief
}

// Belief is a misconception over all items that offer it.
type Belief struct {
	Belief string
	Chosen int   // first votes for it
	Of     int   // first answers to the items that offer it
	Items  []int // their numbers, of those where somebody chose it
}

// Make computes the report. It is the same for the same answers in the same order.
func Make(a *Answers) *Report {
	r := &Report{Files: a.Files, Answers: len(a.All), Left: a.Left, Again: a.Again, Items: items(a.All)}
	sessions, people := map[string]bool{}, map[string]bool{}
	for i := range a.All {
		sessions[a.All[i].Session], people[taker(&a.All[i])] = true, true
	}
	r.Sessions, r.Takers = len(sessions), len(people)
	scores := score(r.Items)
	for _, i := range r.Items {
		i.Discrimination = i.discriminate(scores)
	}
	r.Next = next(r.Items)
	r.Beliefs = beliefs(r.Items)
	return r
}

// beliefs are the misconceptions that somebody chose, the commonest first.
func beliefs(all []*Item) []Belief {
	at := map[string]*Belief{}
	for _, i := range all {
		for _, o := range i.Options {
			if o.Right || o.Belief == "" {
				continue
			}
			b := at[o.Belief]
			if b == nil {
				b = &Belief{Belief: o.Belief}
				at[o.Belief] = b
			}
			b.Of += i.Answered
			if b.Chosen += o.First; o.First > 0 {
				b.Items = append(b.Items, i.Number)
			}
		}
	}
	var out []Belief
	for _, b := range at {
		if b.Chosen > 0 {
			out = append(out, *b)
		}
	}
	slices.SortFunc(out, func(a, b Belief) int {
		return cmp.Or(cmp.Compare(b.Chosen, a.Chosen), cmp.Compare(a.Of, b.Of), cmp.Compare(a.Belief, b.Belief))
	})
	return out
}
