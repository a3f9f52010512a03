package lab

// Programs that do not end by themselves, or leave something behind.

import (
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
)

// A program that hangs in a call ends at its time limit; the trace's last row
// of a call says which.
func TestHangEndsAtTheTimeLimit(t *testing.T) {
	tr := record(t, Options{Program: "hang", Timeout: time.Second})
	if exit := exitOfTrace(t, tr); exit != (tracer.Exit{Code: -1, Signal: "killed", ByLab: true}) {
		t.Errorf("exit: %+v", exit)
	}
	if n := len(of(tr, tracer.TimeLimit)); n != 1 {
		t.Errorf("%d events say that the time was over", n)
	}
	names := calls(tr)
	if len(names) == 0 || names[len(names)-1] != "+Flush" {
		t.Fatalf("calls: %v", names)
	}
	want := "the program passed its time limit and kstep ended it while it was in Flush(), line " + strconv.Itoa(hangsAt(tr))
	if tr.Header.Partial != want {
		t.Errorf("partial: %q, want %q", tr.Header.Partial, want)
	}
	var last *tracer.Row
	rows := tracer.Rows(tr)
	for i := range rows {
		if rows[i].Kind == tracer.RowCall {
			last = &rows[i]
		}
	}
	if last == nil || last.Event.Call.Name != "Flush" || !last.Unfinished {
		t.Errorf("the last call's row: %+v", last)
	}
}

// hangsAt is the line of the last call that began.
func hangsAt(tr *tracer.Trace) int {
	called := of(tr, tracer.Called)
	return called[len(called)-1].Call.Site.Line
}

// The time without a record counts from the last one: what a program takes to
// get there is no part of it.
func TestHangEndsWhenItHasBeenIdle(t *testing.T) {
	const idle = 500 * time.Millisecond
	tr := record(t, Options{Program: "late-hang", Idle: idle})
	if n := len(of(tr, tracer.TimeLimit)); n != 1 || !strings.HasSuffix(tr.Header.Partial, "while it was in Flush(), line "+strconv.Itoa(hangsAt(tr))) {
		t.Errorf("%d events say that the time was over; partial: %q", n, tr.Header.Partial)
	}
	called, end := of(tr, tracer.Called), of(tr, tracer.Exited)
	if waited := time.Duration(end[0].At - called[len(called)-1].Call.Began); waited < idle {
		t.Errorf("it was ended after %s in Flush(), want %s at least", waited, idle)
	}
}

// A program that records nothing has not begun to be idle.
func TestNothingRecordedIsNotIdle(t *testing.T) {
	tr := record(t, Options{Program: "late", Idle: looks})
	if tr.Header.Partial != "" || exitOfTrace(t, tr) != (tracer.Exit{}) {
		t.Errorf("partial %q, exit %+v", tr.Header.Partial, exitOfTrace(t, tr))
	}
}

func TestBusyLoopEndsAtTheTimeLimit(t *testing.T) {
	tr := record(t, Options{Program: "busy", Timeout: 2 * time.Second})
	if tr.Header.Partial != "the program passed its time limit and kstep ended it" {
		t.Errorf("partial: %q", tr.Header.Partial)
	}
	holdsWhatWasDone(t, tr)
}

// No time at all is a limit like any other.
func TestNoTimeAtAll(t *testing.T) {
	tr := record(t, Options{Program: "ordinary", Timeout: time.Nanosecond})
	if !strings.HasPrefix(tr.Header.Partial, "the program passed its time limit") {
		t.Errorf("partial: %q", tr.Header.Partial)
	}
}

// A process that the program leaves behind may keep its output open: the run
// ends all the same, and nothing the program printed is missing.
func TestGrandchildKeepsOutputOpen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	began := time.Now()
	tr := record(t, Options{Program: "grandchild " + file})
	pid := idIn(t, file)
	defer syscall.Kill(pid, syscall.SIGKILL)
	if took := time.Since(began); took > patience/2 {
		t.Errorf("the run took %s", took)
	}
	if exit := exitOfTrace(t, tr); exit != (tracer.Exit{}) || tr.Header.Partial != "" {
		t.Errorf("exit %+v, partial %q", exit, tr.Header.Partial)
	}
	if d := cmp.Diff([]string{"left behind"}, printed(tr, "stdout")); d != "" {
		t.Errorf("stdout: want (-), got (+)\n%s", d)
	}
	if l := tracer.Balance(tr); l.Delivered != 1 {
		t.Errorf("ledger: %+v", l)
	}
}
