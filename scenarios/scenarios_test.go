package scenarios

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/lab"
	"kstep/tracer/view"
)

func TestMain(m *testing.M) {
	lab.RunIfChild(func(name string) func() {
		switch name {
		case millionName:
			return produceMillion
		case growingName:
			return produceGrowing
		}
		return Program(name)
	})
	// A binary with the race detector in it stays for a second when it exits, and
	// the client then sends what a program without Flush() would have lost.
	os.Setenv("GORACE", "atexit_sleep_ms=0 halt_on_error=1")
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "test.parallel" })
	if !asked {
		flag.Set("test.parallel", "8") // programs mostly wait
	}
	goleak.VerifyTestMain(m)
}

// record runs a lesson or a variant of it.
func record(t *testing.T, l *lesson.Lesson, o Options) *tracer.Trace {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tr, err := Record(ctx, l, o)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// Every lesson and every variant bears out its claims, its ledger balances, and
// its questions can be asked: what kstep check says.
func TestLessonsHold(t *testing.T) {
	for _, l := range All() {
		t.Run(l.ID, func(t *testing.T) {
			t.Parallel()
			shown := map[string]bool{}
			for _, p := range recordedLesson(t, l).Programs {
				name := ProgramName(l.ID, p.Variant)
				for _, f := range p.Failures(os.DirFS(".")) {
					t.Error(f)
				}
				if len(p.Document.Blocks) < 8 {
					t.Errorf("%s: the page has %d blocks", name, len(p.Document.Blocks))
				}
				explains(p.Document, shown)
				for _, wrong := range astray(p.Document, variantNames(l)) {
					t.Errorf("%s: %s", name, wrong)
				}
				holdsInModes(t, name, p.Trace)
				holdsInWalk(t, name, p.Trace)
			}
			for _, x := range Glossary() {
				if x.Lesson == l.ID && !shown[x.Name] {
					t.Errorf("the glossary says that %s shows %q, and no page of it has the word", l.ID, x.Name)
				}
			}
		})
	}
}

// explains adds the terms that a page explains.
func explains(d view.Document, shown map[string]bool) {
	for _, b := range d.Blocks {
		if ts, ok := b.(view.Terms); ok {
			for _, x := range ts.Items {
				shown[x.Name] = true
			}
		}
	}
}

// What a setting changes must change the page without an edit anywhere.
func TestSettingsAreFollowed(t *testing.T) {
	l, _ := Find("first-message")
	for _, set := range []tracer.Setting{{Key: "linger.ms", Value: "0"}, {Key: "linger.ms", Value: "1000"}, {Key: "acks", Value: "0"}, {Key: "enable.idempotence", Value: "true"}} {
		t.Run(set.Key+"="+set.Value, func(t *testing.T) {
			t.Parallel()
			tr := record(t, l, Options{Set: []tracer.Setting{set}, Timeout: 30 * time.Second})
			for _, s := range Surprises(tr) {
				t.Error(s)
			}
			run := tracer.NewRun(tr)
			request := run.First(tracer.RowRequest)
			if request == nil {
				t.Fatal("no Produce request")
			}
			f := request.Event.Frame
			switch set.Key {
			case "acks":
				if *f.Acks != 0 || run.First(tracer.RowResponse) != nil {
					t.Errorf("acks=0: the request asks for %d, the response is %v", *f.Acks, run.First(tracer.RowResponse))
				}
			case "enable.idempotence":
				if f.Batches[0].Sequence != 0 || f.Batches[0].ProducerID < 0 {
					t.Errorf("idempotent: %+v", f.Batches[0])
				}
			}
			changed := false
			for _, w := range Document(tr).Warnings {
				changed = changed || strings.Contains(w.Text, set.Key+"="+set.Value)
			}
			if !changed {
				t.Error("the page does not name the changed setting")
			}
		})
	}
}

// A run that is cancelled leaves nothing behind; goleak looks at the end.
func TestCancel(t *testing.T) {
	l, _ := Find("first-message")
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Record(ctx, l, Options{Variant: "unread-reports", Started: func(int) { cancel() }})
	if err == nil {
		t.Error("a cancelled run returned a trace")
	}
}

func TestUnknownProgram(t *testing.T) {
	if Program("nothing") != nil || Program("first-message/nothing") != nil {
		t.Error("a program was found that is not there")
	}
	if l, n := Find("nothing"); l != nil || n != 0 {
		t.Error("a lesson was found that is not there")
	}
}

func TestVersionsReachTheTrace(t *testing.T) {
	l, _ := Find("first-message")
	tr := record(t, l, Options{Variant: "no-flush", Versions: tracer.Versions{Client: "c 1", Librdkafka: "2", Broker: "b"}})
	if tr.Header.Versions.Client != "c 1" {
		t.Errorf("versions: %+v", tr.Header.Versions)
	}
	if _, err := os.Stat("firstmessage/" + tr.Header.Program.File); err != nil {
		t.Errorf("the program that is shown is no file of the lesson: %v", err)
	}
}
