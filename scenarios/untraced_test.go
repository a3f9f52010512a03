package scenarios

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kfake"

	"kstep/scenarios/lesson"
	"kstep/tracer"
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
	for _, l := range All() {
		binary := buildUntraced(t, l)
		var names []string
		if !l.Hangs {
			names = append(names, "")
		}
		for _, v := range l.Variants {
			if !v.Hangs {
				names = append(names, v.Name)
			}
		}
		for _, variant := range names {
			t.Run(ProgramName(l.ID, variant), func(t *testing.T) {
				faults(t, l, variant)
				tr := record(t, l, Options{Variant: variant, Timeout: 30 * time.Second})
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
	tap.Inject(wire.Faults{List: faults(t, l, variant), Nodes: max(1, l.Brokers)})
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
	cmd := exec.CommandContext(ctx, binary, variant)
	set, err := json.Marshal(settingsOf(l, variant, cluster.ListenAddrs()))
	if err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(os.Environ(), "UNTRACED_SET="+string(set))
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

// faults are what is done to the run. Where one waits for a call of the program
// the test is skipped: of a program without kstep nobody sees the calls.
func faults(t *testing.T, l *lesson.Lesson, variant string) []wire.Fault {
	t.Helper()
	c, _ := l.Of(variant)
	var out []wire.Fault
	for _, words := range c.Faults {
		f, err := wire.ParseFault(words)
		if err != nil {
			t.Fatal(err)
		}
		if f.Until.Call != "" {
			t.Skipf("%s: a condition that only the traced run can meet", f)
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

// dispatch is the rest of the untraced program: it runs the program it is told
// to, with the settings it is told.
const dispatch = `package main

import (
	"encoding/json"
	"os"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

func newProducer(conf *kafka.ConfigMap) (*kafka.Producer, error) {
	var set map[string]string
	if err := json.Unmarshal([]byte(os.Getenv("UNTRACED_SET")), &set); err != nil {
		panic(err)
	}
	for k, v := range set {
		if err := conf.SetKey(k, value(v)); err != nil {
			panic(err)
		}
	}
	return kafka.NewProducer(conf)
}

// value: the Go client's own keys take no text where a bool is meant.
func value(s string) kafka.ConfigValue {
	switch s {
	case "true", "false":
		return s == "true"
	}
	return s
}

func init() {
	switch os.Args[1] {
%s	}
	os.Exit(0)
}
`

var function = regexp.MustCompile(`(?m)^func (\w+)\(\) \{$`)

// buildUntraced builds a lesson's programs against the client's own package.
// The sources differ from those that are shown in the import, in the package
// clause and in the broker's address, and in nothing else.
func buildUntraced(t *testing.T, l *lesson.Lesson) string {
	t.Helper()
	dir := t.TempDir()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	put := func(name, text string) {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(root, "scenarios", "untraced", name)] = file
	}
	programs := map[string]lesson.Program{"": l.Program}
	for _, v := range l.Variants {
		c, _ := l.Of(v.Name)
		programs[v.Name] = c.Program
	}
	var cases strings.Builder
	for name, p := range programs {
		f := function.FindStringSubmatch(p.Source)
		if f == nil {
			t.Fatalf("%s has no function without parameters", p.File)
		}
		fmt.Fprintf(&cases, "\tcase %q:\n\t\t%s()\n", name, f[1])
		put(p.File, untraced(t, p.Source))
	}
	put("dispatch.go", fmt.Sprintf(dispatch, cases.String()))
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, text, 0o600); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "untraced")
	cmd := exec.Command("go", "build", "-overlay", list, "-o", binary, "./scenarios/untraced")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build the programs without kstep: %v\n%s", err, out)
	}
	return binary
}

func untraced(t *testing.T, source string) string {
	t.Helper()
	const address = `"localhost:9092"`
	if strings.Count(source, address) != 1 {
		t.Fatalf("the program has %d times %s", strings.Count(source, address), address)
	}
	for _, r := range [][2]string{
		{`"kstep/tracer/kafka"`, `"github.com/confluentinc/confluent-kafka-go/v2/kafka"`},
		{"kafka.NewProducer(", "newProducer("},
	} {
		if !strings.Contains(source, r[0]) {
			t.Fatalf("the program has no %s", r[0])
		}
		source = strings.ReplaceAll(source, r[0], r[1])
	}
	return regexp.MustCompile(`(?m)^package \w+$`).ReplaceAllString(source, "package main")
}
