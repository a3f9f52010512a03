package main

// Mode try on a terminal: each prediction is followed by what the change does.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"kstep/quiz"
	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// askTries asks the questions of mode try, tells answered of each and, after it,
// offers to show what the change does.
func askTries(ctx context.Context, s *streams, t *tracer.Trace, d view.Document, p *page, answered func(quiz.Question, quiz.Result)) error {
	runs := tracer.NewRuns(t)
	l := scenarios.Lesson(runs)
	if err := writeOut(s.Out, "the questions", []byte("\n")); err != nil {
		return err
	}
	var failed error
	session := newSession(s, questions(d), p.width, p.color)
	session.Answered = func(q quiz.Question, r quiz.Result) {
		answered(q, r)
		try, known := view.TryOf(l.Tries, q)
		c, ran := view.Tried(runs, l, try)
		switch {
		case !known || failed != nil || session.Left():
		case ran && s.InTTY && s.OutTTY:
			failed = offer(ctx, s, p, try, c.Document())
		default: // a pipe's lines are answers, and nothing else
			failed = writeOut(s.Out, "the command", []byte("  Run it: "+clean(try.Command)+"\n"))
		}
	}
	if _, err := session.Run(ctx); err != nil {
		return fmt.Errorf("ask the questions: %w", err)
	}
	return failed
}

// offer asks whether to show a change, and shows it.
func offer(ctx context.Context, s *streams, p *page, try view.Try, d view.Document) error {
	word, err := prompt(ctx, s, "  "+clean(try.Command)+"\n  Enter shows what this run did, s skips > ")
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("ask whether to show the run: %w", err)
	}
	if word = strings.ToLower(strings.TrimSpace(word)); word == "s" || word == "skip" || word == "q" {
		return nil
	}
	d.Next = nil
	var b bytes.Buffer
	if err := render.Terminal(&b, d, render.TerminalOptions{Width: s.width(p.width), Palette: render.NewPalette(s.colored(p.color))}); err != nil {
		return err
	}
	return writeOut(s.Out, "what differs", append([]byte("\n"), b.Bytes()...))
}
