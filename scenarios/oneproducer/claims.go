package oneproducer

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// producers is how many producers the program made.
func producers(run *tracer.Run) int {
	if run.End() == nil {
		return 0
	}
	return len(run.End().After.Producers)
}

// visits are the Produce requests after the first click's: what the goroutines
// produced.
func visits(run *tracer.Run) tracer.Frames {
	f := requests(run)
	if f.N() > 0 {
		f.Events = f.Events[1:]
	}
	return f
}

// requests are the Produce requests of a run.
func requests(run *tracer.Run) tracer.Frames { return run.Whole().Requests("Produce") }

var shared = tracer.Claim{
	ID:       "shared",
	Question: "May goroutines call Produce() on one producer at the same time?",
	Sentence: "Yes. Each call puts its message into the queue, and each message is in the log once.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		calls, l := r.Main.Calls("Produce"), r.Main.Ledger()
		if len(calls) == 0 || !l.LogWasRead {
			return lesson.Lacks("call of Produce()")
		}
		return lesson.If(producers(r.Main) == 1 && l.Refused == 0 && l.InLog == l.Produced && l.Duplicates == 0,
			lesson.Shown(append(tracer.Addresses(calls...), requests(r.Main).Rows()...), "Producers: %d. Accepted: %d. Different messages in the log: %d, duplicates: %d.", producers(r.Main), l.Produced, l.InLog, l.Duplicates),
			lesson.Cited("confluentinc/confluent-kafka-go issue 67", "A producer is safe for use by several goroutines"))
	},
}

var together = tracer.Claim{
	ID:       "together",
	Question: "How many requests carry the clicks of three visitors?",
	Sentence: "One. Their messages meet in the queue of the one producer and share a batch.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := visits(r.Main)
		if sent.None() {
			return lesson.Lacks("Produce request after the first click's")
		}
		return lesson.If(sent.N() == 1 && sent.Records() == r.Main.Ledger().Produced-1,
			lesson.Shown(sent.Rows(), "%s carried %s.", lesson.Count(sent.N(), "request"), lesson.Count(sent.Records(), "record")))
	},
}

var perMessageCosts = tracer.Claim{
	ID:       "per-message-costs",
	Question: "And with a producer for each click?",
	Sentence: "A request for each, and for each a connection that is opened and closed: a producer shares nothing with another.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return costs(r.Twin(perMessage), perMessage) },
}

var aloneEach = tracer.Claim{
	ID:       "alone-each",
	Question: "How many requests carry the seven clicks?",
	Sentence: "One for each, and for each a connection that is opened and closed: a producer shares nothing with another.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return costs(r.Main, "") },
}

// costs holds that each producer sent a request of its own over a connection of
// its own. How many connections a client opens is not the same in every run.
func costs(run *tracer.Run, twin string) tracer.Finding {
	n, sent := producers(run), requests(run)
	if n == 0 || sent.None() {
		return lesson.Lacks("program that makes a producer for each message")
	}
	carry := map[int]bool{}
	for _, e := range sent.Events {
		carry[e.Frame.Connection] = true
	}
	return lesson.If(n > 1 && sent.N() == n && len(carry) == n && len(run.Calls("Close")) == n,
		lesson.Shown(tracer.OfTwin(twin, sent.Rows()), "%d producers sent %d requests with %s, over %d connections, and each was closed.", n, sent.N(), lesson.Count(sent.Records(), "record"), len(carry)),
		lesson.Cited("librdkafka v2.15.0, src/rdkafka_broker.c, rd_kafka_broker_add", "Each client starts threads of its own, among them one for each broker that it knows"))
}

var startsAnew = tracer.Claim{
	ID:       "starts-anew",
	Question: "What does each producer do before its message can leave?",
	Sentence: "It connects and asks for the topic, though the one before it knew the answer.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		prepared := r.Main.Of(tracer.RowPrepared)
		if len(prepared) == 0 {
			return lesson.Lacks("producer that connected")
		}
		return lesson.If(len(prepared) == producers(r.Main),
			lesson.Shown(tracer.Addresses(prepared...), "%d producers, and %d times connecting and learning the topic.", producers(r.Main), len(prepared)))
	},
}

var allThere = tracer.Claim{
	ID:       "all-there",
	Question: "Is the log different in the end?",
	Sentence: "No. Both programs deliver all clicks; they differ in what it takes.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		a, b := r.Main.Ledger(), r.Twin(perMessage).Ledger()
		if !a.LogWasRead || !b.LogWasRead {
			return lesson.Lacks("twin with a producer for each click")
		}
		return lesson.If(a.InLog == a.Produced && b.InLog == b.Produced && a.InLog == b.InLog,
			lesson.Shown(append(tracer.Addresses(r.Main.End()), tracer.TwinAddresses(perMessage, r.Twin(perMessage).End())...), "Messages in the log here: %d of %d. With a producer for each: %d of %d.", a.InLog, a.Produced, b.InLog, b.Produced))
	},
}

var mythOwn = tracer.Claim{
	ID:       "myth-own",
	Sentence: "\"Each goroutine needs a producer of its own.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		l, calls := r.Main.Ledger(), r.Main.Calls("Produce")
		if len(calls) == 0 {
			return lesson.Lacks("call of Produce()")
		}
		return lesson.If(producers(r.Main) != 1 || l.Delivered != l.Produced,
			lesson.Shown(tracer.Addresses(r.Main.Call("NewProducer"), calls[0]), "All of them shared %s, and %d of %d messages were delivered.", lesson.Count(producers(r.Main), "producer"), l.Delivered, l.Produced))
	},
}

var mythOwnFlush = tracer.Claim{
	ID:       "myth-own-flush",
	Sentence: "\"Flush() waits for the messages of the goroutine that calls it.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		if flush == nil || flush.Unfinished {
			return lesson.Lacks("Flush() that returned")
		}
		mine := flush.After.Delivered - flush.Before.Delivered
		return lesson.If(mine < flush.After.Produced-flush.Before.Delivered,
			lesson.Shown(tracer.Addresses(flush), "The visitors' goroutines produced, and the main one called Flush(). It waited for all %d: a producer has one queue, whoever filled it.", mine))
	},
}

var keepShare = tracer.Claim{
	ID:       "keep-share",
	Sentence: "One producer serves all goroutines of a program, and their messages share batches.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := visits(r.Main)
		return lesson.If(producers(r.Main) == 1 && sent.N() > 0 && sent.Records() > sent.N(), tracer.Reason{Rows: append(tracer.Addresses(r.Main.Call("NewProducer")), sent.Rows()...)})
	},
}

var keepAnew = tracer.Claim{
	ID:       "keep-anew",
	Sentence: "A new producer starts from nothing: threads, connections, knowledge of topics. Make it once, close it at the end.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(perMessage)
		prepared := run.Of(tracer.RowPrepared)
		if len(prepared) == 0 {
			return lesson.Lacks("twin with a producer for each click")
		}
		return lesson.If(len(prepared) == producers(run), tracer.Reason{Rows: tracer.TwinAddresses(perMessage, prepared...)})
	},
}

var keepFlushed = tracer.Claim{
	ID:       "keep-flushed",
	Sentence: "Each producer has a queue of its own, so each needs its own Flush() before Close().",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flushes := r.Main.Calls("Flush")
		if len(flushes) == 0 {
			return lesson.Lacks("Flush()")
		}
		each := true
		for _, f := range flushes {
			each = each && f.After.Delivered == f.Before.Delivered+1
		}
		return lesson.If(each && len(flushes) == producers(r.Main), lesson.Rows(flushes...))
	},
}

// count is how many requests there were.
func count(r *tracer.Runs) (int, []string) { f := requests(r.Main); return f.N(), f.Rows() }

func countVisits(r *tracer.Runs) (int, []string) { f := visits(r.Main); return f.N(), f.Rows() }

var howManyRequests = quiz.HowMany{
	ID:  "requests",
	Ask: "After a first click, three goroutines produce two clicks each. How many Produce requests carry these?",
	Of:  quiz.Reading{Says: "one for all that was queued", Count: countVisits},
	Other: []quiz.Reading{
		{Says: "one for each of the clicks", Belief: "every-message-alone", Count: quiz.Exactly(6)},
		{Says: "one for each goroutine", Belief: "goroutines-batch-apart", Count: quiz.Exactly(3)},
		{Says: "none before Close() is called", Belief: "close-flushes", Count: quiz.Exactly(0)},
	},
	Hints: [3]string{
		"Look at the rows under Flush().",
		"Compare the number of records in a request with the number of calls of Produce().",
		"Messages for one partition that wait in a producer's queue go into one batch, whoever produced them.",
	},
}

var howManyRequestsEach = quiz.HowMany{
	ID:  "requests-each",
	Ask: "How many Produce requests are there?",
	Of:  quiz.Reading{Says: "one for each producer", Count: count},
	Other: []quiz.Reading{
		{Says: "one for all of the clicks", Belief: "producers-share-a-queue", Count: quiz.Exactly(1)},
		{Says: "a first and a last one", Belief: "producers-share-connections", Count: quiz.Exactly(2)},
		{Says: "one to begin, one to send, for each", Belief: "producers-announce-themselves", Count: quiz.Exactly(14)},
	},
	Hints: [3]string{
		"Look at the rows under each Flush().",
		"Compare the number of producers that were made with the number of requests.",
		"A producer sends what is in its own queue. A producer with one message sends one.",
	},
}

var whatIsMore = quiz.WhichHolds{
	ID:  "what-is-more",
	Ask: "Compared with this run, what does a producer for each click have more of?",
	Statements: []quiz.Statement{
		{Text: "Produce requests, for the same messages", Belief: "", Check: compared("Produce requests", func(run *tracer.Run) int { return requests(run).N() })},
		{Text: "Delivery reports, for the same clicks", Belief: "report-per-request", Check: compared("Messages reported", func(run *tracer.Run) int { l := run.Ledger(); return l.Delivered + l.Failed })},
		{Text: "Records in each of its Produce requests", Belief: "more-producers-do-more", Check: compared("Records in the last request", func(run *tracer.Run) int {
			if b := requests(run).Batches(); len(b) > 0 {
				return b[len(b)-1].Records
			}
			return 0
		})},
		{Text: "Messages that get lost when it is closed", Belief: "exit-loses-all", Check: compared("Messages lost", func(run *tracer.Run) int { return run.Ledger().Lost })},
	},
	Hints: [3]string{
		"Look at the twin run producer-per-message: kstep run one-producer --variant producer-per-message shows it.",
		"Compare the rows of Produce requests and the Message Ledger of the two runs.",
		"What producers do not share, each has to have for itself.",
	},
}

// compared holds that the twin has more of something than the run.
func compared(what string, of func(*tracer.Run) int) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		twin := r.Twin(perMessage)
		if twin.End() == nil || r.Main.End() == nil {
			return lesson.Lacks("twin with a producer for each click")
		}
		rows := append(requests(r.Main).Rows(), tracer.OfTwin(perMessage, requests(twin).Rows())...)
		return lesson.If(of(twin) > of(r.Main), lesson.Shown(rows, "%s: %d here, %d there.", what, of(r.Main), of(twin)))
	}
}
