package acks

import (
	"fmt"
	"strings"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// word is how the wire's number is written in a setting.
var word = map[int16]string{-1: "all", 0: "0", 1: "1"}

// course is the way of the run's one message.
type course struct {
	request, report *tracer.Row
	responses       tracer.Frames
	acks            string
	ledger          tracer.Ledger
	printed         string // what the program printed of its report
	twin            string
}

// courseOf is nil where the run has no request or no report.
func courseOf(run *tracer.Run, twin string) *course {
	c := course{request: run.First(tracer.RowRequest), report: run.First(tracer.RowReport), responses: run.Whole().Responses("Produce"), ledger: run.Ledger(), twin: twin}
	if c.request == nil || c.report == nil || c.request.Event.Frame.Acks == nil {
		return nil
	}
	c.acks = word[*c.request.Event.Frame.Acks]
	if lines := run.Whole().Printed(); len(lines) > 0 {
		c.printed = lines[0]
	}
	return &c
}

func (c *course) rows(rows ...*tracer.Row) []string {
	return tracer.OfTwin(c.twin, tracer.Addresses(rows...))
}

// offsetUnset tells whether the report names no offset.
func (c *course) offsetUnset() bool { return strings.HasSuffix(c.printed, "@unset") }

// offsetPassedOn tells whether the report names the offset of the answer.
func (c *course) offsetPassedOn() bool {
	b := c.responses.Batches()
	return len(b) == 1 && strings.HasSuffix(c.printed, fmt.Sprintf("@%d", b[0].BaseOffset))
}

const lacking = "request with its delivery report"

var answered = tracer.Claim{
	ID:       "answered",
	Question: "What does the report \"delivered\" rest on here?",
	Sentence: "On the broker's answer. It names the offset, and the report passes it on.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		c := courseOf(r.Main, "")
		if c == nil {
			return lesson.Lacks(lacking)
		}
		return lesson.If(c.responses.N() == 1 && len(c.responses.Errors()) == 0 && c.ledger.Delivered == 1 && c.ledger.InLog == 1 && c.offsetPassedOn(),
			lesson.Shown(append(c.rows(c.request), c.responses.Rows()...), "The request asked for acks=%s; %s came.", c.acks, lesson.Count(c.responses.N(), "response")),
			lesson.Shown(c.rows(c.report), "The program printed %q, and the broker's log holds %s.", c.printed, lesson.Count(c.ledger.InLog, "message")))
	},
}

var notAnswered = tracer.Claim{
	ID:       "not-answered",
	Question: "What changes with acks=0?",
	Sentence: "No answer is asked for and none comes. The client reports \"delivered\" as soon as the request is sent, and it knows no offset.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return unanswered(courseOf(r.Twin(zeroName), zeroName)) },
}

var notAnsweredHere = tracer.Claim{
	ID:       "not-answered",
	Question: "Where is the broker's answer?",
	Sentence: "There is none, for none was asked for. The client reports \"delivered\" as soon as the request is sent, and it knows no offset.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return unanswered(courseOf(r.Main, "")) },
}

// unanswered holds that a message was reported delivered without an answer.
func unanswered(c *course) tracer.Finding {
	if c == nil {
		return lesson.Lacks(lacking)
	}
	return lesson.If(c.acks == "0" && c.responses.None() && c.ledger.Delivered == 1 && c.offsetUnset(),
		lesson.Shown(c.rows(c.request, c.report), "The request asked for acks=%s; %s, and %d delivered.", c.acks, lesson.Count(c.responses.N(), "response"), c.ledger.Delivered),
		lesson.Shown(c.rows(c.report), "The program printed %q.", c.printed))
}

var reportedAnyway = tracer.Claim{
	ID:       "reported-anyway",
	Question: "What if the broker does not take the message of acks=0?",
	Sentence: "It cannot say so: the report is \"delivered\" all the same, and the broker's log lacks the message.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return notThere(courseOf(r.Twin(nobodyName), nobodyName)) },
}

var reportedNotStored = tracer.Claim{
	ID:       "reported-not-stored",
	Question: "The report says \"delivered\". Where is the message?",
	Sentence: "Nowhere. The broker did not take it, because it is too large, and nobody had asked it for an answer.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return notThere(courseOf(r.Main, "")) },
}

// notThere holds that the message was reported delivered and is not in the log.
func notThere(c *course) tracer.Finding {
	if c == nil || !c.ledger.LogWasRead {
		return lesson.Lacks(lacking)
	}
	return lesson.If(c.acks == "0" && c.responses.None() && c.ledger.Delivered == 1 && c.ledger.InLog == 0,
		lesson.Shown(c.rows(c.request, c.report), "A request of %s bytes with acks=%s: %d reported delivered, %d in the broker's log.", lesson.Number(c.request.Event.Frame.Bytes), c.acks, c.ledger.Delivered, c.ledger.InLog))
}

var leaderOnly = tracer.Claim{
	ID:       "leader-only",
	Question: "And with acks=1?",
	Sentence: "On a cluster of one broker nothing changes but the number in the request. With more, the leader answers without waiting for the others to have the message.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, one := courseOf(r.Main, ""), courseOf(r.Twin(oneName), oneName)
		if here == nil || one == nil {
			return lesson.Lacks(lacking + ", here or with acks=1")
		}
		f := asAll(one)
		if one.responses.N() != here.responses.N() || one.printed != here.printed {
			f.Verdict = tracer.Refuted
		}
		return f
	},
}

var leaderOnlyHere = tracer.Claim{
	ID:       "leader-only",
	Question: "What is missing, compared with acks=all?",
	Sentence: "With one broker nothing. With more, the leader answers without waiting for the others; if it fails before they have copied the message, the message can be lost.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return asAll(courseOf(r.Main, "")) },
}

// asAll holds that acks=1 was answered with an offset, as acks=all is, and that
// the message is in the log.
func asAll(c *course) tracer.Finding {
	if c == nil {
		return lesson.Lacks(lacking)
	}
	return lesson.If(c.acks == "1" && c.responses.N() == 1 && c.ledger.Delivered == 1 && c.ledger.InLog == 1 && c.offsetPassedOn(),
		lesson.Shown(c.rows(c.request, c.report), "The request asked for acks=%s: %s, and the program printed %q.", c.acks, lesson.Count(c.responses.N(), "response"), c.printed),
		lesson.Cited("Apache Kafka documentation, producer setting acks", "With 1 the leader writes the record and does not wait for the other replicas"))
}
