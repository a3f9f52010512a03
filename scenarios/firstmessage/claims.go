package firstmessage

import (
	"fmt"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var whyFlush = tracer.Claim{
	ID:       "why-flush",
	Question: "Why call Flush() after Produce()?",
	Sentence: "Produce() only puts the message into the client's queue. Flush() waits until its delivery report is out.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		produce, flush := r.Main.Call("Produce"), r.Main.Call("Flush")
		if produce == nil || flush == nil || flush.Unfinished {
			return lesson.Lacks("Flush() that returned")
		}
		report := r.Main.First(tracer.RowReport)
		return lesson.If(produce.After.Queued == 1 && flush.After.Undelivered() == 0,
			lesson.Shown(tracer.Addresses(produce), "When Produce() had returned, %d message was queued and %d Produce requests had left.", produce.After.Queued, produce.After.Requests),
			lesson.Shown(tracer.Addresses(report, flush), "When Flush() returned %s, %d was delivered and %d had failed.", lesson.Result(flush), flush.After.Delivered, flush.After.Failed))
	},
}

var withoutFlush = tracer.Claim{
	ID:       "without-flush",
	Question: "What happens if the program calls Produce() and ends without Flush()?",
	Sentence: "The message is lost, and no error says so.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lost(r.Twin(noFlushName), noFlushName) },
}

var lostWithoutError = tracer.Claim{
	ID:       "lost-without-error",
	Question: "What became of the message?",
	Sentence: "It is lost, and no error says so.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lost(r.Main, "") },
}

// lost holds that every message of the run is gone without error, report or
// record.
func lost(run *tracer.Run, twin string) tracer.Finding {
	produce, end := run.Call("Produce"), run.End()
	if produce == nil || end == nil {
		return lesson.Lacks("run without Flush()")
	}
	l := run.Ledger()
	if l.Produced == 0 {
		return lesson.Lacks("message that Produce() accepted")
	}
	rows := tracer.Addresses(produce, end)
	if twin != "" {
		rows = tracer.TwinAddresses(twin, produce, end)
	}
	return lesson.If(produce.Event.Call.Error == nil && l.Lost == l.Produced && l.Records == 0 && l.LogWasRead && end.Event.Exit.Code == 0,
		lesson.Shown(rows, "Without Flush(): %d produced, %d lost at exit, %d records in the broker's log, exit code %d.", l.Produced, l.Lost, l.Records, end.Event.Exit.Code))
}

var whyBootstrap = tracer.Claim{
	ID:       "why-bootstrap",
	Question: "Why does the config need bootstrap.servers?",
	Sentence: "It is the address the client asks first. The answer names the brokers, and messages go to the one that leads the partition.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		request := r.Main.First(tracer.RowRequest)
		if request == nil {
			return lesson.Lacks("Produce request")
		}
		asked := metadata(r.Main, func(f *tracer.Frame) bool { return f.Brokers > 0 })
		learned := metadata(r.Main, func(f *tracer.Frame) bool { return len(f.Topics) > 0 && f.Topics[0].Partitions > 0 })
		if asked == nil || learned == nil {
			return lesson.Find(tracer.Refuted, lesson.Shown(tracer.Addresses(request), "No answer named the brokers."))
		}
		leader, sent := learned.Frame.Topics[0].Leader, request.Event.Frame
		return lesson.If(asked.Seq < request.Event.Seq && learned.Seq < request.Event.Seq && sent.Node == leader,
			lesson.Shown(tracer.Addresses(r.Main.First(tracer.RowPrepared), request), "An answer named %s, another that broker %d leads %s[0]; the Produce request went to broker %d.", brokers(asked.Frame.Brokers), leader, learned.Frame.Topics[0].Name, sent.Node))
	},
}

func brokers(n int) string {
	if n == 1 {
		return "1 broker"
	}
	return fmt.Sprintf("%d brokers", n)
}

// metadata is the first Metadata response that fits.
func metadata(run *tracer.Run, fits func(*tracer.Frame) bool) *tracer.Event {
	for i := range run.Trace.Events {
		e := &run.Trace.Events[i]
		if e.Kind == tracer.Response && e.Frame.API == "Metadata" && fits(e.Frame) {
			return e
		}
	}
	return nil
}

var deliveredWithoutFlush = tracer.Claim{
	ID:       "delivered-without-flush",
	Question: "Is Flush() needed to send?",
	Sentence: "No. The client sends by itself; here nobody called Flush(), and the message was delivered.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		l := r.Main.Ledger()
		return lesson.If(r.Main.Call("Flush") == nil && l.Delivered == 1 && l.InLog == 1,
			lesson.Shown(tracer.Addresses(r.Main.First(tracer.RowRequest), r.Main.First(tracer.RowReport)), "%d calls of Flush(), %d delivered, %d in the broker's log.", len(r.Main.Calls("Flush")), l.Delivered, l.InLog))
	},
}

var neverReturns = tracer.Claim{
	ID:       "never-returns",
	Question: "Why does Flush(1000) not return after one second?",
	Sentence: "Flush() hands out delivery reports itself. Here one finds no room in its channel and no reader, and that wait has no time limit.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, responses := r.Main.Call("Flush"), r.Main.Of(tracer.RowResponse)
		if flush == nil {
			return lesson.Lacks("Flush()")
		}
		return lesson.If(flush.Unfinished && len(responses) == flush.After.Requests,
			lesson.Shown(tracer.Addresses(append(responses, flush)...), "The broker had answered %d of %d requests, and Flush() had not returned when the program was ended.", len(responses), flush.After.Requests),
			lesson.Cited("confluent-kafka-go v2.15.0, kafka/producer.go, Flush; kafka/event.go, eventPoll", "Flush() polls for reports, and the send to a delivery channel waits until there is room"))
	},
}
