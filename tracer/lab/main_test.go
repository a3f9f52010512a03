package lab

// What the tests of a run share: the child's side of the test binary, and
// running a program of programs_test.go to its trace.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"kstep/tracer"
)

func TestMain(m *testing.M) {
	RunIfChild(func(name string) func() {
		first, word, _ := strings.Cut(name, " ")
		if p := faultPrograms[first]; p != nil {
			return func() { p(word) }
		}
		return lookup(name)
	})
	goleak.VerifyTestMain(m)
}

// patience is how long a test waits for what must come: long, because nothing
// but a failing test waits for all of it.
const patience = 60 * time.Second

// seeds are the topics that the programs send to.
var seeds = []tracer.Seed{{Topic: "t", Partitions: 1}, {Topic: "four", Partitions: 4}}

// record runs a program of programs_test.go, with seeds where the test names no
// topics.
func record(t *testing.T, o Options) *tracer.Trace {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if o.Topics == nil {
		o.Topics = seeds
	}
	tr, err := Run(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	if tr.Header.Partial == "" {
		if l := tracer.Balance(tr); len(l.Breaches) > 0 {
			t.Errorf("the ledger: %v", l.Breaches)
		}
	}
	return tr
}

// eventually polls until cond holds, which it reports. It may be called from
// any goroutine that the test waits for.
func eventually(t *testing.T, what string, cond func() bool) bool {
	t.Helper()
	deadline := time.After(patience / 2)
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Errorf("waited in vain: %s", what)
			return false
		}
	}
	return true
}

// exists is a condition to wait for.
func exists(file string) func() bool {
	return func() bool { _, err := os.Stat(file); return err == nil }
}

// gone tells whether a process has ended. One that nobody has reaped yet has.
func gone(pid int) bool {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ESRCH) {
		return true
	}
	_, after, _ := strings.Cut(string(data), ") ")
	return strings.HasPrefix(after, "Z")
}

// idIn is the id of a process that a program wrote into a file.
func idIn(t *testing.T, file string) int {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// of are the events of a kind.
func of(tr *tracer.Trace, kind tracer.Kind) []*tracer.Event {
	var out []*tracer.Event
	for i := range tr.Events {
		if tr.Events[i].Kind == kind {
			out = append(out, &tr.Events[i])
		}
	}
	return out
}

// exitOfTrace is the one event that says how the program ended.
func exitOfTrace(t *testing.T, tr *tracer.Trace) tracer.Exit {
	t.Helper()
	all := of(tr, tracer.Exited)
	if len(all) != 1 {
		t.Fatalf("the trace says %d times how the program ended", len(all))
	}
	return *all[0].Exit
}

// printed are the lines of a stream, in their order.
func printed(tr *tracer.Trace, stream string) []string {
	var out []string
	for _, e := range of(tr, tracer.Printed) {
		if e.Stream == stream {
			out = append(out, e.Text)
		}
	}
	return out
}

// calls are the names of the calls, begun (+) or returned.
func calls(tr *tracer.Trace) []string {
	var out []string
	for i := range tr.Events {
		switch e := &tr.Events[i]; e.Kind {
		case tracer.Called:
			out = append(out, "+"+e.Call.Name)
		case tracer.Returned:
			out = append(out, e.Call.Name)
		}
	}
	return out
}
