package quiz

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Two votes a question: the second decides, both are kept, and nothing is said
// about the first before the second is there. Piped, each question reads two
// lines whatever the first one holds.
func TestDiscuss(t *testing.T) {
	q := lesson(t)[0]
	key, wrong, other := answer(q, 0), answer(q, 1), answer(q, 2)
	at := func(letter string) int { return int(letter[0] - 'a') }
	for name, c := range map[string]struct {
		in             string
		outcome        Outcome
		chosen, revote int
	}{
		"wrong, then right":         {wrong + "\n" + key, Right, at(wrong), at(key)},
		"right, then wrong":         {key + "\n" + wrong, Wrong, at(key), at(wrong)},
		"wrong, then another wrong": {wrong + "\n" + other, Wrong, at(wrong), at(other)},
		"right, kept":               {key + "\n\n", Right, at(key), at(key)},
		"wrong, kept":               {wrong + "\n\n", Wrong, at(wrong), at(wrong)},
		"skipped, then right":       {"s\n" + key, Right, -1, at(key)},
		"right, then withdrawn":     {key + "\ns", Skipped, at(key), -1},
		"skipped twice":             {"s\ns", Skipped, -1, -1},
		"empty twice":               {"\n\n", Skipped, -1, -1},
		"unreadable, then right":    {"zebra\n" + key, Right, -1, at(key)},
		"unreadable, kept":          {"zebra\n\n", Wrong, -1, -1},
		"right, then unreadable":    {key + "\nzebra", Wrong, at(key), -1},
		"hints between":             {"h\n" + wrong + "\nh\n" + key, Right, at(wrong), at(key)},
		"the input ends after one":  {wrong + "\n", Wrong, at(wrong), -1},
		"quit at the second":        {key + "\nq", Right, at(key), -1},
		"quit at the first":         {"q\n" + key, NotAnswered, -1, -1},
		"no input":                  {"", NotAnswered, -1, -1},
	} {
		t.Run(name, func(t *testing.T) {
			out, score := run(t, Session{In: strings.NewReader(c.in), Discuss: true, Questions: []Question{q}})
			r := score.Results[0]
			if r.Outcome != c.outcome || r.Chosen != c.chosen || r.Revote != c.revote || r.Second != -1 {
				t.Errorf("got %+v", r)
			}
			if first := r.Chosen >= 0 && !q.Options[r.Chosen].Correct; first != (r.Belief != "") {
				t.Errorf("the belief of the first vote is %q", r.Belief)
			}
			before, _, asked := strings.Cut(out, "Second vote")
			for _, o := range q.Options {
				if feedback := o.Feedback[:20]; asked && strings.Contains(before, feedback) {
					t.Errorf("feedback %q before the second vote:\n%s", feedback, out)
				}
			}
		})
	}
}

func TestDiscussReadsTwoLinesEach(t *testing.T) {
	qs := lesson(t)
	in := []string{"s", answer(qs[0], 0), answer(qs[1], 1), answer(qs[1], 0), "nonsense", answer(qs[2], 0), "", ""}
	out, score := run(t, Session{In: strings.NewReader(strings.Join(in, "\n") + "\n"), Discuss: true, Questions: qs[:4]})
	expect(t, score, Right, Right, Right, Skipped)
	if both, first, revote := score.Revotes(); both != 1 || first != 0 || revote != 1 {
		t.Errorf("got %d %d %d", both, first, revote)
	}
	if !strings.Contains(out, "Of 1 with two votes, right at the first vote: 0, after the discussion: 1.") {
		t.Errorf("no line about the votes:\n%s", out)
	}
}

func TestDiscussOnATerminal(t *testing.T) {
	qs := lesson(t)
	in := []string{"", "zebra", answer(qs[0], 1), "r", "h", answer(qs[0], 0), "h", ""}
	out, score := run(t, Session{In: strings.NewReader(strings.Join(in, "\n") + "\n"), Interactive: true, Discuss: true, Questions: qs[:1]})
	expect(t, score, Right)
	if n := strings.Count(out, noKey); n != 3 {
		t.Errorf("%d times %q in\n%s", n, noKey, out)
	}
	if score.Results[0].Hints != 1 {
		t.Errorf("hints that were read afterwards count: %+v", score.Results[0])
	}
}

// Another seed is another order of the same options; the keys stay spread.
func TestReorder(t *testing.T) {
	qs := lesson(t)
	texts := func(q Question) (out []string) {
		for _, o := range q.Options {
			out = append(out, o.Text)
		}
		return out
	}
	before := texts(qs[0])
	moved := 0
	for _, seed := range []string{"a", "b", "table 3"} {
		again, twice := Reorder(qs, seed), Reorder(qs, seed)
		if !reflect.DeepEqual(again, twice) {
			t.Errorf("seed %q: two orders", seed)
		}
		places := map[int]int{}
		for i, q := range again {
			if err := Check(q); err != nil {
				t.Errorf("seed %q: %s: %v", seed, q.ID, err)
			}
			if !slices.Equal(texts(q), texts(qs[i])) {
				moved++
			}
			if got, want := slices.Sorted(slices.Values(texts(q))), slices.Sorted(slices.Values(texts(qs[i]))); !slices.Equal(got, want) {
				t.Errorf("seed %q: other options: %q", seed, got)
			}
			places[q.Key()]++
		}
		for p, n := range places {
			if n > 2 {
				t.Errorf("seed %q: %d of 5 keys at %s", seed, n, Letter(p))
			}
		}
	}
	if moved == 0 || !slices.Equal(before, texts(qs[0])) {
		t.Errorf("%d orders moved, and the questions given are now %q", moved, texts(qs[0]))
	}
}
