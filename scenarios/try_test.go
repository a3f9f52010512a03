package scenarios

import (
	"slices"
	"testing"

	"kstep/tracer"
	"kstep/tracer/view"
)

// Each change of the list is run under its name, changes what it says and
// nothing else, and a key follows its run.
func TestRecordTry(t *testing.T) {
	l, _ := Find("first-message")
	tr, err := RecordTry(t.Context(), l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	runs := tracer.NewRuns(tr)
	list := Lesson(runs).Tries
	if len(list) != len(l.Variants)+len(l.Try.Set)+len(l.Try.Faults) {
		t.Errorf("%d changes: %+v", len(list), list)
	}
	for _, try := range list {
		if runs.Twin(try.Name) == nil {
			t.Errorf("%s was not run", try.Name)
		}
	}
	if h := runs.Twin("acks=0").Trace.Header; !slices.Equal(h.Settings, []tracer.Setting{{Key: "acks", Value: "0"}}) || len(h.Faults) > 0 {
		t.Errorf("acks=0 ran with %v, %v", h.Settings, h.Faults)
	}
	if h := runs.Twin("fault-2").Trace.Header; !slices.Equal(h.Faults, []string{l.Try.Faults[1]}) || len(h.Settings) > 0 {
		t.Errorf("fault-2 ran with %v, %v", h.Settings, h.Faults)
	}
	keys := map[string]string{}
	for _, q := range view.Predictions(runs, list) {
		keys[q.ID] = q.Options[q.Key()].Text
	}
	for id, want := range map[string]string{
		"try-no-flush": "Lost at exit, and not reported", "try-acks-0": "How many answers the broker gives",
		"try-fault-1": "2: one each, and one that repeats", "try-fault-2": "Given up, and a report says that it failed",
	} {
		if keys[id] != want {
			t.Errorf("%s: the key is %q, want %q", id, keys[id], want)
		}
	}
	sameFromFile(t, tr, view.ModeTry)
	sameFromFile(t, tr, view.ModeVisual)
}

// What the program sets already is no change.
func TestTriesAreChanges(t *testing.T) {
	l, _ := Find("no-error-is-not-delivery")
	tr, err := Record(t.Context(), l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, try := range tries(l, "", tracer.NewRun(tr)) {
		if try.Name == "linger.ms=1000" {
			t.Error("linger.ms=1000 is offered, which the program has")
		}
	}
}
