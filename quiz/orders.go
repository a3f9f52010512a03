package quiz

import (
	"fmt"

	"kstep/tracer"
)

// Orders that many lessons ask for, made of Order.

// OrderUntil asks in which order the first message is produced, sent and
// reported, and the nth call by a name returns: Flush or CommitTransaction.
func OrderUntil(call string, n int) Maker {
	returns := call + "() returns"
	if n > 1 {
		returns = fmt.Sprintf("%s() no. %d returns", call, n)
	}
	// That it waits for all, and that it waits for nothing.
	beliefs := struct{ all, none string }{"flush-always-empties", "flush-only-starts"}
	if call == "CommitTransaction" {
		beliefs.all, beliefs.none = "delivered-means-committed", "kept-until-commit"
	}
	return Order{
		ID:  "order-until-" + slug(call),
		Ask: "In which order do these four things happen?",
		Moments: []Moment{
			{Says: "Produce() is called", Find: Calls("Produce", 1)},
			{Says: "a request leaves", Find: Happens(tracer.RowRequest, 1)},
			{Says: "a report comes out", Find: Happens(tracer.RowReport, 1)},
			{Says: returns, Find: Returns(call, n)},
		},
		Orders: []Ordering{
			{Of: []int{0, 1, 2, 3}, Belief: beliefs.all},
			{Of: []int{0, 1, 3, 2}, Belief: "poll-does-the-work"},
			{Of: []int{0, 3, 1, 2}, Belief: beliefs.none},
			{Of: []int{0, 2, 1, 3}, Belief: "return-means-stored"},
		},
		Hints: [3]string{
			"Look at the rows of the request and of the report, and under which call they stand.",
			fmt.Sprintf("Compare what waits in the client before and after %s(): %s shows it.", call, ColumnState),
			"A request needs a message, a report needs the answer to its request, and a call that waits returns when what it waits for is there.",
		},
	}.Maker()
}

// OrderWithLinger asks in which order the nth call of Produce returns, Flush is
// called and the first message is sent and reported, where linger.ms is long.
func OrderWithLinger(n int) Maker {
	which := "Produce() returns"
	if n > 1 {
		which = "the last Produce() returns"
	}
	return Order{
		ID:  "order-with-linger",
		Ask: "linger.ms is long here. In which order do these four things happen?",
		Moments: []Moment{
			{Says: which, Find: Returns("Produce", n)},
			{Says: "Flush() is called", Find: Calls("Flush", 1)},
			{Says: "a request leaves", Find: Happens(tracer.RowRequest, 1)},
			{Says: "a report comes out", Find: Happens(tracer.RowReport, 1)},
		},
		Orders: []Ordering{
			{Of: []int{0, 1, 2, 3}, Belief: "only-flush-sends"},
			{Of: []int{2, 0, 1, 3}, Belief: "produce-sends"},
			{Of: []int{0, 2, 3, 1}, Belief: "linger-is-an-upper-limit"},
			{Of: []int{0, 2, 1, 3}, Belief: "flush-asks-the-broker"},
		},
		Hints: [3]string{
			"Look at the row of the request, and at the call under which it stands.",
			"Compare queued in client in the " + SectionTracker + " with in flight: when does the first fall and the second rise?",
			"linger.ms lets a batch wait for more messages. A call that waits for all of them does not let them linger.",
		},
	}.Maker()
}

// OrderOneByOne asks in which order the nth message and the one after it are
// produced and reported.
func OrderOneByOne(n int) Maker {
	return Order{
		ID:  "order-one-by-one",
		Ask: fmt.Sprintf("In which order are messages %d and %d produced and reported?", n, n+1),
		Moments: []Moment{
			{Says: fmt.Sprintf("%d is produced", n), Find: Calls("Produce", n)},
			{Says: fmt.Sprintf("%d is reported", n), Find: Happens(tracer.RowReport, n)},
			{Says: fmt.Sprintf("%d is produced", n+1), Find: Calls("Produce", n+1)},
			{Says: fmt.Sprintf("%d is reported", n+1), Find: Happens(tracer.RowReport, n+1)},
		},
		Orders: []Ordering{
			{Of: []int{0, 1, 2, 3}, Belief: "order-needs-waiting"},
			{Of: []int{0, 2, 1, 3}, Belief: "messages-always-batched"},
			{Of: []int{0, 2, 3, 1}, Belief: "any-order-is-possible"},
			{Of: []int{1, 0, 2, 3}, Belief: "return-means-stored"},
		},
		Hints: [3]string{
			"Look at the rows of the two calls, and at the rows that stand under each.",
			"Compare queued and delivered in the " + SectionTracker + " when the second call begins.",
			"Produce() does not wait. Where a program reads a report before it goes on, the next message waits for the one before.",
		},
	}.Maker()
}
