package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"kstep/cmd/kstep/walk"
)

// The exit codes of kstep.
const (
	exitOK          = 0
	exitFailed      = 1   // the program failed, or the run refutes a claim that should hold
	exitUsage       = 2   // kstep was asked for something it cannot do; nothing was written
	exitInterrupted = 130 // the user interrupted it
)

// failure is a run that did not go as the lesson says. What happened is
// already on the page; the text is for stderr.
type failure struct{ text string }

func (f failure) Error() string { return f.text }

// run is the whole command: it parses, does, and turns the error, by its type,
// into the exit code. This is the only place that does.
func run(args []string, s *streams) int {
	// A reader that closes the pipe early is an error of the write, not a
	// signal that ends kstep before it has cleaned up.
	signal.Ignore(syscall.SIGPIPE)
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // under nohup a terminal may go
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	defer stop()

	err := execute(ctx, args, s)
	var failed failure
	switch {
	case err == nil:
		return exitOK
	case ctx.Err() != nil, errors.Is(err, walk.ErrInterrupted):
		fmt.Fprintln(s.Err, "kstep: interrupted")
		return exitInterrupted
	case errors.As(err, &failed):
		fmt.Fprintln(s.Err, "kstep: "+oneLine(failed.text))
		return exitFailed
	case errors.Is(err, syscall.EPIPE):
		fmt.Fprintln(s.Err, "kstep: the output was closed before all of it was written")
		return exitUsage
	}
	fmt.Fprintln(s.Err, "kstep: "+oneLine(err.Error()))
	return exitUsage
}

// grace is how long an interrupted command may take to end its child and free
// its ports. Only a write that nobody reads takes longer.
const grace = 3 * time.Second

// execute runs the command line to its end, or to grace after ctx's.
func execute(ctx context.Context, args []string, s *streams) error {
	out := &sink{w: s.Out}
	mine := *s
	mine.Out = out
	root := newRoot(&mine)
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(out)
	root.SetErr(s.Err)
	done := make(chan error, 1)
	go func() {
		err := root.ExecuteContext(ctx)
		if err == nil {
			err = out.err // of help, which cobra prints without looking
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return ctx.Err()
	}
}

// sink is standard output; it remembers the first write that failed.
type sink struct {
	w   io.Writer
	err error
}

func (k *sink) Write(p []byte) (int, error) {
	n, err := k.w.Write(p)
	if err != nil && k.err == nil {
		k.err = err
	}
	return n, err
}

// oneLine keeps an error message on its line, whatever is in it.
func oneLine(s string) string {
	return clean(strings.Join(strings.Fields(s), " "))
}
