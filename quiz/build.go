package quiz

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"

	"kstep/tracer"
)

// Makers into a quiz.

// Maker computes a question from the runs. An error says why the runs cannot
// answer it; a key is never made up.
type Maker func(*tracer.Runs) (Question, error)

// Build makes a quiz: the questions that the runs can answer, in the order of
// their makers, and why the others were left out. The order of the options
// follows from the seed (a lesson's id) and the question's id alone, and the
// keys are spread evenly over the letters.
func Build(runs *tracer.Runs, seed string, makers ...Maker) (qs []Question, left []error) {
	var made []Question
	var number []int // of the maker, by question
	for i, make := range makers {
		q, err := make(runs)
		if err != nil {
			left = append(left, fmt.Errorf("question %d%s is left out: %w", i+1, named(q.ID), err))
			continue
		}
		made, number = append(made, q), append(number, i+1)
	}
	chooseAll(made, seed)
	seen := map[string]bool{}
	for i, q := range made {
		err := check(q, runs)
		if err == nil && seen[q.ID] {
			err = fmt.Errorf("the id is taken")
		}
		if err != nil {
			left = append(left, fmt.Errorf("question %d (%s) is broken: %w", number[i], q.ID, err))
			continue
		}
		seen[q.ID] = true
		q.Before = shownFirst(runs.Main, q)
		qs = append(qs, q)
	}
	places := keyPlaces(seed, len(qs))
	for i := range qs {
		arrange(&qs[i], seed, places[i])
	}
	return qs, left
}

// named is a question's id for a message, where the maker got as far as one.
func named(id string) string {
	if id == "" {
		return ""
	}
	return " (" + id + ")"
}

// shownFirst is the address of the first row of the run, in the table's order,
// that its key cites; empty where it cites rows of twins only.
func shownFirst(run *tracer.Run, q Question) string {
	cited := q.Options[q.Key()].Rows
	for i := range run.Rows {
		if slices.Contains(cited, run.Rows[i].Address) {
			return run.Rows[i].Address
		}
	}
	return ""
}

// keyPlaces deals n letters, each as often as the others (give or take one),
// in an order that the seed decides.
func keyPlaces(seed string, n int) []int {
	r := random(seed, "key places")
	first := r.IntN(optionCount)
	out := make([]int, n)
	for i := range out {
		out[i] = (first + i) % optionCount
	}
	r.Shuffle(n, func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// arrange shuffles the options and puts the key at its place.
func arrange(q *Question, seed string, place int) {
	q.Options = slices.Clone(q.Options)
	random(seed, q.ID).Shuffle(len(q.Options), func(i, j int) {
		q.Options[i], q.Options[j] = q.Options[j], q.Options[i]
	})
	k := q.Key()
	q.Options[k], q.Options[place] = q.Options[place], q.Options[k]
}

// random is the same sequence for the same names, on every machine.
func random(seed, id string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(seed))
	h.Write([]byte{0})
	h.Write([]byte(id))
	return rand.New(rand.NewPCG(h.Sum64(), uint64(len(seed))))
}
