package scenarios

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kstep/tracer"
	"kstep/tracer/lab"
	"kstep/tracer/view"
)

func TestCanLeaveOut(t *testing.T) {
	first, _ := Find("first-message")
	linger, _ := Find("exit-without-flush")
	for _, c := range []struct {
		source, without, want string
	}{
		{first.Program.Source, "line:28", ""},
		{first.Program.Source, "line:29", "line 29 of the program holds no call that can be left out; these do: line 19, Produce(); line 28, Flush()"},
		{first.Program.Source, "acks", "the program does not set acks, and no other setting that can be left out"},
		{first.Program.Source, "bootstrap.servers", "bootstrap.servers cannot be left out: without it the client has no broker to ask"},
		{linger.Program.Source, "acks", "the program does not set acks; it sets linger.ms"},
		{"", "line:1", "line 1: the program holds no call that can be left out"},
	} {
		w, err := tracer.ParseWithout(c.without)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if err := view.CanLeaveOut(c.source, w); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.without, got, c.want)
		}
	}
}

// What the source says can be left out is what a run records: every call that
// can be left out has its line in the list, under its name.
func TestPartsAreThoseOfRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every lesson")
	}
	for _, l := range All() {
		t.Run(l.ID, func(t *testing.T) {
			t.Parallel()
			tr, err := lab.Run(t.Context(), options(l, "", l.Content, Options{Timeout: 30 * time.Second}))
			if err != nil {
				t.Fatal(err)
			}
			parts := view.Parts(l.Program.Source)
			for _, r := range tracer.Rows(tr) {
				if r.Kind != tracer.RowCall || !tracer.Removable(r.Event.Call.Name) {
					continue
				}
				if !slices.ContainsFunc(parts, func(p view.Part) bool { return p.Line == r.Line() && slices.Contains(p.Calls, r.Event.Call.Name) }) {
					t.Errorf("%s() is called in line %d, which is none of %v", r.Event.Call.Name, r.Line(), parts)
				}
			}
			if strings.Count(l.Program.Source, "NewProducer(") > 0 && len(parts) == 0 {
				t.Error("nothing can be left out")
			}
		})
	}
}
