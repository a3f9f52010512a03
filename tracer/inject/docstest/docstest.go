// Package docstest lets a Go test of any repository hold its Markdown files to
// what kstep shows.
package docstest

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Fresh fails where a block of kstep in the Markdown files of paths is stale or
// broken, with the difference and the command that mends it. Paths are relative
// to the test's folder, as everywhere in Go tests; a folder is searched. It needs
// the command kstep on the PATH, and fails without it: a test that is skipped
// where nobody looks holds nothing. After a new kstep, run it with -count=1: Go
// repeats a result as long as the Markdown files are the same.
func Fresh(t testing.TB, paths ...string) {
	t.Helper()
	kstep, err := exec.LookPath("kstep")
	if err != nil {
		t.Fatal("the blocks of kstep cannot be checked: there is no kstep on the PATH (go build -o kstep ./cmd/kstep in a clone of kstep makes it)")
	}
	look(t, paths)
	var out strings.Builder
	cmd := exec.CommandContext(t.Context(), kstep, append([]string{"docs", "check"}, paths...)...)
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	var failed *exec.ExitError
	switch {
	case err == nil:
	case errors.As(err, &failed):
		t.Errorf("kstep docs check %s:\n%s", strings.Join(paths, " "), out.String())
	default:
		t.Fatalf("run kstep docs check: %v", err)
	}
}

// look reads the files that kstep will read. Go remembers which files a test read
// and runs it again when one has changed; what another process reads it cannot see.
func look(t testing.TB, paths []string) {
	t.Helper()
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.HasPrefix(strings.ToLower(filepath.Ext(name)), ".m") {
				_, err = os.ReadFile(name)
			}
			return err
		})
		if err != nil {
			t.Fatalf("look for Markdown files: %v", err)
		}
	}
}
