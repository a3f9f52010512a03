package scenarios

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// The twins of a program without its parts: one for each, named by what it
// lacks, and each shows what that part is for.
func TestRecordWhy(t *testing.T) {
	l, _ := Find("first-message")
	tr, err := RecordWhy(t.Context(), l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	runs := tracer.NewRuns(tr)
	got := map[string]string{}
	for _, twin := range tr.Twins {
		ledger := tracer.Balance(twin)
		got[twin.Header.Variant] = strings.TrimSpace(twin.Header.Without + " " + fateOf(ledger))
	}
	want := map[string]string{
		"no-flush": "lost", "await-report": "delivered", "unread-reports": "delivered",
		"without-line-19": "line:19 nothing", "without-line-28": "line:28 lost",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for twin, line := range map[string]int{"without-line-19": 19, "without-line-28": 28} {
		if r := runs.Twin(twin).First(tracer.RowLeftOut); r == nil || r.Line() != line {
			t.Errorf("%s has no row of line %d that says what was left out", twin, line)
		}
	}
	sameFromFile(t, tr, view.ModeWhy)
	sameFromFile(t, tr, view.ModeVisual)
}

func fateOf(l tracer.Ledger) string {
	switch {
	case l.Produced == 0:
		return "nothing"
	case l.Delivered == l.Produced:
		return "delivered"
	case l.Lost == l.Produced:
		return "lost"
	}
	return "mixed"
}

// sameFromFile holds the page of a trace against that of the trace written to a
// file and read again.
func sameFromFile(t *testing.T, tr *tracer.Trace, mode string) view.Document {
	t.Helper()
	m, _ := view.FindMode(mode)
	var b bytes.Buffer
	if err := tracer.Write(&b, tr); err != nil {
		t.Fatal(err)
	}
	read, err := tracer.Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	fresh, again := DocumentIn(tr, m), DocumentIn(read, m)
	if d := cmp.Diff(view.Cells(fresh), view.Cells(again)); d != "" {
		t.Errorf("mode %s, fresh (-), from a file (+):\n%s", mode, d)
	}
	return fresh
}

// A setting of the program is left out of the client's configuration.
func TestWithoutSetting(t *testing.T) {
	l, _ := Find("exit-without-flush")
	tr, err := Record(t.Context(), l, Options{Without: tracer.Without{Setting: "linger.ms"}})
	if err != nil {
		t.Fatal(err)
	}
	ledger := tracer.Balance(tr)
	if tr.Header.Without != "linger.ms" || tr.Header.Variant != "" || ledger.Delivered != ledger.Produced {
		t.Errorf("without linger.ms: header %q, %d of %d delivered", tr.Header.Without, ledger.Delivered, ledger.Produced)
	}
	for _, twin := range tr.Twins {
		if twin.Header.Without != "" {
			t.Errorf("the twin %s also lacks %s", twin.Header.Variant, twin.Header.Without)
		}
	}
	if got := lesson.Setting(tracer.NewRun(tr), "linger.ms"); got != "" {
		t.Errorf("a run without linger.ms has linger.ms=%s", got)
	}
}

func TestPatience(t *testing.T) {
	for _, c := range []struct {
		took, want time.Duration
	}{
		{0, HangsFor}, {900 * time.Millisecond, HangsFor}, {2 * time.Second, 2 * HangsFor}, {4 * time.Second, 3 * HangsFor},
	} {
		if got := patience(c.took); got != c.want {
			t.Errorf("took %s: %s, want %s", c.took, got, c.want)
		}
	}
}

// A program that is known to hang is ended once it does nothing any more, whole
// or with a part left out, but where a time limit is asked for.
func TestIdle(t *testing.T) {
	hanging, _ := Find("full-channel")
	ending, _ := Find("first-message")
	for _, c := range []struct {
		l             *lesson.Lesson
		o             Options
		idle, timeout time.Duration
		without       time.Duration // the time limit with a part left out
	}{
		{hanging, Options{}, HangsFor, 0, 0},
		{hanging, Options{Limit: time.Minute}, HangsFor, time.Minute, time.Minute},
		{hanging, Options{Timeout: time.Second}, 0, time.Second, time.Second},
		{ending, Options{}, 0, 0, HangsFor},
	} {
		whole, part := options(c.l, "", c.l.Content, c.o), without(c.l, c.l.Content, c.o, tracer.Without{Line: 1}, 0)
		if whole.Idle != c.idle || whole.Timeout != c.timeout || part.Idle != c.idle || part.Timeout != c.without {
			t.Errorf("%s, %+v: whole %s idle, %s in all; with a part left out %s, %s", c.l.ID, c.o, whole.Idle, whole.Timeout, part.Idle, part.Timeout)
		}
	}
}
