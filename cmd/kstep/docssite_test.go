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

const mendPages = "go run ./cmd/kstep docs site docs/lessons --format markdown"

// All pages are made anew and compared, and what is no lesson's page any more is
// found, too. A page that is out of date differs from every run, what happens on
// a machine that is busy with something else from one: so a difference counts
// when a second run has it, too, and is told in any case.
func TestLessonPagesAreFresh(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every lesson")
	}
	stale := stalePages(t)
	if len(stale) == 0 {
		return
	}
	again := stalePages(t)
	for file, why := range stale {
		if again[file] == "" {
			t.Logf("in one of two runs: %s", why)
		}
	}
	for _, why := range again {
		t.Errorf("%s; to mend it: %s", why, mendPages)
	}
}

// stalePages are the pages that are not what the lessons show, by their files.
func stalePages(t *testing.T) map[string]string {
	t.Helper()
	s := &streams{In: &bytes.Buffer{}, Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Getenv: func(string) string { return "" }}
	site, err := makeSite(t.Context(), s, siteOptions{format: "markdown", parallel: 4})
	if err != nil {
		return map[string]string{"": err.Error()}
	}
	out := map[string]string{}
	for _, p := range site.pages {
		have, err := os.ReadFile(filepath.Join(lessonPages, p.file))
		if err != nil {
			out[p.file] = err.Error()
		} else if d := cmp.Diff(string(have), string(p.data)); d != "" {
			out[p.file] = "docs/lessons/" + p.file + " is out of date\n" + d
		}
	}
	left, err := site.leftovers(lessonPages)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range left {
		out[name] = "docs/lessons/" + name + " is the page of no lesson; remove it"
	}
	return out
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
