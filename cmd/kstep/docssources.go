package main

// The runs that blocks are made from: one a scenario, however many blocks use it.

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/inject"
	"kstep/tracer/wire"
)

// sources are pages by the run they show.
type sources struct {
	pages map[sourceKey]inject.Source
}

// sourceKey is a run or, for a diff, what is held against the lesson.
type sourceKey struct {
	inject.Run
	against string
	diff    bool
}

func keyOf(s inject.Spec) sourceKey {
	return sourceKey{Run: s.Run(), against: s.Against, diff: s.Block == "diff"}
}

func (x sources) content(s inject.Spec) (string, error) {
	return inject.Content(s, x.pages[keyOf(s)])
}

// job is a run to be made.
type job struct {
	key     sourceKey
	lesson  *lesson.Lesson
	options scenarios.Options
}

// newSources makes every run that the blocks of the files need, once each. What
// cannot be run is said with file and line, before anything runs.
func newSources(ctx context.Context, s *streams, o docsOptions, files []*inject.File) (sources, error) {
	jobs, err := jobsOf(files)
	if err != nil {
		return sources{}, err
	}
	out := sources{pages: map[sourceKey]inject.Source{}}
	if len(o.traces) > 0 {
		return out, out.fromTraces(ctx, s, o.traces, jobs)
	}
	step, stop := counter(s, "running the lessons", len(jobs))
	defer stop()
	pages, err := scenarios.SideBySide(len(jobs), o.parallel, func(i int) (inject.Source, error) {
		defer step()
		return jobs[i].run(ctx)
	})
	for i, j := range jobs {
		out.pages[j.key] = pages[i]
	}
	return out, err
}

// jobsOf are the runs that the blocks need, in the order they are met.
func jobsOf(files []*inject.File) ([]job, error) {
	var out []job
	var broken []string
	seen := map[sourceKey]bool{}
	for _, f := range files {
		for _, b := range f.Blocks {
			key := keyOf(b.Spec)
			if seen[key] {
				continue
			}
			seen[key] = true
			j, err := jobOf(b.Spec)
			if err != nil {
				broken = append(broken, fmt.Sprintf("%s:%d: %v", f.Name, b.Line, err))
			}
			out = append(out, j)
		}
	}
	if len(broken) > 0 {
		return nil, errors.New(strings.Join(broken, "; "))
	}
	return out, nil
}

// jobOf is the run of a block, checked as the flags of kstep run are.
func jobOf(s inject.Spec) (job, error) {
	variant := s.Variant
	if s.Against != "" {
		variant = s.Against
	}
	r := lessonRun{variant: variant, set: s.Set, faults: s.Faults}
	l, set, err := r.find([]string{s.Lesson})
	if err != nil {
		return job{}, err
	}
	return job{key: keyOf(s), lesson: l, options: scenarios.Options{Variant: variant, Set: set, Faults: s.Faults, Versions: versions()}}, nil
}

// run runs the lesson, or for a diff both sides. A run that does not bear out
// its lesson is no source for a document.
func (j job) run(ctx context.Context) (inject.Source, error) {
	if j.key.diff {
		c, err := scenarios.Diff(ctx, j.lesson, j.options)
		if err != nil {
			return inject.Source{}, err
		}
		return inject.Source{Document: c.Document()}, nil
	}
	t, err := scenarios.Record(ctx, j.lesson, j.options)
	if err != nil {
		return inject.Source{}, err
	}
	if err := outcome(t); err != nil {
		return inject.Source{}, failure{fmt.Sprintf("the run of %s is no source for a document: %v", scenarios.ProgramName(j.lesson.ID, j.options.Variant), err)}
	}
	return sourceOf(t), nil
}

func sourceOf(t *tracer.Trace) inject.Source {
	return inject.Source{Document: document(t), Varies: scenarios.Lesson(tracer.NewRuns(t)).Varies}
}

// fromTraces takes what recorded traces show. Where traces are named, nothing
// is run: a block that none of them shows is an error that says how to get one.
func (x sources) fromTraces(ctx context.Context, s *streams, names []string, jobs []job) error {
	var traces []*tracer.Trace
	for _, name := range names {
		t, err := readTrace(ctx, s, name)
		if err != nil {
			return err
		}
		traces = append(traces, t)
	}
	for _, j := range jobs {
		c, _ := j.lesson.Of(j.options.Variant)
		i := slices.IndexFunc(traces, func(t *tracer.Trace) bool {
			h := t.Header
			return h.Lesson == j.lesson.ID && h.Variant == j.options.Variant &&
				sameSet(h.Settings, scenarios.LaidOver(j.options.Set, c.Set)) && sameSet(h.Faults, canonical(slices.Concat(c.Faults, j.options.Faults)))
		})
		if i < 0 || j.key.diff {
			return fmt.Errorf("no trace of those named shows %s", commandOf(j))
		}
		x.pages[j.key] = sourceOf(traces[i])
	}
	return nil
}

// commandOf is how the run of a job is typed.
func commandOf(j job) string {
	out := "kstep run " + j.lesson.ID
	if j.key.diff {
		return "a diff of " + j.lesson.ID + ": a diff is always made of fresh runs, so leave out --trace"
	}
	if j.options.Variant != "" {
		out += " --variant " + j.options.Variant
	}
	for _, v := range j.options.Set {
		out += " --set " + shellWord(v.Key+"="+tracer.ShownSetting(v.Key, v.Value))
	}
	for _, f := range j.options.Faults {
		out += " --fault " + shellWord(f)
	}
	return "that run; " + out + " -o FILE.json records it"
}

// canonical are faults in the words in which a trace keeps them.
func canonical(words []string) []string {
	var out []string
	for _, w := range words {
		if f, err := wire.ParseFault(w); err == nil {
			w = f.String()
		}
		out = append(out, w)
	}
	return out
}

func sameSet[T comparable](a, b []T) bool {
	has := func(all []T, one T) bool { return slices.Contains(all, one) }
	return !slices.ContainsFunc(a, func(x T) bool { return !has(b, x) }) && !slices.ContainsFunc(b, func(x T) bool { return !has(a, x) })
}
