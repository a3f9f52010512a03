package lesson

import (
	"fmt"
	"slices"
	"strings"

	"kstep/tracer"
)

// What the predicates of claims are made of.

// Shown is a sentence that the run shows, and the rows that show it.
func Shown(rows []string, format string, args ...any) tracer.Reason {
	return tracer.Reason{Text: fmt.Sprintf(format, args...), Rows: rows}
}

// Cited is a statement that no run shows, and where it is documented. It has
// no full stop: the source follows it.
func Cited(source, text string) tracer.Reason { return tracer.Reason{Text: text, Source: source} }

// Rows cites rows for the claim's own sentence.
func Rows(rows ...*tracer.Row) tracer.Reason { return tracer.Reason{Rows: tracer.Addresses(rows...)} }

// Find is a finding with its reasons.
func Find(v tracer.Verdict, because ...tracer.Reason) tracer.Finding {
	return tracer.Finding{Verdict: v, Because: because}
}

// If is confirmed where the condition holds, else refuted.
func If(ok bool, because ...tracer.Reason) tracer.Finding {
	if ok {
		return Find(tracer.Confirmed, because...)
	}
	return Find(tracer.Refuted, because...)
}

// Lacks is the finding of a run that has no evidence either way: "This run has
// no Flush() that returned."
func Lacks(what string) tracer.Finding {
	return Find(tracer.Unsupported, tracer.Reason{Text: "This run has no " + what + "."})
}

// Bare is a finding without its own words, for a sentence of a snapshot, which
// says it all: rows and sources stay. What a run lacks is still said.
func Bare(f tracer.Finding) tracer.Finding {
	if f.Verdict == tracer.Unsupported {
		return f
	}
	for i := range f.Because {
		f.Because[i].Text = ""
	}
	return f
}

// Result is a call's only result, or its error result, as text; empty for a
// call that is not there or has not returned.
func Result(call *tracer.Row) string {
	if call == nil || call.Unfinished {
		return ""
	}
	for _, v := range call.Event.Call.Results {
		return v.Text
	}
	return ""
}

// Count is "1 record", "3 records".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Line is the first row of a line that the program printed that begins so, and
// what follows in the line; nil where it printed none.
func Line(run *tracer.Run, beginning string) (row *tracer.Row, rest string) {
	for _, r := range run.Of(tracer.RowPrinted) {
		if rest, ok := strings.CutPrefix(r.Event.Text, beginning); ok {
			return r, rest
		}
	}
	return nil, ""
}

// Carrying are the requests of a run with faults that carry a message, by its
// number.
func Carrying(run *tracer.Run, message int) []*tracer.Row {
	var out []*tracer.Row
	for _, r := range run.Of(tracer.RowRequest) {
		if slices.Contains(r.Messages, message) {
			out = append(out, r)
		}
	}
	return out
}

// Setting is the value of a client setting in a run: laid over the program's,
// else the program's own; empty where neither names it.
func Setting(run *tracer.Run, key string) string {
	if run == nil {
		return ""
	}
	for _, s := range run.Trace.Header.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	if run.Trace.Header.Without == key {
		return "" // the client was made without it
	}
	return OwnSetting(run, key)
}

// OwnSetting is the setting as the program itself has it, whatever is laid over
// it; empty where it does not name it.
func OwnSetting(run *tracer.Run, key string) string {
	if made := run.Call("NewProducer"); made != nil {
		for _, v := range made.Event.Call.Args {
			if v.Name == key {
				return v.Text
			}
		}
	}
	return ""
}

// Number is a number as the page writes it: "1,100,000".
func Number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
