package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	root := newRoot(s)
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err := root.ExecuteContext(ctx)

	var failed failure
	switch {
	case err == nil:
		return exitOK
	case ctx.Err() != nil:
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

// oneLine keeps an error message on its line, whatever is in it.
func oneLine(s string) string {
	return clean(strings.Join(strings.Fields(s), " "))
}

// newRoot is the command with its subcommands in the order a learner meets
// them.
func newRoot(s *streams) *cobra.Command {
	root := &cobra.Command{
		Use:           "kstep",
		Short:         "Step through what a Kafka producer really does",
		Long:          "kstep runs a real Kafka producer against a broker of its own, records every\nstep, and turns the record into a lesson.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("there is no command %q; the nearest is %q (kstep --help lists them)", args[0], nearest(args[0], names(cmd)))
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return greet(s) },
	}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newList(s), newRun(s), newShow(s), newQuiz(s), newVersion(s))
	return root
}

func names(cmd *cobra.Command) []string {
	var out []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			out = append(out, c.Name())
		}
	}
	return out
}

// flagError names the flag that was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	var flags []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { flags = append(flags, f.Name) })
	name := unknown.GetSpecifiedName()
	return fmt.Errorf("%s has no flag --%s; the nearest is --%s", cmd.CommandPath(), name, nearest(name, flags))
}
