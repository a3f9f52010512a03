package lesson

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kstep/tracer"
)

// Goals of mode project: what a reader's own producer is held to.

// Goal is one of them. It is made from the run of the lesson's own program,
// which says how many messages, to which topics; ok is false where the goal has
// no sense for that run. Its claim is held against the reader's run.
type Goal func(lessons *tracer.Run) (goal tracer.Claim, ok bool)

// AnyProducer are the goals of a producer that does its work well.
func AnyProducer() []Goal {
	return []Goal{SendsMessages, DeliversAll, EachOnce, InOrder, ReadsReports, ClosesProducer, FewRequests, EndsWell}
}

// goal is a claim that is expected to hold.
func goal(id, sentence string, check func(*tracer.Run) tracer.Finding) (tracer.Claim, bool) {
	return tracer.Claim{ID: "goal-" + id, Sentence: sentence, Expect: tracer.Confirmed, Check: func(r *tracer.Runs) tracer.Finding {
		if len(r.Main.Of(tracer.RowCall)) == 0 {
			return Lacks("call of the client")
		}
		return check(r.Main)
	}}, true
}

// ofMessages is a goal that is about each message: of what goes through
// ProduceChannel() the record tells too little.
func ofMessages(id, sentence string, check func(*tracer.Run) tracer.Finding) (tracer.Claim, bool) {
	return goal(id, sentence, func(run *tracer.Run) tracer.Finding {
		l, channel := run.Ledger(), run.Calls("ProduceChannel")
		if len(channel) > 0 && (l.Foreign > 0 || l.Produced == 0 || !l.LogWasRead) {
			return Find(tracer.Unsupported, Shown(ends(channel), "What is sent through ProduceChannel() is not seen message by message: hand it over with Produce()."))
		}
		return check(run)
	})
}

// SendsMessages: as many to each topic as the lesson's program.
func SendsMessages(lessons *tracer.Run) (tracer.Claim, bool) {
	want := accepted(lessons)
	if len(want) == 0 {
		return tracer.Claim{}, false
	}
	var parts []string
	for _, topic := range slices.Sorted(maps.Keys(want)) {
		parts = append(parts, Count(want[topic], "message")+" to "+topic)
	}
	return ofMessages("messages", "It hands the client "+strings.Join(parts, " and ")+", at least.", func(run *tracer.Run) tracer.Finding {
		got, enough := accepted(run), true
		var because []string
		for _, topic := range slices.Sorted(maps.Keys(want)) {
			enough = enough && got[topic] >= want[topic]
			because = append(because, fmt.Sprintf("%d to %s", got[topic], topic))
		}
		return If(enough, Shown(ends(run.Calls("Produce")), "Produce() accepted %s.", strings.Join(because, ", ")))
	})
}

// accepted is how many messages Produce() accepted, by topic.
func accepted(run *tracer.Run) map[string]int {
	out := map[string]int{}
	if run == nil {
		return out
	}
	for i := range run.Trace.Events {
		if c := run.Trace.Events[i].Call; run.Trace.Events[i].Kind == tracer.Returned && c.Name == "Produce" && c.Error == nil && c.Message != nil {
			out[c.Message.Topic] += c.N()
		}
	}
	return out
}

// ends are the addresses of the first and the last row.
func ends(rows []*tracer.Row) []string {
	if len(rows) > 2 {
		rows = []*tracer.Row{rows[0], rows[len(rows)-1]}
	}
	return tracer.Addresses(rows...)
}

// account is the run's ledger as a reason.
func account(run *tracer.Run) tracer.Reason {
	l := run.Ledger()
	return Shown(tracer.Addresses(run.End()), "Produced %d, delivered %d, failed %d, purged %d, lost at exit %d; records in the broker's log %d.", l.Produced, l.Delivered, l.Failed, l.Purged, l.Lost, l.Records)
}

// DeliversAll: every message is delivered.
func DeliversAll(*tracer.Run) (tracer.Claim, bool) {
	return ofMessages("delivered", "Every message is delivered: none fails, is purged or is lost at exit.", func(run *tracer.Run) tracer.Finding {
		l := run.Ledger()
		return If(l.Produced > 0 && l.Delivered == l.Produced, account(run))
	})
}

// TellsOfAll is DeliversAll where the run does not let every message through:
// each has a report, of whatever kind.
func TellsOfAll(*tracer.Run) (tracer.Claim, bool) {
	return ofMessages("reported", "Every message has its delivery report, with or without an error: none is lost at exit.", func(run *tracer.Run) tracer.Finding {
		l := run.Ledger()
		return If(l.Produced > 0 && l.Delivered+l.Failed+l.Purged == l.Produced, account(run))
	})
}

// EachOnce: the log has no message twice.
func EachOnce(*tracer.Run) (tracer.Claim, bool) {
	return ofMessages("once", "The broker's log holds each message once.", func(run *tracer.Run) tracer.Finding {
		l := run.Ledger()
		if !l.LogWasRead {
			return Lacks("broker's log that was read back")
		}
		return If(l.Produced > 0 && l.InLog == l.Produced && l.Duplicates == 0, account(run))
	})
}

// InOrder: the log has them in the order they were produced, by partition.
// Only where the lesson's program sends more than one to a topic.
func InOrder(lessons *tracer.Run) (tracer.Claim, bool) {
	if several := slices.ContainsFunc(slices.Collect(maps.Values(accepted(lessons))), func(n int) bool { return n > 1 }); !several {
		return tracer.Claim{}, false
	}
	return ofMessages("order", "Each partition of the log has the messages in the order they were produced.", func(run *tracer.Run) tracer.Finding {
		l := run.Ledger()
		if l.InLog == 0 {
			return Find(tracer.Refuted, Shown(tracer.Addresses(run.End()), "The broker's log holds none of them."))
		}
		return If(len(l.Orders) == 0, Shown(ends(run.Of(tracer.RowRequest)), "Partitions in another order: %d.", len(l.Orders)))
	})
}

// ReadsReports: nothing waits unread when the producer is closed.
func ReadsReports(*tracer.Run) (tracer.Claim, bool) {
	return ofMessages("reports", "It has read every delivery report when it closes the producer.", func(run *tracer.Run) tracer.Finding {
		closes := run.Calls("Close")
		if len(closes) == 0 {
			return Find(tracer.Refuted, Shown(tracer.Addresses(run.End()), "Close() is never called."))
		}
		unread, waiting := 0, 0
		for _, c := range closes {
			if q := c.Event.Call.Before; q != nil {
				unread += q.Events + q.Reports
				waiting += min(q.Client, c.Before.Undelivered()) // the client counts a report for a moment longer than the program has it
			}
		}
		return If(unread+waiting == 0, Shown(tracer.Addresses(closes...), "When Close() was called, %d waited unread and %d had no report yet.", unread, waiting))
	})
}

// ClosesProducer: with nothing lost.
func ClosesProducer(*tracer.Run) (tracer.Claim, bool) {
	return goal("closed", "It closes its producer.", func(run *tracer.Run) tracer.Finding {
		end := run.End()
		if end == nil {
			return Lacks("end of the program")
		}
		open := slices.DeleteFunc(slices.Clone(end.After.Producers), func(p tracer.Handle) bool { return p.Closed })
		return If(len(end.After.Producers) > 0 && len(open) == 0, Shown(append(tracer.Addresses(run.Calls("Close")...), end.Address), "Producers made %d, never closed %d.", len(end.After.Producers), len(open)))
	})
}

// FewRequests: no more than the lesson's program, where that needs fewer than
// it has messages.
func FewRequests(lessons *tracer.Run) (tracer.Claim, bool) {
	limit, messages := sent(lessons), lessons.Ledger().Produced
	if limit == 0 || limit >= messages {
		return tracer.Claim{}, false
	}
	return goal("requests", "It needs no more than "+Count(limit, "Produce request")+".", func(run *tracer.Run) tracer.Finding {
		n := sent(run)
		return If(n > 0 && n <= limit, Shown(ends(run.Of(tracer.RowRequest)), "%s left.", Count(n, "Produce request")))
	})
}

func sent(run *tracer.Run) int {
	n := 0
	for _, r := range run.Of(tracer.RowRequest) {
		n += r.Count
	}
	return n
}

// EndsWell: by itself, with exit code 0.
func EndsWell(*tracer.Run) (tracer.Claim, bool) {
	return goal("ends", "It ends by itself, with exit code 0.", func(run *tracer.Run) tracer.Finding {
		end := run.End()
		if end == nil || end.Event.Exit == nil {
			return Lacks("end of the program")
		}
		x := end.Event.Exit
		if x.ByLab || x.Signal != "" {
			return Find(tracer.Refuted, Shown(tracer.Addresses(end), "It did not end by itself: %s.", run.Trace.Header.Partial))
		}
		return If(x.Code == 0, Shown(tracer.Addresses(end), "Exit code %d.", x.Code))
	})
}

// Commits: as many messages for a read_committed reader as the lesson's program.
func Commits(lessons *tracer.Run) (tracer.Claim, bool) {
	l := lessons.Ledger()
	want := l.Records - l.Aborted
	return goal("commits", fmt.Sprintf("It commits: a read_committed reader is given %s, at least.", Count(want, "record")), func(run *tracer.Run) tracer.Finding {
		l, done := run.Ledger(), without(run.Calls("CommitTransaction"))
		return If(len(done) > 0 && l.Records-l.Aborted >= want, Shown(ends(done), "Calls of CommitTransaction() without an error: %d. Records for a read_committed reader: %d.", len(done), l.Records-l.Aborted))
	})
}

// Aborts: a transaction whose message a read_committed reader is not given.
func Aborts(*tracer.Run) (tracer.Claim, bool) {
	return goal("aborts", "It aborts a transaction whose message is in the log already: only a read_uncommitted reader is given that.", func(run *tracer.Run) tracer.Finding {
		l, done := run.Ledger(), without(run.Calls("AbortTransaction"))
		return If(len(done) > 0 && l.Aborted > 0, Shown(ends(done), "Calls of AbortTransaction() without an error: %d. Records for a read_uncommitted reader alone: %d.", len(done), l.Aborted))
	})
}

// without are the calls that returned without an error.
func without(calls []*tracer.Row) []*tracer.Row {
	return slices.DeleteFunc(slices.Clone(calls), func(r *tracer.Row) bool { return r.Unfinished || r.Event.Call.Error != nil })
}
