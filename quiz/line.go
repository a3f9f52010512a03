package quiz

import (
	"bufio"
	"context"
	"io"
	"strings"
)

// Lines of an input that may never come, and what they say.

// lines reads an input a line at a time, on demand, so that whoever waits for
// a line can also give up. A read that blocks for ever (a terminal nobody
// types at) keeps its goroutine until the process ends or the input is closed:
// Go cannot interrupt a read of a plain file descriptor. The goroutine holds
// nothing else and sends to nobody.
type lines struct {
	want chan struct{}
	got  chan line
}

type line struct {
	text string
	err  error
}

// maxLine is how much of a line is kept; the rest of it is read and dropped.
const maxLine = 4096

func newLines(in io.Reader) *lines {
	l := &lines{want: make(chan struct{}, 1), got: make(chan line, 1)}
	if in == nil {
		in = strings.NewReader("")
	}
	go l.serve(bufio.NewReaderSize(in, maxLine))
	return l
}

func (l *lines) serve(r *bufio.Reader) {
	for range l.want {
		text, err := readLine(r)
		l.got <- line{text, err} // one place is free: one line is asked for at a time
	}
}

// next waits for a line, or for the context's end. An input that is over
// gives io.EOF; a last line without a newline is a line.
func (l *lines) next(ctx context.Context) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	l.want <- struct{}{}
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case got := <-l.got:
		return got.text, got.err
	}
}

// stop lets the goroutine end as soon as no read holds it.
func (l *lines) stop() { close(l.want) }

func readLine(r *bufio.Reader) (string, error) {
	text, more, err := r.ReadLine()
	kept := string(text)
	for more && err == nil {
		_, more, err = r.ReadLine()
	}
	if kept != "" && err == io.EOF {
		err = nil // the next read says so again
	}
	return kept, err
}

// verb is what a line asks for.
type verb int

const (
	verbUnreadable verb = iota
	verbNothing
	verbChoose
	verbHint
	verbSkip
	verbReveal
	verbQuit
)

// command is a line, understood.
type command struct {
	verb   verb
	option int // verbChoose
}

// parse understands a line where a question has n options.
func parse(text string, n int) command {
	word := strings.ToLower(strings.Trim(text, " \t\r\n\ufeff"))
	word = strings.TrimRight(word, ".)")
	switch word {
	case "":
		if strings.Trim(text, " \t\r\n\ufeff") != "" {
			return command{}
		}
		return command{verb: verbNothing}
	case "h", "?", "hint":
		return command{verb: verbHint}
	case "s", "skip":
		return command{verb: verbSkip}
	case "r", "reveal":
		return command{verb: verbReveal}
	case "q", "quit":
		return command{verb: verbQuit}
	}
	if len(word) == 1 {
		for i := range n {
			if word == Letter(i) || word[0] == byte('1'+i) {
				return command{verb: verbChoose, option: i}
			}
		}
	}
	return command{}
}
