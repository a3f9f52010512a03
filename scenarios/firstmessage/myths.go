package firstmessage

import (
	"fmt"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// The myths are what people believe of this program and write about it. Each
// is held against the run like any other claim; the author expects a run to
// refute it.

var connectedAtOnce = tracer.Claim{
	ID:       "myth-connected",
	Sentence: "\"Once NewProducer() returns, the producer is connected to the broker.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		// One run that shows otherwise refutes it. On a machine that is busy with
		// something else NewProducer() may come back so late that the connection
		// is there by then; that is no proof that it waited.
		here := connectedFirst(r.Main, "")
		if here.Verdict == tracer.Confirmed {
			if twin := connectedFirst(r.Twin(awaitReportName), awaitReportName); twin.Verdict == tracer.Refuted {
				return twin
			}
		}
		return here
	},
}

// connectedFirst tells whether the connection that carried the message was open
// before NewProducer() had returned.
func connectedFirst(run *tracer.Run, twin string) tracer.Finding {
	made, request := run.Call("NewProducer"), run.First(tracer.RowRequest)
	if made == nil || request == nil {
		return lesson.Lacks("Produce request")
	}
	opened := opening(run, request.Event.Frame.Connection)
	rows := tracer.OfTwin(twin, tracer.Addresses(made, run.First(tracer.RowPrepared), request))
	switch {
	case opened == nil:
		return lesson.Lacks("record of the connection's opening")
	case opened.At < made.Event.At:
		return lesson.Find(tracer.Confirmed, lesson.Shown(rows, "The connection that carried the message was open before NewProducer() returned."))
	}
	return lesson.Find(tracer.Refuted, lesson.Shown(rows, "NewProducer() waits for no connection. The one that carried the message was opened only after it had returned."))
}

// opening is the event of a connection's opening.
func opening(run *tracer.Run, connection int) *tracer.Event {
	for i := range run.Trace.Events {
		e := &run.Trace.Events[i]
		if e.Kind == tracer.ConnectionOpened && e.Frame.Connection == connection {
			return e
		}
	}
	return nil
}

var flushSends = tracer.Claim{
	ID:       "myth-flush-sends",
	Sentence: "\"Flush() is what sends the message.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		twin := r.Twin(awaitReportName)
		l := twin.Ledger()
		if l.Delivered == 0 {
			return lesson.Lacks("twin in which a message was delivered without Flush()")
		}
		because := []tracer.Reason{{
			Text: fmt.Sprintf("A twin of this program waits for its report and calls Flush() %d times: %d delivered.", len(twin.Calls("Flush")), l.Delivered),
			Rows: tracer.TwinAddresses(awaitReportName, twin.First(tracer.RowRequest), twin.First(tracer.RowReport)),
		}}
		if request := r.Main.First(tracer.RowRequest); request != nil {
			call := r.Main.CallOf(request)
			because = append(because, tracer.Reason{Text: "In this run the request left after " + call.Event.Call.Name + "() was called. The client's own thread sent it; Flush() waits, and sets linger.ms aside while it does.", Rows: tracer.Addresses(request)})
		}
		return lesson.If(len(twin.Calls("Flush")) > 0, because...)
	},
}

var staysQueued = tracer.Claim{
	ID:       "myth-stays-queued",
	Sentence: "\"Without Flush() the message stays queued.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		gone, alive := r.Twin(noFlushName), r.Twin(awaitReportName)
		if gone.End() == nil || alive.End() == nil {
			return lesson.Lacks("twins without Flush()")
		}
		a, b := gone.Ledger(), alive.Ledger()
		if a.Produced == 0 || b.Delivered == 0 {
			return lesson.Lacks("message that Produce() accepted and the broker took")
		}
		return lesson.If(a.Queued > 0 || b.Queued > 0,
			lesson.Shown(tracer.TwinAddresses(noFlushName, gone.End()), "The program ends: the queue ends with it, %d lost.", a.Lost),
			lesson.Shown(tracer.TwinAddresses(awaitReportName, alive.First(tracer.RowReport)), "The program lives on: the client sends it, %d delivered.", b.Delivered))
	},
}

var closedAtEnd = tracer.Claim{
	ID:       "myth-closed",
	Sentence: "\"At the end the producer is closed.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		end := r.Main.End()
		if end == nil || len(end.After.Producers) == 0 {
			return lesson.Lacks("end of a program with a producer")
		}
		closed := 0
		for _, p := range end.After.Producers {
			if p.Closed {
				closed++
			}
		}
		return lesson.If(closed == len(end.After.Producers),
			lesson.Shown(tracer.Addresses(end), "The program called Close() %d times. Its producer was open when the process ended.", len(r.Main.Calls("Close"))))
	},
}
