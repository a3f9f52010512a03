package tracer

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Order puts the events of all lanes into one order and numbers them. Inside a
// lane the order they came in stays, but for the application lane of several
// goroutines. Across lanes the clock decides, except where one event
// caused another and the clock cannot be right: a line of the client's log is
// stamped when kstep reads it, a little after it was written.
//
//   - A batch was built before the request that carries it was on the wire.
//   - A response was on the wire before the report that follows from it, and the
//     report follows it at once: the client does nothing in between.
//   - A report was out before a call that began, or returned, with nothing left
//     in the client's queue.
//   - Purge returns when the client has purged.
//   - A connection that closes after all else was closed by the process's end.
//   - A request to which no answer is asked for was sent before the report that
//     says so; the tap may see its last byte only later.
func Order(events []Event) []Event {
	client, rest := split(events)
	slices.SortStableFunc(rest, byTime)
	closedByExit(rest)
	upper := make([]int64, len(client))
	for i := range upper {
		upper[i] = client[i].At
	}
	beforeReturns(client, rest, upper)
	withResponses(client, rest, upper)
	beforePurged(client, rest, upper)
	inLine(upper)
	beforeReports(client, rest, upper)
	slices.SortStableFunc(rest, byTime)
	beforeRequests(client, rest, upper)
	inLine(upper)
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

// inLine: a line of the client's log was written before the next one.
func inLine(upper []int64) {
	for i := len(upper) - 2; i >= 0; i-- {
		upper[i] = min(upper[i], upper[i+1])
	}
}

// beforeReports: the n-th report of a partition follows the n-th request, where
// no answer was asked for (acks=0).
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

// beforePurged: what Purge removes is removed when it returns, unless the
// program asked it not to wait (librdkafka v2.15.0, rdkafka.h, rd_kafka_purge).
// The lines of it may be read later, but not after the program's next Produce.
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

// closedByExit puts connections that closed after the program's last call, with
// nothing on the wire since, behind its end: the process's end closed them, and
// who noticed first is an accident.
func closedByExit(rest []Event) {
	exit := slices.IndexFunc(rest, func(e Event) bool { return e.Kind == Exited })
	if exit < 0 {
		return
	}
	for i := exit - 1; i >= 0; i-- {
		e := &rest[i]
		if e.Lane == Wire && e.Kind == ConnectionClosed {
			e.At = rest[exit].At + 1
		} else if e.Lane == Wire || e.Call != nil && e.Kind != MainDone || e.Kind == Faulted {
			break
		}
	}
	slices.SortStableFunc(rest, byTime)
}

// withResponses: the n-th report without error of a partition follows its n-th
// answer without error at once, so that it stands before a call or a printed
// line with which the program acted on it. Where there are more of the one than
// of the other, nothing tells which belong together.
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

// afterResponses: the n-th report of a partition follows the n-th answer.
// What follows it in the client's log follows it here.
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

// unanswered tells whether the event is a Produce request that asks for no
// answer.
func unanswered(e *Event) bool {
	return e.Kind == Request && e.Frame.Acks != nil && *e.Frame.Acks == 0
}
