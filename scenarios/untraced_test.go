package scenarios

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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
		names := []string{""}
		for _, v := range l.Variants {
			if !v.Hangs {
				names = append(names, v.Name)
			}
		}
		for _, variant := range names {
			t.Run(ProgramName(l.ID, variant), func(t *testing.T) {
				tr := record(t, l, Options{Variant: variant, Timeout: 30 * time.Second})
				want := runUntraced(t, l, binary, variant)
				if d := cmp.Diff(want, ofTrace(tr)); d != "" {
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
		if e.Frame == nil || e.Frame.API != "Produce" || len(e.Frame.Batches) == 0 {
			continue
		}
		p := produced{Kind: e.Kind, Batches: e.Frame.Batches}
		if e.Frame.Acks != nil {
			p.Acks = *e.Frame.Acks
		}
		out = append(out, p)
	}
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
	cmd.Env = append(os.Environ(), "UNTRACED_BOOTSTRAP="+strings.Join(cluster.ListenAddrs(), ","))
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
		programs[v.Name] = v.Program
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
	put("dispatch.go", "package main\n\nimport \"os\"\n\nvar bootstrap = os.Getenv(\"UNTRACED_BOOTSTRAP\")\n\nfunc init() {\n\tswitch os.Args[1] {\n"+cases.String()+"\t}\n\tos.Exit(0)\n}\n")
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
	for _, r := range [][2]string{
		{`"kstep/tracer/kafka"`, `"github.com/confluentinc/confluent-kafka-go/v2/kafka"`},
		{`"localhost:9092"`, `bootstrap`},
	} {
		if strings.Count(source, r[0]) != 1 {
			t.Fatalf("the program has %d times %s", strings.Count(source, r[0]), r[0])
		}
		source = strings.Replace(source, r[0], r[1], 1)
	}
	return regexp.MustCompile(`(?m)^package \w+$`).ReplaceAllString(source, "package main")
}
