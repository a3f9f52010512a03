package noerrorisnotdelivery

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// accepted are the calls of Produce() that returned no error.
func accepted(run *tracer.Run) []*tracer.Row {
	var out []*tracer.Row
	for _, r := range run.Calls("Produce") {
		if !r.Unfinished && r.Event.Call.Error == nil {
			out = append(out, r)
		}
	}
	return out
}

// count is how many calls the rows stand for.
func count(rows []*tracer.Row) int {
	n := 0
	for _, r := range rows {
		n += r.Event.Call.N()
	}
	return n
}

var stillQueued = tracer.Claim{
	ID:       "still-queued",
	Question: "No call of Produce() returned an error. Where are the messages?",
	Sentence: "In the client's queue, in the memory of this program. None of them has been sent.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		calls, asked := accepted(r.Main), r.Main.Call("Len")
		if len(calls) == 0 || asked == nil {
			return lesson.Lacks("Produce() without an error and Len() after it")
		}
		last := calls[len(calls)-1]
		sent := r.Main.Before("Flush").Requests("Produce")
		return lesson.If(last.After.Queued == count(calls) && sent.None(),
			lesson.Shown(tracer.Addresses(append(calls, asked)...), "%d calls returned no error; %d Produce requests had left when Flush() was called, and p.Len() counted %s.", count(calls), sent.N(), lesson.Result(asked)))
	},
}

var topicUnknown = tracer.Claim{
	ID:       "topic-unknown",
	Question: "Does Produce() check that the topic is there?",
	Sentence: "Not here. By the first call the client hears of the topic, asks the broker for it, and no call waits until the client knows.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		calls, asked := accepted(r.Main), about(r.Main.Whole().Requests("Metadata"))
		twin := r.Twin(unknownTopicName)
		there, told := accepted(twin), about(twin.Whole().Responses("Metadata"))
		if len(calls) == 0 || asked == nil || len(there) == 0 || told == nil {
			return lesson.Lacks("Metadata request for the topic, here and with a topic that is not there")
		}
		no := told.Frame.Topics[0].Error
		return lesson.If(asked.At > calls[0].Event.Call.Began && no != "",
			lesson.Shown(tracer.Addresses(calls[0], r.Main.First(tracer.RowPrepared)), "The request that asks for the topic left after Produce() had been called."),
			lesson.Shown(tracer.TwinAddresses(unknownTopicName, append(there, twin.First(tracer.RowReport))...), "With the topic misspelled the answer was %s, and %d calls returned no error all the same.", no, count(there)))
	},
}

// about is the first frame that names a topic: the first request that asks for
// it, the first answer that tells of it.
func about(f tracer.Frames) *tracer.Event {
	for _, e := range f.Events {
		if len(e.Frame.Topics) > 0 {
			return e
		}
	}
	return nil
}

// refusals are how many answers tell that a topic is not there, and the first
// of them.
func refusals(f tracer.Frames) (first *tracer.Event, n int) {
	for _, e := range f.Events {
		if len(e.Frame.Topics) == 0 || e.Frame.Topics[0].Error == "" {
			continue
		}
		if n++; first == nil {
			first = e
		}
	}
	return first, n
}

var reportsTell = tracer.Claim{
	ID:       "reports-tell",
	Question: "What tells the program that a message was delivered?",
	Sentence: "Its delivery report, the client's word on what became of that message. It comes after the broker's answer.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		answer, report := r.Main.First(tracer.RowResponse), r.Main.First(tracer.RowReport)
		if answer == nil || report == nil {
			return lesson.Lacks("delivery report after an answer of the broker")
		}
		l := r.Main.Ledger()
		return lesson.If(l.Delivered == l.Produced && l.InLog == l.Produced && answer.Event.At < report.Event.At,
			lesson.Shown(tracer.Addresses(answer, report), "%s without an error, and the broker's log holds %s.", lesson.Count(l.Delivered, "report"), lesson.Count(l.Records, "record")))
	},
}

var noErrorEither = tracer.Claim{
	ID:       "no-error-either",
	Question: "What does Produce() return for a topic that is not there?",
	Sentence: "No error either. That the messages failed is in their delivery reports alone.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return allFailed(r.Twin(unknownTopicName), unknownTopicName) },
}

var noErrorNoTopic = tracer.Claim{
	ID:       "no-error-no-topic",
	Question: "No call of Produce() returned an error. What became of the messages?",
	Sentence: "All of them failed. Only their delivery reports say so.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return allFailed(r.Main, "") },
}

// allFailed holds that every message was accepted, and failed later, and that
// the broker's log has none.
func allFailed(run *tracer.Run, twin string) tracer.Finding {
	calls, report := accepted(run), run.First(tracer.RowReport)
	if len(calls) == 0 || report == nil {
		return lesson.Lacks("delivery report of a message whose topic is not there")
	}
	l := run.Ledger()
	because := []tracer.Reason{lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(append(calls, report)...)),
		"%d calls returned no error; the reports: %d failed. The broker's log holds %d records.", count(calls), l.Failed, l.Records)}
	if e, n := refusals(run.Whole().Responses("Metadata")); n > 1 {
		because = append(because, lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(report)), "Asked for %s, the broker answered %s; the client kept asking until message.timeout.ms was over.", e.Frame.Topics[0].Name, e.Frame.Topics[0].Error))
	}
	return lesson.If(l.Failed == l.Produced && l.Records == 0 && l.LogWasRead, because...)
}

var inKafka = tracer.Claim{
	ID:       "myth-in-kafka",
	Sentence: "\"Produce() returned no error, so the message is in Kafka.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(unknownTopicName)
		calls := accepted(run)
		if len(calls) == 0 || !run.Ledger().LogWasRead {
			return lesson.Lacks("twin with a topic that is not there")
		}
		l := run.Ledger()
		return lesson.If(l.Records == count(calls),
			lesson.Shown(tracer.TwinAddresses(unknownTopicName, append(calls, run.End())...), "With the topic misspelled: %d calls without an error, %d records in the broker's log.", count(calls), l.Records))
	},
}

var flushedZero = tracer.Claim{
	ID:       "myth-flush-zero",
	Sentence: "\"Flush() returned 0, so everything was delivered.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		return zeroMeansDelivered(r.Twin(unknownTopicName), unknownTopicName)
	},
}

var flushedZeroHere = tracer.Claim{
	ID:       "myth-flush-zero",
	Sentence: "\"Flush() returned 0, so everything was delivered.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check:    func(r *tracer.Runs) tracer.Finding { return zeroMeansDelivered(r.Main, "") },
}

func zeroMeansDelivered(run *tracer.Run, twin string) tracer.Finding {
	flush := run.Call("Flush")
	if lesson.Result(flush) != "0" {
		return lesson.Lacks("Flush() that returned 0")
	}
	return lesson.If(flush.After.Delivered == flush.After.Produced,
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(run.First(tracer.RowReport), flush)), "Flush() returned %s with %d delivered and %d failed. A message that failed does not wait any more.", lesson.Result(flush), flush.After.Delivered, flush.After.Failed))
}

// The sentences of the Concept Snapshot.

var keepQueued = tracer.Claim{
	ID:       "keep-queued",
	Sentence: "No error from Produce(): the client has put a copy of the message into its queue. No more than that.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		calls := accepted(r.Main)
		if len(calls) == 0 {
			return lesson.Lacks("Produce() without an error")
		}
		return lesson.If(calls[len(calls)-1].After.Queued == count(calls), lesson.Rows(calls...))
	},
}

var keepReport = tracer.Claim{
	ID:       "keep-report",
	Sentence: "What became of a message is in its delivery report: read it, and look at its error.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		good, bad := r.Main.First(tracer.RowReport), r.Twin(unknownTopicName).First(tracer.RowReport)
		if good == nil || bad == nil {
			return lesson.Lacks("delivery report, here and with a topic that is not there")
		}
		rows := append(tracer.Addresses(good), tracer.TwinAddresses(unknownTopicName, bad)...)
		return lesson.If(good.After.Delivered > 0 && bad.After.Failed > 0, tracer.Reason{Rows: rows})
	},
}

var keepFlush = tracer.Claim{
	ID:       "keep-flush",
	Sentence: "Flush() returning 0: every report is out, the good ones and the bad ones.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, there := r.Main.Call("Flush"), r.Twin(unknownTopicName).Call("Flush")
		if lesson.Result(here) != "0" || lesson.Result(there) != "0" {
			return lesson.Lacks("Flush() that returned 0, here and with a topic that is not there")
		}
		rows := append(tracer.Addresses(here), tracer.TwinAddresses(unknownTopicName, there)...)
		return lesson.If(here.After.Undelivered() == 0 && there.After.Undelivered() == 0 && there.After.Failed > 0, tracer.Reason{Rows: rows})
	},
}
