package main

// The project's own pages of the lessons, docs/lessons, are what runs show.

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const lessonPages = "../../docs/lessons"

// All pages are made anew and compared, and what is no lesson's page any more is
// found, too.
func TestLessonPagesAreFresh(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every lesson")
	}
	s := &streams{In: &bytes.Buffer{}, Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Getenv: func(string) string { return "" }}
	site, err := makeSite(t.Context(), s, siteOptions{format: "markdown", parallel: 4})
	if err != nil {
		t.Fatal(err)
	}
	const mend = "go run ./cmd/kstep docs site docs/lessons --format markdown"
	for _, p := range site.pages {
		have, err := os.ReadFile(filepath.Join(lessonPages, p.file))
		if err != nil {
			t.Errorf("%v; to mend it: %s", err, mend)
			continue
		}
		if d := cmp.Diff(string(have), string(p.data)); d != "" {
			t.Errorf("docs/lessons/%s is out of date; to mend it: %s\n%s", p.file, mend, d)
		}
	}
	left, err := site.leftovers(lessonPages)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range left {
		t.Errorf("docs/lessons/%s is the page of no lesson; remove it", name)
	}
}

// A page of a lesson that is gone is named, and nothing else is.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"README.md", "linger.md", "old-name.md", "picture.png", "index.html"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.md"), 0o700); err != nil {
		t.Fatal(err)
	}
	x := site{markdown: true, pages: pages{{file: "README.md"}, {file: "linger.md"}}}
	got, err := x.leftovers(dir)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"old-name.md"}, got); d != "" {
		t.Error(d)
	}
}
