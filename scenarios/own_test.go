package scenarios

import (
	"errors"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/lab"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

func ownRun(t *testing.T, id, program string, o Options) (*tracer.Trace, error) {
	t.Helper()
	l, _ := Find(id)
	return RecordOwn(t.Context(), l, o, "go run ./testdata/own/"+program)
}

// met are the goals that a trace meets, by their ids.
func met(t *testing.T, tr *tracer.Trace) (yes, no []string) {
	t.Helper()
	runs := tracer.NewRuns(tr)
	for _, g := range Lesson(runs).Goals {
		if g.Judge(runs).Verdict == tracer.Confirmed {
			yes = append(yes, strings.TrimPrefix(g.ID, "goal-"))
		} else {
			no = append(no, strings.TrimPrefix(g.ID, "goal-"))
		}
	}
	return yes, no
}

// The starter fails, a solution passes, and a program that hangs is told apart
// from one that sends nothing.
func TestOwnProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	for _, c := range []struct {
		lesson, program string
		limit           time.Duration
		no              []string
		partial         string
	}{
		{"first-message", "starter", 0, []string{"messages", "delivered", "once", "reports", "closed"}, ""},
		{"first-message", "solution", 0, nil, ""},
		{"transactions", "pays", 0, nil, ""},
		{"first-message", "hangs", HangsFor, []string{"reports", "closed", "ends"}, "the program passed its time limit and kstep ended it"},
	} {
		t.Run(c.lesson+" "+c.program, func(t *testing.T) {
			tr, err := ownRun(t, c.lesson, c.program, Options{Timeout: c.limit})
			if err != nil {
				t.Fatal(err)
			}
			if _, no := met(t, tr); cmp.Diff(c.no, no) != "" {
				t.Errorf("not met: %v, want %v", no, c.no)
			}
			source, err := os.ReadFile(filepath.Join("testdata", "own", c.program, "main.go"))
			if err != nil {
				t.Fatal(err)
			}
			h := tr.Header
			if h.Partial != c.partial || h.Program.File != "main.go" || h.Program.Source != string(source) {
				t.Errorf("partial %q, file %q, %d bytes of source", h.Partial, h.Program.File, len(h.Program.Source))
			}
			if unmet, of := Unmet(tr); len(unmet) != len(c.no) || of != 6 || !Recorded(tr) || len(Surprises(tr)) > 0 {
				t.Errorf("unmet %v of %d, surprises %v", unmet, of, Surprises(tr))
			}
			sameFromFile(t, tr, view.ModeProject)
			sameFromFile(t, tr, view.ModeVisual)
		})
	}
}

// Of what goes through ProduceChannel() no goal on messages is said to be met or
// missed, and its records are nobody else's.
func TestOwnProgramThroughAChannel(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	tr, err := ownRun(t, "first-message", "channel", Options{})
	if err != nil {
		t.Fatal(err)
	}
	runs := tracer.NewRuns(tr)
	for _, g := range Lesson(runs).Goals {
		want := tracer.Confirmed
		if slices.Contains([]string{"goal-messages", "goal-delivered", "goal-once", "goal-reports"}, g.ID) {
			want = tracer.Unsupported
		}
		if f := g.Judge(runs); f.Verdict != want {
			t.Errorf("%s: %s, want %s", g.ID, f.Verdict, want)
		}
	}
	m, _ := view.FindMode(view.ModeProject)
	var page strings.Builder
	if err := render.Markdown(&page, view.BuildMode(runs, Lesson(runs), m)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.String(), "The broker's log holds 1 record that no call of Produce() made.") {
		t.Error(page.String())
	}
}

// What does not compile is said in one line; what makes no call too.
func TestOwnProgramThatIsNone(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	_, err := ownRun(t, "first-message", "broken", Options{})
	var build *BuildError
	if !errors.As(err, &build) || !strings.Contains(err.Error(), "declared and not used: err (and 1 more)") || strings.Contains(err.Error(), "\n") {
		t.Errorf("broken: %v", err)
	}
	tr, err := ownRun(t, "first-message", "plain", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if unmet, of := Unmet(tr); Recorded(tr) || len(unmet) != of {
		t.Errorf("plain: recorded %v, unmet %d of %d", Recorded(tr), len(unmet), of)
	}
	left, err := filepath.Glob(filepath.Join(temp, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestPrepareOwn(t *testing.T) {
	for _, c := range []struct{ command, pkg, args string }{
		{"go run ./mine", "./mine", ""},
		{"go run ./mine a -b", "./mine", "a -b"},
		{"go run -race -tags=x ./mine", "-race -tags=x ./mine", ""},
		{"go run a.go b.go c", "a.go b.go", "c"},
		{"go run -exec x ./mine", "", ""},
		{"go run", "", ""},
		{"./program", "", ""},
	} {
		pkg, args, ok := goRun(strings.Fields(c.command))
		if strings.Join(pkg, " ") != c.pkg || strings.Join(args, " ") != c.args || ok != (c.pkg != "") {
			t.Errorf("%s: %v, %v, %v", c.command, pkg, args, ok)
		}
	}
	if p, err := prepareOwn(t.Context(), "echo 'a b' | cat"); err != nil || p.argv[0] != "sh" {
		t.Errorf("a command line for a shell: %v, %v", p.argv, err)
	}
	if _, err := prepareOwn(t.Context(), "no-such-program-here x"); err == nil || !strings.Contains(err.Error(), "there is no program no-such-program-here") {
		t.Errorf("a program that is not there: %v", err)
	}
}

// The starter of first-message is the one that is compiled above; those of the
// other lessons are Go as gofmt has it, and each lesson has goals.
func TestStarters(t *testing.T) {
	const golden = "testdata/own/starter/main.go"
	for _, l := range All() {
		run := &tracer.Run{Trace: &tracer.Trace{Header: tracer.TraceHeader{Topics: l.Topics}}}
		text := starter(run)
		if formatted, err := format.Source([]byte(text)); err != nil || string(formatted) != text {
			t.Errorf("%s: the starter is not as gofmt has it: %v", l.ID, err)
		}
		if l.ID != "first-message" {
			continue
		}
		if *update {
			if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), text); d != "" {
			t.Errorf("go test ./scenarios -run TestStarters -update writes it:\n%s", d)
		}
	}
}

// Each lesson has goals, and its own program meets those on messages, as far as
// it is a program that does so.
func TestGoalsOfLessons(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every lesson")
	}
	for _, l := range All() {
		t.Run(l.ID, func(t *testing.T) {
			t.Parallel()
			tr, err := lab.Run(t.Context(), options(l, "", l.Content, Options{}))
			if err != nil {
				t.Fatal(err)
			}
			run := tracer.NewRun(tr)
			list := goals(l, "", run)
			if len(list) < 4 {
				t.Errorf("it has %d goals", len(list))
			}
			for _, g := range list {
				f := g.Judge(&tracer.Runs{Main: run})
				if g.ID == "goal-messages" && f.Verdict != tracer.Confirmed {
					t.Errorf("its own program does not hand over its messages: %+v", f)
				}
				if len(f.Because) == 0 || f.Verdict != tracer.Unsupported && len(f.Because[0].Rows) == 0 {
					t.Errorf("%s cites no row: %+v", g.ID, f)
				}
			}
		})
	}
}

// The client counts a report for a moment after the program has read it: a
// program that closes its producer then has read it all the same.
func TestReportsAreReadThoughTheClientCountsOne(t *testing.T) {
	goal, _ := lesson.ReadsReports(nil)
	for unread, want := range map[int]tracer.Verdict{0: tracer.Confirmed, 1: tracer.Refuted} {
		call := func(kind tracer.Kind, id int, name string) tracer.Event {
			return tracer.Event{At: int64(id), Lane: tracer.Application, Kind: kind, Known: tracer.Observed, Call: &tracer.Call{ID: id, Name: name, Producer: 1, Began: int64(id)}}
		}
		produce, closes, closed := call(tracer.Returned, 2, "Produce"), call(tracer.Called, 4, "Close"), call(tracer.Returned, 4, "Close")
		produce.Call.Message = &tracer.Message{Number: 1, Topic: "t"}
		closed.Call.Before = &tracer.Queues{Client: 1, Events: unread}
		events := []tracer.Event{
			call(tracer.Returned, 1, "NewProducer"), produce,
			{At: 3, Lane: tracer.Client, Kind: tracer.Delivered, Known: tracer.Reported, Client: &tracer.Log{Topic: "t", Count: 1}},
			closes, closed,
			{At: 9, Lane: tracer.Lab, Kind: tracer.Exited, Known: tracer.Observed, Exit: &tracer.Exit{}},
		}
		for i := range events {
			events[i].Seq = i + 1
		}
		runs := tracer.NewRuns(&tracer.Trace{Format: tracer.Format, Events: events})
		if f := goal.Judge(runs); f.Verdict != want {
			t.Errorf("%d unread: %s: %+v", unread, f.Verdict, f.Because)
		}
	}
}
