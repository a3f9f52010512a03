package main

import (
	"io"
	"os"

	"golang.org/x/term"

	"kstep/tracer/render"
)

// streams is the world outside the command, so that tests can give another.
type streams struct {
	In                    io.Reader
	Out, Err              io.Writer
	InTTY, OutTTY, ErrTTY bool
	Columns               int // of the terminal, 0 where there is none
	Getenv                func(string) string
}

// system is the real one.
func system() *streams {
	s := &streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTTY:  term.IsTerminal(int(os.Stdin.Fd())),
		OutTTY: term.IsTerminal(int(os.Stdout.Fd())),
		ErrTTY: term.IsTerminal(int(os.Stderr.Fd())),
		Getenv: os.Getenv,
	}
	if s.OutTTY {
		if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
			s.Columns = w
		}
	}
	return s
}

// The widths a page can have.
const (
	defaultWidth = 80
	minWidth     = 60
	maxWidth     = 400
)

// width is how wide a page is written: as asked, as the terminal is, or 80.
func (s *streams) width(asked int) int {
	switch {
	case asked > 0:
		return asked
	case s.Columns > 0:
		return min(max(s.Columns, minWidth), maxWidth)
	}
	return defaultWidth
}

// colored decides whether to use colour: the flag, then the environment, then
// whether there is a terminal to see it.
func (s *streams) colored(flag string) bool {
	return render.ColorChoice(flag).On(s.OutTTY, s.Getenv)
}

// clean makes text from outside safe to print.
func clean(s string) string { return render.Clean(s) }
