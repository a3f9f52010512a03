package main

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// diffOptions are the flags of kstep diff.
type diffOptions struct {
	lessonRun
	page
}

func newDiff(s *streams) *cobra.Command {
	var o diffOptions
	cmd := &cobra.Command{
		Use:               "diff LESSON",
		Short:             "Run a lesson twice and show only what a change changes",
		Long:              "Run a lesson, and beside it the lesson with a variant, settings or faults, or\nwithout a part of its program, and show what differs between the two runs, side\nby side, and nothing else.",
		Example:           "  kstep diff first-message --variant no-flush\n  kstep diff first-message --set acks=0\n  kstep diff first-message --fault 'answer Produce request 1 with MESSAGE_TOO_LARGE'\n  kstep diff first-message --without line:28\n  kstep diff first-message --variant no-flush --format json",
		ValidArgsFunction: completeLessons,
		RunE: func(cmd *cobra.Command, args []string) error {
			l, set, err := o.check(cmd, args)
			if err != nil {
				return err
			}
			return diffLesson(cmd.Context(), s, &o, l, set)
		},
	}
	o.lessonRun.flags(cmd)
	o.page.flags(cmd)
	cmd.Flags().Lookup("format").Usage = "terminal, markdown, html or json; default: by the file's suffix, else terminal"
	return cmd
}

// check refuses what cannot be run or written, and where nothing is changed.
func (o *diffOptions) check(cmd *cobra.Command, args []string) (*lesson.Lesson, []tracer.Setting, error) {
	if err := o.page.check(cmd); err != nil {
		return nil, nil, err
	}
	l, set, err := o.lessonRun.check(cmd, args)
	if err != nil {
		return nil, nil, err
	}
	if o.variant+o.without == "" && len(set)+len(o.faults) == 0 {
		return nil, nil, errors.New("say what is changed: --variant NAME, --set KEY=VALUE, --fault WORDS or --without line:N (kstep list shows the variants)")
	}
	return l, set, nil
}

func diffLesson(ctx context.Context, s *streams, o *diffOptions, l *lesson.Lesson, set []tracer.Setting) error {
	stop := progress(s, "running "+l.ID+" twice")
	defer stop()
	c, err := scenarios.Diff(ctx, l, o.options(set))
	stop()
	if err != nil {
		return err
	}
	return o.writeAs(s, content{Document: c.Document(), json: func(w io.Writer) error { return writeJSON(w, c) }})
}
