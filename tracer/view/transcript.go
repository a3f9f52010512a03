package view

import (
	"strings"

	"kstep/tracer"
)

// transcript is the Full Transcript: the run told row by row, a paragraph a
// call, so that it can be read aloud.
func (b *blocks) transcript() (Block, bool) {
	p := Prose{Heading: Heading{"full-transcript", "Full Transcript"}}
	var para []Cell
	var open *tracer.Row // a call whose return is told after what it waited for
	say := func(r *tracer.Row, text string) {
		c := cell(r, text)
		c.Rows = []string{r.Address}
		para = append(para, c)
	}
	for i := range b.run.Rows {
		r := &b.run.Rows[i]
		if (r.Kind == tracer.RowCall || r.Kind == tracer.RowEnd) && len(para) > 0 {
			if open != nil {
				say(open, returns(open)+".")
			}
			p.Paragraphs = append(p.Paragraphs, para)
			para = nil
		}
		if !strings.Contains(r.Address, ".") {
			open = b.waiting(r)
		}
		if after(open, r) {
			say(open, returns(open)+".")
			open = nil
		}
		say(r, b.tell(r, open == r))
	}
	if end := b.run.End(); end == nil && open != nil {
		say(open, returns(open)+".")
	}
	para = append(para, b.ledgerNotes()...)
	p.Paragraphs = append(p.Paragraphs, para)
	return p, len(b.run.Rows) > 0
}

// tell is a row as a sentence. Of a call that waits, only that it was made.
func (b *blocks) tell(r *tracer.Row, waits bool) string {
	switch r.Kind {
	case tracer.RowCall:
		return b.tellCall(r, waits)
	case tracer.RowPrepared:
		if !learned(r) {
			return "The client connects to the broker."
		}
		return "The client connects to the broker and asks for the topic: " + topicsLearned(r) + "."
	case tracer.RowBatched:
		if r.Count > 1 {
			return "The client builds " + number(r.Count) + " batches: " + batchResult(r) + "."
		}
		return "The client builds a batch: " + batchResult(r) + "."
	case tracer.RowRequest:
		_, bytes := records(r)
		what := "A Produce request leaves"
		if r.Count > 1 {
			what = number(r.Count) + " Produce requests leave"
		}
		return what + ", with " + carried(r) + " in " + count(bytes, "byte") + marked(r) + "."
	case tracer.RowResponse:
		text, _ := answer(r)
		return "The broker answers: " + text + "."
	case tracer.RowReport:
		n, words, _ := reports(r)
		return "The client puts out " + count(n, "delivery report") + ": " + words + "."
	case tracer.RowExchange:
		text, _ := exchanged(r)
		return "The " + exchange(r) + "; the broker answers: " + text + "."
	case tracer.RowFault:
		return faultTold(r)
	case tracer.RowLeftOut:
		return leftOutTold(r)
	case tracer.RowPrinted:
		return "The program prints: " + r.Event.Text
	case tracer.RowEnd:
		return tellEnd(r)
	}
	return ""
}

func (b *blocks) tellCall(r *tracer.Row, waits bool) string {
	text := action(r)
	if w := where(r); w != "" {
		text = upper(w) + ": the program calls " + text
	} else {
		text = "The program calls " + text
	}
	if r.Unfinished {
		return text + "; it has not returned when the record ends."
	}
	if waits {
		return text + ", which waits."
	}
	return text + "; the result: " + b.result(r) + "."
}

func tellEnd(r *tracer.Row) string {
	text := "The program ends: " + ending(r.Event.Exit) + "."
	if n := r.After.Lost; n > 0 {
		text += " " + upper(count(n, "message")) + " without a delivery report " + plural(n, "is", "are") + " gone with the process."
	}
	return text
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
