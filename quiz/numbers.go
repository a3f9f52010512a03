package quiz

import (
	"fmt"

	"kstep/tracer"
)

// Counts that many lessons ask for, made of HowMany. Each is a number that
// repeats in every run of a program. The key takes the words of the reading
// that leads to its number, so that no words give it away.

// sameWords is a HowMany whose key is in the words of one of its readings.
func sameWords(h HowMany) HowMany {
	h.Same = true
	h.Of.Says = "as many as batches were built"
	return h
}

// shows gives a count the end of the run as its evidence where nothing else is.
func shows(n int, rows []string, run *tracer.Run) (int, []string) {
	if len(rows) == 0 {
		rows = tracer.Addresses(run.End())
	}
	return n, rows
}

func countRequests(rs *tracer.Runs) (int, []string) {
	f := rs.Main.Whole().Requests("Produce")
	return shows(f.N(), f.Rows(), rs.Main)
}

func countMessages(rs *tracer.Runs) (int, []string) {
	return shows(rs.Main.Ledger().Produced, tracer.Addresses(rs.Main.Calls("Produce")...), rs.Main)
}

func countFlushes(rs *tracer.Runs) (int, []string) {
	rows := rs.Main.Calls("Flush")
	n := 0
	for _, r := range rows {
		n += max(1, r.Count)
	}
	return shows(n, tracer.Addresses(rows...), rs.Main)
}

// countUsed is how many partitions requests were sent for.
func countUsed(rs *tracer.Runs) (int, []string) {
	used := map[spot]bool{}
	var rows []*tracer.Row
	for _, r := range rs.Main.Of(tracer.RowRequest) {
		for _, s := range spots(r) {
			if !used[s] {
				used[s] = true
				rows = append(rows, r)
			}
		}
	}
	return shows(len(used), tracer.Addresses(rows...), rs.Main)
}

// countLargest is how many records the largest request carries.
func countLargest(rs *tracer.Runs) (int, []string) {
	n, at := 0, (*tracer.Row)(nil)
	for _, r := range rs.Main.Of(tracer.RowRequest) {
		for _, e := range r.Evidence {
			if e.Frame != nil && records(e.Frame.Batches) > n {
				n, at = records(e.Frame.Batches), r
			}
		}
	}
	return shows(n, tracer.Addresses(at), rs.Main)
}

// countLastRequest is how many records the last request carries.
func countLastRequest(rs *tracer.Runs) (int, []string) {
	n, at := 0, (*tracer.Row)(nil)
	for _, r := range rs.Main.Of(tracer.RowRequest) {
		for _, e := range r.Evidence {
			if e.Frame != nil {
				n, at = records(e.Frame.Batches), r
			}
		}
	}
	return shows(n, tracer.Addresses(at), rs.Main)
}

func countRecords(rs *tracer.Runs) (int, []string) {
	return shows(rs.Main.Ledger().Records, nil, rs.Main)
}

// countCarrying is how many connections carried Produce requests.
func countCarrying(rs *tracer.Runs) (int, []string) {
	used := map[int]bool{}
	var rows []*tracer.Row
	for _, r := range rs.Main.Of(tracer.RowRequest) {
		for _, e := range r.Evidence {
			if e.Frame != nil && !used[e.Frame.Connection] {
				used[e.Frame.Connection] = true
				rows = append(rows, r)
			}
		}
	}
	return shows(len(used), distinct(tracer.Addresses(rows...)), rs.Main)
}

func countProducers(rs *tracer.Runs) (int, []string) {
	rows := rs.Main.Calls("NewProducer")
	return shows(len(rows), tracer.Addresses(rows...), rs.Main)
}

// Requests asks how many Produce requests there were.
func Requests() Maker {
	return sameWords(HowMany{
		ID:  "requests-in-all",
		Ask: "How many Produce requests leave the client in this run, from its beginning to its end?",
		Of:  Reading{Count: countRequests},
		Other: []Reading{
			{Says: "as many as messages that are produced", Belief: "every-message-alone", Count: countMessages},
			{Says: "as many as calls of Flush()", Belief: "only-flush-sends", Count: countFlushes},
			{Says: "as many as partitions that are used", Belief: "one-request-a-partition", Count: countUsed},
			{Says: "as many as leave on their own: none", Belief: "batch-must-be-full", Count: Exactly(0)},
			{Says: "one for each message and Flush()", Belief: "flush-asks-the-broker", Count: func(rs *tracer.Runs) (int, []string) {
				n, rows := countMessages(rs)
				m, more := countFlushes(rs)
				return n + m, append(rows, more...)
			}},
			{Says: "one to begin with, without messages", Belief: "producers-announce-themselves", Count: plus(countMessages, 1)},
		},
		Hints: [3]string{
			"Look at the rows of Produce requests in the " + SectionTable + ".",
			"Compare how many records each request carries with how many messages were produced before it left.",
			"A request leaves when the client has a batch ready: what had been produced for one partition by then goes together.",
		},
	}).Maker()
}

// RecordsInRequest asks how many records the largest request carries.
func RecordsInRequest() Maker {
	return sameWords(HowMany{
		ID:  "records-in-request",
		Ask: "How many records does the largest Produce request of this run carry?",
		Of:  Reading{Count: countLargest},
		Other: []Reading{
			{Says: "one, as each message travels alone", Belief: "every-message-alone", Count: Exactly(1)},
			{Says: "as many as messages are produced", Belief: "messages-always-batched", Count: countMessages},
			{Says: "all but one of the messages made", Belief: "last-one-waits", Count: plus(countMessages, -1)},
			{Says: "as many as a request has room for", Belief: "queue-sets-batch", Count: Exactly(2)},
			{Says: "as many as a batch holds: three", Belief: "batch-must-be-full", Count: Exactly(3)},
		},
		Hints: [3]string{
			"Look at the rows of Produce requests and of the batches above them.",
			"Compare queued and in flight in the " + SectionTracker + " right before and after a request leaves.",
			"A batch takes what has been produced for its partition while the client waited: by linger.ms, by a full batch, or until Flush() is called.",
		},
	}).Maker()
}

// Connections asks how many connections carried messages.
func Connections() Maker {
	return HowMany{
		ID:  "connections",
		Ask: "Over how many connections did this run's Produce requests travel?",
		Of:  Reading{Says: "as many as were opened for them", Count: countCarrying},
		Other: []Reading{
			{Says: "as many as Produce requests left", Belief: "request-has-a-connection", Count: countRequests},
			{Says: "as many as messages were made", Belief: "message-has-a-connection", Count: countMessages},
			{Says: "as many as calls of Flush()", Belief: "only-flush-sends", Count: countFlushes},
			{Says: "as many as producers were made", Belief: "producer-has-one-connection", Count: countProducers},
			{Says: "one more, for answers come apart", Belief: "answers-come-apart", Count: plus(countCarrying, 1)},
			{Says: "none, for the queue is the broker's", Belief: "queue-is-on-the-broker", Count: Exactly(0)},
		},
		Hints: [3]string{
			"Look at the variable connections that carry messages in the " + SectionTracker + ".",
			"Compare the rows of Produce requests: is there a row above each of them in which the client connects?",
			"A connection is opened to a broker, not for a message, and stays open. What is in flight on one that breaks is sent again on another.",
		},
	}.Maker()
}

// Attempts asks how many requests carried a message, by its number; the run
// must tell messages apart.
func Attempts(message int) Maker {
	carrying := func(rs *tracer.Runs) (int, []string) {
		var rows []*tracer.Row
		for _, r := range rs.Main.Of(tracer.RowRequest) {
			for _, m := range r.Messages {
				if m == message {
					rows = append(rows, r)
				}
			}
		}
		return len(rows), tracer.Addresses(rows...)
	}
	return HowMany{
		ID:  fmt.Sprintf("attempts-%d", message),
		Ask: fmt.Sprintf("How many Produce requests carried message %d?", message),
		Of:  Reading{Says: "again until an answer settles it", Count: carrying},
		Other: []Reading{
			{Says: "as many as calls of Produce()", Belief: "retry-needs-a-call", Count: Exactly(1)},
			{Says: "as many as any message has: two", Belief: "retries-are-counted-out", Count: Exactly(2)},
			{Says: "once more by the program itself", Belief: "program-must-retry-too", Count: plus(carrying, 1)},
			{Says: "every request of the run has it", Belief: "retry-repeats-all", Count: countRequests},
			{Says: "none, for what fails is not sent", Belief: "failed-request-was-not-sent", Count: Exactly(0)},
		},
		Hints: [3]string{
			"Look at the rows of Produce requests and the numbers of the messages they carry.",
			"Compare the rows above each of them: a new batch, or one that is built again.",
			"The client sends a message again as long as no answer settles it and its time has not run out.",
		},
	}.Maker()
}

// LastOffset asks for the offset of the last record of the log.
func LastOffset() Maker {
	return sameWords(HowMany{
		ID:  "last-offset",
		Ask: "Which offset does the last of this run's records have in its partition?",
		Of: Reading{Count: func(rs *tracer.Runs) (int, []string) {
			l := rs.Main.Ledger()
			if !l.LogWasRead || l.Records == 0 || len(usedPartitions(rs.Main)) != 1 {
				return 0, nil
			}
			last := -1
			for i := range rs.Main.Trace.Events {
				if e := &rs.Main.Trace.Events[i]; e.Kind == tracer.Logged && e.Record.Message > 0 {
					last = max(last, int(e.Record.Offset)+max(1, e.Record.Count)-1)
				}
			}
			return last, tracer.Addresses(goodAnswer(rs.Main), rs.Main.End())
		}},
		Other: []Reading{
			{Says: "as in any batch: it starts anew", Belief: "offsets-begin-anew", Count: plus(countLastRequest, -1)},
			{Says: "as many as messages were made", Belief: "offsets-count-from-1", Count: countMessages},
			{Says: "one less than messages made", Belief: "only-messages-take-offsets", Count: plus(countMessages, -1)},
			{Says: "one less than records kept", Belief: "markers-are-messages", Count: plus(countRecords, -1)},
			{Says: "as many as requests were sent", Belief: "one-offset-a-request", Count: countRequests},
		},
		Hints: [3]string{
			"Look at the offsets in the rows of the broker's answers.",
			"Compare the offset of an answer with how many records its request carried.",
			"The broker numbers the records of a partition from 0 as it appends them, whoever sent them and in whatever batch.",
		},
	}).Maker()
}

func usedPartitions(run *tracer.Run) map[spot]bool {
	out := map[spot]bool{}
	for _, r := range run.Of(tracer.RowRequest) {
		for _, s := range spots(r) {
			out[s] = true
		}
	}
	return out
}

// plus is a count and some more.
func plus(of func(*tracer.Runs) (int, []string), more int) func(*tracer.Runs) (int, []string) {
	return func(rs *tracer.Runs) (int, []string) {
		n, rows := of(rs)
		return n + more, rows
	}
}
