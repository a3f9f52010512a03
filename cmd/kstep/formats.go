package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// page is how and where a trace is written: the flags that run and show share.
type page struct {
	format string
	files  []string
	width  int
	color  string
}

// formats are the values of --format, and suffixes what a file's name says.
var (
	formats  = []string{"terminal", "markdown", "html", "json"}
	suffixes = map[string]string{".txt": "terminal", ".md": "markdown", ".html": "html", ".json": "json"}
)

func (p *page) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&p.format, "format", "", "terminal, markdown, html or json (the trace); default: by the file's suffix, else terminal")
	f.StringArrayVarP(&p.files, "output", "o", nil, "write to `FILE` instead of the terminal; repeatable, format from the suffix (.txt .md .html .json)")
	f.IntVar(&p.width, "width", 0, fmt.Sprintf("columns of a terminal page, %d to %d (default: the terminal's, else %d)", minWidth, maxWidth, defaultWidth))
	f.StringVar(&p.color, "color", "auto", "auto, always or never")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("color", cobra.FixedCompletions([]string{"auto", "always", "never"}, cobra.ShellCompDirectiveNoFileComp))
}

// check refuses what cannot be written before anything runs.
func (p *page) check() error {
	if err := oneOf("--color", p.color, []string{"auto", "always", "never"}); err != nil {
		return err
	}
	if p.format != "" {
		if err := oneOf("--format", p.format, formats); err != nil {
			return err
		}
	}
	if p.width != 0 && (p.width < minWidth || p.width > maxWidth) {
		return fmt.Errorf("--width %d: a page is %d to %d columns wide", p.width, minWidth, maxWidth)
	}
	for _, file := range p.files {
		if _, err := p.formatOf(file); err != nil {
			return err
		}
		if info, err := os.Stat(filepath.Dir(file)); err != nil || !info.IsDir() {
			return fmt.Errorf("-o %s: there is no folder %s", file, filepath.Dir(file))
		}
		if info, err := os.Stat(file); err == nil && info.IsDir() {
			return fmt.Errorf("-o %s: that is a folder; name a file in it", file)
		}
	}
	return nil
}

// oneOf checks a value against the choices of a flag.
func oneOf(flag, value string, choices []string) error {
	for _, c := range choices {
		if value == c {
			return nil
		}
	}
	return fmt.Errorf("%s %q: choose one of %s; the nearest is %s", flag, value, strings.Join(choices, ", "), nearest(value, choices))
}

// formatOf is the format a file is written in.
func (p *page) formatOf(file string) (string, error) {
	if p.format != "" && len(p.files) == 1 {
		return p.format, nil
	}
	if f, ok := suffixes[strings.ToLower(filepath.Ext(file))]; ok {
		return f, nil
	}
	return "", fmt.Errorf("-o %s: the suffix says no format; use .txt, .md, .html or .json, or one -o with --format", file)
}

// write writes the trace to every file that was asked for, else to Out.
func (p *page) write(s *streams, t *tracer.Trace, d view.Document) error {
	if len(p.files) == 0 {
		return p.render(s.Out, s, t, d, p.stdoutFormat(), s.colored(p.color))
	}
	for _, file := range p.files {
		format, err := p.formatOf(file)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := p.render(&b, s, t, d, format, p.color == "always"); err != nil {
			return err
		}
		if err := writeFile(file, b.Bytes()); err != nil {
			return err
		}
		if s.ErrTTY {
			fmt.Fprintf(s.Err, "%s: %s of %s\n", file, format, d.ID)
		}
	}
	return nil
}

func (p *page) stdoutFormat() string {
	if p.format == "" {
		return "terminal"
	}
	return p.format
}

// render writes one page in one format. It is made whole before the first byte
// of it is written.
func (p *page) render(w io.Writer, s *streams, t *tracer.Trace, d view.Document, format string, color bool) error {
	var b bytes.Buffer
	var err error
	switch format {
	case "json":
		err = tracer.Write(&b, t)
	case "markdown":
		err = render.Markdown(&b, d)
	case "html":
		err = render.HTML(&b, d)
	default:
		err = render.Terminal(&b, d, render.TerminalOptions{Width: s.width(p.width), Palette: render.NewPalette(color)})
	}
	if err != nil {
		return err
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// writeFile writes a file whole or not at all: into a new file beside it, which
// then takes its name.
func writeFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".kstep-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer os.Remove(f.Name()) // nothing to remove once it has its name
	if _, err := f.Write(data); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.Chmod(0o644); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// document is the page of a trace.
func document(t *tracer.Trace) view.Document { return scenarios.Document(t) }
