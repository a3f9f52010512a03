package quiz

import "slices"

// Another order of the same questions' options.

// Reorder is the questions with their options in the order that a seed decides,
// the keys spread evenly over the letters again. The same questions and the same
// seed give the same order; the questions given are not changed.
func Reorder(qs []Question, seed string) []Question {
	out := slices.Clone(qs)
	places := keyPlaces(seed, len(out))
	for i := range out {
		arrange(&out[i], seed, places[i])
	}
	return out
}
