package unknowntopic

import (
	"strconv"
	"time"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// denials are the broker's answers, between two places of the record, that the
// topic of the first message is unknown.
func denials(run *tracer.Run, from, to *tracer.Row) int {
	produce := run.Call("Produce")
	if produce == nil || from == nil || to == nil {
		return 0
	}
	n := 0
	for i := range run.Trace.Events {
		e := &run.Trace.Events[i]
		if e.Kind != tracer.Response || e.Frame.API != "Metadata" || e.Seq < from.Event.Seq || e.Seq > to.Event.Seq {
			continue
		}
		for _, t := range e.Frame.Topics {
			if t.Name == produce.Message().Topic && t.Error != "" {
				n++
			}
		}
	}
	return n
}

// first and second are the program's calls of Produce().
func first(run *tracer.Run) *tracer.Row { return run.Call("Produce") }

func second(run *tracer.Run) *tracer.Row {
	if calls := run.Calls("Produce"); len(calls) > 1 {
		return calls[1]
	}
	return nil
}

// errorOf is the error a call returned, or "no error".
func errorOf(call *tracer.Row) string {
	if call.Event.Call.Error == nil {
		return "no error"
	}
	return strconv.Quote(call.Event.Call.Error.Text)
}

const (
	lackingTwo    = "two calls of Produce()"
	lackingReport = "delivery report that failed"
)

var firstAccepted = tracer.Claim{
	ID:       "first-accepted",
	Question: "The topic does not exist. What does the first Produce() say?",
	Sentence: "No error: no broker has told the client yet that the topic is unknown, so it takes the message into its queue.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		made, call := r.Main.Call("NewProducer"), first(r.Main)
		if call == nil {
			return lesson.Lacks("Produce()")
		}
		known := denials(r.Main, made, call)
		return lesson.If(call.Event.Call.Error == nil && call.After.Queued == 1 && known == 0,
			lesson.Shown(tracer.Addresses(call), "It returned %s with %d queued. By then the broker had answered %d times that the topic is unknown.", errorOf(call), call.After.Queued, known))
	},
}

var reportTells = tracer.Claim{
	ID:       "report-tells",
	Question: "How does the program learn that the message went nowhere?",
	Sentence: "By its delivery report, and by nothing else. The message never left the client.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		report, l := r.Main.First(tracer.RowReport), r.Main.Ledger()
		if report == nil {
			return lesson.Lacks(lackingReport)
		}
		sent := r.Main.Whole().Requests("Produce")
		return lesson.If(l.Failed == 1 && l.Delivered == 0 && sent.None() && l.Records == 0,
			lesson.Shown(tracer.Addresses(report), "%d failed, as its report says; %d Produce requests were sent.", l.Failed, sent.N()))
	},
}

var secondRefused = tracer.Claim{
	ID:       "second-refused",
	Question: "And the second Produce() to the same topic?",
	Sentence: "It returns an error at once, and no report follows: by now the client knows that the topic is unknown.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		a, b := first(r.Main), second(r.Main)
		if b == nil {
			return lesson.Lacks(lackingTwo)
		}
		l := r.Main.Ledger()
		return lesson.If(b.Event.Call.Error != nil && denials(r.Main, a, b) > 0 && l.Refused == 1 && l.Produced == 1,
			lesson.Shown(tracer.Addresses(b), "It returned %s. Of %d messages %d was accepted and has a report, %d was refused.", errorOf(b), len(r.Main.Calls("Produce")), l.Produced, l.Refused))
	},
}

var keepsAsking = tracer.Claim{
	ID:       "keeps-asking",
	Question: "Why does the first report take so long?",
	Sentence: "A topic that was just made may not be known to every broker. The client goes on asking for topic.metadata.propagation.max.ms before it believes the answer.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, there := r.Main, r.Twin(noWaitName)
		a, b := here.First(tracer.RowReport), there.First(tracer.RowReport)
		if a == nil || b == nil || first(here) == nil || first(there) == nil {
			return lesson.Lacks(lackingReport + ", here or with " + propagation + "=0")
		}
		asked, believed := denials(here, first(here), a), denials(there, first(there), b)
		return lesson.If(waited(here, a) && asked > 1 && believed > 0 && early(there, b),
			lesson.Shown(tracer.Addresses(first(here), a), "The report came after %s was over; the broker had answered more than once that the topic is unknown.", propagation),
			lesson.Shown(tracer.TwinAddresses(noWaitName, b), "With %s=%s it came after such an answer, before the program's own %s ms were over.", propagation, lesson.Setting(there, propagation), lesson.OwnSetting(there, propagation)))
	},
}

// waited tells whether the report came after the time that the client goes on
// asking.
func waited(run *tracer.Run, report *tracer.Row) bool {
	ms, err := strconv.Atoi(lesson.Setting(run, propagation))
	return err == nil && after(run, report) >= time.Duration(ms)*time.Millisecond
}

// early tells whether the report came before the time was over that the program
// itself asks for. How many answers there were by then is no measure: a client
// that is slow to read the first one may have asked twice.
func early(run *tracer.Run, report *tracer.Row) bool {
	ms, err := strconv.Atoi(lesson.OwnSetting(run, propagation))
	return err == nil && after(run, report) < time.Duration(ms)*time.Millisecond
}

// after is how long after the first Produce() began the report came.
func after(run *tracer.Run, report *tracer.Row) time.Duration {
	return time.Duration(report.Event.At - first(run).Event.Call.Began)
}

var believesAtOnce = tracer.Claim{
	ID:       "believes-at-once",
	Question: "When is the message given up here?",
	Sentence: "As soon as an answer says that the topic is unknown. A topic that was made a moment ago could be missed that way.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		report := r.Main.First(tracer.RowReport)
		if report == nil || first(r.Main) == nil {
			return lesson.Lacks(lackingReport)
		}
		n := denials(r.Main, first(r.Main), report)
		return lesson.If(n > 0 && early(r.Main, report), lesson.Shown(tracer.Addresses(report), "The report came after an answer that the topic is unknown, and before the %s ms were over that the program itself asks for.", lesson.OwnSetting(r.Main, propagation)))
	},
}

var askingFirst = tracer.Claim{
	ID:       "asking-first",
	Question: "Does it help to ask for the topic first?",
	Sentence: "It helps the program: GetMetadata() returns the topic's error. Produce() takes the message all the same, for the client itself goes on asking.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return askedFirst(r.Twin(askFirstName), askFirstName) },
}

var askedInVain = tracer.Claim{
	ID:       "asked-in-vain",
	Question: "The program has asked for the topic. Does Produce() go by the answer?",
	Sentence: "It does not go by it. GetMetadata() gives the topic's error to the program; Produce() takes the message all the same, for the client itself goes on asking.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return askedFirst(r.Main, "") },
}

// wentOnAsking tells whether the report came when the time of asking was over,
// which begins when the client first has to do with the topic: here in
// GetMetadata() (confluent-kafka-go v2.15.0, kafka/metadata.go, getMetadata).
func wentOnAsking(run *tracer.Run, asked *tracer.Row) bool {
	report := run.First(tracer.RowReport)
	ms, err := strconv.Atoi(lesson.Setting(run, propagation))
	return report != nil && err == nil &&
		time.Duration(report.Event.At-asked.Event.Call.Began) >= time.Duration(ms)*time.Millisecond
}

// askedFirst holds that a topic was denied before Produce() took a message for
// it.
func askedFirst(run *tracer.Run, twin string) tracer.Finding {
	asked, call := run.Call("GetMetadata"), first(run)
	if asked == nil || call == nil {
		return lesson.Lacks("Produce() after GetMetadata()")
	}
	printed := run.After("GetMetadata").Before("Produce").Printed()
	known := denials(run, run.Call("NewProducer"), call)
	rows := tracer.OfTwin(twin, tracer.Addresses(asked, call))
	if len(printed) == 0 {
		return lesson.Lacks("line that the program printed after GetMetadata()")
	}
	return lesson.If(known > 0 && call.Event.Call.Error == nil && call.After.Queued == 1 && wentOnAsking(run, asked),
		lesson.Shown(rows, "The program printed %q, and then Produce() returned %s with %d queued.", printed[0], errorOf(call), call.After.Queued),
		lesson.Cited("librdkafka v2.15.0, INTRODUCTION.md, Topic metadata propagation for newly created topics", "The time of asking begins when the client first has to do with the topic, as in Produce()"))
}
