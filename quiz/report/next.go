package report

import (
	"cmp"
	"slices"
)

// Which question to discuss next, and why.

// Advice is what to do with an item.
type Advice string

// The advices, in the order of their use. A discussion among learners needs both
// who knows and who does not: between 30 and 70 in a hundred.
const (
	Discuss Advice = "discuss"
	Explain Advice = "explain"
	Ask     Advice = "ask more"
	Leave   Advice = "leave"
)

var order = []Advice{Discuss, Explain, Ask, Leave}

// Step is an item and what to do with it.
type Step struct {
	*Item
	Advice Advice
	Why    string
	Now    Share // where the item stands: the vote after the discussion where there was one
}

// standing is the share that knows it now.
func (i *Item) standing() (now Share, discussed bool) {
	if i.Gain.Both > 0 {
		return Share{i.Gain.Revote, i.Gain.Both}, true
	}
	return i.Difficulty(), false
}

func (i *Item) step() Step {
	now, discussed := i.standing()
	s := Step{Item: i, Now: now}
	again := ""
	if discussed {
		again = " after a discussion"
	}
	switch {
	case now.Of < fewest:
		s.Advice, s.Why = Ask, "too few answers to tell"
	case 10*now.N < 3*now.Of:
		s.Advice, s.Why = Explain, "few know it"+again+": there is hardly anybody to learn it from, so explain, then vote again"
	case 10*now.N > 7*now.Of:
		s.Advice, s.Why = Leave, "most know it"+again+": say why in a sentence, and go on"
	case discussed:
		s.Advice, s.Why = Discuss, "opinions are still divided after a discussion: look at the rows together"
	default:
		s.Advice, s.Why = Discuss, "opinions are divided, so neighbours can convince each other"
	}
	return s
}

// next are the items in the order in which to take them up: of those to discuss
// the most divided first, of the others the one that is nearest to it.
func next(all []*Item) []Step {
	var out []Step
	for _, i := range all {
		out = append(out, i.step())
	}
	slices.SortStableFunc(out, func(a, b Step) int {
		return cmp.Or(
			cmp.Compare(slices.Index(order, a.Advice), slices.Index(order, b.Advice)),
			cmp.Compare(a.fromHalf()*b.Now.Of, b.fromHalf()*a.Now.Of), // the shares' distance from a half, without rounding
		)
	})
	return out
}

// fromHalf is how far the share is from a half, in halves of an answer.
func (s Step) fromHalf() int {
	if d := 2*s.Now.N - s.Now.Of; d < 0 {
		return -d
	}
	return 2*s.Now.N - s.Now.Of
}
