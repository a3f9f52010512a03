package headers

import (
	"strings"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// printed is what the program printed of a part of the report: the text after
// "headers: "; ok is false where it printed no such line.
func printed(run *tracer.Run, part string) (text string, ok bool) {
	for _, line := range run.Whole().Printed() {
		if text, ok := strings.CutPrefix(line, part+": "); ok {
			return text, true
		}
	}
	return "", false
}

// lineOf is the row of that line.
func lineOf(run *tracer.Run, part string) *tracer.Row {
	for _, r := range run.Of(tracer.RowPrinted) {
		if strings.HasPrefix(r.Event.Text, part+": ") {
			return r
		}
	}
	return nil
}

// carried tells whether the report had that part as the message had it.
func carried(run *tracer.Run, part string) bool {
	text, _ := printed(run, part)
	call := run.Call("Produce")
	if call == nil {
		return false
	}
	m := call.Message()
	switch part {
	case "key":
		return text == quoted(m.Key)
	case "value":
		return text == quoted(m.Value)
	case "headers":
		return len(m.Headers) > 0 && strings.Contains(text, m.Headers[0].Key) && strings.Contains(text, m.Headers[0].Value.Text)
	case "timestamp":
		return m.Timestamp != 0 && text != "NotAvailable"
	}
	return false
}

func quoted(p *tracer.Payload) string {
	if p == nil {
		return `""`
	}
	return `"` + p.Text + `"`
}

const lacking = "line that the program printed of its report"

// complete tells whether the program printed all parts of its report.
func complete(run *tracer.Run) bool {
	for _, part := range []string{"key", "value", "headers", "timestamp", "opaque"} {
		if _, ok := printed(run, part); !ok {
			return false
		}
	}
	return true
}

var whatComesBack = tracer.Claim{
	ID:       "what-comes-back",
	Question: "What of the message is in its delivery report?",
	Sentence: "Key and value, and the program's own Opaque.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		if !complete(r.Main) {
			return lesson.Lacks(lacking)
		}
		key, _ := printed(r.Main, "key")
		value, _ := printed(r.Main, "value")
		opaque, _ := printed(r.Main, "opaque")
		return lesson.If(carried(r.Main, "key") && carried(r.Main, "value") && opaque != "<nil>",
			lesson.Shown(tracer.Addresses(lineOf(r.Main, "key"), lineOf(r.Main, "value"), lineOf(r.Main, "opaque")), "The program printed key %s, value %s and opaque %s.", key, value, opaque),
			lesson.Cited("confluent-kafka-go v2.15.0, kafka/message.go, setupMessageFromC", "Beside them a report has topic, partition and offset, and the error of a message that failed"))
	},
}

var theHeader = tracer.Claim{
	ID:       "the-header",
	Question: "The message has a header. Is it in the report?",
	Sentence: "No: the Go client leaves headers out unless it is asked for them.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		call := r.Main.Call("Produce")
		if !complete(r.Main) || call == nil {
			return lesson.Lacks(lacking)
		}
		text, _ := printed(r.Main, "headers")
		given := call.Message().Headers
		return lesson.If(len(given) > 0 && !carried(r.Main, "headers"),
			lesson.Shown(tracer.Addresses(call, lineOf(r.Main, "headers")), "Produce() was given %s; the program printed headers %s.", lesson.Count(len(given), "header"), text))
	},
}

var fieldsSetting = tracer.Claim{
	ID:       "the-setting",
	Question: "Which setting decides it?",
	Sentence: "go.delivery.report.fields: with all, headers come back; with none, not even key and value do.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		all, none := r.Twin(allName), r.Twin(noneName)
		if !complete(all) || !complete(none) {
			return lesson.Lacks("twin that prints its report")
		}
		headers, _ := printed(all, "headers")
		key, _ := printed(none, "key")
		value, _ := printed(none, "value")
		return lesson.If(carried(all, "headers") && !carried(none, "key") && !carried(none, "value"),
			lesson.Shown(tracer.TwinAddresses(allName, lineOf(all, "headers")), "With all: headers %s.", headers),
			lesson.Shown(tracer.TwinAddresses(noneName, lineOf(none, "key"), lineOf(none, "value")), "With none: key %s, value %s.", key, value))
	},
}

var headerThere = tracer.Claim{
	ID:       "header-there",
	Question: "Is the header in the report now?",
	Sentence: "Yes, beside key and value.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		if !complete(r.Main) {
			return lesson.Lacks(lacking)
		}
		text, _ := printed(r.Main, "headers")
		return lesson.If(carried(r.Main, "headers") && carried(r.Main, "key") && carried(r.Main, "value"),
			lesson.Shown(tracer.Addresses(lineOf(r.Main, "headers")), "The program printed %s.", text))
	},
}

var nothingThere = tracer.Claim{
	ID:       "nothing-there",
	Question: "How does the program tell now which message the report is about?",
	Sentence: "By Opaque: it comes back whatever the setting says. Key and value are gone from the report.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		if !complete(r.Main) {
			return lesson.Lacks(lacking)
		}
		opaque, _ := printed(r.Main, "opaque")
		return lesson.If(!carried(r.Main, "key") && !carried(r.Main, "value") && opaque != "<nil>",
			lesson.Shown(tracer.Addresses(lineOf(r.Main, "key"), lineOf(r.Main, "value"), lineOf(r.Main, "opaque")), "Key and value are empty; opaque is %s.", opaque))
	},
}

var theTimestamp = tracer.Claim{
	ID:       "the-timestamp",
	Question: "And the timestamp?",
	Sentence: "A report of the Go client never has one, whatever is asked for.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		call := r.Main.Call("Produce")
		text, ok := printed(r.Main, "timestamp")
		if !ok || call == nil {
			return lesson.Lacks(lacking)
		}
		because := []tracer.Reason{lesson.Shown(tracer.Addresses(call, lineOf(r.Main, "timestamp")), "Produce() was given a timestamp; the report says %s.", text)}
		holds := call.Message().Timestamp != 0 && !carried(r.Main, "timestamp")
		if all := r.Twin(allName); all != nil {
			also, _ := printed(all, "timestamp")
			holds = holds && !carried(all, "timestamp")
			because = append(because, lesson.Shown(tracer.TwinAddresses(allName, lineOf(all, "timestamp")), "With %s=all it says %s.", fields, also))
		}
		because = append(because, lesson.Cited("confluentinc/confluent-kafka-go issue 197", "The client uses the timestamp and does not give it back"))
		return lesson.If(holds, because...)
	},
}

var looksTheSame = tracer.Claim{
	ID:       "looks-the-same",
	Question: "Does the report tell that this message has no header?",
	Sentence: "No: it prints the same as that of a message whose header was left out.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		call := r.Main.Call("Produce")
		text, ok := printed(r.Main, "headers")
		if !ok || call == nil {
			return lesson.Lacks(lacking)
		}
		return lesson.If(len(call.Message().Headers) == 0 && text == "[]",
			lesson.Shown(tracer.Addresses(call, lineOf(r.Main, "headers")), "Produce() was given %s, and the program printed headers %s.", lesson.Count(len(call.Message().Headers), "header"), text))
	},
}
