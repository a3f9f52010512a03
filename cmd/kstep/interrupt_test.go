package main

// Kstep or its program is ended from outside.

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// hanging is a run that does not end by itself while a test looks.
var hanging = []string{"run", "first-message", "--variant", "unread-reports", "--timeout", "60s", "--quiz=off"}

func TestInterrupt(t *testing.T) {
	for _, c := range []struct {
		name   string
		signal syscall.Signal
		more   []string
	}{
		{"at the terminal", syscall.SIGINT, nil},
		{"with a file to write", syscall.SIGINT, []string{"-o", "page.md", "-o", "page.json"}},
		{"by an init", syscall.SIGTERM, []string{"-o", "page.html"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, append(hanging[:len(hanging):len(hanging)], c.more...)...)
			child := program(t, r.cmd.Process.Pid)
			if err := r.cmd.Process.Signal(c.signal); err != nil {
				t.Fatal(err)
			}
			if code := wait(t, r.cmd); code != exitInterrupted {
				t.Errorf("exit code %d", code)
			}
			if s := r.stderr.String(); s != "kstep: interrupted\n" {
				t.Errorf("stderr: %q", s)
			}
			if s := r.stdout.String(); s != "" {
				t.Errorf("stdout: %.200q", s)
			}
			if !gone(child) {
				t.Error("the program is still there")
			}
			leftNothing(t, r.cmd.Dir)
		})
	}
}

// Where nobody reads what kstep writes, an interrupt ends it all the same.
func TestInterruptWhileNobodyReads(t *testing.T) {
	t.Parallel()
	pipe, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	defer out.Close()
	size, err := unix.FcntlInt(out.Fd(), unix.F_SETPIPE_SZ, 4096)
	if err != nil {
		t.Fatal(err)
	}
	cmd := kstep(t, "run", "first-message", "--format", "html")
	var stderr strings.Builder
	cmd.Stdout, cmd.Stderr = out, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	endWith(t, cmd)
	eventually(t, "the pipe is full", func() bool {
		n, err := unix.IoctlGetInt(int(pipe.Fd()), unix.TIOCINQ)
		return err == nil && n >= size
	})
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := wait(t, cmd); code != exitInterrupted || stderr.String() != "kstep: interrupted\n" {
		t.Errorf("exit code %d, stderr %q", code, stderr.String())
	}
}

// A program that somebody kills is a failed run: the page shows what was
// recorded, and says that this is not all.
func TestProgramIsKilled(t *testing.T) {
	t.Parallel()
	r := start(t, hanging...)
	child := program(t, r.cmd.Process.Pid)
	if err := syscall.Kill(child, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if code := wait(t, r.cmd); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	stderr := r.stderr.String()
	if why := notOneLine(stderr); why != "" || !strings.Contains(stderr, "the program was ended by a signal (killed)") {
		t.Errorf("stderr %s: %q", why, stderr)
	}
	page := r.stdout.String()
	for _, want := range []string{"\nPROCESS TABLE\n", "NewProducer", "was ended by a signal (killed)"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// A kstep that somebody kills takes its program with it.
func TestKstepIsKilled(t *testing.T) {
	t.Parallel()
	r := start(t, append(hanging[:len(hanging):len(hanging)], "-o", "page.md")...)
	child := program(t, r.cmd.Process.Pid)
	r.cmd.Process.Kill()
	if code := wait(t, r.cmd); code != -1 {
		t.Errorf("exit code %d", code)
	}
	eventually(t, "the program is gone", func() bool { return gone(child) })
	leftNothing(t, r.cmd.Dir)
}
