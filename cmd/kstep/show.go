package main

import (
	"fmt"
	"io"
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
		RunE: func(_ *cobra.Command, args []string) error {
			if err := p.check(); err != nil {
				return err
			}
			if len(args) != 1 {
				return fmt.Errorf("name one trace file, or - for standard input")
			}
			return show(s, &p, args[0])
		},
	}
	p.flags(cmd)
	return cmd
}

func show(s *streams, p *page, file string) error {
	t, err := readTrace(s, file)
	if err != nil {
		return err
	}
	return p.write(s, t, document(t))
}

// readTrace reads a trace from a file or from standard input.
func readTrace(s *streams, file string) (*tracer.Trace, error) {
	var r io.Reader = s.In
	name := "standard input"
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("open the trace: %w", err)
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return nil, fmt.Errorf("%s is a folder; name a trace file (kstep run first-message -o first.json makes one)", file)
		}
		r, name = f, file
	}
	t, err := tracer.Read(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return t, nil
}
