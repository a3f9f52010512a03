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

// show runs the program. Signals are the caller's, through ctx.
func show(ctx context.Context, m tea.Model, t Terminal) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	profile := colorprofile.Ascii
	if t.Colored {
		profile = colorprofile.ANSI
	}
	_, err := tea.NewProgram(m,
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithColorProfile(profile),
		tea.WithInput(t.In), tea.WithOutput(&screen{File: t.Out, failed: cancel}),
	).Run()
	var gone *writeError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, tea.ErrInterrupted):
		return ErrInterrupted
	case errors.As(context.Cause(ctx), &gone):
		return gone
	}
	return fmt.Errorf("show the walk: %w", err)
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

// leaving is what stands on the normal screen afterwards: where one was, and
// the predictions so far.
func (m *model) leaving(l render.Layout) []string {
	out := l.Sentences("", view.Cell{Text: fmt.Sprintf("%s: you left at %s, stop %d of %d.", m.walk.ID, place(m.walk, m.at), m.at, m.lastStop())},
		view.Cell{Text: m.made.tally()})
	for i, g := range m.made.gates {
		if r := m.made.results[i]; r != nil {
			out = append(out, l.Sentences(fmt.Sprintf("  %d. ", i+1), view.Cell{Text: "(" + outcome(r) + ")"}, view.Cell{Text: g.Question.Prompt})...)
		}
	}
	return out
}
