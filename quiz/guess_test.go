package quiz

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kstep/tracer"
)

// guessers choose without reading the run. None may win.
var guessers = map[string]func(Question) int{
	"first":           func(Question) int { return 0 },
	"last":            func(Question) int { return optionCount - 1 },
	"longest":         func(q Question) int { return best(q, func(o Option) int { return utf8.RuneCountInString(o.Text) }) },
	"shortest":        func(q Question) int { return best(q, func(o Option) int { return -utf8.RuneCountInString(o.Text) }) },
	"second longest":  func(q Question) int { return byLength(q)[optionCount-2] },
	"second shortest": func(q Question) int { return byLength(q)[1] },
	"words of the prompt": func(q Question) int {
		return best(q, func(o Option) int { return shared(o.Text, q.Prompt) })
	},
	"words of the first hint": func(q Question) int {
		return best(q, func(o Option) int { return shared(o.Text, q.Hints[0]) })
	},
	"words of all hints": func(q Question) int {
		return best(q, func(o Option) int { return shared(o.Text, strings.Join(q.Hints, " ")) })
	},
	"words of the other options": func(q Question) int {
		return best(q, func(o Option) int {
			n := 0
			for _, other := range q.Options {
				n += shared(o.Text, other.Text)
			}
			return n
		})
	},
}

func best(q Question, of func(Option) int) int {
	at := 0
	for i := range q.Options {
		if of(q.Options[i]) > of(q.Options[at]) {
			at = i
		}
	}
	return at
}

// byLength are the indexes of the options, shortest first.
func byLength(q Question) []int {
	out := []int{0, 1, 2, 3}
	slices.SortStableFunc(out, func(a, b int) int {
		return utf8.RuneCountInString(q.Options[a].Text) - utf8.RuneCountInString(q.Options[b].Text)
	})
	return out
}

// shared counts the different words that two texts have in common.
func shared(a, b string) int {
	in := map[string]bool{}
	for _, w := range words(b) {
		in[w] = true
	}
	n := 0
	for _, w := range words(a) {
		if in[w] {
			n++
			in[w] = false
		}
	}
	return n
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" .,:;?()'", r) })
}

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
	for name, guess := range guessers {
		hits := 0
		for _, q := range asked {
			if guess(q) == q.Key() {
				hits++
			}
		}
		rate := float64(hits) / float64(len(asked))
		t.Logf("%-28s %.2f", name, rate)
		if rate > 0.40 {
			t.Errorf("choosing by %s is right in %.0f %% of %d questions", name, rate*100, len(asked))
		}
	}
}
