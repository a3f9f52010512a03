package lab

// A run that is cancelled leaves nothing behind.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/wire"
)

func TestCancelledWhileTheProgramRuns(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ready := filepath.Join(t.TempDir(), "ready")
	var pid int
	var addrs []string
	waited := make(chan struct{})
	tr, err := Run(ctx, Options{Program: "wait " + ready, Brokers: 3, Topics: seeds, Started: func(p int) {
		pid, addrs = p, brokersOf(t, p)
		go func() {
			defer close(waited)
			eventually(t, "the program waits", exists(ready))
			cancel()
		}()
	}})
	<-waited
	if tr != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("trace %t, error %v", tr != nil, err)
	}
	leftNothing(t, pid, addrs)
}

// leftNothing: the program is gone, and the brokers' ports are free.
func leftNothing(t *testing.T, pid int, addrs []string) {
	t.Helper()
	if pid == 0 || !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) { // not even one to be reaped
		t.Errorf("the program, process %d, is still there", pid)
	}
	if len(addrs) != 3 {
		t.Fatalf("the brokers' addresses: %v", addrs)
	}
	for _, a := range addrs {
		l, err := net.Listen("tcp", a)
		if err != nil {
			t.Errorf("the port is not free: %v", err)
			continue
		}
		l.Close()
	}
}

// brokersOf are the addresses the lab gave to a program, read from where the
// kernel keeps them: the program takes the variable out of its own environment.
func brokersOf(t *testing.T, pid int) []string {
	t.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
	if err != nil {
		t.Fatal(err)
	}
	for entry := range strings.SplitSeq(string(data), "\x00") {
		if text, ok := strings.CutPrefix(entry, "KSTEP_LAB="); ok {
			var s struct{ Bootstrap string }
			if err := json.Unmarshal([]byte(text), &s); err != nil {
				t.Fatal(err)
			}
			return strings.Split(s.Bootstrap, ",")
		}
	}
	t.Fatal("the program's environment has no setup of the lab")
	return nil
}

func TestCancelledBeforeItBegins(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	pid := 0
	tr, err := Run(ctx, Options{Program: "ordinary", Started: func(p int) { pid = p }})
	if tr != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("trace %t, error %v", tr != nil, err)
	}
	if pid != 0 && !gone(pid) {
		t.Error("the program is still there")
	}
}

// A deadline of the caller is not the program's time limit.
func TestDeadlineOfTheCaller(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if tr, err := Run(ctx, Options{Program: "hang"}); tr != nil || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("trace %t, error %v", tr != nil, err)
	}
}

// Cancelled when the program has ended and the lab still waits for the brokers,
// or reads their log: the caller's error at once, no trace with a hole in it.
func TestCancelledAfterTheEnd(t *testing.T) {
	rec := tracer.NewRecorder()
	tap := wire.NewTap(rec.Record)
	o := Options{Brokers: 1, Topics: []tracer.Seed{{Topic: "t", Partitions: 1}}}
	b := &broker{}
	if err := b.start(tap, o); err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	c, err := net.Dial("tcp", b.addrs[0]) // a connection that does not end
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	eventually(t, "the tap sees the connection", func() bool { return tap.Idle(ctx) != nil })
	began := time.Now()
	seal(ctx, tap, rec)
	if took := time.Since(began); took > settle/2 {
		t.Errorf("it took %s to notice", took)
	}
	book, err := journal.Create()
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if tr, err := assemble(ctx, o, b, book, book, rec, end{}); tr != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("trace %t, error %v", tr != nil, err)
	}
}
