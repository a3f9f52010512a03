package scenarios

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/lab"
)

// Options say how a lesson is run.
type Options struct {
	Variant  string
	Set      []tracer.Setting // of the command line; twins run with it too, but for what they set themselves
	Faults   []string         // of the command line, beside the lesson's own; twins run without
	Without  tracer.Without   // what is left out of the program; twins run whole
	Brokers  int              // 0: what the lesson is made for
	Timeout  time.Duration    // 0: Limit, and a program that hangs is ended after HangsFor without a record
	Limit    time.Duration    // the time limit where nobody asked for another; 0: lab.DefaultTimeout
	Versions tracer.Versions
	Started  func(pid int) // told when the lesson's own program runs, not for twins
}

// Record runs a lesson's program, and beside it the twins its claims need, each
// in a lab of its own, and returns the trace with the twins in it. An error is
// kstep's own or ctx's; what becomes of the program is in the trace.
func Record(ctx context.Context, l *lesson.Lesson, o Options) (*tracer.Trace, error) {
	content, ok := l.Of(o.Variant)
	if !ok {
		return nil, fmt.Errorf("lesson %s has no variant %q", l.ID, o.Variant)
	}
	runs := []lab.Options{options(l, o.Variant, content, o)}
	runs[0].Started = o.Started
	runs[0].Faults = append(runs[0].Faults, o.Faults...)
	runs[0].Without = o.Without
	if o.Variant == "" {
		for _, v := range l.Variants {
			if v.Twin {
				c, _ := l.Of(v.Name)
				runs = append(runs, options(l, v.Name, c, o))
			}
		}
	}
	traces, err := runAll(ctx, runs)
	if err != nil {
		return nil, err
	}
	traces[0].Twins = traces[1:]
	return traces[0], nil
}

func options(l *lesson.Lesson, variant string, c lesson.Content, o Options) lab.Options {
	brokers := o.Brokers
	if brokers == 0 {
		brokers = l.Brokers
	}
	return lab.Options{
		Program: ProgramName(l.ID, variant),
		Header: tracer.TraceHeader{
			Lesson: l.ID, Variant: variant, Title: l.Title, Versions: o.Versions,
			Program: tracer.Program{File: c.Program.File, Source: c.Program.Source},
		},
		Brokers: brokers, Topics: l.Topics, Set: LaidOver(o.Set, c.Set), Faults: slices.Clone(c.Faults), Timeout: cmp.Or(o.Timeout, o.Limit), Idle: idle(c, o),
	}
}

// LaidOver are the settings of both, of a key in both the second's.
func LaidOver(under, over []tracer.Setting) []tracer.Setting {
	out := slices.Clone(over)
	for _, s := range under {
		if !slices.ContainsFunc(over, func(v tracer.Setting) bool { return v.Key == s.Key }) {
			out = append(out, s)
		}
	}
	return out
}

// HangsFor is how long a program that does not end by itself may record nothing
// before it is ended, where nobody asks for a time limit: long enough to see that
// it hangs. It counts from its last record, so that a busy machine, which makes
// everything before take longer, takes nothing away from it.
const HangsFor = 3 * time.Second

func idle(c lesson.Content, o Options) time.Duration {
	if c.Hangs && o.Timeout == 0 {
		return HangsFor
	}
	return 0
}

// runAll runs labs side by side, all at once.
func runAll(ctx context.Context, runs []lab.Options) ([]*tracer.Trace, error) {
	return SideBySide(len(runs), len(runs), func(i int) (*tracer.Trace, error) { return lab.Run(ctx, runs[i]) })
}
