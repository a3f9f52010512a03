package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	kept "kstep/quiz/progress"
	"kstep/scenarios"
)

func newNext(s *streams) *cobra.Command {
	var o runOptions
	var name bool
	cmd := &cobra.Command{
		Use:     "next",
		Short:   "Go on: run the lesson that comes next",
		Long:    "Run the lesson that comes next, as kstep run does: the one you are at until its\nquestions are gone through, here or in kstep walk, then the next one that is not\nfinished and builds on finished ones.",
		Example: "  kstep next\n  kstep run \"$(kstep next --name)\" -o page.html",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, p, _, err := s.progressOn()
			if err != nil {
				return err
			}
			id := p.Next(steps())
			switch {
			case id == "":
				fmt.Fprintln(s.Err, "kstep: all lessons are finished; kstep review asks what was missed")
				return nil
			case name:
				return writeOut(s.Out, "the lesson's name", []byte(id+"\n"))
			}
			if _, _, err := o.check(cmd, []string{id}); err != nil {
				return err
			}
			return runNext(cmd.Context(), s, &o, p, id)
		},
	}
	cmd.Flags().BoolVar(&name, "name", false, "only print the lesson's name")
	o.page.looks(cmd)
	o.quizFlag(cmd)
	return cmd
}

// runNext says which lesson it is, and runs it.
func runNext(ctx context.Context, s *streams, o *runOptions, p *kept.Progress, id string) error {
	l, n := scenarios.Find(id)
	line := fmt.Sprintf("Next is lesson %d of %d: %s.\n\n", n, len(scenarios.Taught()), id)
	if p.Current == id {
		line = fmt.Sprintf("Going on with lesson %d of %d: %s.\n\n", n, len(scenarios.Taught()), id)
	}
	if err := writeOut(s.Out, "the lesson's name", []byte(line)); err != nil {
		return err
	}
	return runLesson(ctx, s, o, l, nil)
}

// steps are the lessons as progress sees them.
func steps() []kept.Step {
	var out []kept.Step
	for _, l := range scenarios.Taught() {
		out = append(out, kept.Step{ID: l.ID, Needs: l.Needs})
	}
	return out
}
