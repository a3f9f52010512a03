package quiz

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kstep/tracer"
)

// ask makes one question of a trace.
func ask(t *testing.T, trace *tracer.Trace, m Maker) Question {
	t.Helper()
	qs, left := Build(tracer.NewRuns(trace), "first-message", m)
	if len(qs) != 1 {
		t.Fatalf("no question: %v", left)
	}
	return qs[0]
}

func keyOf(q Question) string { return q.Options[q.Key()].Text }

// The same makers, other runs, other keys.
func TestKeysFollowTheRun(t *testing.T) {
	first, quick, away, five := firstMessage(), noLinger(), brokerAway(), fiveMessages()
	lost, small := noFlush(), twinOf(five)
	for _, c := range []struct {
		name  string
		trace *tracer.Trace
		maker Maker
		key   string
	}{
		{"after Produce", first, StateAfter("Produce"), "In the client's queue, not yet on the wire"},
		{"after Flush", first, StateAfter("Flush"), "In the broker's log, as the broker has confirmed"},
		{"after Flush, broker away", away, StateAfter("Flush"), "In the client's queue, not yet on the wire"},
		{"after Flush, given up", twinOf(away), StateAfter("Flush"), "Given up, and a report said so"},
		{"after exit, no flush", lost, StateAfter(Exit), "Gone from the client, and no report said so"},
		{"request", first, WhichStep(tracer.RowRequest), "After Flush() began, before the program ended (row 3)"},
		{"request, linger.ms=0", quick, WhichStep(tracer.RowRequest), "After Produce() began, before Flush() did (row 2)"},
		{"request, five messages", five, WhichStep(tracer.RowRequest), "After Flush() began, before the program ended (row 7)"},
		{"request, five of each", each(), WhichStep(tracer.RowRequest), "After Flush() began, before Produce() again (row 3)"},
		{"Flush", first, Returned("Flush"), "0: nothing was waiting in the client any more"},
		{"Flush, broker away", away, Returned("Flush"), "5: that much was still waiting in the client"},
		{"Produce", first, Returned("Produce"), "nil: the client has taken it into its own queue"},
		{"Produce, queue full", small, Returned("Produce"), "an error: the client has not taken it in"},
		{"no flush", first, WhatIf("no-flush"), "Lost at exit, and not reported"},
		{"no flush, linger.ms=0", quick, WhatIf("no-flush"), "Delivered, and a report says so"},
		{"short timeout", away, WhatIf("short-timeout"), "Given up, and a report says that it failed"},
		{"full", five, WhatIf("full"), "Refused: an error is returned"},
		{"batch", first, WhoActs(tracer.RowBatched), "The client's thread, in the background"},
		{"proof", first, Proves(), "Row 3.4: the broker's answer names an offset"},
		{"proof, linger.ms=0", quick, Proves(), "Row 2.4: the broker's answer names an offset"},
	} {
		if got := keyOf(ask(t, c.trace, c.maker)); got != c.key {
			t.Errorf("%s: the key is %q, want %q", c.name, got, c.key)
		}
	}
}

func twinOf(t *tracer.Trace) *tracer.Trace { return t.Twins[0] }

// A run that cannot decide gives an error with the reason.
func TestRunsThatCannotAnswer(t *testing.T) {
	scattered := &tape{}
	scattered.newProducer()
	scattered.produce()
	scattered.flush(0, scattered.sent)
	scattered.produce()
	scattered.exit(1)
	overtaken := &tape{}
	overtaken.newProducer()
	overtaken.waiting = 1
	overtaken.call(tracer.Call{Name: "Produce", Message: &tracer.Message{Number: 1, Topic: "my_topic"}}, overtaken.request)
	overtaken.exit(0)
	mute := firstMessage()
	mute.Events = slices.DeleteFunc(mute.Events, func(e tracer.Event) bool { return e.Lane == tracer.Client })
	cut := firstMessage()
	cut.Twins[0].Header.Partial = "killed"
	ended := firstMessage()
	for _, e := range ended.Twins[0].Events {
		if e.Exit != nil {
			e.Exit.ByLab = true
		}
	}
	bare := firstMessage()
	bare.Events = nil
	unread := firstMessage()
	unread.Twins[0].Events = slices.DeleteFunc(unread.Twins[0].Events, func(e tracer.Event) bool { return e.Kind == tracer.Watermark })
	for _, c := range []struct {
		trace *tracer.Trace
		maker Maker
		want  string
	}{
		{firstMessage(), StateAfter("Purge"), "no call of Purge()"},
		{firstMessage(), StateAfter("NewProducer"), "no message was accepted"},
		{scattered.trace(""), StateAfter(Exit), "more than one place"},
		{scattered.trace(""), WhatIf("no-flush"), "no run of the variant"},
		{overtaken.trace(""), StateAfter("Produce"), "request left before row 2 returned"},
		{overtaken.trace(""), Returned("Produce"), "does not tell the queue from the wire"},
		{partial(), StateAfter("Flush"), "had not returned when the record ended (the record is partial: time limit)"},
		{partial(), StateAfter(Exit), "no end of the program"},
		{partial(), WhichStep(tracer.RowRequest), `no row of kind "request" (the record is partial`},
		{partial(), Proves(), "no answer of the broker"},
		{firstMessage(), WhichStep(tracer.RowBatched), "when they happened is no question"},
		{firstMessage(), WhoActs(tracer.RowResponse), "no words"},
		{firstMessage(), Returned("NewProducer"), "no words"},
		{mute, WhoActs(tracer.RowRequest), "no line of the client's log"},
		{cut, WhatIf("no-flush"), "the record is partial: killed"},
		{ended, WhatIf("no-flush"), "kstep ended the program"},
		{unread, WhatIf("no-flush"), "log was not read back"},
		{bare, WhatIf("no-flush"), "no call of the program"},
	} {
		q, err := c.maker(tracer.NewRuns(c.trace))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("want an error with %q, got %v and %q", c.want, err, q.Prompt)
		}
	}
}

func TestNoRuns(t *testing.T) {
	for _, rs := range []*tracer.Runs{nil, {}, tracer.NewRuns(&tracer.Trace{})} {
		qs, left := Build(rs, "x", allMakers("no-flush")...)
		if len(qs) != 0 || len(left) != len(allMakers("")) {
			t.Errorf("%d questions and %d reasons from nothing", len(qs), len(left))
		}
	}
}

// Every question of every run keeps the rules, and cites what it names.
func TestEveryQuestion(t *testing.T) {
	cited := regexp.MustCompile(`rows? ((?:[a-z-]+ )?[0-9][0-9.]*)`)
	for name, r := range runsUnderTest() {
		runs := tracer.NewRuns(r.trace)
		qs, left := Build(runs, "first-message", allMakers(r.variant)...)
		for _, err := range left {
			if strings.Contains(err.Error(), "broken") {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, q := range qs {
			if err := check(q, runs); err != nil {
				t.Errorf("%s: %s: %v", name, q.ID, err)
			}
			for _, o := range q.Options {
				for _, m := range cited.FindAllStringSubmatch(strings.ToLower(o.Feedback), -1) {
					if a := strings.Trim(m[1], ". "); !slices.Contains(o.Rows, a) {
						t.Errorf("%s: %s: feedback %q cites row %s, which is not in %v", name, q.ID, o.Feedback, a, o.Rows)
					}
				}
			}
			if text := fmt.Sprint(q); strings.Contains(text, "!") {
				t.Errorf("%s: %s raises its voice: %s", name, q.ID, text)
			}
		}
	}
}

// What differs from run to run of one program is in no question.
func TestNothingThatVaries(t *testing.T) {
	again := firstMessage()
	for _, trace := range []*tracer.Trace{again, again.Twins[0]} {
		for i := range trace.Events {
			e := &trace.Events[i]
			e.At = e.At*7919 + 13
			e.Seq += 1000
			if e.Frame != nil {
				f := *e.Frame
				f.Connection, f.Correlation, f.Bytes, f.ClientID = f.Connection+40, f.Correlation+40, f.Bytes+1, "other"
				e.Frame = &f
			}
			if e.Client != nil {
				l := *e.Client
				l.Name, l.Thread, l.Broker = "rdkafka#producer-9", "127.0.0.1:40001/1", "1"
				e.Client = &l
			}
		}
	}
	one, _ := Build(tracer.NewRuns(firstMessage()), "first-message", allMakers("no-flush")...)
	two, _ := Build(tracer.NewRuns(again), "first-message", allMakers("no-flush")...)
	if !reflect.DeepEqual(one, two) {
		t.Error("two runs of the same program make different questions")
	}
}

// The fold needs no help to find what a place's feedback points to.
func TestFeedbackPointsToTwin(t *testing.T) {
	q := ask(t, firstMessage(), StateAfter("Produce"))
	for _, o := range q.Options {
		if strings.HasPrefix(o.Text, "Gone") && !slices.Contains(o.Rows, "no-flush 3") {
			t.Errorf("the lost message is in the twin, but the feedback cites %v: %s", o.Rows, o.Feedback)
		}
	}
}

func TestManyCallsInOneRow(t *testing.T) {
	tp := &tape{}
	tp.newProducer()
	m := &tracer.Message{Number: 1, Topic: "my_topic"}
	tp.waiting = 1000
	tp.call(tracer.Call{Name: "Produce", Count: 1000, Message: m, Results: []tracer.Value{{Name: "error", Text: "nil"}}})
	tp.flush(0, tp.sent)
	tp.exit(0)
	q := ask(t, tp.trace(""), StateAfter("Produce"))
	if want := "Where are the 1000 messages right after the last of 1000 calls of Produce() (row 2) has returned?"; q.Prompt != want {
		t.Errorf("got %q", q.Prompt)
	}
}

// What is asked of a variant names what is changed, and counts the variant's
// messages: the run's own may be more.
func TestWhatIfIsAskedOfTheVariant(t *testing.T) {
	single := firstMessage()
	single.Twins[0].Header.Variant = "one"
	many := fiveMessages()
	many.Twins = single.Twins
	for _, c := range []struct {
		maker Maker
		want  string
	}{
		{WhatIf("one"), "What becomes of the message?"},
		{WhatIfInstead("one", "The program sends one message"), "The program sends one message (variant one). What becomes of the message?"},
	} {
		if got := ask(t, many, c.maker).Prompt; !strings.HasSuffix(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
