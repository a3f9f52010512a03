package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"kstep/tracer"
)

func newShow(s *streams) *cobra.Command {
	var p page
	cmd := &cobra.Command{
		Use:     "show FILE",
		Short:   "Show a recorded trace; - is standard input",
		Example: "  kstep run first-message -o first.json\n  kstep show first.json --format markdown",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.check(cmd); err != nil {
				return err
			}
			if len(args) != 1 {
				return fmt.Errorf("name one trace file, or - for standard input")
			}
			return show(cmd.Context(), s, &p, args[0])
		},
	}
	modeFlag(cmd, &p.mode)
	p.flags(cmd)
	return cmd
}

func show(ctx context.Context, s *streams, p *page, file string) error {
	t, err := readTrace(ctx, s, file)
	if err != nil {
		return err
	}
	return p.write(s, t, p.document(t))
}

// readTrace reads a trace from a file or from standard input.
func readTrace(ctx context.Context, s *streams, file string) (*tracer.Trace, error) {
	var r io.Reader = s.In
	name := "standard input"
	if file != "-" {
		f, err := os.Open(file)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file %s (kstep run first-message -o first.json makes one)", file)
		}
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", file, reason(err))
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return nil, fmt.Errorf("%s is a folder; name a trace file (kstep run first-message -o first.json makes one)", file)
		}
		r, name = f, file
	}
	t, err := untilDone(ctx, func() (*tracer.Trace, error) { return tracer.Read(r) })
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return t, nil
}

// untilDone waits for f, or for ctx: a read of a terminal or a pipe ends only
// when the other side wills. f then goes on until the process ends.
func untilDone[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		v   T
		err error
	}
	done := make(chan result, 1)
	go func() {
		v, err := f()
		done <- result{v, err}
	}()
	select {
	case r := <-done:
		return r.v, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
