package walk

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"kstep/quiz"
	"kstep/tracer/view"
)

// tty is a terminal whose other side is read into a text.
type tty struct {
	*os.File
	before *unix.Termios
	mu     sync.Mutex
	out    bytes.Buffer
	done   chan struct{}
	other  *os.File
}

func openTTY(t *testing.T) *tty {
	t.Helper()
	other, file, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(file, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	x := &tty{File: file, other: closable(t, other), done: make(chan struct{})}
	x.before = x.state(t)
	go func() {
		defer close(x.done)
		_, _ = io.Copy(struct{ io.Writer }{x}, x.other) // not the ReadFrom of the file
	}()
	return x
}

// closable is a file that can be closed while somebody reads it.
func closable(t *testing.T, f *os.File) *os.File {
	t.Helper()
	fd, err := unix.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	unix.CloseOnExec(fd)
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), f.Name())
}

func (x *tty) Write(p []byte) (int, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.out.Write(p)
}

func (x *tty) state(t *testing.T) *unix.Termios {
	t.Helper()
	s, err := unix.IoctlGetTermios(int(x.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shows waits until a text was written.
func (x *tty) shows(t *testing.T, text string) {
	t.Helper()
	tick, deadline := time.NewTicker(2*time.Millisecond), time.After(30*time.Second)
	defer tick.Stop()
	for {
		x.mu.Lock()
		seen := strings.Contains(x.out.String(), text)
		x.mu.Unlock()
		if seen {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%q was never written", text)
		}
	}
}

const (
	enterScreen, leaveScreen = "\x1b[?1049h", "\x1b[?1049l"
	hideCursor, showCursor   = "\x1b[?25l", "\x1b[?25h"
)

// restored checks that the terminal is as it was.
func (x *tty) restored(t *testing.T) {
	t.Helper()
	if d := cmp.Diff(x.before, x.state(t)); d != "" {
		t.Errorf("the terminal was (-), is (+)\n%s", d)
	}
	x.File.Close()
	<-x.done
	x.other.Close()
	out := x.out.String()
	if strings.LastIndex(out, enterScreen) > strings.LastIndex(out, leaveScreen) {
		t.Error("the alternate screen is left on")
	}
	if strings.LastIndex(out, hideCursor) > strings.LastIndex(out, showCursor) {
		t.Error("the cursor is left hidden")
	}
}

// broken is a model that panics at a key.
type broken struct{ *model }

func (b broken) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		panic("x is no key")
	}
	b.model.Update(msg)
	return b, nil
}

// A mistake of kstep's gives the terminal back as well.
func TestPanicGivesTheTerminalBack(t *testing.T) {
	x := openTTY(t)
	m := broken{learn(t, walked(t, trace(t, "first-message")), 80, 24).model}
	ended := make(chan error)
	go func() { ended <- show(t.Context(), m, Terminal{In: x.File, Out: x.File}) }()
	x.shows(t, enterScreen)
	x.shows(t, "PROCESS TABLE")
	if _, err := x.other.WriteString("x"); err != nil {
		t.Fatal(err)
	}
	err := <-ended
	var mistake *mistakeError
	if !errors.As(err, &mistake) || !strings.Contains(err.Error(), "walk.broken.Update:") || !strings.Contains(err.Error(), "x is no key") {
		t.Errorf("error %v", err)
	}
	x.restored(t)
}

// A context that ends, before or while the walk is shown, ends it.
func TestContextEnds(t *testing.T) {
	x := openTTY(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Screen(ctx, walked(t, trace(t, "first-message")), Terminal{In: x.File, Out: x.File}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	x.restored(t)
}

// A terminal that is gone ends the walk, though no signal says so: under nohup
// none does.
func TestTerminalIsGone(t *testing.T) {
	x := openTTY(t)
	ended := make(chan error, 1)
	go func() {
		ended <- Screen(t.Context(), walked(t, trace(t, "first-message")), Terminal{In: x.File, Out: x.File})
	}()
	x.shows(t, enterScreen)
	x.shows(t, "PROCESS TABLE")
	x.other.Close()
	var gone *goneError
	if err := <-ended; !errors.As(err, &gone) {
		t.Errorf("error %v", err)
	}
	<-x.done
	x.File.Close()
}

// plainly is what a learner who types some lines is told.
func plainly(t *testing.T, w *view.Walk, lines string, interactive bool, told Answered) string {
	t.Helper()
	var out bytes.Buffer
	if err := Plain(t.Context(), w, Text{In: strings.NewReader(lines), Interactive: interactive, Out: &out, Answered: told}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// As text a walk tells every step once, in order, and each question before the
// step that answers it.
func TestPlainOrder(t *testing.T) {
	w := walked(t, trace(t, "first-message"))
	flat := strings.Join(strings.Fields(plainly(t, w, "", false, nil)), " ")
	at := 0
	for i, s := range w.Stops {
		for _, q := range s.Ask {
			at = after(t, flat, at, strings.Join(strings.Fields(w.Questions[q].Question.Prompt), " "))
		}
		if i > 0 {
			at = after(t, flat, at, strings.Join(strings.Fields(s.Told.Text), " "))
		}
		for i, g := range w.Questions {
			if g.Shown[g.Question.Key()] == i {
				after(t, flat, at, "The run shows "+quiz.Letter(g.Question.Key()))
			}
		}
	}
}

// after is where a text ends that must stand after a place.
func after(t *testing.T, s string, at int, text string) int {
	t.Helper()
	i := strings.Index(s[at:], text)
	if i < 0 {
		t.Fatalf("%q does not come after %q", text, s[max(0, at-80):at])
	}
	return at + i + len(text)
}

// What reads aloud has no sign that must be seen.
func TestPlainHasNoSigns(t *testing.T) {
	for _, name := range []string{"first-message", "unread-reports"} {
		tr := trace(t, name)
		w := view.NewWalk(runsOf(tr), view.Lesson{ID: name})
		for line := range strings.SplitSeq(plainly(t, &w, "", false, nil), "\n") {
			if strings.Contains(line, "->") && !strings.Contains(line, "In this run:") || strings.HasPrefix(line, ">") || strings.HasSuffix(line, " *") {
				t.Errorf("%s: %q", name, line)
			}
		}
	}
}

// Answers are told to whoever keeps them, once each and at once.
func TestPlainTellsAnswers(t *testing.T) {
	var told []string
	keep := func(q quiz.Question, r quiz.Result) { told = append(told, q.ID+" "+string(r.Outcome)) }
	w := walked(t, trace(t, "first-message"))
	out := plainly(t, w, "nonsense\nh\nh\nh\nh\nd\n\nquit\n", true, keep)
	if d := cmp.Diff([]string{beforeProduce + " right"}, told); d != "" {
		t.Error(d)
	}
	for _, want := range []string{"That is none of the answers.", "Hint 3 of 3", "There are no more hints.", "You left before the end."} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	told = nil
	plainly(t, w, "1\nnonsense\ns\n", false, keep)
	if d := cmp.Diff([]string{beforeProduce + " wrong", beforeFlush + " skipped", beforeEnd + " skipped"}, told); d != "" {
		t.Error(d)
	}
}

// failing is an output that is over after some bytes.
type failing struct{ room int }

var errGone = errors.New("gone")

func (f *failing) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errGone
	}
	return len(p), nil
}

func TestPlainEnds(t *testing.T) {
	w := walked(t, trace(t, "first-message"))
	for _, room := range []int{0, 500, 1500} {
		if err := Plain(t.Context(), w, Text{Out: &failing{room}}); !errors.Is(err, errGone) {
			t.Errorf("output of %d bytes: error %v", room, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	waiting, typed := io.Pipe()
	defer typed.Close()
	defer waiting.Close()
	if err := Plain(ctx, w, Text{In: waiting, Interactive: true, Out: cancelOn{"quit > ", cancel}}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// cancelOn ends a context when a text is written.
type cancelOn struct {
	text   string
	cancel context.CancelFunc
}

func (c cancelOn) Write(p []byte) (int, error) {
	if strings.Contains(string(p), c.text) {
		c.cancel()
	}
	return len(p), nil
}
