package main

// kstep export: a run for other people's tools.

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/export"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// exportOptions are the flags of kstep export.
type exportOptions struct {
	lessonRun
	as    string
	block string
	file  string
}

// exports are the values of --as.
var exports = []string{"svg", "mermaid", "csv", "pythontutor", "otlp"}

func newExport(s *streams) *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use:   "export LESSON|FILE",
		Short: "Write a run for other tools: SVG, CSV, OpenTelemetry and more",
		Long: "Run a lesson, or take a recorded trace, and write it for other tools:\n\n" +
			"  svg, mermaid  a picture of the process-flow or the sequence (--block)\n" +
			"  csv           a table: process-table, status-tracker message-ledger (--block)\n" +
			"  pythontutor   the steps, as the JSON that Python Tutor's viewer reads\n" +
			"  otlp          the calls and requests as OpenTelemetry spans, OTLP JSON",
		Example:           "  kstep export first-message --as svg -o first.svg\n  kstep export first-message --as csv --block status-tracker\n  kstep export first.json --as otlp -o spans.json",
		ValidArgsFunction: completeLessons,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			t, _, err := o.lessonRun.traceOf(cmd, s, args)
			if err != nil {
				return err
			}
			return exportTrace(cmd.Context(), s, &o, t)
		},
	}
	o.lessonRun.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.as, "as", "", "svg, mermaid, csv, pythontutor or otlp")
	f.StringVar(&o.block, "block", "", "which block (default: sequence for pictures, process-table for csv)")
	f.StringVarP(&o.file, "output", "o", "", "write to `FILE` instead of standard output")
	_ = cmd.RegisterFlagCompletionFunc("as", cobra.FixedCompletions(exports, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (o *exportOptions) check() error {
	if err := oneOf("--as", o.as, exports); err != nil {
		return err
	}
	switch {
	case o.block != "" && (o.as == "pythontutor" || o.as == "otlp"):
		return fmt.Errorf("--block goes with svg, mermaid and csv; %s is of the whole run", o.as)
	case o.block == "" && o.as == "csv":
		o.block = view.ProcessTable
	case o.block == "":
		o.block = "sequence"
	}
	if o.file != "" {
		return checkFile(o.file)
	}
	return nil
}

// exportTrace writes the trace in the form that was asked for.
func exportTrace(_ context.Context, s *streams, o *exportOptions, t *tracer.Trace) error {
	var b bytes.Buffer
	if err := exportAs(&b, o, t); err != nil {
		return err
	}
	if o.file == "" {
		return writeOut(s.Out, "the export", b.Bytes())
	}
	return pages{{file: o.file, data: b.Bytes()}}.write()
}

func exportAs(w io.Writer, o *exportOptions, t *tracer.Trace) error {
	runs := tracer.NewRuns(t)
	l := scenarios.Lesson(runs)
	switch o.as {
	case "pythontutor":
		return export.PythonTutor(w, view.NewWalk(runs, l), t.Header.Program.Source)
	case "otlp":
		return export.OTLP(w, t, time.Now())
	}
	var has []string
	for _, b := range view.Build(runs, l).Blocks {
		write := o.writer(b)
		if write == nil {
			continue
		}
		if b.Head().ID == o.block {
			return write(w)
		}
		has = append(has, b.Head().ID)
	}
	return fmt.Errorf("--block %q: of this run %s can be written as %s", o.block, strings.Join(has, ", "), o.as)
}

// writer writes a block in the form that was asked for; nil where it has none.
func (o *exportOptions) writer(b view.Block) func(io.Writer) error {
	switch b := b.(type) {
	case view.Table:
		if o.as == "csv" {
			return func(w io.Writer) error { return export.CSV(w, b) }
		}
	case view.Flow:
		if o.as == "svg" {
			return func(w io.Writer) error { return export.FlowSVG(w, b) }
		}
		return o.mermaid(b)
	case view.Sequence:
		if o.as == "svg" {
			return func(w io.Writer) error { return export.SequenceSVG(w, b) }
		}
		return o.mermaid(b)
	}
	return nil
}

func (o *exportOptions) mermaid(b view.Block) func(io.Writer) error {
	if o.as != "mermaid" {
		return nil
	}
	return func(w io.Writer) error {
		text, ok := render.Mermaid(b)
		if !ok {
			return fmt.Errorf("the %s of this run is too large for a diagram", b.Head().ID)
		}
		_, err := io.WriteString(w, text)
		return err
	}
}
