package lab

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kstep/tracer"
	"kstep/tracer/journal"
)

// assemble puts the lanes into one trace: what the lab and the tap recorded,
// what the program wrote to its journal, and the broker's log.
func assemble(ctx context.Context, o Options, b *broker, book, stdout *os.File, rec *tracer.Recorder, e end) (*tracer.Trace, error) {
	written, err := journal.Read(book)
	if err != nil {
		return nil, fmt.Errorf("read the program's record: %w", err)
	}
	lines, left, err := printedLines(stdout, written.Events, e.at)
	if err != nil {
		return nil, err
	}
	events, dropped := rec.Finish()
	log, note := witness(ctx, o, b, written, events)
	if err := ctx.Err(); err != nil {
		return nil, err // not a trace that says the log could not be read
	}
	events = append(events, rec.Rebase(written.Events)...)
	events = append(events, rec.Rebase(log)...)
	events = append(events, rec.Rebase(lines)...)
	events = append(events, rec.Rebase(notes(written, dropped, left, note))...)

	t := &tracer.Trace{Format: tracer.Format, Header: o.Header, Events: tracer.Order(events)}
	h := &t.Header
	h.Brokers, h.Cluster, h.Settings, h.Topics = o.Brokers, "embedded", shown(o.Set), o.Topics
	h.Faults, h.Without = o.Faults, o.Without.String()
	h.Partial = partial(t, e, written, dropped)
	return t, nil
}

// shown are the settings as a trace may hold them: without secrets.
func shown(set []tracer.Setting) []tracer.Setting {
	var out []tracer.Setting
	for _, s := range set {
		out = append(out, tracer.Setting{Key: s.Key, Value: tracer.ShownSetting(s.Key, s.Value)})
	}
	return out
}

// partial says why the record is not whole, in words that do not differ from
// run to run.
func partial(t *tracer.Trace, e end, written *journal.Record, dropped map[tracer.Lane]int) string {
	var why []string
	switch {
	case e.timedOut:
		why = append(why, "the program passed its time limit and kstep ended it"+hanging(t))
	case e.flooded:
		why = append(why, fmt.Sprintf("the program printed more than %d MiB and kstep ended it", maxStdout>>20))
	case e.exit.Signal != "":
		why = append(why, "the program was ended by a signal ("+e.exit.Signal+")"+hanging(t))
	}
	if written.Trouble != "" {
		why = append(why, "the program's calls were not recorded: "+written.Trouble)
	}
	if written.Lost > 0 {
		why = append(why, fmt.Sprintf("the program's record was full, %d calls are missing", written.Lost))
	}
	for _, lane := range lanes(dropped) {
		why = append(why, fmt.Sprintf("%d events of the %s lane are missing", dropped[lane], lane))
	}
	return strings.Join(why, "; ")
}

// hanging is " while it was in Flush(), line 17", or nothing.
func hanging(t *tracer.Trace) string {
	open := map[int]*tracer.Call{}
	last := 0
	for i := range t.Events {
		c := t.Events[i].Call
		switch {
		case c == nil:
		case t.Events[i].Kind == tracer.Called:
			open[c.ID], last = c, c.ID
		case t.Events[i].Kind == tracer.Returned:
			delete(open, c.ID)
		}
	}
	c := open[last]
	if c == nil {
		return ""
	}
	text := " while it was in " + c.Name + "()"
	if c.Site != nil {
		text += fmt.Sprintf(", line %d", c.Site.Line)
	}
	return text
}

// notes are the lab's words on what the record lacks.
func notes(written *journal.Record, dropped map[tracer.Lane]int, unprinted int, more string) []tracer.Event {
	var out []tracer.Event
	add := func(kind tracer.Kind, n int, text string) {
		out = append(out, tracer.Event{At: tracer.Now(), Lane: tracer.Lab, Kind: kind, Known: tracer.Observed, Count: n, Text: text})
	}
	if written.Lost > 0 {
		add(tracer.Thinned, written.Lost, "the program's record was full; later calls were not recorded")
	}
	for _, lane := range lanes(dropped) {
		add(tracer.Thinned, dropped[lane], fmt.Sprintf("events of the %s lane were not kept", lane))
	}
	if unprinted > 0 {
		add(tracer.Thinned, unprinted, fmt.Sprintf("%d lines that the program printed were not kept", unprinted))
	}
	if more != "" {
		add(tracer.Noted, 0, more)
	}
	return out
}

// readLimit is how long reading the log back may take.
const readLimit = 30 * time.Second

// witness reads the log back and joins its records to the messages.
func witness(ctx context.Context, o Options, b *broker, written *journal.Record, events []tracer.Event) ([]tracer.Event, string) {
	ctx, cancel := context.WithTimeout(ctx, readLimit)
	defer cancel()
	messages := make([]message, len(written.Messages))
	for i, m := range written.Messages {
		messages[i] = message{topic: m.Topic, crc: m.CRC}
	}
	j := newJoiner(messages)
	topics, transactional := topicsOf(o, events)
	ranges, err := readLog(ctx, b.addrs, topics, transactional, j.add)
	if err != nil {
		return nil, "the broker's log could not be read back"
	}
	for _, r := range ranges {
		j.events = append(j.events, tracer.Event{At: tracer.Now(), Lane: tracer.Broker, Kind: tracer.Watermark, Known: tracer.Observed,
			Record: &tracer.Record{Topic: r.topic, Partition: r.partition, Offset: r.low, High: r.high}})
	}
	return j.events, ""
}

// text is at most limit bytes as text: what is not UTF-8 is replaced, a rune
// that the limit cuts is left out.
func text(b []byte, limit int) string {
	if len(b) > limit {
		end := limit
		for end > limit-utf8.UTFMax && !utf8.RuneStart(b[end]) {
			end--
		}
		if !utf8.RuneStart(b[end]) {
			end = limit // not UTF-8 anyway
		}
		b = b[:end]
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// lanes are those of a count, in an order that is the same in every run.
func lanes(counts map[tracer.Lane]int) []tracer.Lane { return slices.Sorted(maps.Keys(counts)) }
