package scenarios

import (
	"context"
	"strings"
	"testing"
	"time"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// keyOf runs a lesson and finds the key of one of its questions.
func keyOf(t *testing.T, id, question string, o Options) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	l, _ := Find(id)
	trace, err := Record(ctx, l, o)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := l.Of(o.Variant)
	qs, left := Questions(tracer.NewRuns(trace), c)
	for _, q := range qs {
		if q.ID == question {
			return q.Options[q.Key()].Text
		}
	}
	t.Errorf("%s: no question %s; left out: %q", id, question, left)
	return ""
}

// Change what is run, and the key of the same question changes with the trace.
func TestKeysFollowTheConfiguration(t *testing.T) {
	set := func(key, value string) Options { return Options{Set: []tracer.Setting{{Key: key, Value: value}}} }
	for _, c := range []struct {
		lesson, question string
		was              string
		other            Options
		is               string
	}{
		{"linger", "requests", "3: ", set("linger.ms", "1000"), "1: "},
		{"acks", "next-event-request-1", "The broker answers that it has appended it", set("acks", "0"), "A report is put out: it has been delivered"},
		{"acks", "next-event-request-1", "The broker answers that it has appended it",
			Options{Faults: []string{"answer Produce request 1 with TOPIC_AUTHORIZATION_FAILED"}}, "The broker answers, and it is an error"},
		{"lost-ack", "records", "2: ", set("enable.idempotence", "true"), "1: "},
		{"queue-full", "calls", "5: ", set("queue.buffering.max.messages", "4"), "4: "},
		{"queue-full", "requests-in-all", "2: ", set("queue.buffering.max.messages", "4"), "1: "},
		{"compression", "records-in-request", "200: ", set("batch.num.messages", "150"), "150: "},
		{"compression", "last-offset", "200: ", set("batch.num.messages", "150"), "200: "},
		{"flush-once", "state-after-flush", "In the broker's log",
			Options{Faults: []string{"answer Produce request 1 with TOPIC_AUTHORIZATION_FAILED"}}, "Given up, and a report said so"},
	} {
		for _, run := range []struct {
			o    Options
			want string
		}{{Options{}, c.was}, {c.other, c.is}} {
			if got := keyOf(t, c.lesson, c.question, run.o); !strings.HasPrefix(got, run.want) {
				t.Errorf("%s with %+v: the key of %s is %q, want %q", c.lesson, run.o, c.question, got, run.want)
			}
		}
	}
}

// A question with two keys makes the check fail, with a line that names the
// lesson, the question and both options.
func TestTwoKeysAreFound(t *testing.T) {
	arrived := delivered(tracer.Confirmed)
	l := made(arrived)
	q := quiz.WhichHolds{ID: "which-of-them", Ask: "Which?", Statements: []quiz.Statement{
		{Text: "It has arrived at last", Belief: "a", Check: arrived.Check},
		{Text: "It is there in the end", Belief: "b", Check: arrived.Check},
	}}
	l.Quiz = []quiz.Maker{quiz.StateAfter("Produce"), q.Maker()}
	got := failures(check(t, l).Programs[0])
	if want := `scenarios/firstmessage: first-message: not asked in the quiz: question 2 (which-of-them) is left out: the run bears out both "It has arrived at last" and "It is there in the end": change the question, or take it out of Quiz`; len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
	cs, err := Certify(t.Context(), []*lesson.Lesson{l}, Certifying{Runs: 1, Parallel: 1})
	if err != nil {
		t.Fatal(err)
	}
	if c := cs[0]; c.Sound() || len(c.Failures) != 1 || !strings.HasPrefix(c.Failures[0].Text, "scenarios/firstmessage: first-message: not asked in the quiz: question 2 (which-of-them)") {
		t.Errorf("the certificate says %+v", c.Failures)
	}
}
