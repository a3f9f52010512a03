package firstmessage

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// The sentences of the Concept Snapshot: what to keep of the lesson.

var doesNotWait = tracer.Claim{
	ID:       "keep-new-producer",
	Sentence: "NewProducer() makes a producer and waits for no broker.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		made := r.Main.Call("NewProducer")
		if made == nil {
			return lesson.Lacks("NewProducer()")
		}
		return lesson.If(made.Event.Call.Error == nil && made.After.Carrying == 0, lesson.Rows(made))
	},
}

var onlyQueues = tracer.Claim{
	ID:       "keep-produce",
	Sentence: "Produce() puts the message into the client's queue and returns at once; no error there means queued, not sent.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		produce := r.Main.Call("Produce")
		if produce == nil || produce.Event.Call.Error != nil {
			return lesson.Lacks("Produce() without an error")
		}
		return lesson.If(produce.After.Queued == produce.After.Produced, lesson.Rows(produce))
	},
}

var clientSends = tracer.Claim{
	ID:       "keep-client-sends",
	Sentence: "The client's own thread builds the batch and sends it, with or without Flush().",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		batched, twin := r.Main.First(tracer.RowBatched), r.Twin(awaitReportName)
		if batched == nil || twin.First(tracer.RowRequest) == nil {
			return lesson.Lacks("batch")
		}
		rows := append(tracer.Addresses(batched), tracer.TwinAddresses(awaitReportName, twin.First(tracer.RowRequest))...)
		return lesson.If(batched.Event.Lane == tracer.Client && twin.Call("Flush") == nil, tracer.Reason{Rows: rows})
	},
}

var flushWaits = tracer.Claim{
	ID:       "keep-flush",
	Sentence: "Flush() waits until every message has its delivery report, or its time is over; 0 means that nothing is left.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		if flush == nil || flush.Unfinished {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If((lesson.Result(flush) == "0") == (flush.After.Undelivered() == 0), lesson.Rows(flush),
			lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, Flush", "Flush() ends when its time is over and returns how much is still outstanding"))
	},
}

var lostAtExit = tracer.Claim{
	ID:       "keep-exit",
	Sentence: "A program that ends before that loses what is still queued, without an error.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lost(r.Twin(noFlushName), noFlushName) },
}
