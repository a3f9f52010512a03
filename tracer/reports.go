package tracer

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Where the client's lines about reports stand between what was observed; see
// Order.

func beforeReports(client, rest []Event, upper []int64) {
	reports := map[part][]int64{}
	for i := range client {
		if client[i].Kind == Delivered {
			p := part{client[i].Client.Topic, client[i].Client.Partition}
			reports[p] = append(reports[p], upper[i])
		}
	}
	for i := range rest {
		e := &rest[i]
		if e.Frame == nil || !unanswered(e) {
			continue
		}
		for _, b := range e.Frame.Batches {
			p := part{b.Topic, b.Partition}
			if q := reports[p]; len(q) > 0 {
				e.At = min(e.At, q[0]-1)
				reports[p] = q[1:]
			}
		}
	}
}

func beforeReturns(client, rest []Event, upper []int64) {
	accepted, overlap := acceptance(rest)
	settled, next := 0, 0
	by := func(measured, at int64) {
		for want := accepted(measured); next < len(client) && settled < want; next++ {
			if settles(client[next].Kind) {
				settled += client[next].Client.Count
				upper[next] = min(upper[next], at-2) // right before it stands what was printed until then
			}
		}
	}
	for i := range rest {
		c := rest[i].Call
		if c == nil {
			continue
		}
		begins := rest[i].Kind == Called || rest[i].Kind == Returned && c.Name == "Produce"
		if begins && !overlap && empty(c.Before) {
			by(Place(&rest[i]), Place(&rest[i]))
		}
		if rest[i].Kind != Called && empty(c.After) {
			by(rest[i].At, rest[i].At)
		}
	}
}

func acceptance(rest []Event) (by func(at int64) int, overlap bool) {
	type taken struct {
		at int64
		n  int
	}
	var all []taken
	last := int64(math.MinInt64) // end of the calls so far
	for i := range rest {
		c := rest[i].Call
		if c == nil || rest[i].Kind != Returned {
			continue
		}
		overlap = overlap || c.Began < last
		last = max(last, rest[i].At)
		if c.Name == "Produce" && c.Error == nil {
			all = append(all, taken{rest[i].At, c.N()})
		}
	}
	slices.SortFunc(all, func(a, b taken) int { return cmp.Compare(a.at, b.at) })
	for i := range all[min(1, len(all)):] {
		all[i+1].n += all[i].n
	}
	return func(at int64) int {
		i, _ := slices.BinarySearchFunc(all, at+1, func(t taken, at int64) int { return cmp.Compare(t.at, at) })
		if i == 0 {
			return 0
		}
		return all[i-1].n
	}, overlap
}

func empty(q *Queues) bool { return q != nil && !q.Closed && q.Client == 0 }

func settles(k Kind) bool { return k == Delivered || k == Failed || k == TimedOut || k == Purged }

func beforePurged(client, rest []Event, upper []int64) {
	for i := range rest {
		c := rest[i].Call
		if rest[i].Kind != Returned || c == nil || c.Name != "Purge" || c.Error != nil ||
			len(c.Args) > 0 && strings.Contains(c.Args[0].Text, "NonBlocking") {
			continue
		}
		until := int64(math.MaxInt64)
		for j := i + 1; j < len(rest); j++ {
			if x := rest[j].Call; x != nil && (x.Name == "Produce" || x.Name == "Purge" || x.Name == "AbortTransaction") {
				until = Place(&rest[j])
				break
			}
		}
		for k := range client {
			if client[k].Kind == Purged && client[k].At >= c.Began && client[k].At < until {
				upper[k] = min(upper[k], rest[i].At-1)
			}
		}
	}
}

func withResponses(client, rest []Event, upper []int64) {
	answers, reports := map[part][]int64{}, map[part][]int{}
	for i := range rest {
		e := &rest[i]
		if e.Kind != Response || e.Frame == nil || e.Frame.API != "Produce" {
			continue
		}
		for _, b := range e.Frame.Batches {
			if p := (part{b.Topic, b.Partition}); b.Error == "" {
				answers[p] = append(answers[p], e.At)
			}
		}
	}
	for i := range client {
		if client[i].Kind == Delivered {
			p := part{client[i].Client.Topic, client[i].Client.Partition}
			reports[p] = append(reports[p], i)
		}
	}
	for p, at := range reports {
		if len(at) != len(answers[p]) {
			continue
		}
		for n, i := range at {
			upper[i] = min(upper[i], answers[p][n]+1)
		}
	}
}

func afterResponses(client, rest []Event, upper []int64) {
	responses := map[part][]int64{}
	for i := range rest {
		e := &rest[i]
		if e.Frame == nil || e.Frame.API != "Produce" || e.Kind != Response {
			continue
		}
		for _, b := range e.Frame.Batches {
			p := part{b.Topic, b.Partition}
			responses[p] = append(responses[p], e.At)
		}
	}
	lower := int64(math.MinInt64)
	for i := range client {
		if client[i].Kind == Delivered {
			p := part{client[i].Client.Topic, client[i].Client.Partition}
			if q := responses[p]; len(q) > 0 {
				lower = max(lower, q[0]+1)
				responses[p] = q[1:]
			}
		}
		upper[i] = max(upper[i], lower)
	}
}

func unanswered(e *Event) bool {
	return e.Kind == Request && e.Frame.Acks != nil && *e.Frame.Acks == 0
}
