package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	kept "kstep/quiz/progress"
	"kstep/scenarios"
)

func newReset(s *streams) *cobra.Command {
	var all, yes bool
	cmd := &cobra.Command{
		Use:               "reset [LESSON]",
		Short:             "Forget what is kept of a lesson; it asks first",
		Long:              "Forget what is kept of a lesson: that it is finished, and its answers. It asks\nfirst. kstep progress export FILE keeps a copy.",
		Example:           "  kstep reset first-message\n  kstep reset --all",
		ValidArgsFunction: completeLessons,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkReset(s, args, all, yes); err != nil {
				return err
			}
			return reset(cmd.Context(), s, args, yes)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "forget everything")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

func checkReset(s *streams, args []string, all, yes bool) error {
	switch {
	case all && len(args) > 0:
		return fmt.Errorf("--all is every lesson: leave out %q", args[0])
	case !all && len(args) == 0:
		return errors.New("name the lesson to forget, or --all (kstep progress shows what is kept)")
	case len(args) > 1:
		return fmt.Errorf("one lesson at a time: %q is one too many", args[1])
	case !yes && !(s.InTTY && s.OutTTY):
		return errors.New("there is no terminal to ask at; say --yes to forget without being asked")
	}
	return nil
}

// reset forgets the lesson that is named, or all.
func reset(ctx context.Context, s *streams, args []string, yes bool) error {
	store, p, _, err := s.progressOn()
	if err != nil {
		return err
	}
	what := "everything"
	if len(args) > 0 {
		what = args[0]
		if l, _ := scenarios.Find(what); l == nil && !p.Knows(what) {
			return unknownLesson(what)
		}
	}
	if p.Empty() || len(args) > 0 && !p.Knows(what) {
		return writeOut(s.Out, "what was done", []byte("Nothing is kept of "+clean(what)+".\n"))
	}
	if !yes {
		typed, err := prompt(ctx, s, fmt.Sprintf("Forget %s: %s? y/n > ", clean(what), holdings(p, args)))
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if w := strings.ToLower(strings.TrimSpace(typed)); w != "y" && w != "yes" {
			return writeOut(s.Out, "what was done", []byte("Nothing was changed.\n"))
		}
	}
	err = store.Update(func(p *kept.Progress) error {
		if len(args) == 0 {
			*p = kept.Progress{}
			return nil
		}
		p.Reset(what)
		return nil
	})
	if err != nil {
		return err
	}
	return writeOut(s.Out, "what was done", []byte("Forgotten: "+clean(what)+".\n"))
}

// holdings is what would be forgotten.
func holdings(p *kept.Progress, args []string) string {
	finished, answers := 0, 0
	for id, l := range p.Lessons {
		if l.Finished != "" && (len(args) == 0 || id == args[0]) {
			finished++
		}
	}
	for _, a := range p.Answers {
		if len(args) == 0 || a.Lesson == args[0] {
			answers++
		}
	}
	if len(args) == 0 {
		return counted(finished, "finished lesson") + ", " + counted(answers, "answer")
	}
	if finished == 0 {
		return counted(answers, "answer")
	}
	return "finished, " + counted(answers, "answer")
}
