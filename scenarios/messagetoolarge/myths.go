package messagetoolarge

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var mythText = tracer.Claim{
	ID:       "myth-text",
	Sentence: "\"An error that begins with Broker comes from a broker.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		c := refused(r.Main)
		if c == nil {
			return lesson.Lacks(lackingRefusal)
		}
		w := wireOf(r.Main)
		return lesson.If(w.answers.Any(),
			lesson.Shown(tracer.Addresses(c), "%q was returned after %d answers to a Produce request.", c.Event.Call.Error.Text, w.answers.N()),
			lesson.Cited("confluentinc/librdkafka issue 2474", "The client uses the broker's error code for its own limit, too"))
	},
}

var mythCompression = tracer.Claim{
	ID:       "myth-compression",
	Sentence: "\"If the message fits once it is compressed, it is accepted.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		without, with := r.Twin(gzipName), r.Twin(raisedGzipName)
		c, w := refused(without), wireOf(with)
		if c == nil || w.sent.None() {
			return lesson.Lacks("twin that compresses")
		}
		return lesson.If(without.Ledger().Produced > 0,
			lesson.Shown(append(tracer.TwinAddresses(gzipName, c), tracer.OfTwin(raisedGzipName, w.sent.Rows())...), "Compressed, its whole request has %s bytes. Yet Produce() refused it.", lesson.Number(w.sent.Events[0].Frame.Bytes)))
	},
}

var mythRaise = tracer.Claim{
	ID:       "myth-raise",
	Sentence: "\"To raise the client's message.max.bytes is enough.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		run := r.Twin(raisedName)
		w, l := wireOf(run), run.Ledger()
		if w.answers.None() {
			return lesson.Lacks(lackingAnswer)
		}
		return lesson.If(l.Delivered > 0,
			lesson.Shown(tracer.OfTwin(raisedName, w.answers.Rows()), "The broker's answer was %s: %d delivered, %d failed.", first(w.answers.Errors()), l.Delivered, l.Failed))
	},
}

var mythProduceTells = tracer.Claim{
	ID:       "myth-produce-tells",
	Sentence: "\"Produce() would have told if the message were too large.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		call, report := r.Main.Call("Produce"), r.Main.First(tracer.RowReport)
		if call == nil || report == nil {
			return lesson.Lacks("delivery report")
		}
		return lesson.If(call.Event.Call.Error != nil || report.After.Failed == 0,
			lesson.Shown(tracer.Addresses(call, report), "Produce() knows the client's limit only. It returned no error, and the report says that the message failed."))
	},
}

// The sentences of the Concept Snapshot.

var keepClient = tracer.Claim{
	ID:       "keep-client",
	Sentence: "The client's limit, message.max.bytes, is checked in Produce(), before compression: an error there means that nothing was sent.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(refusedByClient(r.Main, "")) },
}

var keepBroker = tracer.Claim{
	ID:       "keep-broker",
	Sentence: "The broker's limit is checked when the batch arrives: the delivery report has the error.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		return lesson.Bare(refusedByBroker(r.Twin(raisedName), raisedName))
	},
}

var keepBrokerHere = tracer.Claim{
	ID:       "keep-broker",
	Sentence: "The broker's limit is checked when the batch arrives: the delivery report has the error.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(refusedByBroker(r.Main, "")) },
}

var keepTwo = tracer.Claim{
	ID:       "keep-two",
	Sentence: "A large message has to pass both limits.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		return lesson.Bare(through(r.Twin(raisedGzipName), raisedGzipName))
	},
}

var keepDelivered = tracer.Claim{
	ID:       "keep-delivered",
	Sentence: "The broker's limit counts the batch as it arrives, compressed.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(through(r.Main, "")) },
}

// whatIfRaised is the question what becomes of the message under a raised
// limit, in words that say so.
func whatIfRaised(r *tracer.Runs) (quiz.Question, error) {
	q, err := quiz.WhatIf(raisedName)(r)
	q.Prompt = "The client's " + limit + " is raised (variant " + raisedName + "). What becomes of the message?"
	return q, err
}

// whoRefuses asks for the difference between the two refusals.
var whoRefuses = quiz.WhichHolds{
	ID:  "who-refuses",
	Ask: "The lesson's run and the run raised-limit show the same error text. In what do they differ?",
	Statements: []quiz.Statement{
		{Text: "Only with raised-limit has the message been sent at all", Belief: "produce-sends", Check: onTheWire(func(a, b int) bool { return a == 0 && b > 0 })},
		{Text: "Only in the lesson's run has it been sent at all", Belief: "refusal-is-the-brokers", Check: onTheWire(func(a, b int) bool { return a > 0 && b == 0 })},
		{Text: "In nothing: both times it has been sent and refused", Belief: "size-is-the-brokers", Check: onTheWire(func(a, b int) bool { return a > 0 && b > 0 })},
		{Text: "In nothing: both times it has never left the client", Belief: "size-is-the-clients", Check: onTheWire(func(a, b int) bool { return a == 0 && b == 0 })},
	},
	Hints: [3]string{
		"Look for a Produce request in the Process Table, and in that of the twin run raised-limit.",
		"Compare where the error shows up: as the result of a call, or in a response.",
		"What was never on the wire, no broker has seen.",
	},
}

// onTheWire is a statement about the requests of both runs.
func onTheWire(holds func(a, b int) bool) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		a, b := wireOf(r.Main), wireOf(r.Twin(raisedName))
		c, d := r.Main.Call("Produce"), r.Twin(raisedName).Call("Produce")
		if c == nil || d == nil {
			return lesson.Lacks("Produce(), here or with a raised limit")
		}
		rows := append(tracer.Addresses(c), tracer.OfTwin(raisedName, append(tracer.Addresses(d), b.sent.Rows()...))...)
		return lesson.If(holds(a.sent.N(), b.sent.N()), lesson.Shown(rows, "Produce requests here: %d; with raised-limit: %d.", a.sent.N(), b.sent.N()))
	}
}
