package quiz

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"kstep/tracer"
)

// Question kind: what happens next, on the way of a message.

// KindNextEvent asks which event follows a row by cause.
const KindNextEvent Kind = "next event"

// step is something that can happen next to messages.
type step struct {
	text, belief string
	is           func(*tracer.Row) bool
}

// steps are what happens to messages, and what people expect to happen. The
// last ones never do: they are beliefs only.
var steps = map[string]step{
	"request": {"A Produce request carries it to the broker", "failed-request-was-not-sent",
		func(r *tracer.Row) bool { return r.Kind == tracer.RowRequest }},
	"batch": {"The client builds a batch of it once more", "client-always-retries",
		func(r *tracer.Row) bool { return r.Kind == tracer.RowBatched }},
	"answer": {"The broker answers that it has appended it", "every-request-is-appended",
		func(r *tracer.Row) bool { return r.Kind == tracer.RowResponse && refusal(r) == "" }},
	"refusal": {"The broker answers, and it is an error", "refusal-is-the-brokers",
		func(r *tracer.Row) bool { return r.Kind == tracer.RowResponse && refusal(r) != "" }},
	"delivered": {"A report is put out: it has been delivered", "report-per-request",
		func(r *tracer.Row) bool { return r.Kind == tracer.RowReport && r.After.Delivered > r.Before.Delivered }},
	"failed": {"A report is put out, and it names an error", "in-flight-fails",
		func(r *tracer.Row) bool {
			return r.Kind == tracer.RowReport && r.After.Failed+r.After.Purged > r.Before.Failed+r.Before.Purged
		}},
	"cut": {"No answer gets to the client: something fails", "no-answer-not-stored",
		func(r *tracer.Row) bool { return r.Kind == tracer.RowFault }},
	"end": {"The program ends, and its queue goes with it", "exit-loses-all",
		func(r *tracer.Row) bool { return r.Kind == tracer.RowEnd }},
	"again":  {"The program has to call Produce() once more", "program-must-retry-too", never},
	"reader": {"A consumer reads it, and a report says so", "report-comes-from-reader", never},
	"flush":  {"It waits until the program calls Flush()", "only-flush-sends", never},
	"fetch":  {"The broker fetches it from the client's queue", "queue-is-on-the-broker", never},
	"drop":   {"The client forgets about it without a report", "messages-vanish", never},
}

func never(*tracer.Row) bool { return false }

// expected are the steps that people expect after a row of a kind, those first
// that they expect most.
var expected = map[tracer.RowKind][]string{
	tracer.RowBatched:  {"fetch", "delivered", "flush", "end"},
	tracer.RowRequest:  {"delivered", "reader", "again", "end"},
	tracer.RowResponse: {"again", "drop", "batch", "delivered", "failed", "request", "end"},
	tracer.RowFault:    {"failed", "again", "drop", "end", "answer", "delivered"},
}

// believed are the misconceptions of steps that another one explains better
// after a row of a kind.
var believed = map[tracer.RowKind]map[string]string{
	tracer.RowBatched:  {"delivered": "return-means-stored"},
	tracer.RowRequest:  {"delivered": "sent-means-stored"},
	tracer.RowResponse: {"failed": "error-answer-is-final"},
	tracer.RowFault:    {"delivered": "sent-means-stored", "answer": "answer-still-comes"},
}

// NextEvent asks what happens next to the messages of the nth row of a kind:
// RowBatched, RowRequest, RowResponse, or RowFault where the fault is done to a
// Produce request or its answer. n counts from 1.
func NextEvent(kind tracer.RowKind, n int) Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		id := fmt.Sprintf("next-event-%s-%d", kind, n)
		if expected[kind] == nil {
			return Question{ID: id}, fmt.Errorf("what comes after a row of kind %q is an accident of the run", kind)
		}
		rows := run.Of(kind)
		if n < 1 || len(rows) < n {
			return Question{ID: id}, lacking(run, fmt.Sprintf("the run has %d rows of kind %q", len(rows), kind))
		}
		row := rows[n-1]
		next := nextOnWay(run, row)
		switch {
		case next == nil:
			return Question{ID: id}, fmt.Errorf("the run does not show what comes after row %s", row.Address)
		case row.Count > 1 || next.Count > 1 && next.Kind != tracer.RowEnd:
			return Question{ID: id}, errors.New("a row stands for several events whose order is an accident of the run")
		}
		q := Question{
			ID: id, Kind: KindNextEvent,
			Prompt: fmt.Sprintf(seen(row), row.Address),
			Hints: []string{
				fmt.Sprintf("Look at row %s of the %s and at the rows below it, down to %s.", row.Address, SectionTable, rowList(tracer.Addresses(run.Main()[len(run.Main())-1]))),
				fmt.Sprintf("Compare the counts of the %s in row %s with those of the row that follows it for the same message.", SectionTracker, row.Address),
				"Each step waits for the one before it: a request for its batch, an answer for its request, a report for the answer. Where a step fails, the client decides, not the program.",
			},
		}
		return nextOptions(q, run, row, next)
	}
}

// nextOptions are the step that happened and those that people expect.
func nextOptions(q Question, run *tracer.Run, row, next *tracer.Row) (Question, error) {
	var key *Option
	var wrong []Option
	at := tracer.Addresses(row, next)
	names := slices.Clone(expected[row.Kind])
	for _, name := range []string{"request", "batch", "answer", "refusal", "delivered", "failed", "cut", "end"} {
		if !slices.Contains(names, name) && steps[name].is(next) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		s := steps[name]
		if b := believed[row.Kind][name]; b != "" {
			s.belief = b
		}
		switch {
		case !s.is(next):
			wrong = append(wrong, Option{Text: s.text, Belief: s.belief, Rows: at, Feedback: notNext(run, row, next, s, &at)})
			wrong[len(wrong)-1].Rows = distinct(at)
			at = tracer.Addresses(row, next)
		case key != nil:
			return q, twoHold(key.Text, s.text)
		default:
			key = &Option{Text: s.text, Rows: at,
				Feedback: fmt.Sprintf("Row %s follows on row %s: %s.", next.Address, row.Address, counts(&next.After))}
		}
	}
	if key == nil {
		return q, fmt.Errorf("there are no words for what row %s shows", next.Address)
	}
	return compose(q, *key, wrong)
}

// notNext says where a step stands in the run, if it does.
func notNext(run *tracer.Run, row, next *tracer.Row, s step, at *[]string) string {
	text := fmt.Sprintf("What follows on row %s is row %s: %s.", row.Address, next.Address, counts(&next.After))
	if later := following(run, next, s.is); later != nil {
		*at = append(*at, later.Address)
		return text + fmt.Sprintf(" That comes later, in row %s.", later.Address)
	}
	return text + " No row below it shows that."
}

// seen is the prompt of a row, with a verb for its address.
func seen(r *tracer.Row) string {
	switch r.Kind {
	case tracer.RowBatched:
		return "The client has built a batch (row %s). What happens next to it?"
	case tracer.RowRequest:
		return "A Produce request is on the wire (row %s). What happens next to what it carries?"
	case tracer.RowResponse:
		if e := refusal(r); e != "" {
			return "The broker has answered with " + strings.ReplaceAll(e, "%", "%%") + " (row %s). What happens next to what was sent?"
		}
		return "The broker has answered without an error (row %s). What happens next to what was sent?"
	}
	return "This happens: " + strings.ReplaceAll(r.Event.Text, "%", "%%") + " (row %s). What happens next to what was sent?"
}
