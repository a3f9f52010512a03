package quiz

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"kstep/tracer"
)

// A key that two options satisfy is no key: every kind holds its wrong options
// against the run.

// swap changes a package's table for one test.
func swap[T any](t *testing.T, at *T, to T) {
	t.Helper()
	was := *at
	*at = to
	t.Cleanup(func() { *at = was })
}

func TestTwoKeys(t *testing.T) {
	changed := func(trace *tracer.Trace, change func(*tracer.Run)) *tracer.Runs {
		rs := tracer.NewRuns(trace)
		if change != nil {
			change(rs.Main)
		}
		return rs
	}
	half := &tape{} // one message delivered, one waiting when Flush comes back
	half.newProducer()
	half.produce()
	half.sent()
	half.produce()
	half.flush(1)
	half.exit(1)
	for _, c := range []struct {
		name  string
		trace *tracer.Trace
		maker Maker
		table func(t *testing.T)  // makes a table of the kind say too much
		run   func(r *tracer.Run) // or the run
		both  []string            // beginnings of the two options
	}{
		{name: "state after", trace: firstMessage(), maker: StateAfter("Produce"), both: []string{"In the client's queue", "On the wire"},
			table: func(t *testing.T) {
				p := slices.Clone(places)
				p[1].of = p[0].of
				swap(t, &places, p)
			}},
		{name: "what if", trace: firstMessage(), maker: WhatIf("no-flush"), both: []string{"Delivered", "Lost at exit"},
			table: func(t *testing.T) {
				o := slices.Clone(outcomes)
				o[0].holds = func(tracer.Ledger) bool { return true }
				swap(t, &outcomes, o)
			}},
		{name: "which step", trace: firstMessage(), maker: WhichStep(tracer.RowRequest), both: []string{"After Produce() began", "After Flush() began"},
			run: func(r *tracer.Run) { r.First(tracer.RowRequest).Address = "2.9" }},
		{name: "returned Flush", trace: half.trace(""), maker: Returned("Flush"), both: []string{"1: that much was still waiting", "1: that many messages were lost"},
			run: func(r *tracer.Run) { r.Call("Flush").After.Lost = 1 }},
		{name: "returned Produce", trace: twinOf(fiveMessages()), maker: Returned("Produce"), both: []string{"an error: the client has not taken it in", "an error: the client has it"},
			run: func(r *tracer.Run) { r.Call("Produce").After.Produced++ }},
		{name: "who acts", trace: firstMessage(), maker: WhoActs(tracer.RowBatched), both: []string{"The client's thread", "The broker"},
			run: func(r *tracer.Run) {
				row := r.First(tracer.RowBatched)
				row.Evidence = append(row.Evidence, &tracer.Event{Lane: tracer.Broker})
			}},
		{name: "proves", trace: firstMessage(), maker: Proves(), both: []string{"Row 3.4: the broker's answer", "Row 3.4: the Produce request"},
			run: func(r *tracer.Run) { // the request's address leads to an answer
				request, answer := r.First(tracer.RowRequest), r.First(tracer.RowResponse)
				*request, *answer = *answer, *request
				answer.Address = request.Address
			}},
		{name: "next event", trace: firstMessage(), maker: NextEvent(tracer.RowBatched, 1), both: []string{"A report is put out", "A Produce request"},
			table: func(t *testing.T) {
				s := maps.Clone(steps)
				d := s["delivered"]
				d.is = s["request"].is
				s["delivered"] = d
				swap(t, &steps, s)
			}},
		{name: "order", trace: firstMessage(), maker: twoOrders.Maker(), both: []string{"Produce() is called, then Flush() is called, then a request leaves", "Produce() is called, then a request leaves, then Flush() is called"}},
		{name: "which holds", trace: firstMessage(), both: []string{"Statement A", "Statement B"}, maker: WhichHolds{ID: "which", Ask: "Which?", Statements: []Statement{
			{Text: "Statement A", Check: claim(func(*tracer.Runs) bool { return true })}, {Text: "Statement B", Check: claim(func(*tracer.Runs) bool { return true })},
		}}.Maker()},
		{name: "how many", trace: firstMessage(), both: []string{"1: of them all", "1: of each of them"}, maker: HowMany{ID: "n", Ask: "How many?",
			Of: Reading{Says: "of them all", Count: requestsOf}, Other: []Reading{{Says: "of each of them", Belief: "b", Count: Exactly(1)}, {Says: "none", Belief: "c", Count: Exactly(0)}}}.Maker()},
		{name: "find the bug", trace: sourced(flushed, "\tf(NewProducer(),\n\n\n\n\n\t\tProduce())\n"), maker: FindBug("no-flush"), both: []string{"In line 10: how NewProducer() is called", "In line 10: how Produce() is called"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.table != nil {
				c.table(t)
			}
			_, left := Build(changed(c.trace, c.run), "s", c.maker)
			if len(left) != 1 || !strings.Contains(left[0].Error(), "bears out both") {
				t.Fatalf("want a question with two keys, got %v", left)
			}
			for _, b := range c.both {
				if !strings.Contains(left[0].Error(), b) {
					t.Errorf("%q does not name %q", left[0], b)
				}
			}
		})
	}
}

// twoOrders has two orders that the causes of a run allow: with a short linger
// nothing says that a call returned before the request left.
var twoOrders = Order{ID: "o", Ask: "Which?", Hints: [3]string{"a", "b", "c"},
	Moments: []Moment{
		{Says: "Produce() is called", Find: Calls("Produce", 1)},
		{Says: "Flush() is called", Find: Calls("Flush", 1)},
		{Says: "a request leaves", Find: Happens(tracer.RowRequest, 1)},
	},
	Orders: []Ordering{{Of: []int{0, 1, 2}, Belief: "x"}, {Of: []int{0, 2, 1}, Belief: "y"}},
}
