package scenarios

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kfake"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/lab"
	"kstep/tracer/wire"
)

// outcome is what must be the same with kstep and without.
type outcome struct {
	Exit     int
	Stdout   string
	Requests []produced
}

// produced is a Produce request, or the answer to one, as the tap saw it.
type produced struct {
	Kind    tracer.Kind
	Acks    int16
	Batches []tracer.Batch
}

// Every program behaves without kstep as it does with it: the same source,
// built against the client itself, gives the same results, in the same order,
// with the same requests. Both sides are seen by the same tap.
func TestTracedAsUntraced(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the programs against the client itself")
	}
	binary := buildUntraced(t)
	for _, l := range All() {
		for _, variant := range append([]string{""}, variantNames(l)...) {
			c, _ := l.Of(variant)
			if c.Hangs {
				continue // it has no results to compare
			}
			t.Run(ProgramName(l.ID, variant), func(t *testing.T) {
				t.Parallel()
				tr, err := lab.Run(t.Context(), options(l, variant, c, Options{Timeout: 30 * time.Second}))
				if err != nil {
					t.Fatal(err)
				}
				want := runUntraced(t, l, binary, variant)
				if d := gocmp.Diff(want, ofTrace(tr)); d != "" {
					t.Errorf("untraced (-), traced (+):\n%s", d)
				}
			})
		}
	}
}

// ofTrace is the outcome as the trace tells it.
func ofTrace(t *tracer.Trace) outcome {
	var o outcome
	for i := range t.Events {
		e := &t.Events[i]
		switch {
		case e.Exit != nil:
			o.Exit = e.Exit.Code
		case e.Kind == tracer.Printed && e.Stream == "stdout":
			o.Stdout += e.Text + "\n"
		}
	}
	o.Requests = requests(t.Events)
	return o
}

func requests(events []tracer.Event) []produced {
	var out []produced
	for i := range events {
		e := &events[i]
		if e.Lane != tracer.Wire || e.Frame == nil || e.Frame.API != "Produce" || len(e.Frame.Batches) == 0 {
			continue
		}
		p := produced{Kind: e.Kind, Batches: slices.Clone(e.Frame.Batches)}
		for j := range p.Batches {
			b := &p.Batches[j]
			b.ProducerID = min(b.ProducerID, 0) // the broker draws it
			if b.Records > 1 || b.Codec != "none" {
				b.Bytes = 0 // it holds times
			}
		}
		if e.Frame.Acks != nil {
			p.Acks = *e.Frame.Acks
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b produced) int { // between partitions there is no order, nor between the two directions of a connection
		x, y := a.Batches[0], b.Batches[0]
		return cmp.Or(strings.Compare(x.Topic, y.Topic), int(x.Partition-y.Partition), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

// runUntraced runs the plain program against a broker of its own.
func runUntraced(t *testing.T, l *lesson.Lesson, binary, variant string) outcome {
	t.Helper()
	var mu sync.Mutex
	var events []tracer.Event
	tap := wire.NewTap(func(e tracer.Event) {
		mu.Lock()
		defer mu.Unlock()
		events = append(events, e)
	})
	notes := filepath.Join(t.TempDir(), "calls")
	tap.Inject(wire.Faults{List: faults(t, l, variant), Nodes: max(1, l.Brokers), Called: func(call string, m int, returned bool) (int64, bool) {
		return tracer.Now(), noted(notes, call, m, returned)
	}})
	opts := []kfake.Opt{kfake.NumBrokers(max(1, l.Brokers)), kfake.ListenFn(tap.Listen)}
	for _, s := range l.Topics {
		opts = append(opts, kfake.SeedTopics(int32(s.Partitions), s.Topic))
	}
	cluster, err := kfake.NewCluster(opts...)
	if err != nil {
		t.Fatal(err)
	}
	defer cluster.Close()

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, ProgramName(l.ID, variant))
	set, err := json.Marshal(settingsOf(l, variant, cluster.ListenAddrs()))
	if err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(os.Environ(), "UNTRACED_SET="+string(set), "UNTRACED_NOTES="+notes)
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	if err := tap.Idle(ctx); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	return outcome{Exit: cmd.ProcessState.ExitCode(), Stdout: stdout.String(), Requests: requests(events)}
}

// noted tells whether the untraced program has noted a call for the m-th time.
func noted(file, call string, m int, returned bool) bool {
	text, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	line := call + " called\n"
	if returned {
		line = call + " returned\n"
	}
	return strings.Count(string(text), line) >= m
}

// faults are what is done to the run.
func faults(t *testing.T, l *lesson.Lesson, variant string) []wire.Fault {
	t.Helper()
	c, _ := l.Of(variant)
	var out []wire.Fault
	for _, words := range c.Faults {
		f, err := wire.ParseFault(words)
		if err != nil {
			t.Fatal(err)
		}
		if f.Until.Call != "" && f.Until.Call != "Flush" {
			t.Fatalf("%s: only calls of Flush are noted by the untraced program", f)
		}
		out = append(out, f)
	}
	return out
}

// settingsOf are what the lab would change: the address, and what the variant
// sets.
func settingsOf(l *lesson.Lesson, variant string, brokers []string) map[string]string {
	set := map[string]string{"bootstrap.servers": strings.Join(brokers, ",")}
	c, _ := l.Of(variant)
	for _, s := range c.Set {
		set[s.Key] = s.Value
	}
	return set
}
