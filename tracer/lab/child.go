package lab

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"kstep/tracer"
	"kstep/tracer/journal"
)

// end is how the child ended.
type end struct {
	exit     tracer.Exit
	at       int64 // ns of tracer.Now
	timedOut bool
	flooded  bool // it printed more than maxStdout
}

// grace is how long the child's output may stay open after its end, where a
// process of its own still holds it.
const grace = 2 * time.Second

// runChild starts the program and watches it to its end. It returns an error
// only where the program could not be started.
func runChild(ctx context.Context, o Options, bootstrap string, book, stdout *os.File, out *output, rec *tracer.Recorder) (end, error) {
	setup := journal.Setup{Journal: 3, Bootstrap: bootstrap, Set: settings(o.Set), Debug: clientDebug, LeaveOut: leaveOut(o)}
	cmd := command(o)
	cmd.Env = append(cmd.Env, journal.Environ(setup))
	cmd.ExtraFiles = []*os.File{book} // the first one is fd 3
	cmd.Stdout, cmd.Stderr = stdout, out.stderr()
	cmd.WaitDelay = grace
	cmd.SysProcAttr = childAttributes()

	done := make(chan error, 1)
	started := make(chan error, 1)
	go func() {
		// The kernel ties the child's life to the thread that started it
		// (PR_SET_PDEATHSIG), so that thread must outlive the child.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			done <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return end{}, fmt.Errorf("start the program: %w", err)
	}
	rec.Record(tracer.Event{Lane: tracer.Lab, Kind: tracer.Started, Known: tracer.Observed, Text: o.Header.Program.File})
	if o.Started != nil {
		o.Started(cmd.Process.Pid)
	}
	e, err := watch(ctx, cmd, done, stdout, book, o, rec)
	out.close()
	e.exit, e.at = exitOf(cmd, err, e), tracer.Now()
	rec.Record(tracer.Event{At: e.at, Lane: tracer.Lab, Kind: tracer.Exited, Known: tracer.Observed, Exit: &e.exit})
	return e, nil
}

// command is the program's process: kstep again, told which program to be, or
// a command that finds its way into the lab by the journal's variable alone.
func command(o Options) *exec.Cmd {
	if len(o.Command) == 0 {
		cmd := exec.Command(o.Executable)
		cmd.Env = append(os.Environ(), programEnv+"="+o.Program)
		return cmd
	}
	cmd := exec.Command(o.Command[0], o.Command[1:]...)
	cmd.Env = os.Environ()
	return cmd
}

// looks is how often it is looked at how much the child has printed and recorded.
const looks = 50 * time.Millisecond

// watch waits for the child, and ends it when its time is over, when ctx is, or
// when it prints without end.
func watch(ctx context.Context, cmd *exec.Cmd, done <-chan error, stdout, book *os.File, o Options, rec *tracer.Recorder) (end, error) {
	timer, look := time.NewTimer(o.Timeout), time.NewTicker(looks)
	defer timer.Stop()
	defer look.Stop()
	last := activity{book: book}
	over := func(limit time.Duration) {
		rec.Record(tracer.Event{Lane: tracer.Lab, Kind: tracer.TimeLimit, Known: tracer.Observed, Text: limit.String()})
	}
	for {
		e := end{exit: tracer.Exit{ByLab: true}}
		select {
		case err := <-done:
			return end{}, err
		case <-ctx.Done():
		case <-look.C:
			info, err := stdout.Stat()
			e.flooded = err == nil && info.Size() > maxStdout
			e.timedOut = o.Idle > 0 && last.ago() >= o.Idle
			if !e.flooded && !e.timedOut {
				continue
			}
			if e.timedOut {
				over(o.Idle)
			}
		case <-timer.C:
			over(o.Timeout)
			e.timedOut = true
		}
		kill(cmd)
		return e, <-done
	}
}

// activity is when a journal was last seen to be longer than before.
type activity struct {
	book    *os.File
	written int64 // bytes
	at      time.Time
}

// ago is how long nothing has been recorded, 0 before the first record: how
// long a program takes to start says nothing of what it does then.
func (a *activity) ago() time.Duration {
	if n := journal.Written(a.book); n != a.written {
		a.written, a.at = n, time.Now()
	}
	if a.written == 0 {
		return 0
	}
	return time.Since(a.at)
}

// exitOf puts the process's end into the trace's words.
func exitOf(cmd *exec.Cmd, err error, e end) tracer.Exit {
	exit := e.exit
	state := cmd.ProcessState
	if state == nil {
		exit.Code = -1
		return exit
	}
	exit.Code = state.ExitCode()
	var failed *exec.ExitError
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		exit.Signal = status.Signal().String()
	} else if err != nil && !errors.As(err, &failed) && !errors.Is(err, exec.ErrWaitDelay) {
		exit.Signal = err.Error()
	}
	return exit
}

// leaveOut is what the program's process is told to leave out, nil for nothing.
func leaveOut(o Options) *journal.LeaveOut {
	switch {
	case o.Without.Line > 0:
		return &journal.LeaveOut{File: o.Header.Program.File, Line: o.Without.Line}
	case o.Without.Setting != "":
		return &journal.LeaveOut{Setting: o.Without.Setting}
	}
	return nil
}

func settings(set []tracer.Setting) map[string]string {
	m := make(map[string]string, len(set))
	for _, s := range set {
		m[s.Key] = s.Value
	}
	return m
}
