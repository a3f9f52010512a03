package main

// One question at a terminal, outside a quiz.

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// prompt asks and reads one line. The error is io.EOF where there is none, or
// ctx's; in both cases the line on the screen is ended.
func prompt(ctx context.Context, s *streams, text string) (string, error) {
	if err := writeOut(s.Out, "the question", []byte(text)); err != nil {
		return "", err
	}
	typed, err := untilDone(ctx, func() (string, error) { return readLine(s.In) })
	if err != nil {
		fmt.Fprintln(s.Out)
	}
	return typed, err
}

// readLine reads one line and not a byte more: what follows is for the
// questions.
func readLine(r io.Reader) (string, error) {
	var line []byte
	for one := make([]byte, 1); ; {
		n, err := r.Read(one)
		switch {
		case n == 1 && one[0] == '\n':
			return string(line), nil
		case n == 1 && len(line) < 4096:
			line = append(line, one[0])
		case err != nil && len(line) > 0 && errors.Is(err, io.EOF):
			return string(line), nil
		case err != nil:
			return "", err
		}
	}
}
