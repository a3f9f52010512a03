package tracer

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReadWrite(t *testing.T) {
	tr := firstRun().trace()
	tr.Header = TraceHeader{Lesson: "first-message", Program: Program{File: "p.go", Source: "package p\n"}}
	twin := firstRun().trace()
	twin.Header.Variant = "no-flush"
	tr.Twins = []*Trace{twin}
	var b bytes.Buffer
	if err := Write(&b, tr); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	got, err := Read(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(tr, got, cmp.Comparer(sameFormat)); d != "" {
		t.Error(d)
	}
	for _, cut := range []int{0, 1, 10, len(whole) / 3, len(whole) - 3} {
		_, err := Read(bytes.NewReader(whole[:cut]))
		var refused *FileError
		if !errors.As(err, &refused) || strings.Contains(err.Error(), "\n") {
			t.Errorf("cut to %d bytes: %v", cut, err)
		}
	}
}

// A twin's format is written, too, so the comparison of whole traces looks at
// everything else.
func sameFormat(a, b *Trace) bool {
	return cmp.Equal(a.Header, b.Header) && cmp.Equal(a.Events, b.Events) && len(a.Twins) == len(b.Twins)
}

func TestReadRefuses(t *testing.T) {
	head := `{"format":"kstep-trace/1","header":{},"events":[`
	event := func(s string) string { return head + `{"seq":1,` + s + `}]}` }
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "the trace is empty"},
		{"spaces", "  \n", "the trace is empty"},
		{"another file", "hello", "not a kstep trace"},
		{"another json", `{"a":1}`, "not a kstep trace"},
		{"another format", `{"format":"other/1"}`, `its format is "other/1"`},
		{"newer", `{"format":"kstep-trace/2","events":[]}`, "use a newer kstep"},
		{"no events", `{"format":"kstep-trace/1"}`, "no events"},
		{"lacks detail", event(`"lane":"wire","kind":"request"`), "lacks its detail"},
		{"lacks the message", event(`"lane":"application","kind":"returned","call":{"name":"Produce"}`), "lacks it"},
		{"gap", head + `{"seq":2}]}`, "events are missing"},
		{"claims 1 GB", event(`"lane":"wire","kind":"request","frame":{"bytes":1073741824}`), "claims 1073741824 bytes"},
		{"claims a billion messages", event(`"lane":"application","kind":"returned","call":{"name":"Produce","count":1000000000}`), "claims 1000000000 messages"},
		{"negative", event(`"lane":"client","kind":"batched","client":{"count":-1}`), "negative"},
		{"wrong kind", event(`"lane":7`), "cannot be a"},
		{"nested", head + strings.Repeat(`[`, 20000), "broken"},
		{"nested twins", strings.Repeat(`{"format":"kstep-trace/1","twins":[`, 5000), "the trace"},
		{"broken", head + `{"seq":1,,}]}`, "broken at byte"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(c.file))
			var refused *FileError
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %q in one line", err, c.want)
			}
		})
	}
}

// A file that is larger than any trace is refused by its size, without being
// read.
func TestReadLargeFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "big.json")
	if err := os.WriteFile(name, []byte(`{"format":"kstep-trace/1",`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 1<<30); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = Read(f)
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("got %v", err)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("%d bytes were allocated for a file that is refused", n)
	}
}

func TestDiff(t *testing.T) {
	got := Diff(&State{Queued: 1}, &State{InFlight: 1})
	want := []Change{{"queued in client", "1", "0"}, {"in flight", "0", "1"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRecorderKeepsTheLabsRows(t *testing.T) {
	r := NewRecorder()
	r.Limit = 2
	for range 5 {
		r.Record(Event{Lane: Wire})
	}
	r.Record(Event{Lane: Lab, Kind: Exited})
	events, dropped := r.Finish()
	if len(events) != 3 || events[2].Kind != Exited || dropped[Wire] != 3 {
		t.Errorf("kept %d, dropped %v", len(events), dropped)
	}
	if events[0].At < 0 || events[0].At > int64(time.Minute) {
		t.Errorf("the first event is at %d ns of the run", events[0].At)
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, firstRun().trace()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"format":"kstep-trace/1","events":[{"seq":1,"lane":"wire","kind":"response","frame":{"api":"Produce"}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		tr, err := Read(bytes.NewReader(data))
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
			return
		}
		// What was accepted must fold.
		for _, run := range append([]*Trace{tr}, tr.Twins...) {
			Rows(run)
			Balance(run)
		}
	})
}
