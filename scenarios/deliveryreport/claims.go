package deliveryreport

import (
	"strings"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// refusal is the broker's answer that failed the message.
func refusal(run *tracer.Run) (row *tracer.Row, err string) {
	for _, r := range run.Of(tracer.RowResponse) {
		for _, b := range r.Event.Frame.Batches {
			if b.Error != "" {
				return r, b.Error
			}
		}
	}
	return nil, ""
}

var callsSayNothing = tracer.Claim{
	ID:       "calls-say-nothing",
	Question: "The broker refused the message. Which call returned an error?",
	Sentence: "None. Produce() had returned before the message was sent, and Flush() counts what is left, not what has failed.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		produce, flush := r.Main.Call("Produce"), r.Main.Call("Flush")
		answer, err := refusal(r.Main)
		if produce == nil || flush == nil || flush.Unfinished || answer == nil {
			return lesson.Lacks("message that the broker refused")
		}
		return lesson.If(produce.Event.Call.Error == nil && produce.After.Queued == 1 && lesson.Result(flush) == "0" && flush.After.Failed == 1,
			lesson.Shown(tracer.Addresses(produce, answer, flush), "Produce() returned no error. The broker's answer was %s. Flush() returned %s with %d failed.", err, lesson.Result(flush), flush.After.Failed))
	},
}

var saysAllSent = tracer.Claim{
	ID:       "says-all-sent",
	Question: "What does the program say at its end?",
	Sentence: "That all was sent, with exit code 0. No log has the message.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		line, _ := lesson.Line(r.Main, "all sent")
		end, l := r.Main.End(), r.Main.Ledger()
		if end == nil || end.Event.Exit == nil || !l.LogWasRead {
			return lesson.Lacks("end of the program, or its log was not read back")
		}
		return lesson.If(line != nil && end.Event.Exit.Code == 0 && l.InLog == 0 && l.Failed == l.Produced,
			lesson.Shown(tracer.Addresses(line, end), "%d produced, %d failed, %d in the broker's log, exit code %d.", l.Produced, l.Failed, l.InLog, end.Event.Exit.Code))
	},
}

var toldInReport = tracer.Claim{
	ID:       "told-in-report",
	Question: "Where is the failure told?",
	Sentence: "In the delivery report. It lies in the channel that the program passed to Produce(), and nobody reads it. A twin that does learns of the failure.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, report := r.Main.Call("Flush"), r.Main.First(tracer.RowReport)
		line, text := lesson.Line(r.Twin(readName), "not delivered: ")
		if flush == nil || flush.Event.Call.After == nil || report == nil || r.Twin(readName) == nil {
			return lesson.Lacks("report of a failure, and a twin that reads it")
		}
		return lesson.If(flush.Event.Call.After.Reports == 1 && line != nil,
			lesson.Shown(tracer.Addresses(report, flush), "When Flush() had returned, %d report was unread.", flush.Event.Call.After.Reports),
			lesson.Shown(tracer.TwinAddresses(readName, line), "The twin reads its report: %q.", text))
	},
}

var reads = tracer.Claim{
	ID:       "reads",
	Question: "How does the program learn of the failure?",
	Sentence: "It takes the report out of the channel and looks at TopicPartition.Error.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		line, text := lesson.Line(r.Main, "not delivered: ")
		report := r.Main.First(tracer.RowReport)
		if report == nil {
			return lesson.Lacks("delivery report")
		}
		sent, _ := lesson.Line(r.Main, "all sent")
		return lesson.If(line != nil && sent == nil,
			lesson.Shown(tracer.Addresses(report, line), "It prints the report's error, %q, and does not say that all was sent.", text))
	},
}

var notTriedAgain = tracer.Claim{
	ID:       "not-tried-again",
	Question: "Did the client try again?",
	Sentence: "No. The producer may not write to this topic. Another try would not change that, so the client gives up at once.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := r.Main.Whole().Requests("Produce")
		answer, err := refusal(r.Main)
		if answer == nil {
			return lesson.Lacks("message that the broker refused")
		}
		return lesson.If(sent.N() == 1,
			lesson.Shown(append(sent.Rows(), answer.Address), "There was %s, answered with %s.", lesson.Count(sent.N(), "Produce request"), err),
			lesson.Cited("librdkafka v2.15.0, INTRODUCTION.md, Error: Permanent errors", "What the client does not know as temporary it takes as permanent: the message fails, and its report has the error"))
	},
}

var passingErrors = tracer.Claim{
	ID:       "passing-errors",
	Question: "Does every error of the broker come to the report?",
	Sentence: "No. After an error that may pass, such as a leader that has moved, the client tries again by itself; the report tells only how it ended.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return gotOver(r.Twin(passingName), passingName) },
}

var triedAgain = tracer.Claim{
	ID:       "tried-again",
	Question: "What did the client do about the error?",
	Sentence: "It sent the message again, and the report tells only how it ended: delivered.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return gotOver(r.Main, "") },
}

// gotOver holds that a request was refused and the message delivered.
func gotOver(run *tracer.Run, twin string) tracer.Finding {
	answer, err := refusal(run)
	if answer == nil {
		return lesson.Lacks("request that was refused with an error that passes")
	}
	sent, l := run.Whole().Requests("Produce"), run.Ledger()
	return lesson.If(sent.N() == 2 && l.Delivered == 1 && l.Failed == 0,
		lesson.Shown(tracer.OfTwin(twin, append(sent.Rows(), tracer.Addresses(answer, run.First(tracer.RowReport))...)), "The first of %d requests was answered with %s; reported were %d delivered, %d failed.", sent.N(), err, l.Delivered, l.Failed))
}

var mythFlushZero = tracer.Claim{
	ID:       "myth-flush-zero",
	Sentence: "\"Flush() returned 0, so all was delivered.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush, l := r.Main.Call("Flush"), r.Main.Ledger()
		if lesson.Result(flush) != "0" {
			return lesson.Lacks("Flush() that returned 0")
		}
		return lesson.If(l.Delivered == l.Produced,
			lesson.Shown(tracer.Addresses(flush), "It returned %s with %d delivered and %d failed: 0 says that each message has its report, good or bad.", lesson.Result(flush), flush.After.Delivered, flush.After.Failed))
	},
}

var mythProduceNil = tracer.Claim{
	ID:       "myth-produce-nil",
	Sentence: "\"Produce() returns an error if the broker does not take the message.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		produce := r.Main.Call("Produce")
		answer, err := refusal(r.Main)
		if produce == nil || answer == nil {
			return lesson.Lacks("message that the broker refused")
		}
		return lesson.If(produce.Event.Call.Error != nil,
			lesson.Shown(tracer.Addresses(produce, answer), "It returned no error; %s came later.", err))
	},
}

var keepReport = tracer.Claim{
	ID:       "keep-report",
	Sentence: "That a message failed after Produce() had taken it is told in its delivery report, and in no call's result.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		line, _ := lesson.Line(r.Twin(readName), "not delivered: ")
		wrong, _ := lesson.Line(r.Main, "all sent")
		produce, flush := r.Main.Call("Produce"), r.Main.Call("Flush")
		if r.Twin(readName) == nil || produce == nil || flush == nil {
			return lesson.Lacks("twin that reads its report")
		}
		silent := produce.Event.Call.Error == nil && lesson.Result(flush) == "0"
		return lesson.If(silent && line != nil && wrong != nil, tracer.Reason{Rows: append(tracer.Addresses(wrong), tracer.TwinAddresses(readName, line)...)})
	},
}

var keepFlush = tracer.Claim{
	ID:       "keep-flush",
	Sentence: "Flush() returns how much is still waiting. 0 means settled, not delivered.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		flush := r.Main.Call("Flush")
		if flush == nil || flush.Unfinished {
			return lesson.Lacks("Flush() that returned")
		}
		return lesson.If(lesson.Result(flush) == "0" && flush.After.Failed > 0, lesson.Rows(flush))
	},
}

var keepEnd = tracer.Claim{
	ID:       "keep-end",
	Sentence: "The client tries again by itself where that can help; a report comes when it is done with the message.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := r.Main.Whole().Requests("Produce")
		if sent.None() {
			return lesson.Lacks("Produce request")
		}
		return lesson.If(sent.N() > 1 && len(r.Main.Of(tracer.RowReport)) == 1, tracer.Reason{Rows: append(sent.Rows(), tracer.Addresses(r.Main.Of(tracer.RowReport)...)...)})
	},
}

var howToLearn = quiz.WhichHolds{
	ID:  "how-to-learn",
	Ask: "Which of these would have told the program that its message failed?",
	Statements: []quiz.Statement{
		{Text: "The event that waits in its channel of reports", Belief: "", Check: toldInReport.Check},
		{Text: "A number above 0 as the result of its Flush()", Belief: "flush-counts-failures", Check: func(r *tracer.Runs) tracer.Finding {
			flush := r.Main.Call("Flush")
			if flush == nil || flush.Unfinished {
				return lesson.Lacks("Flush() that returned")
			}
			return lesson.If(lesson.Result(flush) != "0", lesson.Shown(tracer.Addresses(flush), "It returned %s, with %d failed.", lesson.Result(flush), flush.After.Failed))
		}},
		{Text: "An error as the result of its call of Produce()", Belief: "produce-knows-outcome", Check: mythProduceNil.Check},
		{Text: "A line that the client prints when a message fails", Belief: "client-prints-failures", Check: func(r *tracer.Runs) tracer.Finding {
			end := r.Main.End()
			if end == nil {
				return lesson.Lacks("end of the program")
			}
			lines := r.Main.Whole().Printed()
			told := strings.Contains(strings.Join(lines, "\n"), "uthoriz")
			return lesson.If(told, lesson.Shown(tracer.Addresses(append(r.Main.Of(tracer.RowPrinted), end)...), "All that was printed: %q.", strings.Join(lines, " / ")))
		}},
	},
	Hints: [3]string{
		"Look at the Result column of each call, and at the row of the delivery report.",
		"Compare the unread reports in the Status Tracker with what the program does with its channel.",
		"A call can tell only what is settled when it returns. What is settled later needs a place to be told, and somebody who looks there.",
	},
}
