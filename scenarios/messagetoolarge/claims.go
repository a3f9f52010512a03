package messagetoolarge

import (
	"strconv"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// wire is what a run had on the wire of its message.
type wire struct {
	sent, answers tracer.Frames
}

func wireOf(run *tracer.Run) wire {
	return wire{run.Whole().Requests("Produce"), run.Whole().Responses("Produce")}
}

// refused is the call of Produce() that returned an error, nil where it took
// the message.
func refused(run *tracer.Run) *tracer.Row {
	c := run.Call("Produce")
	if c == nil || c.Unfinished || c.Event.Call.Error == nil {
		return nil
	}
	return c
}

const (
	lackingRefusal = "Produce() that was refused"
	lackingAnswer  = "answer of the broker to a Produce request"
)

var clientRefuses = tracer.Claim{
	ID:       "client-refuses",
	Question: "The error is \"Broker: Message size too large\". Which broker said so?",
	Sentence: "None. The client refused the message in Produce(), because it is larger than its own message.max.bytes.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return refusedByClient(r.Main, "") },
}

var stillRefused = tracer.Claim{
	ID:       "still-refused",
	Question: "With gzip the batch would be small. Why is the message refused all the same?",
	Sentence: "message.max.bytes counts the message as the program hands it over. The client compresses later, when it builds a batch.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return refusedByClient(r.Main, "") },
}

var compressionIsLater = tracer.Claim{
	ID:       "compression-is-later",
	Question: "Does compression.type=gzip help?",
	Sentence: "Not against the client's limit: message.max.bytes counts the message before it is compressed.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return refusedByClient(r.Twin(gzipName), gzipName) },
}

// refusedByClient holds that Produce() refused the message and nothing left.
func refusedByClient(run *tracer.Run, twin string) tracer.Finding {
	call := run.Call("Produce")
	if call == nil || call.Unfinished {
		return lesson.Lacks("Produce()")
	}
	w, l := wireOf(run), run.Ledger()
	rows := tracer.OfTwin(twin, tracer.Addresses(call, run.End()))
	if call.Event.Call.Error == nil {
		return lesson.Find(tracer.Refuted, lesson.Shown(rows, "Produce() returned no error."))
	}
	return lesson.If(call.Event.Call.Error.Code == tooLarge && size(call) > limitOf(run) && w.sent.None() && l.Produced == 0 && l.Records == 0,
		lesson.Shown(rows, "Produce() returned %q for %s bytes, with a limit of %s; %d Produce requests were sent.", call.Event.Call.Error.Text, lesson.Number(size(call)), lesson.Number(limitOf(run)), w.sent.N()))
}

// tooLarge is the number of the error "Broker: Message size too large", the
// broker's and the client's alike.
const tooLarge = 10

// limitOf is the client's limit in a run.
func limitOf(run *tracer.Run) int {
	if n, err := strconv.Atoi(lesson.Setting(run, limit)); err == nil {
		return n
	}
	return 1_000_000 // where nobody sets it: librdkafka v2.15.0, CONFIGURATION.md
}

// size is how many bytes the message's value has.
func size(call *tracer.Row) int {
	if v := call.Message().Value; v != nil {
		return v.Size
	}
	return 0
}

var brokerRefuses = tracer.Claim{
	ID:       "broker-refuses",
	Question: "What if the client's limit is raised?",
	Sentence: "Then Produce() takes the message and the client sends it. The broker has a limit of its own and refuses it; the delivery report says so.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return refusedByBroker(r.Twin(raisedName), raisedName) },
}

var brokerRefusesHere = tracer.Claim{
	ID:       "broker-refuses-here",
	Question: "Who refuses the message here?",
	Sentence: "The broker: the whole message has travelled, and the answer is an error. The client does not try again.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return refusedByBroker(r.Main, "") },
}

// refusedByBroker holds that one request went out, came back with an error and
// that the message failed.
func refusedByBroker(run *tracer.Run, twin string) tracer.Finding {
	call, report, w := run.Call("Produce"), run.First(tracer.RowReport), wireOf(run)
	if call == nil || report == nil || w.sent.None() || w.answers.None() {
		return lesson.Lacks(lackingAnswer)
	}
	errs, l := w.answers.Errors(), run.Ledger()
	return lesson.If(call.Event.Call.Error == nil && len(errs) == 1 && w.sent.N() == 1 && l.Failed == l.Produced,
		lesson.Shown(tracer.OfTwin(twin, append(w.sent.Rows(), w.answers.Rows()...)), "%s of %s bytes, answered with %s.", lesson.Count(w.sent.N(), "request"), lesson.Number(w.sent.Events[0].Frame.Bytes), first(errs)),
		lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(report)), "%d failed, as its report says.", l.Failed))
}

func first(errs []string) string {
	if len(errs) == 0 {
		return "no error"
	}
	return errs[0]
}

var bothLimits = tracer.Claim{
	ID:       "both-limits",
	Question: "What gets this message through, with the broker as it is?",
	Sentence: "To raise the client's message.max.bytes and to compress: the broker's limit counts the batch as it arrives.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return through(r.Twin(raisedGzipName), raisedGzipName) },
}

var smallOnTheWire = tracer.Claim{
	ID:       "small-on-the-wire",
	Question: "Why does the broker take it now?",
	Sentence: "Its limit counts the batch as it arrives, and that is small.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return through(r.Main, "") },
}

// through holds that the message arrived in a request that is smaller than it.
func through(run *tracer.Run, twin string) tracer.Finding {
	call, w, l := run.Call("Produce"), wireOf(run), run.Ledger()
	if call == nil || len(w.sent.Batches()) == 0 {
		return lesson.Lacks("Produce request")
	}
	b := w.sent.Batches()[0]
	bytes := w.sent.Events[0].Frame.Bytes
	return lesson.If(bytes < size(call) && b.Codec != "none" && l.Delivered == 1 && l.InLog == 1,
		lesson.Shown(tracer.OfTwin(twin, append(tracer.Addresses(call), w.sent.Rows()...)), "A message of %s bytes, a request of %s bytes with codec %s: %d delivered.", lesson.Number(size(call)), lesson.Number(bytes), b.Codec, l.Delivered))
}
