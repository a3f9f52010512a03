package unknowntopic

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var mythProduce = tracer.Claim{
	ID:       "myth-produce",
	Sentence: "\"A wrong topic name is an error of Produce().\"",
	Myth:     true,
	Expect:   tracer.Depends,
	Check: func(r *tracer.Runs) tracer.Finding {
		a, b := first(r.Main), second(r.Main)
		if b == nil {
			return lesson.Lacks(lackingTwo)
		}
		because := []tracer.Reason{
			lesson.Shown(tracer.Addresses(a, b), "The first call returned %s, the second %s.", errorOf(a), errorOf(b)),
			lesson.Cited("confluentinc/librdkafka issue 348", "It depends on whether the client has learned by then that the topic is unknown"),
		}
		if (a.Event.Call.Error == nil) != (b.Event.Call.Error == nil) {
			return lesson.Find(tracer.Depends, because...)
		}
		return lesson.If(a.Event.Call.Error != nil, because[:1]...)
	},
}

var mythBroker = tracer.Claim{
	ID:       "myth-broker",
	Sentence: "\"The message is sent, and the broker refuses it.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		report := r.Main.First(tracer.RowReport)
		if report == nil {
			return lesson.Lacks(lackingReport)
		}
		sent := r.Main.Whole().Requests("Produce")
		return lesson.If(sent.Any(),
			lesson.Shown(tracer.Addresses(report), "%d Produce requests were sent: without a partition there is no broker to send to. The broker was only asked for the topic.", sent.N()))
	},
}

var mythFlush = tracer.Claim{
	ID:       "myth-flush",
	Sentence: "\"Flush() returned 0, so the message has arrived.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		if flush == nil || flush.Unfinished || lesson.Result(flush) != "0" {
			return lesson.Lacks("Flush() that returned 0")
		}
		return lesson.If(flush.After.Delivered > 0,
			lesson.Shown(tracer.Addresses(flush), "It returned %s with %d delivered and %d failed: a report is out, and it holds an error.", lesson.Result(flush), flush.After.Delivered, flush.After.Failed))
	},
}

// The sentences of the Concept Snapshot.

var keepFirst = tracer.Claim{
	ID:       "keep-first",
	Sentence: "Produce() takes a message for a topic that the client knows nothing of; the delivery report says what became of it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		call, report := first(r.Main), r.Main.First(tracer.RowReport)
		if call == nil || report == nil {
			return lesson.Lacks(lackingReport)
		}
		return lesson.If(call.Event.Call.Error == nil && report.After.Failed > 0, lesson.Rows(call, report))
	},
}

var keepLater = tracer.Claim{
	ID:       "keep-later",
	Sentence: "Once the client takes the topic to be unknown, Produce() returns an error at once. So check both: the error and the report.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		b := second(r.Main)
		if b == nil {
			return lesson.Lacks(lackingTwo)
		}
		return lesson.If(b.Event.Call.Error != nil && b.Before.Failed == 1, lesson.Rows(r.Main.First(tracer.RowReport), b))
	},
}

var keepWait = tracer.Claim{
	ID:       "keep-wait",
	Sentence: "topic.metadata.propagation.max.ms is how long the client goes on asking for a topic before it takes it to be unknown.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		report := r.Main.First(tracer.RowReport)
		if report == nil || first(r.Main) == nil {
			return lesson.Lacks(lackingReport)
		}
		return lesson.If(waited(r.Main, report), lesson.Rows(first(r.Main), report))
	},
}
