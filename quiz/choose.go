package quiz

import (
	"fmt"
	"slices"
)

// Of more wrong options than a question has room for, which are shown.

// chooseAll takes for each question the wrong options with which its key stands
// out least: by its length, its words and how it is like the others it is the
// first of the four, the last or one between, as the seed has it, so that over
// many questions it is none of these more often than another.
func chooseAll(qs []Question, seed string) {
	places := make([][]int, len(marks))
	for m := range places {
		places[m] = keyPlaces(fmt.Sprintf("%s, mark %d", seed, m), len(qs))
	}
	for i := range qs {
		want := make([]int, len(marks))
		for m := range want {
			want[m] = places[m][i]
		}
		qs[i] = choose(qs[i], want)
	}
}

// choose takes the wrong options with which the key is as near as can be to the
// places it is to have, by each mark.
func choose(q Question, want []int) Question {
	if len(q.Options) <= optionCount || q.Key() != 0 || len(q.Hints) == 0 {
		return q
	}
	best, least := q, -1.0
	for _, three := range threeOf(len(q.Options) - 1) {
		tried := q
		tried.Options = []Option{q.Options[0]}
		for _, i := range three {
			tried.Options = append(tried.Options, q.Options[i+1])
		}
		if tell := tells(tried, want); least < 0 || tell < least {
			best, least = tried, tell
		}
	}
	return best
}

// weights are what the marks count in a choice: length most, since it is what
// guessers look at first.
var weights = []float64{4, 1, 1, 1, 1, 3}

// tells is how far the key is from the places that it is to have among the four,
// by each mark.
func tells(q Question, want []int) float64 {
	n := 0.0
	if lengthTells(q) {
		n += 100
	}
	for m, mark := range marks {
		more, same := 0, 1 // the key itself
		key := mark(q, q.Key())
		for i := range q.Options {
			if i == q.Key() {
				continue
			}
			switch n := mark(q, i); {
			case n > key:
				more++
			case n == key:
				same++
			}
		}
		off := float64(more) + float64(same-1)/2 - float64(want[m])
		n += weights[m] * max(off, -off)
	}
	return n
}

// threeOf are the choices of three out of n, those with the first ones first.
func threeOf(n int) [][]int {
	var out [][]int
	for c := 2; c < n; c++ {
		for b := 1; b < c; b++ {
			for a := range b {
				out = append(out, []int{a, b, c})
			}
		}
	}
	return out
}

// distinctOptions drops options whose text or misconception an earlier one has.
func distinctOptions(options []Option) []Option {
	var out []Option
	for _, o := range options {
		if !slices.ContainsFunc(out, func(p Option) bool { return p.Text == o.Text || p.Belief == o.Belief }) {
			out = append(out, o)
		}
	}
	return out
}
