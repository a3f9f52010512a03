package headers

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// bytes are the sizes of the requests here and in the twin without a header; 0
// where one is missing.
func bytes(r *tracer.Runs) (with, without int, rows []string) {
	a, b := r.Main.Whole().Requests("Produce"), r.Twin(noHeadersName).Whole().Requests("Produce")
	if a.None() || b.None() {
		return 0, 0, nil
	}
	return a.Events[0].Frame.Bytes, b.Events[0].Frame.Bytes, append(a.Rows(), tracer.OfTwin(noHeadersName, b.Rows())...)
}

var mythNotSent = tracer.Claim{
	ID:       "myth-not-sent",
	Sentence: "\"The report has no header, so the message was sent without it.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		with, without, rows := bytes(r)
		if rows == nil {
			return lesson.Lacks("Produce request, here or without a header")
		}
		return lesson.If(with == without,
			lesson.Shown(rows, "The request has %d bytes; that of the same message without a header has %d. The header is on the wire.", with, without))
	},
}

var mythWholeMessage = tracer.Claim{
	ID:       "myth-whole-message",
	Sentence: "\"The report is the message that was handed to Produce().\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		if !complete(r.Main) {
			return lesson.Lacks(lacking)
		}
		return lesson.If(carried(r.Main, "headers") && carried(r.Main, "timestamp"),
			lesson.Shown(tracer.Addresses(lineOf(r.Main, "headers"), lineOf(r.Main, "timestamp")), "Its headers and its timestamp are missing: the report is another Message, made anew."),
			lesson.Cited("confluent-kafka-go v2.15.0, kafka/event.go, eventPoll", "The client makes a new Message for each report"))
	},
}

// The sentences of the Concept Snapshot.

var keepHeader = tracer.Claim{
	ID:       "keep-header",
	Sentence: "The Go client puts headers into a delivery report only if go.delivery.report.fields asks for them, and never a timestamp.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		all := r.Twin(allName)
		if !complete(r.Main) || !complete(all) {
			return lesson.Lacks(lacking)
		}
		rows := append(tracer.Addresses(lineOf(r.Main, "headers")), tracer.TwinAddresses(allName, lineOf(all, "headers"), lineOf(all, "timestamp"))...)
		return lesson.If(!carried(r.Main, "headers") && carried(all, "headers") && !carried(all, "timestamp"), tracer.Reason{Rows: rows})
	},
}

var keepOpaque = tracer.Claim{
	ID:       "keep-opaque",
	Sentence: "To know a message again, use Opaque: it always comes back.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		text, ok := printed(r.Main, "opaque")
		if !ok {
			return lesson.Lacks(lacking)
		}
		return lesson.If(text != "<nil>", lesson.Rows(lineOf(r.Main, "opaque")))
	},
}

var keepSent = tracer.Claim{
	ID:       "keep-sent",
	Sentence: "What a report leaves out has been sent all the same.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		with, without, rows := bytes(r)
		if rows == nil {
			return lesson.Lacks("Produce request, here or without a header")
		}
		return lesson.If(with > without, tracer.Reason{Rows: rows})
	},
}

// part is a statement that the report carries one part and not another.
func part(run func(*tracer.Runs) (*tracer.Run, string), has string, text string) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		at, twin := run(r)
		if !complete(at) {
			return lesson.Lacks(lacking)
		}
		return lesson.If(carried(at, has), lesson.Shown(tracer.OfTwin(twin, tracer.Addresses(lineOf(at, has))), "%s", text))
	}
}

func here(r *tracer.Runs) (*tracer.Run, string) { return r.Main, "" }

// lacks is a statement that the report of the run lacks one part.
func lacks(what string) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		text, ok := printed(r.Main, what)
		if !ok {
			return lesson.Lacks(lacking)
		}
		return lesson.If(!carried(r.Main, what), lesson.Shown(tracer.Addresses(lineOf(r.Main, what)), "The program printed %s %s.", what, text))
	}
}

var whichIsMissing = quiz.WhichHolds{
	ID:  "which-is-missing",
	Ask: "With go.delivery.report.fields=all, which part of the message does the report lack?",
	Statements: []quiz.Statement{
		{Text: "The timestamp given to it", Belief: "report-has-time", Check: lacks("timestamp")},
		{Text: "The headers given to it", Belief: "reports-cannot-have-headers", Check: lacks("headers")},
		{Text: "The value given to it", Belief: "report-has-no-payload", Check: lacks("value")},
		{Text: "The key that it was given", Belief: "report-never-has-key", Check: lacks("key")},
	},
	Hints: [3]string{
		"Look at the rows of what the program prints, below Flush().",
		"Compare each line with what the program handed to Produce().",
		"The setting names fields that can be copied into a report; a message has more than those.",
	},
}

var howToTell = quiz.WhichHolds{
	ID:  "how-to-tell",
	Ask: "With go.delivery.report.fields=none, by what can the program tell the message of a report?",
	Statements: []quiz.Statement{
		{Text: "By the Opaque that it gave", Belief: "", Check: func(r *tracer.Runs) tracer.Finding {
			text, ok := printed(r.Main, "opaque")
			if !ok {
				return lesson.Lacks(lacking)
			}
			return lesson.If(text != "<nil>", lesson.Shown(tracer.Addresses(lineOf(r.Main, "opaque")), "The program printed opaque %s.", text))
		}},
		{Text: "By the key that it sent", Belief: "report-always-has-key", Check: part(here, "key", "The program printed an empty key.")},
		{Text: "By the header that it sent", Belief: "report-is-whole-message", Check: part(here, "headers", "The program printed no header.")},
		{Text: "By the time that it gave", Belief: "report-has-time", Check: part(here, "timestamp", "The program printed that no timestamp is available.")},
	},
	Hints: [3]string{
		"Look at the rows of what the program prints, below Flush().",
		"Compare each line with what the program handed to Produce().",
		"What is copied from the client's memory of a message is up to the setting; what the Go program keeps for itself is not.",
	},
}

var whichPart = quiz.WhichHolds{
	ID:  "which-part",
	Ask: "Which part of the message can the program read from its delivery report?",
	Statements: []quiz.Statement{
		{Text: "The value that was sent", Belief: "report-has-no-payload", Check: part(here, "value", "The program printed the value as it was sent.")},
		{Text: "The header that was sent", Belief: "report-is-whole-message", Check: part(here, "headers", "The program printed no header.")},
		{Text: "The timestamp it was given", Belief: "report-has-time", Check: part(here, "timestamp", "The program printed that no timestamp is available.")},
		{Text: "The time of the broker's log", Belief: "report-has-broker-time", Check: func(r *tracer.Runs) tracer.Finding {
			text, ok := printed(r.Main, "timestamp")
			if !ok {
				return lesson.Lacks(lacking)
			}
			return lesson.If(text == "LogAppendTime", lesson.Shown(tracer.Addresses(lineOf(r.Main, "timestamp")), "The program printed %s.", text))
		}},
	},
	Hints: [3]string{
		"Look at the rows of what the program prints, below Flush().",
		"Compare each line with what the program handed to Produce().",
		"A report is made anew, and only what go.delivery.report.fields names is copied into it.",
	},
}

var withAll = quiz.WhichHolds{
	ID:  "with-all",
	Ask: "The program runs with go.delivery.report.fields=all. What does that change?",
	Statements: []quiz.Statement{
		{Text: "The report has the header, and still no timestamp", Belief: "report-is-whole-message", Check: underAll(func(all *tracer.Run) bool { return carried(all, "headers") && !carried(all, "timestamp") })},
		{Text: "The report has the header and the timestamp as well", Belief: "report-has-time", Check: underAll(func(all *tracer.Run) bool { return carried(all, "headers") && carried(all, "timestamp") })},
		{Text: "The message has a header now; before it had none", Belief: "missing-in-report-is-unsent", Check: func(r *tracer.Runs) tracer.Finding {
			a, b := r.Main.Whole().Requests("Produce"), r.Twin(allName).Whole().Requests("Produce")
			if a.None() || b.None() {
				return lesson.Lacks("Produce request, here or with all fields")
			}
			x, y := a.Events[0].Frame.Bytes, b.Events[0].Frame.Bytes
			return lesson.If(y > x, lesson.Shown(append(a.Rows(), tracer.OfTwin(allName, b.Rows())...), "The request has %d bytes here and %d there: the same is sent.", x, y))
		}},
		{Text: "The report has neither; only readers can see them", Belief: "reports-cannot-have-headers", Check: underAll(func(all *tracer.Run) bool { return !carried(all, "headers") })},
	},
	Hints: [3]string{
		"Look at what the program prints in the twin run all-fields.",
		"Compare its lines, one by one, with those of the lesson's own run.",
		"The setting is about the report, not about what is sent; and one part of a message has no name in it.",
	},
}

// underAll is a statement about the report with all fields.
func underAll(holds func(all *tracer.Run) bool) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		all := r.Twin(allName)
		if !complete(all) {
			return lesson.Lacks("twin that prints its report")
		}
		h, _ := printed(all, "headers")
		t, _ := printed(all, "timestamp")
		return lesson.If(holds(all), lesson.Shown(tracer.TwinAddresses(allName, lineOf(all, "headers"), lineOf(all, "timestamp")), "With all: headers %s, timestamp %s.", h, t))
	}
}

var howManyBytes = quiz.HowMany{
	ID:  "header-bytes",
	Ask: "How many bytes does the header add to the request?",
	Of: quiz.Reading{Says: "its name, its value and their lengths", Count: func(r *tracer.Runs) (int, []string) {
		with, without, rows := bytes(r)
		return with - without, rows
	}},
	Other: []quiz.Reading{
		{Says: "the report shows that it is not sent", Belief: "missing-in-report-is-unsent", Count: quiz.Exactly(0)},
		{Says: "the length of its value alone", Belief: "header-costs-its-value", Count: func(r *tracer.Runs) (int, []string) { return header(r, false), nil }},
		{Says: "its name and its value, no more", Belief: "lengths-are-not-sent", Count: func(r *tracer.Runs) (int, []string) { return header(r, true), nil }},
	},
	Hints: [3]string{
		"Look at the Produce request in the Process Table, and in that of the twin run no-headers.",
		"Compare the numbers of bytes of the two requests.",
		"A header is sent with its name, and in front of name and value stands how long each is.",
	},
}

// header is the length of the header's value, or of its name and value.
func header(r *tracer.Runs, name bool) int {
	call := r.Main.Call("Produce")
	if len(call.Message().Headers) == 0 {
		return 0
	}
	h := call.Message().Headers[0]
	n := h.Value.Size
	if name {
		n += len(h.Key)
	}
	return n
}
