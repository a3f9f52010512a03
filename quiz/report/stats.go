package report

import (
	"fmt"
	"math"
)

// Shares with their range, and discrimination.

// Share is how many of how many.
type Share struct{ N, Of int }

// Percent is the share in percent, 0 of none.
func (s Share) Percent() float64 {
	if s.Of == 0 {
		return 0
	}
	return 100 * float64(s.N) / float64(s.Of)
}

// String is the share with its counts, "18 of 30", and its percent from as many
// on that a percent says more than the counts do.
func (s Share) String() string {
	text := fmt.Sprintf("%d of %d", s.N, s.Of)
	if s.Of >= fewest {
		text += fmt.Sprintf(" (%.0f%%)", s.Percent())
	}
	return text
}

// fewest is how many answers a percent and a choice of what to discuss need;
// enough is how many a correlation needs to be more than a coincidence of a few.
const (
	fewest = 5
	enough = 10
)

// Range is Wilson's interval: between which percents the share of everybody like
// those who answered lies, 19 times of 20. Of none it is 0 to 100.
func (s Share) Range() (low, high float64) {
	if s.Of == 0 {
		return 0, 100
	}
	const z = 1.959963984540054
	n, p := float64(s.Of), float64(s.N)/float64(s.Of)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return 100 * max(0, middle-half), 100 * min(1, middle+half)
}

// Discrimination is how well an item tells apart who knows the rest: the
// correlation, over those who answered it, of being right at it (0 or 1, first
// vote) with the share they had right of their other items. The item itself is
// not in the rest, or it would agree with itself.
type Discrimination struct {
	Known bool
	Value float64 // -1 to 1, where Known
	Of    int     // how many answered it and something else
	Why   string  // why it is not known
}

// String is the figure, or why there is none.
func (d Discrimination) String() string {
	if !d.Known {
		return d.Why
	}
	return fmt.Sprintf("%+.2f", d.Value)
}

// takers are the scores of each: the label's where there is one, else the
// session's.
type takers map[string]map[*Item]Share

func taker(a *Answer) string {
	if a.Taker != "" {
		return "label " + a.Taker
	}
	return "session " + a.Session
}

func score(all []*Item) takers {
	out := takers{}
	for _, i := range all {
		for n := range i.answers {
			a := &i.answers[n]
			if !a.answered() {
				continue
			}
			t := taker(a)
			if out[t] == nil {
				out[t] = map[*Item]Share{}
			}
			s := out[t][i]
			s.Of++
			if a.right() {
				s.N++
			}
			out[t][i] = s
		}
	}
	return out
}

// rest is a taker's score without an item.
func (t takers) rest(who string, without *Item) Share {
	var out Share
	for i, s := range t[who] {
		if i != without {
			out.N, out.Of = out.N+s.N, out.Of+s.Of
		}
	}
	return out
}

func (i *Item) discriminate(t takers) Discrimination {
	var x, y []float64
	for n := range i.answers {
		a := &i.answers[n]
		rest := t.rest(taker(a), i)
		if !a.answered() || rest.Of == 0 {
			continue
		}
		right := 0.0
		if a.right() {
			right = 1
		}
		x, y = append(x, right), append(y, float64(rest.N)/float64(rest.Of))
	}
	d := Discrimination{Of: len(x)}
	if d.Of < enough {
		d.Why = fmt.Sprintf("too few (%d of %d)", d.Of, enough)
		return d
	}
	switch flatX, flatY := flat(x), flat(y); {
	case flatX:
		d.Why = "all answered alike"
	case flatY:
		d.Why = "the rest is alike"
	default:
		d.Value, d.Known = correlation(x, y), true
	}
	return d
}

func flat(v []float64) bool {
	for _, f := range v {
		if f != v[0] {
			return false
		}
	}
	return true
}

// correlation is Pearson's; with x of 0 and 1 it is the point-biserial one.
func correlation(x, y []float64) float64 {
	n := float64(len(x))
	var mx, my float64
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	var xy, xx, yy float64
	for i := range x {
		dx, dy := x[i]-mx, y[i]-my
		xy, xx, yy = xy+dx*dy, xx+dx*dx, yy+dy*dy
	}
	return max(-1, min(1, xy/math.Sqrt(xx*yy)))
}
