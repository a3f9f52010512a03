package unreadevents

import (
	"strconv"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// queues are the producer's queues when the call returned; nil where nobody
// knows.
func queues(call *tracer.Row) *tracer.Queues {
	if call == nil || call.Unfinished {
		return nil
	}
	return call.Event.Call.After
}

// left is the number that Flush() returned.
func left(flush *tracer.Row) (int, bool) {
	n, err := strconv.Atoi(lesson.Result(flush))
	return n, err == nil
}

var unread = tracer.Claim{
	ID:       "unread",
	Question: "Flush() returns a number above 0. What is left?",
	Sentence: "No message. What is left are delivery reports, which wait in Events() for somebody to read them.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		n, ok := left(flush)
		q, l := queues(flush), r.Main.Ledger()
		if !ok || q == nil || !l.LogWasRead {
			return lesson.Lacks("Flush() that returned, with a look into the producer's queues")
		}
		return lesson.If(n > 0 && q.Events == n && q.Client == 0 && l.InLog == l.Produced,
			lesson.Shown(tracer.Addresses(flush), "Flush() returned %d: %d in the client's queues, %d unread in Events(). The broker's log holds %s of the %d that were produced.", n, q.Client, q.Events, lesson.Count(l.InLog, "message"), l.Produced))
	},
}

var wholeTime = tracer.Claim{
	ID:       "whole-time",
	Question: "How long does Flush() wait for a reader?",
	Sentence: "All the time it is given: an unread report does not go away, so the count never comes down to 0.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, report := r.Main.Call("Flush"), r.Main.First(tracer.RowReport)
		if queues(flush) == nil || report == nil || len(flush.Event.Call.Args) == 0 {
			return lesson.Lacks("Flush() that returned after a delivery report")
		}
		given, err := strconv.ParseInt(flush.Event.Call.Args[0].Text, 10, 64)
		const ms = 1_000_000 // ns
		// Flush() counts whole milliseconds, and so ends within the last one.
		return lesson.If(err == nil && flush.Event.At-flush.Event.Call.Began >= (given-1)*ms && flush.After.Delivered == flush.After.Produced,
			lesson.Shown(tracer.Addresses(report, flush), "%d of %d messages were delivered, and Flush() returned only when its %d ms were over.", flush.After.Delivered, flush.After.Produced, given))
	},
}

var readerHelps = tracer.Claim{
	ID:       "reader-helps",
	Question: "And with a goroutine that reads Events()?",
	Sentence: "Flush() returns 0: the goroutine takes each report out, and nothing is left to count.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return zero(r.Twin(readName), readName) },
}

var offHelps = tracer.Claim{
	ID:       "off-helps",
	Question: "And with go.delivery.reports=false?",
	Sentence: "Flush() returns 0 as well, because no report goes to Events(). The program then cannot learn that a message failed.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return zero(r.Twin(noReports), noReports) },
}

var nothingLeft = tracer.Claim{
	ID:       "nothing-left",
	Question: "What is left when Flush() returns?",
	Sentence: "Nothing: no message in the client, and no report in Events().",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return zero(r.Main, "") },
}

// zero holds that Flush() returned 0 with everything delivered.
func zero(run *tracer.Run, twin string) tracer.Finding {
	flush := run.Call("Flush")
	n, ok := left(flush)
	q, l := queues(flush), run.Ledger()
	if !ok || q == nil {
		return lesson.Lacks("Flush() that returned, with a look into the producer's queues")
	}
	return lesson.If(n == 0 && q.Len() == 0 && l.Delivered == l.Produced,
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(flush)), "Flush() returned %d: %d in the client's queues, %d unread in Events(). %d of %d were delivered.", n, q.Client, q.Events, l.Delivered, l.Produced))
}

var nothingKnown = tracer.Claim{
	ID:       "nothing-known",
	Question: "What does the program know of its messages?",
	Sentence: "Nothing: no report comes to it, whether a message was delivered or failed.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		end, seen := r.Main.End(), 0
		if end == nil {
			return lesson.Lacks("end of the program")
		}
		for _, c := range r.Main.Of(tracer.RowCall) {
			if q := queues(c); q != nil {
				seen += q.Events + q.Reports
			}
		}
		l := r.Main.Ledger()
		return lesson.If(seen == 0 && l.Delivered > 0,
			lesson.Shown(tracer.Addresses(append(r.Main.Of(tracer.RowReport), end)...), "The client library reported %d messages as delivered; %d of these reports reached the program.", l.Delivered, seen),
			lesson.Cited("confluent-kafka-go v2.15.0, kafka/event.go, eventPoll", "With go.delivery.reports=false a report that has no delivery channel goes into no channel, good or bad"))
	},
}

// The myths.

var notDelivered = tracer.Claim{
	ID:       "myth-not-delivered",
	Sentence: "\"Flush() counts the messages that were not delivered.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		n, ok := left(flush)
		l := r.Main.Ledger()
		if !ok || !l.LogWasRead {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If(n == l.Produced-l.InLog,
			lesson.Shown(tracer.Addresses(r.Main.First(tracer.RowResponse), flush), "It returned %d. Messages that the broker's log lacks: %d. Sending %d again would store them twice.", n, l.Produced-l.InLog, n))
	},
}

var readingOptional = tracer.Claim{
	ID:       "myth-reading-is-optional",
	Sentence: "\"Who does not care for reports need not read Events().\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, there := r.Main.Call("Flush"), r.Twin(readName).Call("Flush")
		a, ok := left(here)
		b, ok2 := left(there)
		if !ok || !ok2 {
			return lesson.Lacks("Flush() that returned, here and with a reader")
		}
		return lesson.If(a == b,
			lesson.Shown(append(tracer.Addresses(here), tracer.TwinAddresses(readName, there)...), "Flush() returns %d without a reader and %d with one, though all messages arrive in both runs.", a, b),
			lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, NewProducer, go.events.channel.size; kafka/event.go, eventPoll", "Events() has room for 1,000,000 by default; when it is full, reports stop coming out"))
	},
}

// The sentences of the Concept Snapshot.

var keepCounts = tracer.Claim{
	ID:       "keep-counts",
	Sentence: "Flush() and Len() count what the client holds and what nobody has read in Events().",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		n, ok := left(flush)
		q := queues(flush)
		if !ok || q == nil {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If(n == q.Client+q.Events && q.Events > 0, lesson.Rows(flush))
	},
}

var keepRead = tracer.Claim{
	ID:       "keep-read",
	Sentence: "Whoever passes no delivery channel reads Events(), from the start and in a goroutine.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Twin(readName).Call("Flush")
		n, ok := left(flush)
		if !ok {
			return lesson.Lacks("twin that reads Events()")
		}
		return lesson.If(n == 0, tracer.Reason{Rows: tracer.TwinAddresses(readName, flush)})
	},
}

var keepReadHere = tracer.Claim{
	ID:       "keep-zero",
	Sentence: "Flush() returns 0 where neither a message waits in the client nor a report in Events().",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		n, ok := left(flush)
		q := queues(flush)
		if !ok || q == nil {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If(n == 0 && q.Len() == 0, lesson.Rows(flush))
	},
}
