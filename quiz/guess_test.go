package quiz

import (
	"fmt"
	"testing"

	"kstep/tracer"
)

// mostHits is how often a guesser may be right, of 100. These are few questions
// with many seeds; the bank of all lessons is held to chance and five more
// (scenarios/bank_test.go).
const mostHits = 38

// A guesser by chance is right in a quarter of all cases.
func TestNoGuesserWins(t *testing.T) {
	var asked []Question
	for _, r := range runsUnderTest() {
		runs := tracer.NewRuns(r.trace)
		for i := range 20 {
			qs, _ := Build(runs, fmt.Sprintf("lesson-%d", i), allMakers(r.variant)...)
			asked = append(asked, qs...)
		}
	}
	for _, g := range Guessers() {
		hits := 0
		for _, q := range asked {
			if g.Guess(q) == q.Key() {
				hits++
			}
		}
		rate := float64(hits) / float64(len(asked))
		t.Logf("%-28s %.2f", g.Name, rate)
		if 100*rate > mostHits {
			t.Errorf("choosing by %s is right in %.0f %% of %d questions", g.Name, rate*100, len(asked))
		}
	}
}
