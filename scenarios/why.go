package scenarios

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/lab"
	"kstep/tracer/view"
)

// RecordWhy is Record, and beside it a twin for each part that can be left out
// of the program, up to view.MaxParts, and for each variant that Record does
// not run. A twin is the same in all but that part: settings and faults of the
// command line are done to it, too.
func RecordWhy(ctx context.Context, l *lesson.Lesson, o Options) (*tracer.Trace, error) {
	t, err := Record(ctx, l, o)
	if err != nil {
		return nil, err
	}
	content, _ := l.Of(o.Variant)
	var beside []lab.Options
	if o.Variant == "" {
		beside = variantsBeside(l, o, t)
	}
	parts := view.Parts(content.Program.Source)
	for _, p := range parts[:min(len(parts), view.MaxParts)] {
		if o.Without == (tracer.Without{}) {
			beside = append(beside, without(l, content, o, p.Without, ranFor(t)))
		}
	}
	twins, err := runSome(ctx, beside)
	if err != nil {
		return nil, err
	}
	t.Twins = append(t.Twins, twins...)
	return t, nil
}

// variantsBeside are the variants that the trace has no twin of.
func variantsBeside(l *lesson.Lesson, o Options, t *tracer.Trace) []lab.Options {
	var out []lab.Options
	for _, v := range l.Variants {
		there := slices.ContainsFunc(t.Twins, func(t *tracer.Trace) bool { return t.Header.Variant == v.Name })
		if c, ok := l.Of(v.Name); ok && !there {
			out = append(out, options(l, v.Name, c, o))
		}
	}
	return out
}

// without is the run of a program that lacks one part.
func without(l *lesson.Lesson, c lesson.Content, o Options, w tracer.Without, took time.Duration) lab.Options {
	run := options(l, o.Variant, c, o)
	run.Header.Variant = w.Twin()
	run.Faults = append(run.Faults, o.Faults...)
	run.Without = w
	if o.Timeout == 0 && run.Idle == 0 {
		run.Timeout = patience(took)
	}
	return run
}

// patience is the time limit of a run that may wait for what never comes:
// short, and long enough for a program that took so long as it is. It comes in
// steps, so that a page that names it does not differ from run to run.
func patience(took time.Duration) time.Duration {
	if took < HangsFor/3 {
		return HangsFor
	}
	return HangsFor * (2 + took/HangsFor)
}

// ranFor is how long a program ran.
func ranFor(t *tracer.Trace) time.Duration {
	for i := range t.Events {
		if t.Events[i].Kind == tracer.Exited {
			return time.Duration(t.Events[i].At)
		}
	}
	return 0
}

// runSome runs labs side by side, no more at once than there are cores: they
// are many, and none is to be late because of the others.
func runSome(ctx context.Context, runs []lab.Options) ([]*tracer.Trace, error) {
	return SideBySide(len(runs), runtime.GOMAXPROCS(0), func(i int) (*tracer.Trace, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t, err := lab.Run(ctx, runs[i])
		if err != nil {
			return nil, fmt.Errorf("run %s: %w", runs[i].Header.Variant, err)
		}
		return t, nil
	})
}
