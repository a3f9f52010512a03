package firstmessage

import (
	"fmt"

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
		made, produce, request := r.Main.Call("NewProducer"), r.Main.Call("Produce"), r.Main.First(tracer.RowRequest)
		if made == nil || produce == nil || request == nil {
			return unsupported("Produce request")
		}
		opened := opening(r.Main, request.Event.Frame.Connection)
		rows := tracer.Addresses(made, r.Main.First(tracer.RowPrepared), request)
		switch {
		case opened == nil:
			return unsupported("record of the connection's opening")
		case opened.At < made.Event.At:
			return finding(tracer.Confirmed, tracer.Reason{Text: "The connection that carried the message was open before NewProducer() returned.", Rows: rows})
		case opened.At < produce.Event.Call.Began:
			return finding(tracer.Depends, tracer.Reason{Text: "The connection that carried the message was opened after NewProducer() had returned, and before Produce().", Rows: rows})
		}
		return finding(tracer.Refuted, tracer.Reason{Text: "NewProducer() waits for no connection. The one that carried the message was opened only after Produce() was called.", Rows: rows})
	},
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
			return unsupported("twin in which a message was delivered without Flush()")
		}
		because := []tracer.Reason{{
			Text: fmt.Sprintf("A twin of this program waits for its report and calls Flush() %d times: %d delivered.", len(twin.Calls("Flush")), l.Delivered),
			Rows: tracer.TwinAddresses(awaitReportName, twin.First(tracer.RowRequest), twin.First(tracer.RowReport)),
		}}
		if request := r.Main.First(tracer.RowRequest); request != nil {
			call := r.Main.CallOf(request)
			because = append(because, tracer.Reason{Text: "In this run the request left after " + call.Event.Call.Name + "() was called. The client's own thread sent it; Flush() waits, and sets linger.ms aside while it does.", Rows: tracer.Addresses(request)})
		}
		return if_(len(twin.Calls("Flush")) > 0, because...)
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
			return unsupported("twins without Flush()")
		}
		a, b := gone.Ledger(), alive.Ledger()
		if a.Produced == 0 || b.Delivered == 0 {
			return unsupported("message that Produce() accepted and the broker took")
		}
		return if_(a.Queued > 0 || b.Queued > 0,
			tracer.Reason{Text: fmt.Sprintf("The program ends: the queue ends with it, %d lost.", a.Lost), Rows: tracer.TwinAddresses(noFlushName, gone.End())},
			tracer.Reason{Text: fmt.Sprintf("The program lives on: the client sends it, %d delivered.", b.Delivered), Rows: tracer.TwinAddresses(awaitReportName, alive.First(tracer.RowReport))})
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
			return unsupported("end of a program with a producer")
		}
		closed := 0
		for _, p := range end.After.Producers {
			if p.Closed {
				closed++
			}
		}
		return if_(closed == len(end.After.Producers),
			tracer.Reason{Text: fmt.Sprintf("The program called Close() %d times. Its producer was open when the process ended.", len(r.Main.Calls("Close"))), Rows: tracer.Addresses(end)})
	},
}
