package view

import (
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// transcript is the Full Transcript: the run told row by row, a paragraph a
// call, so that it can be read aloud.
func (b *blocks) transcript() (Block, bool) {
	p := Prose{Heading: Heading{"full-transcript", quiz.SectionTranscript}}
	var para []Cell
	for _, d := range b.deeds() {
		if d.part != partReturned && !strings.Contains(d.row.Address, ".") && len(para) > 0 {
			p.Paragraphs, para = append(p.Paragraphs, para), nil
		}
		if d.part == partPending {
			continue // the sentence of the call has said so
		}
		c := cell(d.row, b.tell(d))
		c.Rows = []string{d.row.Address}
		para = append(para, c)
	}
	para = append(para, b.ledgerNotes()...)
	p.Paragraphs = append(p.Paragraphs, para)
	return p, len(b.run.Rows) > 0
}

// tell is a deed as a sentence. Of a call that waits, only that it was made.
func (b *blocks) tell(d deed) string {
	if d.part == partReturned {
		return returns(d.row) + "."
	}
	switch r := d.row; r.Kind {
	case tracer.RowCall:
		return b.tellCall(r, d.part == partCalled)
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
	text := calls(r)
	if r.Unfinished {
		return text + "; it has not returned when the record ends."
	}
	if waits {
		return text + ", which waits."
	}
	return text + "; the result: " + b.result(r) + "."
}

// calls says that the program makes a call, without a full stop.
func calls(r *tracer.Row) string {
	if w := where(r); w != "" {
		return upper(w) + ": the program calls " + action(r)
	}
	return "The program calls " + action(r)
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
