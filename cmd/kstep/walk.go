package main

import (
	"bytes"
	"context"
	"io"
	"os"

	"github.com/spf13/cobra"

	"kstep/cmd/kstep/walk"
	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/view"
)

// walkOptions are the flags of kstep walk.
type walkOptions struct {
	lessonRun
	page
	plain bool
}

func newWalk(s *streams) *cobra.Command {
	var o walkOptions
	cmd := &cobra.Command{
		Use:   "walk LESSON|FILE",
		Short: "Step through a run, and predict what comes",
		Long: "Run a lesson's program, or take a recorded run, and step through it full screen:\n" +
			"forward, back, to a step, to the next Key Moment. Before a step that answers a\n" +
			"question you are asked what you expect; then prediction and run stand side by\n" +
			"side. The keys stand at the bottom, and ? explains them.\n\n" +
			"Without a terminal, or with --plain, it is told as text that reads as sentences.\n" +
			"From a pipe one answer a line is read. The variables ACCESSIBLE and KSTEP_PLAIN,\n" +
			"set to anything, are as good as --plain.\n\n" +
			"However it ends, the terminal is given back, but for one way: kill -9 leaves no\n" +
			"time for it. The shell then goes on in the picture, without a cursor. Type this\n" +
			"and Control-J, as Enter may not work: stty sane; tput rmcup; tput cnorm",
		Example:           "  kstep walk first-message\n  kstep walk first-message --variant no-flush\n  kstep walk lost-ack --plain | less\n  kstep run first-message -o first.json && kstep walk first.json",
		ValidArgsFunction: completeLessonsAndFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.page.check(cmd); err != nil {
				return err
			}
			return o.walk(cmd, s, args)
		},
	}
	o.lessonRun.flags(cmd)
	cmd.Flags().BoolVar(&o.plain, "plain", false, "tell it as linear text, for a screen reader or a pipe")
	o.looks(cmd)
	return cmd
}

// walk decides by the argument: a lesson's id, else a file. What a run does not
// bear out is said of a fresh one only.
func (o *walkOptions) walk(cmd *cobra.Command, s *streams, args []string) error {
	t, fresh, err := o.traceOf(cmd, s, args)
	if err != nil {
		return err
	}
	if err := o.show(cmd.Context(), s, t); err != nil || !fresh {
		return err
	}
	return outcome(t)
}

// show walks through a run on the terminal, or tells it.
func (o *walkOptions) show(ctx context.Context, s *streams, t *tracer.Trace) error {
	runs := tracer.NewRuns(t)
	w := view.NewWalk(runs, scenarios.Lesson(runs))
	if in, out, ok := s.screen(); ok && !o.plain && !s.plain() {
		late, telling := s.later()
		defer telling()
		return walk.Screen(ctx, &w, walk.Terminal{In: in, Out: out, Colored: s.colored(o.color), Answered: keeper(late, t)})
	}
	text := walk.Text{In: s.In, Interactive: s.InTTY && s.OutTTY, Out: s.Out, Width: s.width(o.width), Answered: keeper(s, t)}
	if s.InTTY && !s.OutTTY {
		text.In = nil // who reads the output elsewhere sees no prompt here
	}
	return walk.Plain(ctx, &w, text)
}

// plain tells whether the environment asks for text instead of a screen.
func (s *streams) plain() bool {
	term := s.Getenv("TERM")
	return term == "" || term == "dumb" || s.Getenv("ACCESSIBLE") != "" || s.Getenv("KSTEP_PLAIN") != ""
}

// later are the streams while the screen is another's: what is said on standard
// error waits there until it is told.
func (s *streams) later() (late *streams, tell func()) {
	var said bytes.Buffer
	c := *s
	c.Err = &said
	return &c, func() { _, _ = s.Err.Write(said.Bytes()) }
}

// screen is the terminal itself, where input and output both are one.
func (s *streams) screen() (in, out *os.File, ok bool) {
	w := io.Writer(s.Out)
	if k, is := w.(*sink); is {
		w = k.w
	}
	in, isIn := s.In.(*os.File)
	out, isOut := w.(*os.File)
	return in, out, isIn && isOut && s.InTTY && s.OutTTY
}

// completeLessonsAndFiles offers lessons, and lets the shell offer files.
func completeLessonsAndFiles(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	ids, _ := completeLessons(cmd, args, typed)
	return ids, cobra.ShellCompDirectiveDefault
}
