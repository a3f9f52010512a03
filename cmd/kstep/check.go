package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
)

// checkOptions are the flags of kstep check.
type checkOptions struct {
	format   string
	runs     int
	parallel int
	clone    fs.FS                 // its folder scenarios, to name files and lines; nil: there is none
	content  []scenarios.Complaint // what the linter says
	drafts   []*lesson.Lesson      // that are left out
}

// maxRuns is the most that --runs takes.
const maxRuns = 10_000

func newCheck(s *streams) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:               "check [LESSON|all]",
		Short:             "Run lessons and hold every sentence to the runs",
		Long:              "Run lessons with all their variants, hold each claim to its run, and say what a\nlesson lacks. With --runs, run each lesson that often and say which cells of its\npages were the same in all runs: a cell that varies fails, unless the lesson\ndeclares it. Drafts are checked only by name.",
		Example:           "  kstep check\n  kstep check first-message\n  kstep check first-message --runs 20",
		ValidArgsFunction: completeLessons,
		RunE: func(cmd *cobra.Command, args []string) error {
			lessons, err := o.check(cmd, args)
			if err != nil {
				return err
			}
			o.clone = lessonSources()
			o.content = scenarios.Lint(scenarios.All(), o.clone)
			return checkLessons(cmd.Context(), s, o, lessons)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "terminal", "terminal or json")
	f.IntVar(&o.runs, "runs", 0, "run each lesson `N` times and compare the pages cell by cell")
	parallelFlag(cmd, &o.parallel, "lessons that run at once")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(checkFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

var checkFormats = []string{"terminal", "json"}

// check finds the lessons and refuses what cannot be done, before anything
// runs.
func (o *checkOptions) check(cmd *cobra.Command, args []string) ([]*lesson.Lesson, error) {
	if err := oneOf("--format", o.format, checkFormats); err != nil {
		return nil, err
	}
	if cmd.Flags().Changed("runs") && (o.runs < 2 || o.runs > maxRuns) {
		return nil, fmt.Errorf("--runs %d: runs are compared with each other; give 2 to %d", o.runs, maxRuns)
	}
	if err := checkParallel(cmd, &o.parallel); err != nil {
		return nil, err
	}
	if len(args) > 1 {
		return nil, fmt.Errorf("one lesson or all: %q is one too many", args[1])
	}
	if len(args) == 0 || args[0] == "all" {
		o.drafts = slices.DeleteFunc(scenarios.All(), func(l *lesson.Lesson) bool { return !l.Draft })
		return scenarios.Taught(), nil
	}
	l, _ := scenarios.Find(args[0])
	if l == nil {
		return nil, unknownLesson(args[0])
	}
	return []*lesson.Lesson{l}, nil
}

// checkLessons runs the lessons and says what holds. What does not hold is a
// failure.
func checkLessons(ctx context.Context, s *streams, o checkOptions, lessons []*lesson.Lesson) error {
	runs := max(1, o.runs)
	step, stop := counter(s, "running the lessons", runs*len(lessons))
	defer stop()
	started := time.Now()
	certificates, err := scenarios.Certify(ctx, lessons, scenarios.Certifying{
		Options: scenarios.Options{Versions: versions()}, Runs: runs, Parallel: o.parallel, Done: step, Sources: o.clone,
	})
	stop()
	if err != nil {
		return err
	}
	for _, c := range certificates {
		c.Content = slices.DeleteFunc(slices.Clone(o.content), func(x scenarios.Complaint) bool { return x.Lesson != c.Lesson.ID })
	}
	var b bytes.Buffer
	if o.format == "json" {
		err = writeJSON(&b, checkJSON(certificates))
	} else {
		r := checkReport{b: &b, width: s.width(0)}
		r.write(certificates, o.runs, time.Since(started))
		for _, l := range o.drafts {
			r.line(fmt.Sprintf("%-16s ", clean(l.ID)), "a draft, left out: kstep check "+l.ID+" checks it")
		}
	}
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if err := writeOut(s.Out, "the report", b.Bytes()); err != nil {
		return err
	}
	return unsound(certificates)
}

// unsound is nil where every lesson holds, else a failure that names the first
// thing that does not and counts the rest.
func unsound(all []*scenarios.Certificate) error {
	var what []string
	for _, c := range all {
		for _, f := range c.Failures {
			what = append(what, f.Text)
		}
		for _, x := range c.Content {
			what = append(what, x.String())
		}
		for _, s := range c.Undeclared() {
			what = append(what, fmt.Sprintf("scenarios/%s: %s: %s: make it the same in every run, or declare it in Varies", scenarios.Folder(c.Lesson.ID), scenarios.ProgramName(c.Lesson.ID, s.Variant), swayed(s)))
		}
	}
	switch len(what) {
	case 0:
		return nil
	case 1:
		return failure{what[0]}
	}
	return failure{fmt.Sprintf("%s (and %d more)", what[0], len(what)-1)}
}
