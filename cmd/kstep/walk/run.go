package walk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

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
// and the error is ctx's; where the output fails, it is that of the write.
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
func show(ctx context.Context, m tea.Model, t Terminal) error {
	working, fail := context.WithCancelCause(context.Background())
	defer fail(nil)
	profile := colorprofile.Ascii
	if t.Colored {
		profile = colorprofile.ANSI
	}
	p := tea.NewProgram(m,
		tea.WithContext(working), tea.WithoutSignalHandler(), tea.WithColorProfile(profile),
		tea.WithInput(t.In), tea.WithOutput(&screen{File: t.Out, failed: fail}))
	stop := context.AfterFunc(ctx, func() { p.Send(leaveMsg{}) })
	defer stop()
	_, err := p.Run()
	var gone *writeError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(context.Cause(working), &gone):
		return gone
	case err != nil:
		return fmt.Errorf("show the walk: %w", err)
	}
	return nil
}

// screen is a terminal that ends the program when it can no longer be written
// to, which bubbletea does not look at.
type screen struct {
	*os.File
	failed context.CancelCauseFunc
}

type writeError struct{ err error }

func (e *writeError) Error() string { return "write to the terminal: " + e.err.Error() }
func (e *writeError) Unwrap() error { return e.err }

func (s *screen) Write(p []byte) (int, error) {
	n, err := s.File.Write(p)
	if err != nil {
		s.failed(&writeError{err})
	}
	return n, err
}

// WriteString is Write, so that no writer goes around it.
func (s *screen) WriteString(text string) (int, error) { return s.Write([]byte(text)) }

// ReadFrom is a plain copy, so that no writer goes around Write.
func (s *screen) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{s}, r)
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
