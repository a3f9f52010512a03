package view

import (
	"strconv"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// ledgerNotes are the account of the run in one line, for under the table.
func (b *blocks) ledgerNotes() []Cell {
	l := b.ledger
	text := number(l.Produced) + " produced = " + strings.Join(fates(l), " + ") + "."
	tone := Good
	if l.Produced == 0 {
		text, tone = "Nothing was produced.", Quiet
	}
	switch {
	case l.Lost+l.Failed+l.Purged+l.Queued > 0:
		tone = Bad
	case l.Duplicates > 0 || l.Aborted > 0 || len(l.Orders) > 0:
		tone = Caution // nothing is missing, and yet the log is not what the program may expect
	}
	if l.Refused > 0 {
		text += " " + count(l.Refused, "call") + " of Produce() " + plural(l.Refused, "was", "were") + " refused."
	}
	out := []Cell{{Text: text + " " + inLog(l), Tone: tone, Known: tracer.Inferred}}
	for _, breach := range l.Breaches {
		out = append(out, Cell{Text: "The account does not balance: " + breach + ".", Tone: Bad, Known: tracer.Inferred})
	}
	return out
}

// fates are the right side of the law: at least one term.
func fates(l tracer.Ledger) []string {
	var out []string
	for _, f := range []struct {
		n    int
		word string
	}{{l.Delivered, "delivered"}, {l.Failed, "failed"}, {l.Purged, "purged"}, {l.Lost, "lost at exit"}, {l.Queued, "still queued"}} {
		if f.n > 0 {
			out = append(out, number(f.n)+" "+f.word)
		}
	}
	if len(out) == 0 {
		return []string{"0 delivered"}
	}
	return out
}

// inLog says what the broker's log holds.
func inLog(l tracer.Ledger) string {
	switch {
	case !l.LogWasRead:
		return "The broker's log was not read back."
	case l.Records == 0 && l.Foreign == 0:
		return "The broker's log is empty."
	case l.Records == 0:
		return "The broker's log holds " + count(l.Foreign, "record") + " that no call of Produce() made."
	case len(l.Entries) == 1 && l.Produced == 1 && l.Records == 1 && l.Aborted == 0 && l.Foreign == 0:
		e := l.Entries[0]
		return "The broker's log holds it: " + place(e.Message.Topic, e.Partition, e.Offset) + "."
	}
	text := "The broker's log holds " + count(l.Records, "record") + " of " + count(l.InLog, "message")
	if l.Duplicates > 0 {
		text += ": " + count(l.Duplicates, "duplicate")
	}
	text += "."
	for _, o := range l.Orders {
		text += " In " + o.Topic + "[" + strconv.Itoa(int(o.Partition)) + "] their order is " + numbers(o.Numbers) + "."
	}
	if l.Aborted > 0 {
		text += " " + upper(count(l.Aborted, "record")) + " of them " + plural(l.Aborted, "is", "are") + " of a transaction that was not committed: a read_uncommitted reader gets " + plural(l.Aborted, "it", "them") + ", a read_committed one does not."
	}
	if l.Foreign > 0 {
		text += " " + count(l.Foreign, "more record") + " that no call of Produce() made."
	}
	return text
}

// ledgerColumns are the columns of the Message Ledger.
var ledgerColumns = []string{"Message", "Key", "Value", "Fate", "In the broker's log"}

// maxNumbers is how many messages of a log's order are named.
const maxNumbers = 12

// numbers are messages by their numbers: "#2, #3, #1".
func numbers(of []int) string {
	var out []string
	for _, n := range of[:min(len(of), maxNumbers)] {
		out = append(out, "#"+number(n))
	}
	if len(of) > maxNumbers {
		out = append(out, "and "+number(len(of)-maxNumbers)+" more")
	}
	return strings.Join(out, ", ")
}

// ledgerTable is the Message Ledger: what became of each message, and what the
// broker's log says of it.
func (b *blocks) ledgerTable() (Block, bool) {
	t := Table{
		Heading: Heading{"message-ledger", quiz.SectionLedger},
		Columns: ledgerColumns,
	}
	entries := b.ledger.Entries
	for _, e := range entries[:min(len(entries), maxEntries)] {
		t.Rows = append(t.Rows, Row{Cells: entryCells(e, b.ledger.LogWasRead)})
	}
	if n := len(entries) - len(t.Rows); n > 0 {
		t.Notes = append(t.Notes, Cell{Text: count(n, "more row") + " are not shown; the trace (--format json) has them.", Tone: Quiet})
	}
	t.Notes = append(t.Notes, b.ledgerNotes()...)
	return t, len(t.Rows) > 0
}

// maxEntries is how many rows of the ledger are shown.
const maxEntries = 50

func entryCells(e tracer.Entry, logRead bool) []Cell {
	who := "#" + number(e.First)
	key, value := payload(e.Message.Key), payload(e.Message.Value)
	if n := e.Last - e.First + 1; n > 1 {
		who += " to #" + number(e.Last)
		key, value = "(several)", "(several)"
	}
	fate := Cell{Text: string(e.Fate), Known: tracer.Inferred, Tone: Bad}
	if e.Fate == tracer.FateDelivered {
		fate.Tone = Good
	}
	log := "not there"
	switch {
	case !logRead:
		log = "not read"
	case e.Copies == 1:
		log = place(e.Message.Topic, e.Partition, e.Offset)
		if n := e.Last - e.First + 1; n > 1 {
			log += " and following"
		}
	case e.Copies > 1:
		log = strconv.Itoa(e.Copies) + " copies, the first: " + place(e.Message.Topic, e.Partition, e.Offset)
	}
	if e.Aborted {
		log += ", aborted: not for read_committed readers"
	}
	return []Cell{{Text: who}, {Text: key}, {Text: value}, fate, {Text: log, Known: tracer.Observed}}
}
