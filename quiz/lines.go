package quiz

import (
	"context"
	"io"
)

// The reading of answers for whoever asks in another way than a Session.

// Lines reads an input a line at a time and can give up waiting for one; see
// lines for what that leaves behind. It is for one goroutine.
type Lines struct{ in *lines }

// NewLines reads from in; nil is an input that is over.
func NewLines(in io.Reader) *Lines { return &Lines{newLines(in)} }

// Next waits for a line, or for the context's end. An input that is over gives
// io.EOF.
func (l *Lines) Next(ctx context.Context) (string, error) { return l.in.next(ctx) }

// Stop ends the reading; it must be called once.
func (l *Lines) Stop() { l.in.stop() }

// Reply is what a line asks for.
type Reply int

// The replies.
const (
	Unreadable Reply = iota
	Nothing          // an empty line
	Chosen           // an option
	Hint
	Skip
	Quit
)

// Understand reads a line where a question has so many options, as a Session
// does. The option is -1 where none was chosen.
func Understand(line string, options int) (reply Reply, option int) {
	switch cmd := parse(line, options); cmd.verb {
	case verbChoose:
		return Chosen, cmd.option
	case verbNothing:
		return Nothing, -1
	case verbHint:
		return Hint, -1
	case verbSkip:
		return Skip, -1
	case verbQuit:
		return Quit, -1
	}
	return Unreadable, -1
}
