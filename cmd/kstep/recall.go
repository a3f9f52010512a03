package main

// A question in a run that it can be asked of again.

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"kstep/quiz"
	kept "kstep/quiz/progress"
	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// recalled is a question in the run it is asked of.
type recalled struct {
	weak     kept.Weak
	question quiz.Question
	trace    *tracer.Trace
	varied   variation
}

func (r recalled) key() string { return r.question.Options[r.question.Key()].Text }

const (
	tries   = 6               // variations that are run for a question at most, where none was found before
	atOnce  = 3               // of them side by side
	tryTime = 5 * time.Second // for one of them
)

// recall finds a run in which a question can be asked: of a twin or a varied
// run, with another key than the lesson's own run has where there is one, else
// with the same key; at last of the lesson's own run. ok is false where the
// lesson does not ask it any more. The same day gives the same run.
func recall(ctx context.Context, w kept.Weak, day kept.Day) (found recalled, ok bool, err error) {
	l, _ := scenarios.Find(w.Lesson)
	a := again{lesson: l, weak: w, seed: strings.Join([]string{string(day), w.Lesson, w.Question}, "/")}
	t, err := scenarios.Record(ctx, l, a.options(variation{}))
	if err != nil {
		return found, false, err
	}
	if own, ok := a.of(t, variation{}); ok {
		a.own, a.best = &own, &own
	}
	for _, twin := range t.Twins {
		if r, ok := a.of(twin, variation{variant: twin.Header.Variant}); ok && a.offer(r) {
			return r, true, nil
		}
	}
	all := variations(l, tracer.NewRuns(t).Main, a.seed)
	for some := range slices.Chunk(all[:min(tries, len(all))], atOnce) {
		for _, r := range a.runs(ctx, some) {
			if a.offer(r) {
				return r, true, nil
			}
		}
		if ctx.Err() != nil {
			return found, false, ctx.Err()
		}
		if a.best != a.own {
			break
		}
	}
	if a.best == nil {
		return found, false, nil
	}
	return *a.best, true, nil
}

// again is the search for a run of one question.
type again struct {
	lesson *lesson.Lesson
	weak   kept.Weak
	seed   string
	own    *recalled // in the lesson's own run; nil where that does not ask it
	best   *recalled // what there is so far
}

// offer tells whether a run needs no better one: its key is not the one that
// the learner knows from the lesson.
func (a *again) offer(r recalled) bool {
	if a.best == a.own {
		a.best = &r
	}
	return a.own == nil || r.key() != a.own.key()
}

// runs are those variations that the question can be asked of, in their order.
func (a *again) runs(ctx context.Context, all []variation) []recalled {
	found, ok := make([]recalled, len(all)), make([]bool, len(all))
	var wg sync.WaitGroup
	for i, v := range all {
		wg.Go(func() {
			t, err := scenarios.Record(ctx, a.lesson, a.options(v))
			if err == nil { // else this variation cannot be had
				found[i], ok[i] = a.of(t, v)
			}
		})
	}
	wg.Wait()
	var out []recalled
	for i := range found {
		if ok[i] {
			out = append(out, found[i])
		}
	}
	return out
}

func (a *again) options(v variation) scenarios.Options {
	o := scenarios.Options{Variant: v.variant, Set: v.set, Faults: v.faults, Versions: versions()}
	if c, _ := a.lesson.Of(v.variant); !c.Hangs && v.String() != "" {
		o.Timeout = tryTime
	}
	return o
}

// of is the question in a run. ok is false where the run does not have it, or
// did not end well. Its options are in another order than in the lesson.
func (a *again) of(t *tracer.Trace, v variation) (r recalled, ok bool) {
	x := exit(t)
	switch partial := t.Header.Partial != ""; {
	case partial && !scenarios.EndedAsMeant(t):
		return r, false
	case !partial && len(v.set)+len(v.faults) > 0 && x != nil && x.Code != 0:
		return r, false // a setting that this program cannot do
	}
	c, _ := a.lesson.Of(v.variant)
	qs, _ := quiz.Build(tracer.NewRuns(t), a.seed+v.flags(), c.Quiz...)
	for _, q := range qs {
		if q.ID == a.weak.Question {
			return recalled{a.weak, q, t, v}, true
		}
	}
	return r, false
}
