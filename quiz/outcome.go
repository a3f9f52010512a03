package quiz

import (
	"errors"
	"fmt"
	"slices"

	"kstep/tracer"
)

// What became of the messages of a run: the answers to a what-if question.

// outcome is an end that all messages of a run can have.
type outcome struct {
	id, text, belief string
	holds            func(tracer.Ledger) bool
}

// outcomes are in the order in which they are offered as wrong options. No
// run ends in "kept": a queue that outlives its process is a belief only.
var outcomes = []outcome{
	{"delivered", "Delivered, and a report says so", "messages-arrive-in-the-end",
		func(l tracer.Ledger) bool { return l.Delivered == l.Produced }},
	{"kept", "Kept until the next start", "queue-outlives-process",
		func(tracer.Ledger) bool { return false }},
	{"refused", "Refused: an error is returned", "loss-raises-an-error",
		func(l tracer.Ledger) bool { return l.Produced == 0 && l.Refused > 0 }},
	{"lost", "Lost at exit, and not reported", "exit-loses-all",
		func(l tracer.Ledger) bool { return l.Lost == l.Produced && l.InLog == 0 }},
	{"failed", "Given up, and a report says that it failed", "every-loss-is-reported",
		func(l tracer.Ledger) bool { return l.Failed == l.Produced }},
	{"unseen", "Stored by the broker, with no report", "stored-without-report",
		func(l tracer.Ledger) bool { return l.Lost == l.Produced && l.InLog == l.Produced && l.LogWasRead }},
	{"purged", "Purged, and a report says it was removed", "unsent-is-handed-back",
		func(l tracer.Ledger) bool { return l.Purged == l.Produced }},
}

// believedOf is the misconception of who expects the outcome of a twin: that
// messages failed means something else where all were delivered.
func (o outcome) believedOf(t *twin) string {
	switch {
	case o.id != "failed" || t.ledger.Produced == 0 || t.ledger.Delivered != t.ledger.Produced:
		return o.belief
	case slices.ContainsFunc(t.run.Of(tracer.RowResponse), func(r *tracer.Row) bool { return refusal(r) != "" }):
		return "error-answer-is-final"
	case answered(t.run) < sent(t.run): // an answer was lost, with its connection
		return "in-flight-fails"
	}
	return "waiting-is-failed"
}

// of tells whether the messages of a ledger all had the outcome.
func (o outcome) of(l tracer.Ledger) bool {
	return (o.id == "refused" || l.Produced > 0) && o.holds(l)
}

// outcomeOf is the one outcome that a ledger decides.
func outcomeOf(l tracer.Ledger) (outcome, error) {
	if len(l.Breaches) > 0 {
		return outcome{}, fmt.Errorf("the run's ledger does not add up: %s", l.Breaches[0])
	}
	if l.Produced == 0 && l.Refused == 0 {
		return outcome{}, errors.New("the run made no message")
	}
	for _, o := range outcomes {
		if o.of(l) {
			if o.id == "lost" && !l.LogWasRead {
				return outcome{}, errors.New("the broker's log was not read back, so nothing shows that it lacks the message")
			}
			return o, nil
		}
	}
	return outcome{}, fmt.Errorf("the messages have more than one fate: delivered %d, failed %d, purged %d, lost %d, still queued %d of %d",
		l.Delivered, l.Failed, l.Purged, l.Lost, l.Queued, l.Produced)
}

// refute says why an outcome is not that of the twin, or for the key why it
// is, from the twin's rows.
func (o outcome) refute(t *twin) (string, []string) {
	end := t.addresses(t.run.End())
	switch o.id {
	case "delivered", "failed", "purged":
		if reports := t.run.Of(tracer.RowReport); len(reports) > 0 {
			at := t.addresses(reports...)
			return fmt.Sprintf("The report is %s, and it says something else: %s.", rowList(at), counts(&reports[len(reports)-1].After)), at
		}
		if calls := settling(t.run); len(calls) > 0 {
			at := t.addresses(calls...)
			return fmt.Sprintf("%s show%s something else: %s.", upper(rowList(at)), third(at), counts(&calls[len(calls)-1].After)), at
		}
		return fmt.Sprintf("There is no row of a report in that run before its end, row %s.", end[0]), end
	case "kept":
		return fmt.Sprintf("The queue is memory of the process. After row %s there is no process: %s.", end[0], counts(&t.run.End().After)), end
	case "refused":
		return t.noError()
	case "lost", "unseen":
		if t.ledger.Lost == 0 {
			return fmt.Sprintf("Row %s shows lost 0: %s.", end[0], counts(&t.run.End().After)), end
		}
		return t.log(), end
	}
	return "", nil
}

// confirm says what shows that the outcome is the twin's.
func (o outcome) confirm(t *twin) (string, []string) {
	last := t.run.End()
	if o.id == "refused" {
		return fmt.Sprintf("Row %s returned an error, and nothing was produced.", t.addresses(t.run.Call("Produce"))[0]), t.addresses(t.run.Call("Produce"))
	}
	at := t.addresses(last)
	text := fmt.Sprintf("Row %s, the end, shows: %s.", at[0], counts(&last.After))
	reports, calls := t.run.Of(tracer.RowReport), settling(t.run)
	switch {
	case len(reports) > 0:
		at = append(at, t.addresses(reports[len(reports)-1])...)
		text += fmt.Sprintf(" The report is row %s.", at[len(at)-1])
	case len(calls) > 0:
		at = append(at, t.addresses(calls[len(calls)-1])...)
		text += fmt.Sprintf(" When the call in row %s returned, the client held nothing any more, so the report had come out; its log has no line for it.", at[len(at)-1])
	default:
		text += " No row above it is a report."
	}
	if t.ledger.LogWasRead {
		text += " " + t.log()
	}
	return text, at
}

// settling are the calls after which messages have a fate though no row under
// them is their report: the client's log has no line for the reports of acks=0
// and of what an abort removes (tracer/settle.go).
func settling(run *tracer.Run) []*tracer.Row {
	var out []*tracer.Row
	for _, r := range run.Of(tracer.RowCall) {
		if reported(&r.After) > reported(&r.Before) {
			out = append(out, r)
		}
	}
	return out
}

// reported is how many messages have had their report.
func reported(s *tracer.State) int { return s.Delivered + s.Failed + s.Purged }
