package view

import (
	"slices"
	"sort"

	"kstep/tracer"
)

// pair is a row of one run and the row of another that is the same thing: the
// first Produce(), the second Produce request. One of them is nil where only
// one run has it.
type pair struct {
	key   rowKey
	a, b  *tracer.Row
	moved bool // both have it, at another place among the rows that both have
}

// rowKey is what a row is, whatever its address: addresses move when a call is
// left out.
type rowKey struct {
	what string
	n    int // the first, the second ... of its run
}

func keysOf(run *tracer.Run) []rowKey {
	out := make([]rowKey, len(run.Rows))
	seen := map[string]int{}
	for i := range run.Rows {
		w := whatItIs(&run.Rows[i])
		seen[w]++
		out[i] = rowKey{w, seen[w]}
	}
	return out
}

func whatItIs(r *tracer.Row) string {
	switch {
	case r.Kind == tracer.RowCall:
		return name(r.Event.Call)
	case r.Kind == tracer.RowExchange && r.Event.Frame != nil:
		return string(r.Kind) + " " + r.Event.Frame.API
	}
	return string(r.Kind)
}

// align pairs the rows of two runs, in an order that fits both as far as that
// can be: the longest run of rows that follow each other in both holds the
// rest together.
func align(a, b *tracer.Run) []pair {
	keysA, keysB := keysOf(a), keysOf(b)
	at := make(map[rowKey]int, len(keysB))
	for j, k := range keysB {
		at[k] = j
	}
	inBoth := map[rowKey]bool{}
	var shared, places []int // indices in a, and where b has them
	for i, k := range keysA {
		if j, ok := at[k]; ok {
			inBoth[k] = true
			shared, places = append(shared, i), append(places, j)
		}
	}
	ordered := map[int]bool{}
	for _, n := range longestRise(places) {
		ordered[shared[n]] = true
	}
	var out []pair
	next := 0 // the first row of b that is not yet in out
	onlyB := func(until int) {
		for ; next < until; next++ {
			if !inBoth[keysB[next]] {
				out = append(out, pair{key: keysB[next], b: &b.Rows[next]})
			}
		}
	}
	for i, k := range keysA {
		p := pair{key: k, a: &a.Rows[i]}
		if inBoth[k] {
			p.b, p.moved = &b.Rows[at[k]], !ordered[i]
		}
		if ordered[i] {
			onlyB(at[k])
		}
		out = append(out, p)
	}
	onlyB(len(keysB))
	return out
}

// longestRise are the indices of a longest rising subsequence: what two
// sequences without repetition have in common, in order.
func longestRise(xs []int) []int {
	var ends []int // ends[k]: index of the least last element of a rise of k+1
	before := make([]int, len(xs))
	for i, x := range xs {
		k := sort.Search(len(ends), func(k int) bool { return xs[ends[k]] >= x })
		before[i] = -1
		if k > 0 {
			before[i] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, i)
		}
		ends[k] = i
	}
	var out []int
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = before[i] {
			out = append(out, i)
		}
	}
	slices.Reverse(out)
	return out
}
