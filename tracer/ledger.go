package tracer

import (
	"cmp"
	"fmt"
	"slices"
)

// Fate is what became of a message.
type Fate string

// The fates. Every accepted message ends in exactly one.
const (
	FateDelivered Fate = "delivered"
	FateFailed    Fate = "failed"
	FatePurged    Fate = "purged"
	FateLost      Fate = "lost at exit"
	FateQueued    Fate = "still queued" // the record ends before the process does
)

// Ledger is the account of a run: what the program handed to the client, what
// became of it, and what the broker's log holds. The two sides come from
// different witnesses.
type Ledger struct {
	Produced, Delivered, Failed, Purged, Lost, Queued int

	Refused    int        // Produce returned an error; not part of the law
	Records    int        // records of the program's messages in the broker's log
	InLog      int        // different messages among them
	Duplicates int        // Records beyond the first of each message
	Aborted    int        // Records that a read_committed reader does not get
	Foreign    int        // records in the log that are none of the program's messages
	Orders     []LogOrder // partitions whose log has messages in another order than they were produced in
	Entries    []Entry    // message by message, runs together
	Breaches   []string
	LogWasRead bool // the broker's log was read back
}

// Entry is the account of one message, or of a run of messages with following
// numbers and the same fate.
type Entry struct {
	First, Last int // message numbers
	Message     *Message
	Fate        Fate
	Copies      int // records in the log that hold it (of a run: each)
	Partition   int32
	Offset      int64 // of the first copy of the first message; -1: not in the log
	Aborted     bool  // the log holds it for read_uncommitted readers only
}

// Balance makes up the account of a run from its events.
func Balance(t *Trace) Ledger {
	var f Folder
	l := Ledger{}
	var produced []*Call
	var hands []hand
	logs := map[part][]*Record{}
	unheard := false // a request went out to which no answer was asked for
	var held []cover // by records of the log
	for i := range t.Events {
		e := &t.Events[i]
		f.Apply(e)
		switch {
		case e.Kind == Returned && e.Call.Name == "Produce" && e.Call.Error == nil && e.Call.Message != nil:
			produced, hands = append(produced, e.Call), append(hands, handOf(e))
		case e.Frame != nil && unanswered(e):
			unheard = true
		case e.Kind == Watermark:
			l.LogWasRead = true
		case e.Kind == Logged && !e.Record.Control:
			if l.record(e.Record); e.Record.Message != 0 {
				held = append(held, coverOf(e.Record))
			}
			p := part{e.Record.Topic, e.Record.Partition}
			logs[p] = append(logs[p], e.Record)
		}
	}
	s := &f.State
	l.Produced, l.Delivered, l.Failed, l.Purged, l.Lost, l.Refused = s.Produced, s.Delivered, s.Failed, s.Purged, s.Lost, s.Refused
	l.Queued = s.Undelivered()
	slices.SortStableFunc(produced, func(a, b *Call) int { return cmp.Compare(a.Message.Number, b.Message.Number) })
	l.entries(produced, newCovers(held), acknowledged(t, produced))
	l.Duplicates = max(0, l.Records-l.InLog)
	l.orders(logs, hands, numbersOf(produced) != nil)
	l.law(unheard)
	return l
}

func (l *Ledger) record(r *Record) {
	n := max(1, r.Count)
	if r.Message == 0 {
		l.Foreign += n
		return
	}
	l.Records += n
	if r.Aborted {
		l.Aborted += n
	}
}

// entries gives each message its fate. Where the wire tells message from
// message, those whose answer came were delivered. Else, where a run ended in
// more than one fate, the messages that the log holds are those that were
// delivered, as far as the count of reports goes. The rest follow in the order
// they were made.
func (l *Ledger) entries(produced []*Call, inLog covers, acked map[int]bool) {
	if len(acked) != l.Delivered {
		acked = nil // the reports say more than the wire, so go by them
	}
	delivered := l.Delivered
	rest := []struct {
		fate Fate
		left int
	}{{FateFailed, l.Failed}, {FatePurged, l.Purged}, {FateLost, l.Lost}, {FateQueued, l.Queued}}
	next := func(number int, inLog bool, n int) (Fate, int) {
		if acked != nil {
			inLog = acked[number]
		}
		if delivered > 0 && (inLog || acked == nil && !l.LogWasRead || l.remaining(delivered, rest[0].left+rest[1].left+rest[2].left+rest[3].left)) {
			n = min(n, delivered)
			delivered -= n
			return FateDelivered, n
		}
		for i := range rest {
			if rest[i].left > 0 {
				n = min(n, rest[i].left)
				rest[i].left -= n
				return rest[i].fate, n
			}
		}
		return FateDelivered, n
	}
	for _, c := range produced {
		for number, end := c.Message.Number, c.Message.Number+c.N(); number < end; {
			e := Entry{First: number, Message: c.Message, Offset: -1, Partition: -1}
			rs, until := inLog.at(number)
			n := min(end, until) - number
			if len(rs) > 0 {
				e.Copies, e.Partition, e.Offset = len(rs), rs[0].Partition, rs[0].Offset+int64(number-rs[0].from)
				e.Aborted = rs[0].Aborted
				l.InLog += n
			}
			fate, k := next(number, e.Copies > 0, n)
			if e.Copies > 0 && k < n {
				l.InLog -= n - k
			}
			e.Fate, e.Last = fate, number+k-1
			l.Entries = append(l.Entries, e)
			number += k
		}
	}
}

// remaining tells whether nothing but delivered messages is left, so that a
// message that the log does not hold must be one of them.
func (l *Ledger) remaining(delivered, others int) bool { return delivered > 0 && others == 0 }

// law: every accepted message has exactly one fate, and a delivered one is in
// the log, unless its report rests on no answer of the broker (acks=0).
func (l *Ledger) law(unheard bool) {
	sum := l.Delivered + l.Failed + l.Purged + l.Lost + l.Queued
	if sum != l.Produced {
		l.Breaches = append(l.Breaches, fmt.Sprintf("messages produced: %d, messages with a fate: %d", l.Produced, sum))
	}
	if l.LogWasRead && l.InLog < l.Delivered && !unheard {
		l.Breaches = append(l.Breaches, fmt.Sprintf("messages reported delivered: %d, messages in the broker's log: %d", l.Delivered, l.InLog))
	}
}
