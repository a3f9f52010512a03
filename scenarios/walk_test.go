package scenarios

import (
	"slices"
	"strings"
	"testing"

	"kstep/tracer"
	"kstep/tracer/view"
)

// holdsInWalk: the walk of a run asks each of its questions before one stop, once,
// and settles it there or later, and it leads on from there, not to itself.
func holdsInWalk(t *testing.T, name string, tr *tracer.Trace) {
	t.Helper()
	runs := tracer.NewRuns(tr)
	l := Lesson(runs)
	w := view.NewWalk(runs, l)
	var asked []int
	for at, s := range w.Stops {
		for _, q := range s.Ask {
			asked = append(asked, q)
			if g := w.Questions[q]; g.Ask != at || at == 0 || slices.Min(g.Shown) < at {
				t.Errorf("%s: question %d is asked before stop %d, its place is %d, it is settled at %v", name, q+1, at, g.Ask, g.Shown)
			}
		}
	}
	slices.Sort(asked)
	if len(asked) != len(l.Quiz) || len(slices.Compact(asked)) != len(w.Questions) || len(w.Questions) != len(l.Quiz) {
		t.Errorf("%s: asked are %v of %d questions", name, asked, len(l.Quiz))
	}
	if len(w.Next) == 0 {
		t.Errorf("%s: the walk says nothing to do next", name)
	}
	for _, c := range w.Next {
		if strings.HasPrefix(c.Text, "kstep walk") {
			t.Errorf("%s: the walk leads to itself: %s", name, c.Text)
		}
	}
	if !strings.HasPrefix(l.Next[0].Text, "kstep walk "+tr.Header.Lesson) {
		t.Errorf("%s: the page does not offer to be stepped through: %v", name, l.Next)
	}
}
