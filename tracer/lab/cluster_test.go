package lab

// Clusters: several brokers, several partitions, several labs at once.

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
)

func TestThreeBrokers(t *testing.T) {
	const each = 5
	tr := record(t, Options{Program: fmt.Sprint("partitions ", each), Brokers: 3, Topics: []tracer.Seed{{Topic: "four", Partitions: 4}, {Topic: "empty", Partitions: 2}}})
	if tr.Header.Brokers != 3 {
		t.Errorf("header: %+v", tr.Header)
	}
	l := tracer.Balance(tr)
	if l.Produced != 4*each || l.Delivered != 4*each || l.InLog != 4*each || l.Foreign != 0 {
		t.Errorf("ledger: %+v", l)
	}
	var marks []string
	for _, e := range of(tr, tracer.Watermark) {
		marks = append(marks, fmt.Sprintf("%s[%d] %d-%d", e.Record.Topic, e.Record.Partition, e.Record.Offset, e.Record.High))
	}
	want := []string{"empty[0] 0-0", "empty[1] 0-0", "four[0] 0-5", "four[1] 0-5", "four[2] 0-5", "four[3] 0-5"}
	if d := cmp.Diff(want, marks); d != "" {
		t.Errorf("watermarks: want (-), got (+)\n%s", d)
	}
	sent := map[string]bool{}
	for _, e := range of(tr, tracer.Request) {
		for _, b := range e.Frame.Batches {
			sent[fmt.Sprintf("%s[%d] to node %d", b.Topic, b.Partition, e.Frame.Node)] = true
		}
	}
	leaders := map[string]bool{"four[0] to node 0": true, "four[1] to node 1": true, "four[2] to node 2": true, "four[3] to node 0": true}
	if d := cmp.Diff(leaders, sent); d != "" {
		t.Errorf("Produce requests: want (-), got (+)\n%s", d)
	}
}

// The log is read back partition by partition, however its brokers answer: so
// equal messages are joined to the same records in every run.
func TestLogIsInOrderOfPartitions(t *testing.T) {
	for range 3 {
		tr := record(t, Options{Program: "partitions 3", Brokers: 3})
		var got []string
		for _, e := range of(tr, tracer.Logged) {
			got = append(got, fmt.Sprintf("[%d] %d: message %d", e.Record.Partition, e.Record.Offset, e.Record.Message))
		}
		var want []string
		for i := range 12 {
			want = append(want, fmt.Sprintf("[%d] %d: message %d", i/3, i%3, i+1))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("the log: want (-), got (+)\n%s", d)
		}
	}
}

// Labs share nothing.
func TestLabsSideBySide(t *testing.T) {
	const labs = 8
	traces := make([]*tracer.Trace, labs)
	var wg sync.WaitGroup
	for i := range labs {
		wg.Go(func() {
			o := Options{Program: fmt.Sprint("values v", i), Topics: seeds, Header: tracer.TraceHeader{Lesson: fmt.Sprint("lab ", i)}}
			var err error
			if traces[i], err = Run(t.Context(), o); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	for i, tr := range traces {
		l := tracer.Balance(tr)
		if l.Produced != 3 || l.Delivered != 3 || l.InLog != 3 || l.Foreign != 0 || tr.Header.Partial != "" || tr.Header.Lesson != fmt.Sprint("lab ", i) {
			t.Errorf("lab %d: partial %q, %+v", i, tr.Header.Partial, l)
		}
		for _, e := range of(tr, tracer.Logged) {
			if want := fmt.Sprint("v", i); e.Record.Value.Text != want {
				t.Errorf("lab %d holds a message of another one: %q", i, e.Record.Value.Text)
			}
		}
		if got := strings.Count(strings.Join(calls(tr), " "), "Produce "); got != 3 {
			t.Errorf("lab %d: calls %v", i, calls(tr))
		}
	}
}
