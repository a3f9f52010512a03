package clientlog

// Real runs: testdata holds the stderr of a producer of confluent-kafka-go
// v2.15.0 against kfake, three messages a run, recorded with
// debug=broker,topic,metadata,msg,eos,protocol,queue.

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kstep/tracer"
)

var update = flag.Bool("update", false, "write testdata/*.golden anew")

// heard is what a splitter handed on.
type heard struct {
	program []string
	client  []tracer.Event
	both    []string // in order
}

func (h *heard) splitter() *Splitter {
	return NewSplitter(func(l string) {
		h.program = append(h.program, l)
		h.both = append(h.both, "program: "+l)
	}, func(_ string, e tracer.Event) {
		h.client = append(h.client, e)
		h.both = append(h.both, show(e))
	})
}

func show(e tracer.Event) string {
	l := *e.Client
	s := fmt.Sprintf("%d %s %s: %s", l.Level, l.Tag, e.Kind, e.Text)
	l.Level, l.Tag, l.Name = 0, "", ""
	var parts []string
	for part := range strings.FieldsSeq(strings.Trim(fmt.Sprintf("%+v", struct {
		Thread, Broker, Topic, API, From, To string
		Partition                            int32
		Version                              int16
		Count, Bytes                         int
		FirstID                              int64
		Correlation                          int32
	}{strings.ReplaceAll(l.Thread, " ", "_"), l.Broker, l.Topic, l.API, l.From, l.To, l.Partition, l.Version, l.Count, l.Bytes, l.FirstID, l.Correlation}), "{}")) {
		if !strings.HasSuffix(part, ":") && !strings.HasSuffix(part, ":0") || strings.HasPrefix(part, "Broker:") && part != "Broker:" {
			parts = append(parts, part)
		}
	}
	return s + " {" + strings.Join(parts, " ") + "}"
}

func hear(t *testing.T, file string) *heard {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	h := &heard{}
	s := h.splitter()
	if _, err := s.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return h
}

func recordings(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.log")
	if err != nil || len(files) == 0 {
		t.Fatal("no recordings", err)
	}
	return files
}

func name(file string) string { return strings.TrimSuffix(filepath.Base(file), ".log") }

// What the client counted in each run adds up to what the run's delivery
// reports said.
func TestRecordedCounts(t *testing.T) {
	type counts map[tracer.Kind]int
	for run, want := range map[string]counts{
		"plain":         {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Batched: 3, tracer.Delivered: 3},
		"linger":        {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Batched: 3, tracer.Delivered: 3},
		"idempotent":    {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Batched: 3, tracer.Delivered: 3},
		"down":          {tracer.TimedOut: 3},
		"purge":         {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Purged: 3},
		"purgeearly":    {tracer.TopicKnown: 1}, // three reports "Purged in queue", which no line counts
		"purgeinflight": {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Batched: 3, tracer.Purged: 3},
		"terminate":     {tracer.TerminatedWith: 3},
		"nothread":      {tracer.TerminatedWith: 3},
		"retry":         {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Batched: 6, tracer.Retried: 3, tracer.Delivered: 3},
		"cut":           {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Batched: 6, tracer.Retried: 3, tracer.Delivered: 3},
		"denied":        {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Batched: 3, tracer.Failed: 3},
		"noanswer":      {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Batched: 3, tracer.Retried: 3, tracer.TimedOut: 3},
		"unknown":       {tracer.Failed: 3},
		"badpartition":  {tracer.TopicKnown: 1, tracer.Failed: 3},
		"txn":           {tracer.TopicKnown: 1, tracer.Partitioned: 3, tracer.Batched: 3, tracer.Delivered: 3},
	} {
		got := counts{}
		for _, e := range hear(t, "testdata/"+run+".log").client {
			if e.Kind != tracer.ClientLogged && e.Client.Count > 0 {
				got[e.Kind] += e.Client.Count
			}
		}
		for _, k := range slices.Sorted(func(yield func(tracer.Kind) bool) {
			for k := range got {
				_ = yield(k)
			}
			for k := range want {
				_ = yield(k)
			}
		}) {
			if got[k] != want[k] {
				t.Errorf("%s: %s counts %d messages, want %d", run, k, got[k], want[k])
			}
		}
	}
}

// No line of the client is taken for the program's, and none of the program's
// is lost; the last line of every run stands behind an unfinished one.
func TestRecordedProgramLines(t *testing.T) {
	for _, file := range recordings(t) {
		h := hear(t, file)
		for _, l := range h.program {
			if strings.HasPrefix(l, "%7|") || strings.Contains(l, "rdkafka#") && !strings.HasPrefix(l, "%") {
				t.Errorf("%s: the program is said to have printed %q", file, l)
			}
		}
		if got := h.program[len(h.program)-1]; got != "an unfinished line " {
			t.Errorf("%s: last line of the program is %q", file, got)
		}
	}
	want := []string{"Flush: 0", "report: my_topic[0]@0", "report: my_topic[0]@1", "report: my_topic[0]@2", "an unfinished line "}
	if got := hear(t, "testdata/plain.log").program; !slices.Equal(got, want) {
		t.Errorf("plain: the program printed %q", got)
	}
}

var varies = regexp.MustCompile(`:\d{4,5}\b|127\.0\.0\.1|localhost|0x[0-9a-f]{6}|socket \d|Id:\d|rtt \d|after \d`)

// Nothing that varies from run to run is left in what is shown.
func TestRecordedWords(t *testing.T) {
	for _, file := range recordings(t) {
		for _, e := range hear(t, file).client {
			for _, s := range []string{e.Text, e.Client.Thread, e.Client.Broker} {
				at := varies.FindString(s)
				if at != "" && !strings.Contains(s, "rd_kafka_") {
					t.Errorf("%s: %q varies (%s)", file, s, at)
				}
			}
			if e.Lane != tracer.Client || e.Known != tracer.Reported || e.Client.Name != "rdkafka#producer-1" {
				t.Errorf("%s: %+v %+v", file, e, e.Client)
			}
		}
	}
}

// Two runs of one program on different ports say the same of the messages.
func TestRecordedTwice(t *testing.T) {
	said := func(file string) []string {
		var out []string
		for _, e := range hear(t, file).client {
			switch e.Kind {
			case tracer.Batched, tracer.Delivered, tracer.TopicKnown, tracer.Partitioned:
				out = append(out, show(e))
			}
		}
		return out
	}
	a, b := said("testdata/plain.log"), said("testdata/plain-again.log")
	if !slices.Equal(a, b) {
		t.Errorf("one run says %q, the other %q", a, b)
	}
}

// The golden files hold everything a splitter hands on of a few runs.
func TestRecordedGolden(t *testing.T) {
	for _, run := range []string{"plain", "idempotent", "down", "purge", "terminate", "nothread"} {
		got := []byte(strings.Join(hear(t, "testdata/"+run+".log").both, "\n") + "\n")
		golden := "testdata/" + run + ".golden"
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from %s; go test -update, then read the difference", run, golden)
		}
	}
}
