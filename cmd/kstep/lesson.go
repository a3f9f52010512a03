package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/kafka/settings"
	"kstep/tracer/lab"
	"kstep/tracer/view"
)

// lessonRun is which lesson is run and how: the flags that run and quiz share.
type lessonRun struct {
	variant string
	set     []string
	faults  []string
	without string
	brokers int
	timeout time.Duration
}

// maxBrokers keeps a slip of the finger from starting a thousand listeners.
const maxBrokers = 9

func (r *lessonRun) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&r.variant, "variant", "", "run a named variant of the program (kstep list shows them)")
	_ = cmd.RegisterFlagCompletionFunc("variant", completeVariants)
	f.StringArrayVar(&r.set, "set", nil, "change the client's configuration: `KEY=VALUE`, repeatable")
	f.StringArrayVar(&r.faults, "fault", nil, "make this happen to the run: `WORDS` such as 'lose Produce response 1' or 'down at Produce request 1 until Flush called', repeatable")
	f.StringVar(&r.without, "without", "", "leave out a part of the program: `line:N`, the calls of that line, or a setting's key")
	_ = cmd.RegisterFlagCompletionFunc("without", completeParts)
	f.IntVar(&r.brokers, "brokers", 0, fmt.Sprintf("nodes of the embedded cluster, 1 to %d (default: the lesson's)", maxBrokers))
	f.DurationVar(&r.timeout, "timeout", 0, fmt.Sprintf("end the program after this time; what was recorded is shown (default: %s, of a program that is known to hang %s after its last call)", lab.DefaultTimeout, scenarios.HangsFor))
}

// check finds the lesson and refuses what cannot be run, before anything runs.
func (r *lessonRun) check(cmd *cobra.Command, args []string) (*lesson.Lesson, []tracer.Setting, error) {
	if cmd.Flags().Changed("brokers") && (r.brokers < 1 || r.brokers > maxBrokers) {
		return nil, nil, fmt.Errorf("--brokers %d: the embedded cluster has 1 to %d nodes", r.brokers, maxBrokers)
	}
	if cmd.Flags().Changed("timeout") && r.timeout <= 0 {
		return nil, nil, fmt.Errorf("--timeout %s: give a time above 0, for example 30s", r.timeout)
	}
	return r.find(args)
}

// find is the lesson that is meant, and its settings; what cannot be run is an
// error.
func (r *lessonRun) find(args []string) (*lesson.Lesson, []tracer.Setting, error) {
	if len(args) == 0 {
		return nil, nil, fmt.Errorf("name one lesson, for example %s (kstep list shows all)", scenarios.All()[0].ID)
	}
	if len(args) > 1 {
		return nil, nil, fmt.Errorf("one lesson at a time: %q is one too many", args[1])
	}
	l, _ := scenarios.Find(args[0])
	if l == nil {
		return nil, nil, unknownLesson(args[0])
	}
	if _, ok := l.Of(r.variant); !ok {
		var names []string
		for _, v := range l.Variants {
			names = append(names, v.Name)
		}
		return nil, nil, fmt.Errorf("lesson %s has no variant %q; the nearest is %q", l.ID, r.variant, nearest(r.variant, names))
	}
	if err := lab.CheckFaults(r.faults, cmp.Or(r.brokers, l.Brokers, 1)); err != nil {
		return nil, nil, err
	}
	set, err := r.settings()
	if err != nil {
		return nil, nil, err
	}
	return l, set, r.checkWithout(l)
}

// checkWithout refuses what the program has nothing of to leave out.
func (r *lessonRun) checkWithout(l *lesson.Lesson) error {
	if r.without == "" {
		return nil
	}
	w, err := tracer.ParseWithout(r.without)
	if err != nil {
		return fmt.Errorf("--without: %w", err)
	}
	c, _ := l.Of(r.variant)
	if err := view.CanLeaveOut(c.Program.Source, w); err != nil {
		return fmt.Errorf("--without %s: %w", r.without, err)
	}
	for _, pair := range r.set {
		if key, _, _ := strings.Cut(pair, "="); strings.TrimSpace(key) == w.Setting {
			return fmt.Errorf("--without %s: --set gives it a value at the same time; drop one of the two", r.without)
		}
	}
	return nil
}

// options are how the lesson is run, as the flags say; check has been asked.
func (r *lessonRun) options(set []tracer.Setting) scenarios.Options {
	o := scenarios.Options{Variant: r.variant, Set: set, Faults: r.faults, Brokers: r.brokers, Timeout: r.timeout, Versions: versions()}
	if r.without != "" {
		o.Without, _ = tracer.ParseWithout(r.without)
	}
	return o
}

// unknownLesson names the lesson that was probably meant.
func unknownLesson(id string) error {
	return fmt.Errorf("there is no lesson %q; the nearest is %q (kstep list shows all)", id, nearest(id, lessonIDs()))
}

func lessonIDs() []string {
	var ids []string
	for _, l := range scenarios.All() {
		ids = append(ids, l.ID)
	}
	return ids
}

// settings are the --set flags, checked against the client itself.
func (r *lessonRun) settings() ([]tracer.Setting, error) {
	m, err := settings.Parse(r.set)
	if err != nil {
		return nil, err
	}
	if err := settings.Check(m); err != nil {
		return nil, err
	}
	var out []tracer.Setting
	for _, pair := range r.set { // in the order they were given
		key, _, _ := strings.Cut(pair, "=")
		key = strings.TrimSpace(key)
		out = append(out, tracer.Setting{Key: key, Value: m[key]})
	}
	return out, nil
}

// record runs the lesson, with progress on a terminal.
func (r *lessonRun) record(ctx context.Context, s *streams, l *lesson.Lesson, set []tracer.Setting) (*tracer.Trace, error) {
	stop := progress(s, "running "+l.ID)
	defer stop()
	return scenarios.Record(ctx, l, r.options(set))
}

// outcome is nil where the program ended well and the run bears the lesson
// out, else a failure that says in one line what did not.
func outcome(t *tracer.Trace) error {
	var what []string
	if p := t.Header.Partial; p != "" && !scenarios.EndedAsMeant(t) {
		what = append(what, "the record is not whole: "+p)
	} else if x := exit(t); p == "" && x != nil && x.Code != 0 {
		what = append(what, fmt.Sprintf("the program failed with exit code %d", x.Code))
	}
	what = append(what, scenarios.Surprises(t)...)
	if unmet, of := scenarios.Unmet(t); t.Header.Program.Command != "" && !scenarios.Recorded(t) {
		what = append(what, "no call was recorded: import kstep/tracer/kafka in place of the client's package")
	} else if len(unmet) > 0 {
		what = append(what, fmt.Sprintf("%d of %d goals are not met, the first: %s", len(unmet), of, unmet[0].Sentence))
	}
	if len(what) == 0 {
		return nil
	}
	return failure{strings.Join(what, "; ")}
}

func exit(t *tracer.Trace) *tracer.Exit {
	for i := range t.Events {
		if t.Events[i].Exit != nil {
			return t.Events[i].Exit
		}
	}
	return nil
}

// completeLessons offers lesson ids to the shell.
func completeLessons(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, l := range scenarios.All() {
		out = append(out, l.ID+"\t"+l.Title)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// completeVariants offers the variants of the lesson that is typed already, or
// of every lesson.
func completeVariants(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, l := range scenarios.All() {
		if len(args) > 0 && args[0] != l.ID {
			continue
		}
		for _, v := range l.Variants {
			out = append(out, v.Name+"\t"+v.Promise)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// traceOf is a run of the lesson that is named or, where the argument is none, a
// recorded trace, from standard input for -.
func (r *lessonRun) traceOf(cmd *cobra.Command, s *streams, args []string) (t *tracer.Trace, fresh bool, err error) {
	if len(args) == 1 {
		if l, _ := scenarios.Find(args[0]); l == nil {
			t, err := r.recorded(cmd, s, args[0])
			return t, false, err
		}
	}
	l, set, err := r.check(cmd, args)
	if err != nil {
		return nil, false, err
	}
	t, err = r.record(cmd.Context(), s, l, set)
	return t, true, err
}

// recorded reads a trace file, where no flag asks for another run.
func (r *lessonRun) recorded(cmd *cobra.Command, s *streams, file string) (*tracer.Trace, error) {
	if _, err := os.Stat(file); err != nil && file != "-" {
		return nil, fmt.Errorf("%q is neither a lesson nor a file; the nearest lesson is %q (kstep list shows all)", file, nearest(file, lessonIDs()))
	}
	for _, name := range []string{"variant", "set", "fault", "without", "brokers", "timeout"} {
		if cmd.Flags().Changed(name) {
			return nil, fmt.Errorf("--%s goes with a lesson, which is run anew; %s is a run that was recorded", name, file)
		}
	}
	return readTrace(cmd.Context(), s, file)
}

// completeParts offers what can be left out of the program that is typed.
func completeParts(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var out []string
	if len(args) > 0 {
		if l, _ := scenarios.Find(args[0]); l != nil {
			variant, _ := cmd.Flags().GetString("variant")
			c, _ := l.Of(variant)
			for _, p := range view.Parts(c.Program.Source) {
				out = append(out, p.Without.String()+"\t"+p.String())
			}
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
