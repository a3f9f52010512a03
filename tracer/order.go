package tracer

import (
	"cmp"
	"math"
	"slices"
)

// Order puts the events of all lanes into one order and numbers them. Inside a
// lane the order they came in stays, but for the application lane of several
// goroutines. Across lanes the clock decides, except where one event
// caused another and the clock cannot be right: a line of the client's log is
// stamped when kstep reads it, a little after it was written.
//
//   - A batch was built before the request that carries it was on the wire.
//   - A response was on the wire before the report that follows from it.
//   - A report was out before a call that began, or returned, with nothing left
//     in the client's queue.
func Order(events []Event) []Event {
	client, rest := split(events)
	slices.SortStableFunc(rest, byTime)
	upper := make([]int64, len(client))
	for i := range upper {
		upper[i] = client[i].At
	}
	beforeRequests(client, rest, upper)
	beforeReturns(client, rest, upper)
	for i := len(upper) - 2; i >= 0; i-- { // a line was written before the next one
		upper[i] = min(upper[i], upper[i+1])
	}
	afterResponses(client, rest, upper)
	for i := range client {
		client[i].At = upper[i]
	}
	out := append(rest, client...)
	slices.SortStableFunc(out, byTime)
	for i := range out {
		out[i].Seq = i + 1
	}
	return out
}

func byTime(a, b Event) int { return cmp.Compare(Place(&a), Place(&b)) }

// Place is where an event stands on the clock. A call that is recorded only
// when it returned (Produce, which cannot block) stands where it began: the
// client may send its message before the call has returned.
func Place(e *Event) int64 {
	if e.Kind == Returned && e.Call != nil && e.Call.Name == "Produce" && e.Call.Began > 0 {
		return e.Call.Began
	}
	return e.At
}

func split(events []Event) (client, rest []Event) {
	for _, e := range events {
		if e.Lane == Client {
			client = append(client, e)
		} else {
			rest = append(rest, e)
		}
	}
	return client, rest
}

// part is a partition of a topic.
type part struct {
	topic     string
	partition int32
}

// beforeRequests: the n-th batch built for a partition is the n-th Produce
// request that carries it.
func beforeRequests(client, rest []Event, upper []int64) {
	requests := map[part][]int64{}
	for i := range rest {
		e := &rest[i]
		if e.Kind != Request || e.Frame == nil || e.Frame.API != "Produce" {
			continue
		}
		for _, b := range e.Frame.Batches {
			p := part{b.Topic, b.Partition}
			requests[p] = append(requests[p], e.At)
		}
	}
	for i := range client {
		if client[i].Kind != Batched {
			continue
		}
		p := part{client[i].Client.Topic, client[i].Client.Partition}
		if q := requests[p]; len(q) > 0 {
			upper[i] = min(upper[i], q[0]-1)
			requests[p] = q[1:]
		}
	}
}

// beforeReturns: what a call shows as settled was settled before it: where the
// client's queue is empty when a call begins or returns, or when main has
// returned, every message accepted so far had its report out.
func beforeReturns(client, rest []Event, upper []int64) {
	accepted, settled, next := 0, 0, 0
	by := func(at int64) {
		for ; next < len(client) && settled < accepted; next++ {
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
		produced := rest[i].Kind == Returned && c.Name == "Produce"
		if (rest[i].Kind == Called || produced) && empty(c.Before) {
			by(Place(&rest[i]))
		}
		if produced && c.Error == nil {
			accepted += c.N()
		}
		if rest[i].Kind != Called && empty(c.After) {
			by(rest[i].At)
		}
	}
}

// empty tells whether the client was asked and held nothing.
func empty(q *Queues) bool { return q != nil && !q.Closed && q.Client == 0 }

func settles(k Kind) bool { return k == Delivered || k == Failed || k == TimedOut || k == Purged }

// afterResponses: the n-th report of a partition follows the n-th answer.
// What follows it in the client's log follows it here.
func afterResponses(client, rest []Event, upper []int64) {
	responses := map[part][]int64{}
	for i := range rest {
		e := &rest[i]
		if e.Kind != Response || e.Frame == nil || e.Frame.API != "Produce" {
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
