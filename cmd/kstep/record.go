package main

// A file that keeps answers: one line each, added as soon as it is given.

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"kstep/quiz"
	"kstep/quiz/report"
	"kstep/tracer/view"
)

// asking is how the questions are asked and where the answers are kept: the
// flags that run and quiz share.
type asking struct {
	seed    string
	discuss bool
	file    string
	taker   string
}

func (a *asking) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&a.seed, "seed", "", "order the options by this `TEXT`: the same text, the same order (default: the lesson's id)")
	f.BoolVar(&a.discuss, "discuss", false, "two votes a question: the first without feedback, a discussion, the second, then the feedback")
	f.StringVar(&a.file, "record", "", "add each answer to `FILE` as a line of JSON, for kstep report")
	f.StringVar(&a.taker, "as", "", "a `LABEL` for the recorded answers, such as 'table 3' (default: none)")
}

// longestLabel is how many characters a label may have.
const longestLabel = 60

// check refuses a label that is none, or that labels nothing.
func (a *asking) check(cmd *cobra.Command) error {
	switch {
	case cmd.Flags().Changed("record") && a.file == "":
		return errors.New(`--record "": name a file`)
	case cmd.Flags().Changed("as") && a.file == "":
		return errors.New("--as labels recorded answers: add --record FILE")
	case cmd.Flags().Changed("as") && strings.TrimSpace(a.taker) == "":
		return errors.New(`--as "": give a label, or leave --as out`)
	case utf8.RuneCountInString(a.taker) > longestLabel:
		return fmt.Errorf("--as: the label has %d characters; give at most %d", utf8.RuneCountInString(a.taker), longestLabel)
	}
	return nil
}

// ordered are the questions in the order that was asked for.
func (a *asking) ordered(qs []quiz.Question) []quiz.Question {
	if a.seed == "" {
		return qs
	}
	return quiz.Reorder(qs, a.seed)
}

// arranged is a page with its questions in the order that was asked for.
func (a *asking) arranged(d view.Document) view.Document {
	d.Blocks = slices.Clone(d.Blocks)
	for i, b := range d.Blocks {
		if q, ok := b.(view.Quiz); ok {
			q.Questions = a.ordered(q.Questions)
			d.Blocks[i] = q
		}
	}
	return d
}

// recorder adds answers to a file. A nil one keeps nothing.
type recorder struct {
	file  *os.File
	where report.Where
	err   error // the first that failed

	closed bool
}

// open opens the file, before anything runs, and holds it against a second
// writer until close. A recorder of no file is nil.
func (a *asking) open(lesson, variant string) (*recorder, error) {
	if a.file == "" {
		return nil, nil
	}
	f, err := os.OpenFile(a.file, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o666)
	if err != nil {
		return nil, fmt.Errorf("--record %s: %w", a.file, reason(err))
	}
	if err := ready(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("--record %s: %w", a.file, reason(err))
	}
	var id [8]byte
	rand.Read(id[:]) // it never fails
	return &recorder{file: f, where: report.Where{
		Session: hex.EncodeToString(id[:]), Taker: a.taker, Date: time.Now().Format(time.DateOnly), Lesson: lesson, Variant: variant,
	}}, nil
}

// ready locks a file and tells whether answers may be added to it: not to a
// file of something else, nor to one of a later kstep.
func ready(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("that is no regular file; name one that answers can be added to")
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); errors.Is(err, unix.EWOULDBLOCK) {
		return errors.New("another kstep is adding answers to it; give each its own file (kstep report reads several)")
	} else if err != nil {
		return fmt.Errorf("lock it: %w", err)
	}
	line, err := bufio.NewReader(f).ReadBytes('\n')
	if err != nil && err != io.EOF {
		return err
	}
	if line = bytes.TrimSpace(line); len(line) > 0 {
		if _, err := report.Parse(line); errors.Is(err, report.ErrNewer) {
			return err
		} else if begun := []byte(`{"format":"kstep-answers/`); err != nil && !bytes.HasPrefix(line, begun) && !bytes.HasPrefix(begun, line) { // what a killed process has begun is one
			return errors.New("it holds something else than answers; name a new file")
		}
	}
	return endLine(f)
}

// endLine ends a line that a killed process has begun, so that the next one
// stands by itself.
func endLine(f *os.File) error {
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil || end == 0 {
		return err
	}
	last := make([]byte, 1)
	if _, err := f.ReadAt(last, end-1); err != nil || last[0] == '\n' {
		return err
	}
	_, err = f.Write([]byte("\n"))
	return err
}

// answered adds an answer with one write: where the process is killed, the line
// is there or it is not.
func (r *recorder) answered(q quiz.Question, result quiz.Result) {
	if r == nil || r.err != nil {
		return
	}
	line, err := report.New(r.where, q, result).Line()
	if err == nil {
		_, err = r.file.Write(line)
	}
	r.err = err
}

// close lets go of the file, and says the first time what could not be kept.
func (r *recorder) close() error {
	if r == nil || r.closed {
		return nil
	}
	r.closed = true
	if err := errors.Join(r.err, r.file.Close()); err != nil {
		return fmt.Errorf("keep the answers in %s: %w", r.file.Name(), reason(err))
	}
	return nil
}
