package tracer

import (
	"cmp"
	"slices"
)

// In which order the broker's log has the messages.

// LogOrder is in which order a partition's log has the messages, by their
// numbers, where it is not the order in which they were produced.
type LogOrder struct {
	Topic     string
	Partition int32
	Numbers   []int // first copies, in the order of their offsets
}

// hand is when messages were handed over: those with the numbers [from, end),
// by one call of Produce or a run of them.
type hand struct {
	from, end    int
	began, ended int64 // of the first call and of the last
	exact        bool  // both times were taken, before the call and after it
}

func handOf(e *Event) hand {
	n := e.Call.Message.Number
	return hand{n, n + e.Call.N(), e.Call.Began, e.At, e.Call.Began < e.At}
}

// before tells whether the call had returned at a time, for sure.
func (h hand) before(at int64) bool { return h.exact && h.ended < at }

// atOnce tells whether calls overlap in time, so that goroutines hand over
// messages side by side. The numbers of such messages are in no order.
func atOnce(hands []hand) bool {
	byTime := slices.SortedFunc(slices.Values(hands), func(a, b hand) int { return cmp.Compare(a.began, b.began) })
	for i := 1; i < len(byTime); i++ {
		if byTime[i].began < byTime[i-1].ended {
			return true
		}
	}
	return false
}

// orders finds the partitions in whose log a message stands before one that was
// produced earlier: one with a lower number, and where calls overlapped, one
// whose call had returned when the other's began. Of calls that overlapped
// nothing is said where messages cannot be told apart: which of two equal ones a
// record holds is not known.
func (l *Ledger) orders(logs map[part][]*Record, hands []hand, distinct bool) {
	overlap := atOnce(hands)
	if overlap && !distinct {
		return
	}
	slices.SortFunc(hands, func(a, b hand) int { return cmp.Compare(a.from, b.from) })
	handed := func(number int) (h hand) {
		if i, found := slices.BinarySearchFunc(hands, number, func(h hand, n int) int { return cmp.Compare(h.from, n) }); found {
			h = hands[i]
		} else if i > 0 {
			h = hands[i-1]
		}
		return h
	}
	for p, records := range logs {
		o := LogOrder{Topic: p.topic, Partition: p.partition}
		seen, mixed := map[int]bool{}, false
		var last int64 // when the last call began whose message the log has so far
		for _, r := range records {
			if r.Message == 0 || seen[r.Message] {
				continue
			}
			seen[r.Message] = true
			n := len(o.Numbers)
			mixed = mixed || n > 0 && r.Message < o.Numbers[n-1] && (!overlap || handed(r.Message).before(last))
			o.Numbers = append(o.Numbers, r.Message)
			if h := handed(r.Message + max(0, r.Count-1)); h.exact {
				last = max(last, h.began)
			}
		}
		if mixed {
			l.Orders = append(l.Orders, o)
		}
	}
	slices.SortFunc(l.Orders, func(a, b LogOrder) int {
		return cmp.Or(cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Partition, b.Partition))
	})
}
