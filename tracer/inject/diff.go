package inject

import (
	"bytes"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// What is another than it should be.

// Diff is the change that makes a file fresh, as a unified diff; empty where it
// is fresh.
func Diff(f *File, fresh string) string {
	d := diff.Diff(f.Name, []byte(f.Text), f.Name, []byte(fresh))
	if d == nil {
		return ""
	}
	_, d, _ = bytes.Cut(d, []byte("\n")) // its first line is the command that would print it
	return strings.ReplaceAll(string(d), "\r\n", "\n")
}

// Stale are the blocks of a file whose content is another than the fresh one.
func Stale(f *File, contents []string) []Block {
	var out []Block
	for i, b := range f.Blocks {
		if f.Content(i) != b.lay(contents[i]) {
			out = append(out, b)
		}
	}
	return out
}
