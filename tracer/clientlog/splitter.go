package clientlog

// A stream of stderr, told apart into lines of the program and of the client.

import (
	"bytes"
	"fmt"
	"os"

	"kstep/tracer"
)

// The longest line that is kept, in bytes, and how much of an unfinished line
// is held before its beginning is known to be the program's.
const (
	MaxLine = 1 << 20
	window  = 64 << 10
	overlap = 1 << 10 // longer than the beginning of a line of the client, with a client.id of any sense
)

// Splitter is a writer that takes the chunks of a program's stderr and hands
// on whole lines: the program's to one function, the client's to another. It
// copes with a client's line that stands behind an unfinished line of the
// program: what the program writes next continues its line.
//
// Lines come without their line end (LF or CR LF). Bytes that are no UTF-8, and
// NUL, become U+FFFD. Of a line longer than MaxLine the rest is dropped and a
// note says how much. It uses at most about 2 MiB. It is for one goroutine.
type Splitter struct {
	// Debug says that the program itself asked for the client's debug lines
	// (level 7); then it printed them. Set it before the first Write.
	Debug bool

	program func(line string)
	client  func(line string, e tracer.Event)
	line    []byte // the line being read, or the end of it
	headed  bool   // line begins with the client's header: no need to look again
	begun   []byte // what the program wrote of its line before the client's came
	cut     int    // bytes of begun that were dropped
	skipped int    // bytes of the client's line that were dropped
	closed  bool
}

// NewSplitter returns a splitter that calls program for every line the program
// wrote and client for every line of the client, each in its order. A line of
// level 6 or less goes to both: the client would have put it on stderr without
// kstep as well. Lines of level 7 are there because kstep asks for them, so
// they go to client only, unless Debug is set. The functions are called from
// Write and Close.
func NewSplitter(program func(line string), client func(line string, e tracer.Event)) *Splitter {
	return &Splitter{program: program, client: client}
}

// Write takes the next chunk of the stream. It fails only after Close.
func (s *Splitter) Write(p []byte) (int, error) {
	if s.closed {
		return 0, os.ErrClosed
	}
	n := len(p)
	for len(p) > 0 {
		i := bytes.IndexByte(p, '\n')
		if i < 0 {
			s.add(p)
			break
		}
		s.add(p[:i])
		s.end(true)
		p = p[i+1:]
	}
	return n, nil
}

// Close hands on the last line, if it was not finished, and ends the stream.
// Closing again does nothing. It never fails.
func (s *Splitter) Close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	s.end(false)
	return nil
}

// add appends to the line being read, keeping it within bounds.
func (s *Splitter) add(p []byte) {
	for len(p) > 0 {
		n := min(len(p), window)
		s.line = append(s.line, p[:n]...)
		p = p[n:]
		if len(s.line) > window {
			s.shorten()
		}
	}
}

// shorten moves the beginning of a long line to where it belongs: to the
// program, as far as the client's header cannot begin in it, or away.
func (s *Splitter) shorten() {
	at := 0
	if !s.headed {
		at = headerAt(s.line)
		s.headed = at >= 0
	}
	if at < 0 {
		at = len(s.line) - overlap
	}
	if at > 0 {
		s.put(s.line[:at])
		s.line = append(s.line[:0], s.line[at:]...)
	}
	if over := len(s.line) - MaxLine; over > 0 {
		s.skipped += over
		s.line = s.line[:MaxLine]
	}
}

// put adds to the program's unfinished line.
func (s *Splitter) put(p []byte) {
	n := min(len(p), MaxLine-len(s.begun))
	s.begun = append(s.begun, p[:n]...)
	s.cut += len(p) - n
}

// end hands on what has been read. newline: the line was ended by one, else
// the stream ended.
func (s *Splitter) end(newline bool) {
	at := headerAt(s.line)
	if at < 0 {
		s.put(s.line)
	} else {
		s.put(s.line[:at])
		s.toClient(s.line[at:])
	}
	s.line, s.headed, s.skipped = s.line[:0], false, 0
	if newline && at < 0 || !newline && len(s.begun) > 0 {
		s.toProgram()
	}
}

func (s *Splitter) toClient(b []byte) {
	line := clean(string(bytes.TrimSuffix(b, []byte("\r")))) + note(s.skipped)
	e, ok := Parse(line)
	if !ok { // cannot be: its header was just found. Nothing read is dropped, whatever happens
		s.program(line)
		return
	}
	s.client(line, e)
	if e.Client.Level <= 6 || s.Debug {
		s.program(line)
	}
}

func (s *Splitter) toProgram() {
	s.program(clean(string(bytes.TrimSuffix(s.begun, []byte("\r")))) + note(s.cut))
	s.begun, s.cut = s.begun[:0], 0
	if cap(s.begun) > window {
		s.begun = nil
	}
}

func note(dropped int) string {
	if dropped == 0 {
		return ""
	}
	return fmt.Sprintf(" … (%d bytes more)", dropped)
}

// headerAt is where a line of the client begins in b, or -1.
func headerAt(b []byte) int {
	for from := 0; ; {
		i := bytes.IndexByte(b[from:], '%')
		if i < 0 {
			return -1
		}
		from += i
		// The stamp first: it is cheap, and a program's own percent signs fail it.
		if c := b[from:]; len(c) > 3 && c[2] == '|' && stampLen(string(c[3:min(len(c), 3+32)])) > 0 {
			if _, ok := header(string(c[:min(len(c), overlap)])); ok {
				return from
			}
		}
		from++
	}
}
