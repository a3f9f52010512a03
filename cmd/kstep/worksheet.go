package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/view"
)

// worksheetOptions are the flags of kstep worksheet.
type worksheetOptions struct {
	lessonRun
	page
	view.SheetOptions
}

// The blanks that a sheet can have.
const (
	defaultBlanks = 10
	maxBlanks     = 40
)

func newWorksheet(s *streams) *cobra.Command {
	var o worksheetOptions
	cmd := &cobra.Command{
		Use:   "worksheet LESSON|FILE",
		Short: "Make a sheet to fill in by hand, and its key",
		Long: "Run a lesson, or read a recorded trace, and make a worksheet: the code, the\n" +
			"Process Table and the Status Tracker with blanks, and the questions without\n" +
			"their answers. Each blank can be filled in from what the sheet still shows. As\n" +
			"HTML it prints on two pages of A4 at most; of a long table the rows that no\n" +
			"blank needs are left out.",
		Example: "  kstep worksheet first-message -o sheet.html\n  kstep worksheet first-message --key -o key.html\n" +
			"  kstep worksheet linger --seed 'group b' --blanks 6 -o sheet.md\n  kstep worksheet first.json",
		ValidArgsFunction: completeLessons,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.page.check(cmd); err != nil {
				return err
			}
			if o.Blanks < 0 || o.Blanks > maxBlanks {
				return fmt.Errorf("--blanks %d: give a number from 0 to %d", o.Blanks, maxBlanks)
			}
			if o.asksJSON() {
				return errNoJSON
			}
			t, _, err := o.traceOf(cmd, s, args)
			if err != nil {
				return err
			}
			return worksheet(s, &o, t)
		},
	}
	o.lessonRun.flags(cmd)
	o.page.flags(cmd)
	f := cmd.Flags()
	f.Lookup("format").Usage = "terminal, markdown or html; default: by the file's suffix, else terminal"
	f.Lookup("output").Usage = "write to `FILE` instead of the terminal; repeatable, format from the suffix (.txt .md .html)"
	f.StringVar(&o.Seed, "seed", "", "choose the blanks and order the options by this `TEXT` (default: the lesson's id)")
	f.IntVar(&o.Blanks, "blanks", defaultBlanks, fmt.Sprintf("how many cells are left blank, 0 to %d", maxBlanks))
	f.BoolVar(&o.Key, "key", false, "the key: the same sheet with the blanks filled in and the answers marked")
	return cmd
}

func worksheet(s *streams, o *worksheetOptions, t *tracer.Trace) error {
	runs := tracer.NewRuns(t)
	d, err := view.Worksheet(runs, scenarios.Lesson(runs), o.SheetOptions)
	if err != nil {
		return fmt.Errorf("make a worksheet: %w", err)
	}
	return o.writeAs(s, content{Document: d, json: func(io.Writer) error { return errNoJSON }})
}

// asksJSON tells whether something is asked for that a sheet cannot be.
func (o *worksheetOptions) asksJSON() bool {
	return slices.ContainsFunc(o.files, func(file string) bool {
		format, _ := o.formatOf(file)
		return format == "json"
	}) || o.format == "json"
}

var errNoJSON = errors.New("a worksheet is no data: use --format html, markdown or terminal (kstep run LESSON -o FILE.json keeps the trace)")
