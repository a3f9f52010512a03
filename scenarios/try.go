package scenarios

import (
	"context"
	"slices"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/lab"
	"kstep/tracer/view"
)

// anyProducer is what is worth trying on any producer: settings that every
// producer may have, and what a network or a broker may do to its first
// request. What a run of it cannot answer is not asked.
var anyProducer = lesson.Try{
	Set: []tracer.Setting{
		{Key: "linger.ms", Value: "1000"},
		{Key: "batch.num.messages", Value: "1"},
		{Key: "acks", Value: "0"},
		{Key: "enable.idempotence", Value: "true"},
	},
	Faults: []string{
		"answer Produce request 1 with NOT_LEADER_OR_FOLLOWER",
		"answer Produce request 1 with MESSAGE_TOO_LARGE",
	},
}

// trial is a change and how it is run.
type trial struct {
	view.Try
	options func(o Options) lab.Options
}

// trials are the changes worth trying on a lesson's program: its variants,
// settings that its run does not have so already, and faults where the lesson has
// none of its own.
func trials(l *lesson.Lesson, variant string, run *tracer.Run) []trial {
	c, ok := l.Of(variant)
	if !ok {
		return nil
	}
	id := command(l, variant)
	var out []trial
	for _, v := range l.Variants {
		if vc, _ := l.Of(v.Name); variant == "" {
			out = append(out, trial{view.TryVariant(id, view.Variant{Name: v.Name, Promise: v.Promise}), func(o Options) lab.Options {
				return options(l, v.Name, vc, o)
			}})
		}
	}
	list := c.Try
	if list == nil {
		list = &anyProducer
	}
	for _, s := range list.Set {
		if lesson.Setting(run, s.Key) != s.Value {
			t := view.TrySetting(id, s)
			out = append(out, trial{t, func(o Options) lab.Options {
				run := changed(l, variant, c, o, t.Name)
				run.Set = LaidOver(run.Set, []tracer.Setting{s})
				return run
			}})
		}
	}
	for i, words := range list.Faults {
		if len(c.Faults) == 0 || c.Try != nil {
			t := view.TryFault(id, i+1, words)
			out = append(out, trial{t, func(o Options) lab.Options {
				run := changed(l, variant, c, o, t.Name)
				run.Faults = append(run.Faults, words)
				return run
			}})
		}
	}
	return out
}

// tries are the changes without how they are run.
func tries(l *lesson.Lesson, variant string, run *tracer.Run) []view.Try {
	var out []view.Try
	for _, t := range trials(l, variant, run) {
		out = append(out, t.Try)
	}
	return out
}

// changed is the program's run under another name.
func changed(l *lesson.Lesson, variant string, c lesson.Content, o Options, name string) lab.Options {
	run := options(l, variant, c, o)
	run.Header.Variant = name
	run.Faults = append(run.Faults, o.Faults...)
	return run
}

// command is the lesson and variant as they are typed.
func command(l *lesson.Lesson, variant string) string {
	if variant == "" {
		return l.ID
	}
	return l.ID + " --variant " + variant
}

// RecordTry is Record, and beside it a run of each change worth trying.
func RecordTry(ctx context.Context, l *lesson.Lesson, o Options) (*tracer.Trace, error) {
	t, err := Record(ctx, l, o)
	if err != nil {
		return nil, err
	}
	var beside []lab.Options
	for _, trial := range trials(l, o.Variant, tracer.NewRun(t)) {
		if slices.ContainsFunc(t.Twins, func(t *tracer.Trace) bool { return t.Header.Variant == trial.Name }) {
			continue // it runs beside every page of the lesson
		}
		run := trial.options(o)
		if run.Timeout == 0 && run.Idle == 0 {
			run.Timeout = patience(ranFor(t))
		}
		beside = append(beside, run)
	}
	twins, err := runSome(ctx, beside)
	if err != nil {
		return nil, err
	}
	t.Twins = append(t.Twins, twins...)
	return t, nil
}
