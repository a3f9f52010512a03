package main

// The starter program of mode project, as a file.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/view"
)

// checkStarter refuses a starter that cannot be written, or would take the place
// of a file that is there.
func (o *runOptions) checkStarter() error {
	switch _, err := os.Lstat(o.starter); {
	case o.mode != view.ModeProject || o.program != "":
		return errors.New("--starter goes with --mode project, without --program")
	case filepath.Ext(o.starter) != ".go":
		return fmt.Errorf("--starter %s: name a Go file, for example mine/main.go", o.starter)
	case err == nil:
		return fmt.Errorf("--starter %s: that is there already, and kstep does not write over it", o.starter)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("--starter %s: %w", o.starter, reason(err))
	}
	return nil
}

// writeStarter writes the file, and makes its folder where there is none.
func writeStarter(s *streams, file string, t *tracer.Trace) error {
	text := scenarios.Lesson(tracer.NewRuns(t)).Starter
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return fmt.Errorf("--starter %s: %w", file, reason(err))
	}
	if err := (pages{{file: file, data: []byte(text)}}).write(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(s.Err, "written: %s\n", clean(file))
	return err
}
