package main

// The same run gives the same page.

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRunsAreTheSame(t *testing.T) {
	t.Parallel()
	runs := 20
	if testing.Short() {
		runs = 6
	}
	var first string
	for i := range runs {
		r := start(t, "run", "first-message", "--format", "markdown")
		if code := wait(t, r.cmd); code != exitOK || r.stderr.String() != "" {
			t.Fatalf("run %d: exit code %d, stderr %q", i+1, code, r.stderr.String())
		}
		if i == 0 {
			first = r.stdout.String()
		}
		if d := cmp.Diff(first, r.stdout.String()); d != "" {
			t.Fatalf("the first run (-), run %d (+)\n%s", i+1, d)
		}
	}
}
