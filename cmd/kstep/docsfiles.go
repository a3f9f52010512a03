package main

// The Markdown files that kstep docs is given.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"kstep/tracer/inject"
)

// largest is how big a Markdown file may be.
const largest = 16 << 20

// markdownFiles are the named files, and in named folders the Markdown files
// that have blocks. A named file without a block is an error: somebody meant one.
func markdownFiles(paths []string) ([]*inject.File, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var out []*inject.File
	var broken []string
	seen := map[string]bool{}
	take := func(name string, named bool) error {
		real, err := filepath.EvalSymlinks(name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, reason(err))
		}
		if abs, err := filepath.Abs(real); err == nil {
			real = abs
		}
		if seen[real] {
			return nil
		}
		seen[real] = true
		f, err := readMarkdown(name)
		var wrong *inject.Broken
		switch {
		case errors.As(err, &wrong):
			broken = append(broken, wrong.Lines...)
		case err != nil:
			return err
		case len(f.Blocks) > 0:
			out = append(out, f)
		case named:
			return fmt.Errorf("%s has no block; kstep docs blocks shows how one is written", name)
		}
		return nil
	}
	for _, path := range paths {
		files, named, err := found(path)
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			if err := take(name, named); err != nil {
				return nil, err
			}
		}
	}
	switch {
	case len(broken) > 0:
		return nil, errors.New(strings.Join(broken, "; "))
	case len(out) == 0:
		return nil, fmt.Errorf("no Markdown file in %s has a block; kstep docs blocks shows how one is written", strings.Join(paths, ", "))
	}
	return out, nil
}

// found are the files of a path: itself, or the Markdown files in it.
func found(path string) (files []string, named bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, fmt.Errorf("there is no %s", path)
	}
	if err != nil {
		return nil, false, fmt.Errorf("read %s: %w", path, reason(err))
	}
	if !info.IsDir() {
		return []string{path}, true, nil
	}
	err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("read %s: %w", name, reason(err))
		case d.IsDir() && name != path && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"node_modules", "vendor", "testdata"}, d.Name())):
			return filepath.SkipDir
		case !d.IsDir() && slices.Contains([]string{".md", ".markdown"}, strings.ToLower(filepath.Ext(name))):
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
				files = append(files, name)
			}
		}
		return nil
	})
	return files, false, err
}

func readMarkdown(name string) (*inject.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, reason(err))
	}
	if !info.Mode().IsRegular() || info.Size() > largest {
		return nil, fmt.Errorf("%s is no file that kstep fills: it must be a regular one of at most %d MiB", name, largest>>20)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, reason(err))
	}
	return inject.Parse(name, string(text))
}

// writable refuses a file that may not be written to, before anything runs. A
// file that is read-only stays so, even where its folder would let it be
// replaced.
func writable(paths []string) error {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, path := range paths {
		files, _, err := found(path)
		if err != nil {
			return err
		}
		for _, name := range files {
			info, err := os.Stat(name)
			if err != nil {
				return fmt.Errorf("read %s: %w", name, reason(err))
			}
			f, err := readMarkdown(name)
			if err == nil && len(f.Blocks) > 0 && (info.Mode().Perm()&0o222 == 0 || unix.Access(name, unix.W_OK) != nil) {
				return fmt.Errorf("%s is read-only; make it writable, or print it with --stdout", name)
			}
		}
	}
	return nil
}
