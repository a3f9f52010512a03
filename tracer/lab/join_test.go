package lab

// Records of the log joined to messages, and long logs kept short.

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
)

// held makes messages, or records, of values. "t/v" is value v on topic t,
// else it is on topic "a"; "!" is a control record.
func held(values string) (messages []message, records []logged) {
	next := map[string]int64{}
	for v := range strings.FieldsSeq(values) {
		topic, value, ok := strings.Cut(v, "/")
		if !ok {
			topic, value = "a", v
		}
		r := logged{topic: topic, offset: next[topic], value: []byte(value), control: value == "!"}
		next[topic]++
		records = append(records, r)
		messages = append(messages, message{topic, tracer.CRC(nil, r.value)})
	}
	return messages, records
}

// numbers are the numbers of the messages that the records hold, runs
// written out.
func numbers(events []tracer.Event) string {
	var out []string
	for i := range events {
		r := events[i].Record
		for n := range max(1, r.Count) {
			switch {
			case r.Control:
				out = append(out, "!")
			case r.Message == 0:
				out = append(out, "-")
			default:
				out = append(out, strconv.Itoa(r.Message+n))
			}
		}
	}
	return strings.Join(out, " ")
}

// numbered is "first first+1 ... last" of a format.
func numbered(format string, first, last int) string {
	var b strings.Builder
	for i := first; i <= last; i++ {
		fmt.Fprintf(&b, format+" ", i)
	}
	return b.String()
}

func TestJoin(t *testing.T) {
	for _, c := range []struct{ name, produced, log, want string }{
		{"in order", "x y z", "x y z", "1 2 3"},
		{"nothing", "", "", ""},
		{"nothing arrived", "x y", "", ""},
		{"the first is missing", "x y z", "y z", "2 3"},
		{"one is missing", "x y z", "x z", "1 3"},
		{"the other way round", "x y z", "z y x", "3 2 1"},
		{"equal messages", "x x x", "x x x", "1 2 3"},
		{"equal ones, not all arrived", "x x x", "x x", "1 2"},
		{"equal ones among others", "x y x y", "y y x x", "2 4 1 3"},
		{"a copy at once", "x y", "x x y", "1 1 2"},
		{"a copy of the batch", "x y z", "x y z x y z", "1 2 3 1 2 3"},
		{"more copies than messages", "x", "x x x x", "1 1 1 1"},
		{"a foreign record", "x y", "x w y", "1 - 2"},
		{"only foreign ones", "x", "w w", "- -"},
		{"the same on another topic", "x", "b/x", "-"},
		{"two topics", "a/x b/x a/y", "a/x a/y b/x", "1 3 2"},
		{"a marker", "x y", "x ! y !", "1 ! 2 !"},
		{"nothing was produced", "", "x !", "- !"},
		{"long", numbered("v%d", 1, 1000), numbered("v%d", 1, 1000), numbered("%d", 1, 1000)},
		{"long, one is missing", numbered("v%d", 1, 1000), numbered("v%d", 1, 699) + numbered("v%d", 701, 1000), numbered("%d", 1, 699) + numbered("%d", 701, 1000)},
		{"long, a late copy", numbered("v%d", 1, 1000), numbered("v%d", 1, 1000) + "v500", numbered("%d", 1, 1000) + "500"},
		{"long, a copy of the batch", numbered("v%d", 1, 1000), numbered("v%d", 1, 800) + numbered("v%d", 701, 1000), numbered("%d", 1, 800) + numbered("%d", 701, 1000)},
		{"long, a marker and a foreign one", numbered("v%d", 1, 600), numbered("v%d", 1, 300) + "! w " + numbered("v%d", 301, 600), numbered("%d", 1, 300) + "! - " + numbered("%d", 301, 600)},
		{"long, equal", strings.Repeat("x ", 1000), strings.Repeat("x ", 1000), numbered("%d", 1, 1000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			messages, _ := held(c.produced)
			_, log := held(c.log)
			j := newJoiner(messages)
			for _, r := range log {
				j.add(r)
			}
			if d := cmp.Diff(strings.TrimSpace(c.want), numbers(j.events)); d != "" {
				t.Errorf("messages: want (-), got (+)\n%s", d)
			}
			holdsOffsets(t, log, j.events)
		})
	}
}

// holdsOffsets: every record is in exactly one event, in its order.
func holdsOffsets(t *testing.T, log []logged, events []tracer.Event) {
	t.Helper()
	at := 0
	for i := range events {
		e := events[i].Record
		for n := range max(1, e.Count) {
			if at == len(log) {
				t.Fatalf("there are more records in the events than in the log's %d", len(log))
			}
			if r := log[at]; e.Topic != r.topic || e.Partition != r.partition || e.Offset+int64(n) != r.offset || e.Control != r.control {
				t.Fatalf("record %d is %s %d, the event says %s %d", at, r.topic, r.offset, e.Topic, e.Offset+int64(n))
			}
			at++
		}
	}
	if at != len(log) {
		t.Errorf("%d records in the events, %d in the log", at, len(log))
	}
}

// A long log is few events: the first ones with key and value, then runs.
func TestLongLogIsShort(t *testing.T) {
	messages, log := held(numbered("v%d", 1, 100_000))
	j := newJoiner(messages)
	for _, r := range log {
		j.add(r)
	}
	if n := len(j.events); n != maxPlain+1 {
		t.Fatalf("%d events", n)
	}
	for i := range j.events[:maxPlain] {
		if r := j.events[i].Record; r.Value == nil || r.Value.Text != fmt.Sprint("v", i+1) || r.CRC == 0 {
			t.Fatalf("event %d: %+v", i, r)
		}
	}
	want := &tracer.Record{Topic: "a", Offset: maxPlain, Message: maxPlain + 1, Count: 100_000 - maxPlain}
	if d := cmp.Diff(want, j.events[maxPlain].Record); d != "" {
		t.Errorf("the run: want (-), got (+)\n%s", d)
	}
}

// A run ends where the next record is of another partition or does not follow.
func TestRunsDoNotCrossPartitions(t *testing.T) {
	messages, log := held(numbered("v%d", 1, 400))
	for i := 350; i < len(log); i++ {
		log[i].partition, log[i].offset = 1, int64(i) // the very offset that would follow
	}
	log[380].offset++ // and a gap
	for i := 381; i < len(log); i++ {
		log[i].offset++
	}
	j := newJoiner(messages)
	for _, r := range log {
		j.add(r)
	}
	var runs []string
	for _, e := range j.events[maxPlain:] {
		runs = append(runs, fmt.Sprintf("[%d] %d: %d x %d", e.Record.Partition, e.Record.Offset, e.Record.Message, e.Record.Count))
	}
	if d := cmp.Diff([]string{"[0] 256: 257 x 94", "[1] 350: 351 x 30", "[1] 381: 381 x 20"}, runs); d != "" {
		t.Errorf("runs: want (-), got (+)\n%s", d)
	}
}

// What is kept of a key or value is text, and not more of it than there is.
func TestPreview(t *testing.T) {
	long := strings.Repeat("x", previewBytes-1)
	for _, c := range []struct {
		in   []byte
		want *tracer.Payload
	}{
		{nil, nil},
		{[]byte{}, &tracer.Payload{}},
		{[]byte("abc"), &tracer.Payload{Text: "abc", Size: 3}},
		{[]byte{0xff, 'a', 0x80}, &tracer.Payload{Text: "\uFFFDa\uFFFD", Size: 3}},
		{[]byte(long + "ä and more"), &tracer.Payload{Text: long, Size: len(long) + 11}},
		{[]byte(long + "\xff and more"), &tracer.Payload{Text: long + "\uFFFD", Size: len(long) + 10}},
	} {
		if d := cmp.Diff(c.want, preview(c.in)); d != "" {
			t.Errorf("%.70q: want (-), got (+)\n%s", c.in, d)
		}
	}
}
