package walk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"kstep/tracer/render"
	"kstep/tracer/view"
)

// ErrInterrupted is the error of a walk that Control-C ended.
var ErrInterrupted = errors.New("interrupted")

// Terminal is where a walk is shown full screen.
type Terminal struct {
	In, Out  *os.File // both are terminals
	Colored  bool
	Answered Answered // nil: nobody is told
}

// Screen walks through w full screen until somebody leaves, and says then on
// the normal screen where that was. Where ctx ends, the terminal is given back
// and the error is ctx's; where the terminal is gone, it is that of the read or
// write.
func Screen(ctx context.Context, w *view.Walk, t Terminal) error {
	m := newModel(w, render.NewPalette(t.Colored), t.Answered)
	if err := show(ctx, m, t); err != nil {
		return err
	}
	if m.interrupted {
		return ErrInterrupted
	}
	columns := m.width
	if columns <= 0 {
		columns = render.DefaultWidth
	}
	for _, line := range m.leaving(m.layout(columns)) {
		if _, err := fmt.Fprintln(t.Out, line); err != nil {
			return fmt.Errorf("write the summary: %w", err)
		}
	}
	return nil
}

// show runs a program. Signals are the caller's, and reach it through ctx, as a
// message like any other, so that it leaves the terminal as it does by itself.
// So does it where the terminal is gone, or where the model panics: bubbletea
// would end at once then, while its reader still reads, and print a stack.
func show(ctx context.Context, m tea.Model, t Terminal) error {
	profile := colorprofile.Ascii
	if t.Colored {
		profile = colorprofile.ANSI
	}
	var p *tea.Program
	failed := make(chan error, 1) // the first failure
	fail := func(err error) {
		select {
		case failed <- err:
			go p.Quit() // whoever fails may hold what the loop waits for
		default:
		}
	}
	p = tea.NewProgram(guarded{m, fail}, tea.WithoutSignalHandler(), tea.WithColorProfile(profile),
		tea.WithInput(&keyboard{t.In, fail}), tea.WithOutput(&screen{t.Out, fail}))
	stop := context.AfterFunc(ctx, func() { p.Send(leaveMsg{}) })
	defer stop()
	_, err := p.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	select {
	case err := <-failed:
		return err
	default:
	}
	if err != nil {
		return fmt.Errorf("show the walk: %w", err)
	}
	return nil
}

// goneError is what a read of a terminal or a write to it met.
type goneError struct {
	doing string
	err   error
}

func (e *goneError) Error() string { return e.doing + " the terminal: " + e.err.Error() }
func (e *goneError) Unwrap() error { return e.err }

// keyboard is a terminal that ends the program when no key can come any more:
// its window is closed. Bubbletea goes on without keys then, for ever where the
// hangup is ignored, as under nohup.
type keyboard struct {
	*os.File
	fail func(error)
}

func (k *keyboard) Read(p []byte) (int, error) {
	n, err := k.File.Read(p)
	if err != nil {
		k.fail(&goneError{"read from", err})
	}
	return n, err
}

// screen is a terminal that ends the program when it can no longer be written
// to, which bubbletea does not look at.
type screen struct {
	*os.File
	fail func(error)
}

func (s *screen) Write(p []byte) (int, error) {
	n, err := s.File.Write(p)
	if err != nil {
		s.fail(&goneError{"write to", err})
	}
	return n, err
}

// WriteString is Write, so that no writer goes around it.
func (s *screen) WriteString(text string) (int, error) { return s.Write([]byte(text)) }

// ReadFrom is a plain copy, so that no writer goes around Write.
func (s *screen) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{s}, r)
}

// guarded is a model whose panics end the program like any other failure.
type guarded struct {
	tea.Model
	fail func(error)
}

func (g guarded) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = g
	defer g.recover()
	g.Model, cmd = g.Model.Update(msg)
	return g, cmd
}

func (g guarded) View() (v tea.View) {
	defer g.recover()
	return g.Model.View()
}

func (g guarded) recover() {
	if r := recover(); r != nil {
		g.fail(&mistakeError{r, panicked()})
	}
}

// mistakeError is a panic of kstep's own.
type mistakeError struct {
	what  any
	where string
}

func (e *mistakeError) Error() string {
	return fmt.Sprintf("this is a mistake of kstep's (%s: %v); please report it", e.where, e.what)
}

// panicked is the line of kstep that is being recovered from.
func panicked() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	for inside, more := false, true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if f.Function == "runtime.gopanic" {
			inside = true
		} else if inside && strings.HasPrefix(f.Function, "kstep/") {
			return fmt.Sprintf("%s:%d", strings.TrimPrefix(f.Function, "kstep/"), f.Line)
		}
	}
	return "somewhere"
}

// leaving is what stands on the normal screen afterwards: where one was, the
// predictions so far, and what to type next.
func (m *model) leaving(l render.Layout) []string {
	out := l.Sentences("", view.Cell{Text: fmt.Sprintf("%s: you left at %s, stop %d of %d.", m.walk.ID, place(m.walk, m.at), m.at, m.lastStop())},
		view.Cell{Text: m.made.tally(m.seen)})
	for i, g := range m.made.gates {
		if m.made.results[i] != nil {
			out = append(out, l.Sentences(fmt.Sprintf("  %d. ", i+1), view.Cell{Text: "(" + m.made.outcomeAt(i, m.seen) + ")"}, view.Cell{Text: g.Question.Prompt})...)
		}
	}
	return append(out, m.next(l)...)
}
