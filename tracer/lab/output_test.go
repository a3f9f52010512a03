package lab

// What the child writes: whole lines of text, within limits.

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
	"kstep/tracer/journal"
)

// written is what becomes of chunks on the two streams.
func written(t *testing.T, stdout, stderr []string) []tracer.Event {
	t.Helper()
	rec := tracer.NewRecorder()
	o := newOutput(rec)
	f, err := journal.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, s := range stdout {
		f.WriteString(s)
	}
	for _, s := range stderr {
		o.stderr().Write([]byte(s))
	}
	o.close()
	events, _ := rec.Finish()
	lines, left, err := printedLines(f, nil, tracer.Now())
	if err != nil {
		t.Fatal(err)
	}
	events = append(lines, events...)
	events = append(events, notes(&journal.Record{}, nil, left, "")...)
	for i := range events {
		events[i].At = 0
	}
	return events
}

// texts are the printed lines of a stream.
func texts(events []tracer.Event, stream string) []string {
	return printed(&tracer.Trace{Events: events}, stream)
}

func TestLines(t *testing.T) {
	long := strings.Repeat("x", maxPrintedLen)
	for _, c := range []struct {
		name   string
		chunks []string
		want   []string
	}{
		{"nothing", nil, nil},
		{"one", []string{"a\n"}, []string{"a"}},
		{"empty ones", []string{"\n\n"}, []string{"", ""}},
		{"in pieces", []string{"a", "b\nc", "\n"}, []string{"ab", "c"}},
		{"no end", []string{"a\nb"}, []string{"a", "b"}},
		{"a carriage return", []string{"a\r\nb\r"}, []string{"a", "b"}},
		{"one inside", []string{"a\rb\n"}, []string{"a\rb"}},
		{"no text", []string{"\xffa\x80\n"}, []string{"\uFFFDa\uFFFD"}},
		{"a rune in two chunks", []string{"\xc3", "\xa4\n"}, []string{"ä"}},
		{"as long as may be", []string{long + "\n"}, []string{long}},
		{"longer", []string{long + "y\n"}, []string{long + "..."}},
		{"cut in a rune", []string{long[1:] + "ä\n"}, []string{long[1:] + "..."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, stream := range []string{"stdout", "stderr"} {
				in := map[string][]string{stream: c.chunks}
				if d := cmp.Diff(c.want, texts(written(t, in["stdout"], in["stderr"]), stream)); d != "" {
					t.Errorf("%s: want (-), got (+)\n%s", stream, d)
				}
			}
		})
	}
}

// A line that never ends does not take memory for ever.
func TestEndlessLine(t *testing.T) {
	chunk := strings.Repeat("x", 64<<10)
	var in []string
	for range 100 {
		in = append(in, chunk)
	}
	for stream, got := range map[string][]string{"stdout": texts(written(t, in, nil), "stdout"), "stderr": texts(written(t, nil, in), "stderr")} {
		if len(got) == 0 || len(got) > 8 {
			t.Errorf("%s: %d lines", stream, len(got))
		}
		for _, s := range got {
			if len(s) > maxPrintedLen+len("...") {
				t.Errorf("%s: a line of %d bytes is kept", stream, len(s))
			}
		}
	}
}

const (
	clientLine  = "%%7|1795485045.837|%s|rdkafka#producer-1| [thrd:app]: %s\n"
	batchedLine = "[thrd:127.0.0.1:9092/1]: 127.0.0.1:9092/1: t [0]: Produce MessageSet with 2 message(s) (100 bytes, ApiVersion 7, MsgVersion 2, MsgId 0, BaseSeq -1, PID{Invalid}, uncompressed)"
)

// What the client writes to stderr is its lane's, and none of the program's;
// what looks like it on stdout is the program's.
func TestClientLinesAreNotPrinted(t *testing.T) {
	line := fmt.Sprintf(clientLine, "STATE", "something")
	events := written(t, []string{line}, []string{line, "mine\n", strings.Replace(line, "%7", "%3", 1)})
	tr := &tracer.Trace{Events: events}
	if n := len(of(tr, tracer.ClientLogged)); n != 2 {
		t.Errorf("%d lines of the client", n)
	}
	if d := cmp.Diff([]string{"mine"}, printed(tr, "stderr")); d != "" {
		t.Errorf("stderr: want (-), got (+)\n%s", d)
	}
	if d := cmp.Diff([]string{strings.TrimSuffix(line, "\n")}, printed(tr, "stdout")); d != "" {
		t.Errorf("stdout: want (-), got (+)\n%s", d)
	}
}

// Above the limits lines are counted; what the client's say of messages is
// added up by kind and partition.
func TestLimitsOfOutput(t *testing.T) {
	var client []string
	for range maxClient {
		client = append(client, fmt.Sprintf(clientLine, "STATE", "something"))
	}
	batched := "%7|1795485045.837|PRODUCE|rdkafka#producer-1| " + batchedLine + "\n"
	client = append(client, batched, batched, strings.Replace(batched, "t [0]", "t [1]", 1), fmt.Sprintf(clientLine, "STATE", "something"))
	var lines []string
	for i := range maxPrinted + 7 {
		lines = append(lines, fmt.Sprintln("line", i+1))
	}
	events := written(t, lines, client)
	tr := &tracer.Trace{Events: events}
	if got := printed(tr, "stdout"); len(got) != maxPrinted || got[maxPrinted-1] != fmt.Sprint("line ", maxPrinted) {
		t.Errorf("%d lines of the program, the last %q", len(got), got[len(got)-1])
	}
	if n := len(of(tr, tracer.ClientLogged)); n != maxClient {
		t.Errorf("%d lines of the client", n)
	}
	var sums []string
	for _, e := range of(tr, tracer.Batched) {
		sums = append(sums, fmt.Sprintf("%d x %s[%d]: %d messages, %d bytes", e.Count, e.Client.Topic, e.Client.Partition, e.Client.Count, e.Client.Bytes))
	}
	if d := cmp.Diff([]string{"2 x t[0]: 4 messages, 200 bytes", "1 x t[1]: 2 messages, 100 bytes"}, sums); d != "" {
		t.Errorf("sums: want (-), got (+)\n%s", d)
	}
	thinned(t, tr, "4 lines of the client's log were not kept one by one; what they say of messages was added up", "7 lines that the program printed were not kept")
}

// thinned: the trace says, in this order, what it does not hold.
func thinned(t *testing.T, tr *tracer.Trace, want ...string) {
	t.Helper()
	var got []string
	for _, e := range of(tr, tracer.Thinned) {
		if !strings.HasPrefix(e.Text, fmt.Sprint(e.Count, " ")) {
			t.Errorf("count %d, text %q", e.Count, e.Text)
		}
		got = append(got, e.Text)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("what was left out: want (-), got (+)\n%s", d)
	}
}

// The same from a program.
func TestManyLines(t *testing.T) {
	tr := record(t, Options{Program: "lines"})
	if got := printed(tr, "stdout"); len(got) != maxPrinted || got[0] != "line 1" {
		t.Errorf("%d lines", len(got))
	}
	thinned(t, tr, fmt.Sprint(5000-maxPrinted, " lines that the program printed were not kept"))
	if tr.Header.Partial != "" {
		t.Errorf("partial: %q", tr.Header.Partial)
	}
}

// Junk becomes text that is the same when the trace is read from a file.
func TestJunk(t *testing.T) {
	tr := record(t, Options{Program: "junk"})
	if d := cmp.Diff([]string{"\uFFFD\uFFFD junk \x1b[31m", "half a line"}, printed(tr, "stderr")); d != "" {
		t.Errorf("stderr: want (-), got (+)\n%s", d)
	}
	if d := cmp.Diff([]string{"\uFFFDbytes", strings.Repeat("ä", maxPrintedLen/2) + "...", "also half"}, printed(tr, "stdout")); d != "" {
		t.Errorf("stdout: want (-), got (+)\n%s", d)
	}
	for i := range tr.Events {
		if !utf8.ValidString(tr.Events[i].Text) {
			t.Errorf("no text: %q", tr.Events[i].Text)
		}
	}
	var b strings.Builder
	if err := tracer.Write(&b, tr); err != nil {
		t.Fatal(err)
	}
	again, err := tracer.Read(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(tr, again); d != "" {
		t.Errorf("recorded (-), read from a file (+)\n%s", d)
	}
}

func TestImitatedClientLine(t *testing.T) {
	tr := record(t, Options{Program: "imitate"})
	if got := printed(tr, "stdout"); len(got) != 1 || !strings.Contains(got[0], "not the client's") {
		t.Errorf("stdout: %q", got)
	}
}

// A line stands right before the first call that found it printed, whenever the
// lab reads it; what no call found stands right before the end.
func TestLinesStandBetweenCalls(t *testing.T) {
	f, err := journal.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.WriteString("one\ntwo\nthree\nlast\n")
	at := func(at, printed int64) tracer.Event {
		return tracer.Event{At: at, Kind: tracer.Returned, Call: &tracer.Call{Name: "Flush", Printed: printed}}
	}
	produce := at(50, 8)
	produce.Call.Name, produce.Call.Began = "Produce", 30 // it stands where it began
	lines, _, err := printedLines(f, []tracer.Event{at(10, 0), at(20, 4), produce, at(60, 14), at(70, 14)}, 100)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int64{}
	for _, e := range lines {
		got[e.Text] = e.At
	}
	if d := cmp.Diff(map[string]int64{"one": 19, "two": 29, "three": 59, "last": 99}, got); d != "" {
		t.Error(d)
	}
}
