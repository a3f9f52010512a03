package quiz

import (
	"fmt"
	"slices"
	"strings"

	"kstep/tracer"
)

// Questions on a change that a learner makes: the run with that change answers.

// Tried asks what a change leads to that was run beside the program as the
// twin: how many records the broker's log then holds where there are copies,
// how many Produce requests leave where that is what changes, else what becomes
// of the messages. change is a clause, "The program runs with acks=0"; command
// is what shows the twin.
func Tried(twinName, change, command string) Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		t, err := wholeTwin(rs, twinName)
		if err != nil {
			return Question{}, err
		}
		q, err := tried(run, t, change)(rs)
		if err != nil {
			return Question{}, err
		}
		q.ID = "try-" + slug(twinName)
		q.Hints[0] = fmt.Sprintf("Look at %s of the %s, then think of the same program with the change; afterwards %s shows it.", wholeTable(run), SectionTable, command)
		return q, nil
	}
}

// tried chooses what is asked by what the change changes.
func tried(run *tracer.Run, t *twin, change string) Maker {
	was := run.Ledger()
	switch {
	case t.ledger.Duplicates > 0 && was.Duplicates == 0:
		return howManyRecords(t, change).Maker()
	case !sameFate(was, t.ledger) || t.ledger.Produced == 0:
		return becomes(t, change)
	case sent(run) != sent(t.run):
		return howManyRequests(run, t, change).Maker()
	case !sameReaders(was, t.ledger):
		return func(*tracer.Runs) (Question, error) {
			return Question{}, lacking(run, "what the change changes is which messages a read_committed reader is given, and that is no count")
		}
	}
	return whatChanges(run, t, change)
}

// unchanged is the option of a change that changes nothing that is asked for.
const unchanged = "None of them: all are as before"

// Unchanged tells whether a question's answer is that nothing changes: of a list
// of changes a few such are enough, or who always says so is right.
func (q Question) Unchanged() bool {
	return q.Kind == KindWhatChanges && q.Options[q.Key()].Text == unchanged
}

// KindWhatChanges asks in which count two runs differ.
const KindWhatChanges Kind = "what changes"

// whatChanges is asked where messages have the same fate and as many requests
// leave: is nothing else another, or how many answers come?
func whatChanges(run *tracer.Run, t *twin, change string) Maker {
	return func(*tracer.Runs) (Question, error) {
		fate := option(run, t, "What becomes of the messages", losesBy(change), tracer.RowReport)
		requests := option(run, t, "How many Produce requests leave", "linger-sets-requests", tracer.RowRequest)
		answers := option(run, t, "How many answers the broker gives", "report-comes-from-broker", tracer.RowResponse)
		none := option(run, t, unchanged, "setting-is-not-read", tracer.RowReport)
		q := Question{
			Kind:   KindWhatChanges,
			Prompt: change + ". What does that change?",
			Hints: []string{
				"",
				"Compare what the change is about with the rows under the calls: what leaves, what comes back, what is reported.",
				"A setting changes a run where the run comes to what the setting is about: a limit that is reached, a wait that somebody waits out, an answer that is asked for.",
			},
		}
		if answered(run) == answered(t.run) {
			return compose(q, rightly(none), []Option{fate, requests, answers})
		}
		return compose(q, rightly(answers), []Option{none, fate, requests})
	}
}

// losesBy is the misconception of who thinks that a change decides over what
// becomes of messages.
func losesBy(change string) string {
	switch {
	case strings.Contains(change, "linger.ms"):
		return "linger-loses-messages"
	case strings.Contains(change, "enable.idempotence"):
		return "idempotence-prevents-loss"
	}
	return "messages-vanish"
}

// option is a wrong one: a count of both runs, whose rows show it.
func option(run *tracer.Run, t *twin, text, belief string, kind tracer.RowKind) Option {
	rows := append(tracer.Addresses(last(run, kind)), t.addresses(last(t.run, kind))...)
	return Option{
		Text: text, Belief: belief, Rows: rows,
		Feedback: fmt.Sprintf("Without the change and with it: Produce requests %d and %d, answers %d and %d, messages delivered %d and %d.",
			sent(run), sent(t.run), answered(run), answered(t.run), run.Ledger().Delivered, t.ledger.Delivered),
	}
}

// rightly is the option as the right one.
func rightly(o Option) Option {
	o.Belief = ""
	return o
}

// last is the last row of a kind, else the end.
func last(run *tracer.Run, kind tracer.RowKind) *tracer.Row {
	if rows := run.Of(kind); len(rows) > 0 {
		return rows[len(rows)-1]
	}
	return run.End()
}

func answered(run *tracer.Run) int {
	n := 0
	for _, r := range run.Of(tracer.RowResponse) {
		n += r.Count
	}
	return n
}

// becomes is WhatIf in the words of a change that is no variant.
func becomes(t *twin, change string) Maker {
	return func(rs *tracer.Runs) (Question, error) {
		q, err := WhatIf(t.name)(rs)
		if err != nil {
			return Question{}, err
		}
		q.Prompt = fmt.Sprintf("%s. What becomes of %s?", change, message(max(1, t.ledger.Produced)))
		return q, nil
	}
}

// sameFate tells whether the messages of two runs have one and the same fate.
func sameFate(a, b tracer.Ledger) bool {
	x, errX := outcomeOf(a)
	y, errY := outcomeOf(b)
	return errX == nil && errY == nil && x.id == y.id
}

// sameReaders tells whether a read_committed reader is given the same messages,
// by their numbers, in both runs: where it is not, "nothing changes" and "what
// becomes of the messages" could both be called right.
func sameReaders(a, b tracer.Ledger) bool {
	return slices.Equal(aborted(a), aborted(b))
}

// aborted are the numbers of messages that only a read_uncommitted reader is given.
func aborted(l tracer.Ledger) []int {
	var out []int
	for _, e := range l.Entries {
		for n := e.First; e.Aborted && n <= e.Last; n++ {
			out = append(out, n)
		}
	}
	return out
}

// sent is how many Produce requests left in a run.
func sent(run *tracer.Run) int {
	n := 0
	for _, r := range run.Of(tracer.RowRequest) {
		n += r.Count
	}
	return n
}

// counted is a reading of a twin, whose rows show it: those of a kind, or where
// it has none its end.
func counted(t *twin, says, belief string, kind tracer.RowKind, n int) Reading {
	at := t.run.Of(kind)
	if len(at) == 0 {
		at = []*tracer.Row{t.run.End()}
	}
	return Reading{Says: says, Belief: belief, Count: func(*tracer.Runs) (int, []string) { return n, t.addresses(at...) }}
}

func howManyRequests(run *tracer.Run, t *twin, change string) HowMany {
	n := t.ledger.Produced
	return HowMany{
		Ask: change + ". How many Produce requests leave?",
		Of:  counted(t, "as its batches come out then", "", tracer.RowRequest, sent(t.run)),
		Other: []Reading{
			counted(t, "as many as without the change", "setting-is-not-read", tracer.RowRequest, sent(run)),
			counted(t, "one for each of the messages", "every-message-alone", tracer.RowRequest, n),
			counted(t, "one that all messages share", "messages-always-batched", tracer.RowRequest, 1),
			counted(t, "none, as nothing leaves then", "only-flush-sends", tracer.RowRequest, 0),
			counted(t, "one each, and one that repeats", "client-always-retries", tracer.RowRequest, n+1),
			counted(t, "three for each of the messages", "retries-are-counted-out", tracer.RowRequest, 3*n),
		},
		Hints: [hintCount]string{
			"",
			"Compare the number of rows \"Produce request ->\" with the number of calls of Produce().",
			"A request carries the batches that are ready; what is not yet answered, or answered with an error after which the client tries again, may travel once more.",
		},
		Same: true,
	}
}

func howManyRecords(t *twin, change string) HowMany {
	n := t.ledger.Produced
	return HowMany{
		Ask: change + ". How many records of " + message(n) + " are in the broker's log at the end?",
		Of:  counted(t, "what the broker appended in all", "", tracer.RowRequest, t.ledger.Records),
		Other: []Reading{
			counted(t, "one for each of the messages", "one-call-one-record", tracer.RowRequest, n),
			counted(t, "none, since they are dropped", "no-answer-not-stored", tracer.RowRequest, 0),
			counted(t, "one more for every request", "every-request-is-appended", tracer.RowRequest, t.ledger.Records+n),
			counted(t, "three copies of each message", "retries-are-counted-out", tracer.RowRequest, 3*n),
			counted(t, "what one more try would leave", "client-always-retries", tracer.RowRequest, t.ledger.Records+1),
		},
		Hints: [hintCount]string{
			"",
			"Compare what the broker did with what the client heard of it.",
			"A broker that is given a batch twice appends it twice, unless the batch says that it is the same one again, which an idempotent producer's does.",
		},
	}
}
