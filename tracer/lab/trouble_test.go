package lab

// What kstep itself cannot do, and what a trace says of what it lacks.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
	"kstep/tracer/journal"
)

// A binary that cannot be started is one error, and no trace.
func TestNoSuchExecutable(t *testing.T) {
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain")
	if err := os.WriteFile(plain, []byte("no program"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{filepath.Join(dir, "missing"): "no such file or directory", plain: "permission denied", dir: "permission denied"} {
		tr, err := Run(t.Context(), Options{Program: "ordinary", Executable: name, Started: func(int) { t.Error("it has started") }})
		if tr != nil || err == nil {
			t.Fatalf("%s: trace %t, error %v", name, tr != nil, err)
		}
		if s := err.Error(); !strings.HasPrefix(s, "start the program: ") || !strings.HasSuffix(s, want) || strings.Contains(s, "\n") {
			t.Errorf("%s: %s", name, s)
		}
	}
}

// A cluster that there cannot be is one error.
func TestNoSuchCluster(t *testing.T) {
	tr, err := Run(t.Context(), Options{Program: "ordinary", Brokers: -1})
	if tr != nil || err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("trace %t, error %v", tr != nil, err)
	}
}

// Why a record is not whole is said in words that are the same in every run.
func TestPartial(t *testing.T) {
	inFlush := &tracer.Trace{Events: []tracer.Event{
		{Kind: tracer.Called, Call: &tracer.Call{ID: 1, Name: "NewProducer"}}, {Kind: tracer.Returned, Call: &tracer.Call{ID: 1, Name: "NewProducer"}},
		{Kind: tracer.Called, Call: &tracer.Call{ID: 2, Name: "Flush", Site: &tracer.Site{Line: 17}}},
	}}
	nowhere := &tracer.Trace{Events: inFlush.Events[:2]}
	noSite := &tracer.Trace{Events: inFlush.Events[:1]}
	dropped := map[tracer.Lane]int{tracer.Wire: 3, tracer.Client: 2, tracer.Application: 1}
	for _, c := range []struct {
		name    string
		tr      *tracer.Trace
		end     end
		written journal.Record
		dropped map[tracer.Lane]int
		want    string
	}{
		{name: "whole", tr: inFlush},
		{name: "time limit", tr: inFlush, end: end{timedOut: true, exit: tracer.Exit{Signal: "killed"}}, want: "the program passed its time limit and kstep ended it while it was in Flush(), line 17"},
		{name: "in no call", tr: nowhere, end: end{timedOut: true}, want: "the program passed its time limit and kstep ended it"},
		{name: "in a call from nowhere", tr: noSite, end: end{timedOut: true}, want: "the program passed its time limit and kstep ended it while it was in NewProducer()"},
		{name: "signal", tr: inFlush, end: end{exit: tracer.Exit{Signal: "aborted"}}, want: "the program was ended by a signal (aborted) while it was in Flush(), line 17"},
		{name: "no journal", tr: nowhere, written: journal.Record{Trouble: "open journal: no memory"}, want: "the program's calls were not recorded: open journal: no memory"},
		{name: "full", tr: nowhere, written: journal.Record{Lost: 5}, want: "the program's record was full, 5 calls are missing"},
		{name: "dropped", tr: nowhere, written: journal.Record{Lost: 5}, dropped: dropped,
			want: "the program's record was full, 5 calls are missing; 1 events of the application lane are missing; 2 events of the client lane are missing; 3 events of the wire lane are missing"},
	} {
		for range 8 { // the order of a map is another one each time
			if got := partial(c.tr, c.end, &c.written, c.dropped); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
	}
	var notesSaid []string
	for range 8 {
		notesSaid = nil
		for _, e := range notes(&journal.Record{Lost: 5}, dropped, 0, "more") {
			notesSaid = append(notesSaid, e.Text)
		}
		want := []string{"the program's record was full; later calls were not recorded", "events of the application lane were not kept",
			"events of the client lane were not kept", "events of the wire lane were not kept", "more"}
		if d := cmp.Diff(want, notesSaid); d != "" {
			t.Fatalf("notes: want (-), got (+)\n%s", d)
		}
	}
}
