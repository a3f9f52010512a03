package main

// A kstep that runs, and what the tests that look at it from outside share.

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test waits for what must come: long, because only a
// failing test waits for all of it.
const patience = 30 * time.Second

// eventually polls until cond holds.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// kstep is the command in an empty folder, with an environment that says
// nothing of terminals.
func kstep(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	return command(t, "kstep", args...)
}

// command is kstep by one of the names that TestMain has put where PATH begins.
func command(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, args...)
	cmd.Dir = t.TempDir()
	for _, v := range os.Environ() {
		switch name, _, _ := strings.Cut(v, "="); name {
		case "NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "KSTEP_STATE", "KSTEP_TODAY", "KSTEP_PLAIN", "ACCESSIBLE":
		default:
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "TERM=xterm-256color", "KSTEP_STATE="+t.TempDir())
	return cmd
}

// running is a kstep whose output is kept.
type running struct {
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
}

// start starts kstep; the test ends it if it does not end by itself.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	r := &running{cmd: kstep(t, args...)}
	r.cmd.Stdout, r.cmd.Stderr = &r.stdout, &r.stderr
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	endWith(t, r.cmd)
	return r
}

func endWith(t *testing.T, cmd *exec.Cmd) {
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			cmd.Process.Kill()
			cmd.Wait()
		}
	})
}

// wait is kstep's exit code, -1 for a signal.
func wait(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	timer := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode()
}

// children are the processes that a process has started and not yet reaped.
func children(t *testing.T, pid int) []int {
	t.Helper()
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil || len(lists) == 0 {
		t.Fatalf("the process has ended, or this system does not list children: %v", err)
	}
	var out []int
	for _, list := range lists {
		data, _ := os.ReadFile(list) // the thread may be gone
		for _, word := range strings.Fields(string(data)) {
			child, err := strconv.Atoi(word)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, child)
		}
	}
	return out
}

// program waits for the process that runs the lesson's program, until that has
// a connection to a broker.
func program(t *testing.T, pid int) int {
	t.Helper()
	var child int
	eventually(t, "the program talks to its broker", func() bool {
		for _, child = range children(t, pid) {
			if isProgram(child) && sockets(child) > 0 {
				return true
			}
		}
		return false
	})
	return child
}

// isProgram tells a lesson's program from a process that is not yet one: between
// fork and exec a child has what its parent has.
func isProgram(pid int) bool {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
	return strings.Contains("\x00"+string(data), "\x00KSTEP_PROGRAM=")
}

// sockets is how many a process has open.
func sockets(pid int) int {
	n := 0
	names, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	for _, name := range names {
		if to, err := os.Readlink(name); err == nil && strings.HasPrefix(to, "socket:") {
			n++
		}
	}
	return n
}

// gone tells whether a process has ended. One that nobody has reaped yet has.
func gone(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true
	}
	_, after, _ := strings.Cut(string(data), ") ")
	return strings.HasPrefix(after, "Z")
}

// leftNothing: the folder kstep ran in is as empty as it was.
func leftNothing(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Errorf("%s was left behind", e.Name())
	}
}
