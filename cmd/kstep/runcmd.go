package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// runOptions are the flags of kstep run.
type runOptions struct {
	lessonRun
	page
	asking
	quiz    string
	program string
	starter string
}

func newRun(s *streams) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:               "run LESSON",
		Short:             "Run a lesson's program and show what happened",
		Long:              "Run a lesson's program and show what happened. On a terminal the questions\nare asked at the end: q leaves them, --quiz=off leaves them out. kstep progress\nshows what is kept of the answers.",
		Example:           "  kstep run first-message\n  kstep run first-message --variant no-flush\n  kstep run first-message --set linger.ms=1000\n  kstep run first-message -o first.html",
		ValidArgsFunction: completeLessons,
		RunE: func(cmd *cobra.Command, args []string) error {
			l, set, err := o.check(cmd, args)
			if err != nil {
				return err
			}
			if (o.file != "" || o.discuss) && !o.mayAsk(s) {
				return errors.New("--record and --discuss are about answers, and this run asks no question: add --quiz=on, or use kstep quiz")
			}
			return runLesson(cmd.Context(), s, &o, l, set)
		},
	}
	o.lessonRun.flags(cmd)
	modeFlag(cmd, &o.mode)
	o.page.flags(cmd)
	cmd.Flags().StringVar(&o.program, "program", "", "run a `COMMAND` of yours in the lesson's lab, such as 'go run ./mine', and hold its trace against the goals")
	cmd.Flags().StringVar(&o.starter, "starter", "", "with --mode project: write the starter program to a new `FILE`, such as mine/main.go")
	o.asking.flags(cmd)
	o.quizFlag(cmd)
	return cmd
}

func (o *runOptions) quizFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.quiz, "quiz", "auto", "ask the questions at the end: auto (on a terminal), on or off")
	_ = cmd.RegisterFlagCompletionFunc("quiz", cobra.FixedCompletions(quizModes, cobra.ShellCompDirectiveNoFileComp))
}

var quizModes = []string{"auto", "on", "off"}

// check refuses what cannot be run, written or asked, before anything runs.
func (o *runOptions) check(cmd *cobra.Command, args []string) (*lesson.Lesson, []tracer.Setting, error) {
	if err := o.page.check(cmd); err != nil {
		return nil, nil, err
	}
	if err := o.asking.check(cmd); err != nil {
		return nil, nil, err
	}
	if err := oneOf("--quiz", o.quiz, quizModes); err != nil {
		return nil, nil, err
	}
	if format := o.stdoutFormat(); o.quiz == "on" && len(o.files) == 0 && format != "terminal" {
		return nil, nil, fmt.Errorf("--quiz=on: the questions are not asked in the middle of %s; add -o FILE, or use kstep quiz", format)
	}
	l, set, err := o.lessonRun.check(cmd, args)
	if err == nil && cmd.Flags().Changed("program") {
		err = o.checkProgram(cmd)
	}
	if err == nil && cmd.Flags().Changed("starter") {
		err = o.checkStarter()
	}
	return l, set, err
}

// checkProgram refuses what does not go with a program of the reader's own.
func (o *runOptions) checkProgram(cmd *cobra.Command) error {
	switch {
	case strings.TrimSpace(o.program) == "":
		return errors.New(`--program "": give a command, for example 'go run ./mine'`)
	case o.without != "":
		return errors.New("--without leaves out a part of the lesson's program; it does not go with --program")
	case o.quiz == "on":
		return errors.New("--quiz=on: the questions are about the lesson's program; they do not go with --program")
	case o.mode == view.ModeWhy || o.mode == view.ModeTry:
		return fmt.Errorf("--mode %s runs the lesson's program; it does not go with --program", o.mode)
	}
	if !cmd.Flags().Changed("mode") {
		o.mode = view.ModeProject
	}
	return nil
}

func runLesson(ctx context.Context, s *streams, o *runOptions, l *lesson.Lesson, set []tracer.Setting) error {
	kept, err := o.open(l.ID, o.variant)
	if err != nil {
		return err
	}
	defer kept.close()
	t, err := o.recordIn(ctx, s, l, set)
	if err != nil {
		return err
	}
	d := o.arranged(o.document(t))
	ask, asked := o.asks(s, d), d
	if ask && len(questions(d)) == 0 {
		asked = o.arranged(document(t)) // --quiz=on, in a mode that has none
	}
	page, rest := d, view.Document{}
	if ask && len(o.files) == 0 {
		page, rest = aroundQuiz(d) // the questions are asked between them, one by one
	}
	if err := o.write(s, t, page); err != nil {
		return err
	}
	if o.starter != "" {
		if err := writeStarter(s, o.starter, t); err != nil {
			return err
		}
	}
	switch {
	case ask && o.mode == view.ModeTry:
		rest.Blocks = nil // each answer has been followed by what answers it
		if err := askTries(ctx, s, t, asked, &o.page, kept.answered); err != nil {
			return err
		}
	case ask:
		if err := askQuiz(ctx, s, asked, o.page, o.asking, keeper(s, t), kept.answered); err != nil {
			return err
		}
		if err := kept.close(); err != nil {
			return err
		}
	case s.OutTTY && len(o.files) == 0:
		keeper(s, t) // somebody has seen the lesson
	}
	if len(rest.Blocks)+len(rest.Next) > 0 {
		if err := o.write(s, t, rest); err != nil {
			return err
		}
	}
	return outcome(t)
}

// recordIn runs the lesson, and beside it what the mode shows.
func (o *runOptions) recordIn(ctx context.Context, s *streams, l *lesson.Lesson, set []tracer.Setting) (*tracer.Trace, error) {
	if o.program != "" {
		defer progress(s, "running "+o.program)()
		return o.recordOwn(ctx, l, set)
	}
	switch o.mode {
	case view.ModeWhy:
		defer progress(s, "running "+l.ID+" without each of its parts")()
		return scenarios.RecordWhy(ctx, l, o.options(set))
	case view.ModeTry:
		defer progress(s, "running "+l.ID+" with each change")()
		return scenarios.RecordTry(ctx, l, o.options(set))
	}
	return o.record(ctx, s, l, set)
}

// recordOwn runs the reader's own program. One that does not compile is that
// program's failure and not a wrong use of kstep.
func (o *runOptions) recordOwn(ctx context.Context, l *lesson.Lesson, set []tracer.Setting) (*tracer.Trace, error) {
	t, err := scenarios.RecordOwn(ctx, l, o.options(set), o.program)
	var build *scenarios.BuildError
	if errors.As(err, &build) {
		return nil, failure{build.Error()}
	}
	if err != nil {
		return nil, fmt.Errorf("--program %q: %w", o.program, err)
	}
	return t, nil
}

// asks tells whether the quiz is asked after the page: by itself only where
// somebody is there to answer and has the page before them, and the page has
// questions.
func (o *runOptions) asks(s *streams, d view.Document) bool {
	return o.mayAsk(s) && (o.quiz == "on" || len(questions(d)) > 0)
}

// mayAsk is asks before there is a page.
func (o *runOptions) mayAsk(s *streams) bool {
	if o.quiz == "auto" {
		return s.InTTY && s.OutTTY && len(o.files) == 0 && o.stdoutFormat() == "terminal"
	}
	return o.quiz == "on"
}

// aroundQuiz is what of a page is shown before its questions are asked and what
// after: all of it before, but for what to do next, and for a page that answers
// them.
func aroundQuiz(d view.Document) (before, after view.Document) {
	asked := false
	before = d
	before.Blocks = nil
	for _, b := range d.Blocks {
		switch _, quiz := b.(view.Quiz); {
		case quiz:
			asked = true
		case asked && d.AskFirst:
			after.Blocks = append(after.Blocks, b)
		default:
			before.Blocks = append(before.Blocks, b)
		}
	}
	after.Next, before.Next = view.NextBut(d.Next, "kstep quiz"), nil
	return before, after
}
