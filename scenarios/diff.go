package scenarios

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// Diff runs a lesson and, beside it, the lesson with what o changes, and holds
// the two side by side.
func Diff(ctx context.Context, l *lesson.Lesson, o Options) (view.Comparison, error) {
	plain := o
	plain.Variant, plain.Set, plain.Faults, plain.Without = "", nil, nil, tracer.Without{}
	options := []Options{plain, o}
	traces, errs := make([]*tracer.Trace, 2), make([]error, 2)
	var wg sync.WaitGroup
	for i := range options {
		wg.Go(func() { traces[i], errs[i] = Record(ctx, l, options[i]) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return view.Comparison{}, err
	}
	return CompareTraces(l, l.ID, traces[0], changes(o), traces[1]), nil
}

// side is a run of the lesson with what is claimed of it.
func side(l *lesson.Lesson, name string, t *tracer.Trace) view.Side {
	c, _ := l.Of(t.Header.Variant)
	return view.Side{Name: name, Runs: tracer.NewRuns(t), Claims: slices.Concat(c.Claims, c.Snapshot)}
}

// changes names a run by what is changed for it, without secrets.
func changes(o Options) string {
	var out []string
	if o.Variant != "" {
		out = append(out, o.Variant)
	}
	for _, s := range o.Set {
		out = append(out, s.Key+"="+tracer.ShownSetting(s.Key, s.Value))
	}
	out = append(out, o.Faults...)
	if w := o.Without.String(); w != "" {
		out = append(out, "without "+w)
	}
	return strings.Join(out, ", ")
}

// CompareTraces holds two recorded runs of a lesson side by side, under the
// names they are given.
func CompareTraces(l *lesson.Lesson, nameA string, a *tracer.Trace, nameB string, b *tracer.Trace) view.Comparison {
	return view.Compare(l.ID, side(l, nameA, a), side(l, nameB, b))
}
