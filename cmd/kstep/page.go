package main

// How and where a trace is written: the flags that run and show share.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// page is how and where a trace is written.
type page struct {
	mode    string
	modeSet bool // by the reader
	format  string
	files   []string
	width   int
	color   string
	csv     func(io.Writer) error // where the page can be CSV too; nil: it cannot
}

// formats are the values of --format, and suffixes what a file's name says.
var (
	formats  = []string{"terminal", "markdown", "html", "json"}
	suffixes = map[string]string{".txt": "terminal", ".md": "markdown", ".html": "html", ".json": "json"}
	colors   = []string{"auto", "always", "never"}
)

func (p *page) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&p.format, "format", "", "terminal, markdown, html or json (the trace); default: by the file's suffix, else terminal")
	f.StringArrayVarP(&p.files, "output", "o", nil, "write to `FILE` instead of the terminal; repeatable, format from the suffix (.txt .md .html .json)")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	p.looks(cmd)
}

// looks are the flags of a page that only goes to the terminal.
func (p *page) looks(cmd *cobra.Command) {
	f := cmd.Flags()
	f.IntVar(&p.width, "width", 0, fmt.Sprintf("columns of a terminal page, %d to %d (default: the terminal's, else %d)", minWidth, maxWidth, defaultWidth))
	f.StringVar(&p.color, "color", "auto", "auto, always or never")
	_ = cmd.RegisterFlagCompletionFunc("color", cobra.FixedCompletions(colors, cobra.ShellCompDirectiveNoFileComp))
}

// check refuses what cannot be written before anything runs.
func (p *page) check(cmd *cobra.Command) error {
	if err := oneOf("--color", p.color, colors); err != nil {
		return err
	}
	if p.modeSet = cmd.Flags().Changed("mode"); p.modeSet {
		if err := oneOf("--mode", p.mode, modeNames()); err != nil {
			return err
		}
	}
	if cmd.Flags().Changed("format") {
		if err := oneOf("--format", p.format, p.choices()); err != nil {
			return err
		}
		if len(p.files) > 1 {
			return errors.New("--format goes with one -o; of several, the suffix of each says its format")
		}
	}
	if cmd.Flags().Changed("width") && (p.width < minWidth || p.width > maxWidth) {
		return fmt.Errorf("--width %d: a page is %d to %d columns wide", p.width, minWidth, maxWidth)
	}
	return p.checkFiles()
}

// choices are the formats that this page can have.
func (p *page) choices() []string {
	if p.csv != nil {
		return append(slices.Clone(formats), "csv")
	}
	return formats
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

// content is what is written: a document, what stands for it as JSON, and where it
// has one the walk that its HTML page steps through.
type content struct {
	view.Document
	json func(io.Writer) error
	walk func() view.Walk // nil: a page that is only read
}

// contentOf is a trace's document with all that belongs to it. In a mode that
// asks or counts, the page is not stepped through.
func (p *page) contentOf(t *tracer.Trace, d view.Document) content {
	c := content{Document: d, json: func(w io.Writer) error { return tracer.Write(w, t) }}
	if slices.Contains([]string{"", view.ModeVisual, "learn", view.ModeDeep}, p.mode) {
		c.walk = func() view.Walk {
			runs := tracer.NewRuns(t)
			return view.NewWalk(runs, scenarios.Lesson(runs))
		}
	}
	return c
}

// write writes the trace to every file that was asked for, else to Out.
func (p *page) write(s *streams, t *tracer.Trace, d view.Document) error {
	return p.writeAs(s, p.contentOf(t, d))
}

// writeAs writes a content. Every page is made whole before the first byte of the
// first one is written.
func (p *page) writeAs(s *streams, c content) error {
	if len(p.files) == 0 {
		data, err := p.renderAs(s, c, p.stdoutFormat(), s.colored(p.color))
		if err != nil {
			return err
		}
		return writeOut(s.Out, "the page", data)
	}
	var all pages
	for _, file := range p.files {
		format, err := p.formatOf(file)
		if err != nil {
			return err
		}
		data, err := p.renderAs(s, c, format, p.color == "always")
		if err != nil {
			return err
		}
		all = append(all, written{file: file, data: data})
	}
	if err := all.write(); err != nil {
		return err
	}
	if s.ErrTTY {
		fmt.Fprintf(s.Err, "written: %s\n", clean(strings.Join(p.files, ", ")))
	}
	return nil
}

func (p *page) stdoutFormat() string {
	if p.format == "" {
		return "terminal"
	}
	return p.format
}

// render is the page of a trace in one format.
func (p *page) render(s *streams, t *tracer.Trace, d view.Document, format string, color bool) ([]byte, error) {
	return p.renderAs(s, p.contentOf(t, d), format, color)
}

func (p *page) renderAs(s *streams, c content, format string, color bool) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch {
	case format == "json":
		err = c.json(&b)
	case format == "csv":
		err = p.csv(&b)
	case format == "markdown":
		err = render.Markdown(&b, c.Document)
	case format == "html" && c.walk != nil:
		err = render.Player(&b, c.Document, c.walk())
	case format == "html":
		err = render.HTML(&b, c.Document)
	default:
		err = render.Terminal(&b, c.Document, render.TerminalOptions{Width: s.width(p.width), Palette: render.NewPalette(color)})
	}
	return b.Bytes(), err
}

// writeOut writes something whole to standard output.
func writeOut(w io.Writer, what string, data []byte) error {
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("write %s: %w", what, err)
	}
	return nil
}

// writeJSON writes a value as JSON that is safe to print.
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(tracer.Inert(b.Bytes()))
	return err
}

// document is the page of a trace.
func document(t *tracer.Trace) view.Document { return scenarios.Document(t) }

// document is the page of a trace in the mode that was asked for.
func (p *page) document(t *tracer.Trace) view.Document {
	mode := p.mode
	if t.Header.Program.Command != "" && !p.modeSet {
		mode = view.ModeProject
	}
	m, ok := view.FindMode(mode)
	if !ok {
		return document(t)
	}
	return scenarios.DocumentIn(t, m)
}
