package quiz

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	l := NewLines(strings.NewReader("a\n\nlast"))
	defer l.Stop()
	for _, want := range []string{"a", "", "last"} {
		if got, err := l.Next(t.Context()); got != want || err != nil {
			t.Errorf("line %q, error %v; want %q", got, err, want)
		}
	}
	if _, err := l.Next(t.Context()); err != io.EOF {
		t.Errorf("error %v", err)
	}
	in, typed := io.Pipe()
	defer in.Close()
	defer typed.Close()
	waiting := NewLines(in)
	defer waiting.Stop()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := waiting.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestUnderstand(t *testing.T) {
	for _, c := range []struct {
		line   string
		reply  Reply
		option int
	}{
		{"a", Chosen, 0}, {" D) ", Chosen, 3}, {"2", Chosen, 1}, {"e", Unreadable, -1}, {"", Nothing, -1},
		{"hint", Hint, -1}, {"S", Skip, -1}, {"quit", Quit, -1}, {"abc", Unreadable, -1}, {"r", Unreadable, -1},
	} {
		if reply, option := Understand(c.line, 4); reply != c.reply || option != c.option {
			t.Errorf("%q is %d, %d; want %d, %d", c.line, reply, option, c.reply, c.option)
		}
	}
}
