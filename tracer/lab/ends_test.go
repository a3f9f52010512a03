package lab

// How a program can end: whatever the end, what was recorded up to there is
// kept, and the trace says how it ended.

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kstep/tracer"
)

func TestEnds(t *testing.T) {
	for _, c := range []struct {
		program string
		exit    tracer.Exit
		partial string // "": the record is whole
	}{
		{"exit 0", tracer.Exit{}, ""},
		{"exit 3", tracer.Exit{Code: 3}, ""},
		{"panic", tracer.Exit{Code: 2}, ""},
		{"segfault", tracer.Exit{Code: 2}, ""}, // Go's runtime ends the program itself
		{"killed", tracer.Exit{Code: -1, Signal: "killed"}, "the program was ended by a signal (killed)"},
		{"terminated", tracer.Exit{Code: -1, Signal: "terminated"}, "the program was ended by a signal (terminated)"},
	} {
		t.Run(c.program, func(t *testing.T) {
			tr := record(t, Options{Program: c.program})
			if exit := exitOfTrace(t, tr); exit != c.exit {
				t.Errorf("exit: %+v, want %+v", exit, c.exit)
			}
			if tr.Header.Partial != c.partial {
				t.Errorf("partial: %q, want %q", tr.Header.Partial, c.partial)
			}
			holdsWhatWasDone(t, tr)
			said := strings.Join(printed(tr, "stderr"), "\n")
			if c.program == "panic" && !strings.Contains(said, "panic: as it was told to") {
				t.Errorf("the program's last words are missing: %q", said)
			}
		})
	}
}

// holdsWhatWasDone: the program delivered one message before its end.
func holdsWhatWasDone(t *testing.T, tr *tracer.Trace) {
	t.Helper()
	l := tracer.Balance(tr)
	if l.Produced != 1 || l.Delivered != 1 || l.InLog != 1 || len(l.Breaches) > 0 {
		t.Errorf("what was done before the end: %+v", l)
	}
	if got := strings.Join(calls(tr), " "); got != "+NewProducer NewProducer Produce +Flush Flush" {
		t.Errorf("calls before the end: %s", got)
	}
	if len(of(tr, tracer.MainDone)) != 0 {
		t.Error("the trace says that main returned")
	}
}

// Somebody else ends the program.
func TestKilledFromOutside(t *testing.T) {
	ready := filepath.Join(t.TempDir(), "ready")
	var pid int
	killed := make(chan struct{})
	tr := record(t, Options{Program: "wait " + ready, Started: func(p int) {
		pid = p
		go func() {
			defer close(killed)
			eventually(t, "the program waits", exists(ready))
			syscall.Kill(pid, syscall.SIGKILL)
		}()
	}})
	<-killed
	if exit := exitOfTrace(t, tr); exit != (tracer.Exit{Code: -1, Signal: "killed"}) {
		t.Errorf("exit: %+v", exit)
	}
	if tr.Header.Partial != "the program was ended by a signal (killed)" {
		t.Errorf("partial: %q", tr.Header.Partial)
	}
	holdsWhatWasDone(t, tr)
	if !gone(pid) {
		t.Error("the program is still there")
	}
}

// A program that is killed as soon as it is there leaves an empty trace.
func TestKilledAtOnce(t *testing.T) {
	tr := record(t, Options{Program: "ordinary", Started: func(pid int) { syscall.Kill(pid, syscall.SIGKILL) }})
	if exit := exitOfTrace(t, tr); exit.Signal != "killed" || tr.Header.Partial == "" {
		t.Errorf("exit %+v, partial %q", exit, tr.Header.Partial)
	}
}

// The lab's own process is killed: its program goes with it.
func TestLabIsKilled(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	inner := 0
	tr := record(t, Options{Program: "lab " + file, Started: func(pid int) {
		if eventually(t, "the inner program runs", exists(file)) {
			inner = idIn(t, file)
		}
		syscall.Kill(pid, syscall.SIGKILL)
	}})
	if exit := exitOfTrace(t, tr); exit.Signal != "killed" || inner == 0 {
		t.Fatalf("exit %+v, inner program %d", exit, inner)
	}
	defer syscall.Kill(inner, syscall.SIGKILL)
	eventually(t, "the inner program is gone", func() bool { return gone(inner) })
}
