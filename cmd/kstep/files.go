package main

// Files that are written whole or not at all.

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// checkFiles refuses every -o that cannot be written, before anything runs.
func (p *page) checkFiles() error {
	seen := map[string]bool{}
	for _, file := range p.files {
		if err := checkFile(file); err != nil {
			return err
		}
		if _, err := p.formatOf(file); err != nil {
			return err
		}
		name := file
		if real, err := filepath.EvalSymlinks(file); err == nil {
			name = real
		}
		if abs, err := filepath.Abs(name); err == nil {
			name = abs
		}
		if seen[name] {
			return fmt.Errorf("-o %s is given twice", file)
		}
		seen[name] = true
	}
	return nil
}

func checkFile(file string) error {
	folder := filepath.Dir(file)
	info, err := os.Stat(file)
	switch {
	case file == "":
		return errors.New(`-o "": name a file`)
	case err == nil && info.IsDir(), strings.HasSuffix(file, "/"):
		return fmt.Errorf("-o %s: that is a folder; name a file in it", file)
	case err == nil && !info.Mode().IsRegular():
		if unix.Access(file, unix.W_OK) != nil {
			return fmt.Errorf("-o %s: it may not be written to", file)
		}
		return nil
	case err != nil && isLink(file):
		return fmt.Errorf("-o %s: that is a link which leads nowhere", file)
	case err == nil:
		if real, err := filepath.EvalSymlinks(file); err == nil {
			folder = filepath.Dir(real)
		}
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("-o %s: there is no folder %s", file, folder)
	}
	if unix.Access(folder, unix.W_OK|unix.X_OK) != nil {
		return fmt.Errorf("-o %s: the folder %s may not be written to", file, folder)
	}
	return nil
}

func isLink(file string) bool {
	info, err := os.Lstat(file)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// formatOf is the format a file is written in.
func (p *page) formatOf(file string) (string, error) {
	if p.format != "" && len(p.files) == 1 {
		return p.format, nil
	}
	ext := strings.ToLower(filepath.Ext(file))
	if f, ok := suffixes[ext]; ok {
		return f, nil
	}
	if p.csv != nil && ext == ".csv" {
		return "csv", nil
	}
	return "", fmt.Errorf("-o %s: the suffix says no format; use .txt, .md, .html or .json, or one -o with --format", file)
}

// written is a file and what is to be in it.
type written struct {
	file string
	data []byte
	real string // where its links lead; "" for what is no regular file
	temp string // the new file beside it, until that takes its name
}

type pages []written

// write writes all files or, where one fails, none: each into a new file
// beside it, and only when all are there do they take their names. What is no
// regular file (a device, a pipe) is written to as it is: taking its name would
// put a file in its place.
func (all pages) write() error {
	defer func() {
		for _, w := range all {
			if w.temp != "" {
				os.Remove(w.temp) // nothing to remove once it has its name
			}
		}
	}()
	for i := range all {
		if err := all[i].stage(); err != nil {
			return fmt.Errorf("write %s: %w", all[i].file, reason(err))
		}
	}
	slices.SortStableFunc(all, func(a, b written) int { return len(a.temp) - len(b.temp) }) // what can still fail comes first
	for _, w := range all {
		if err := w.finish(); err != nil {
			return fmt.Errorf("write %s: %w", w.file, reason(err))
		}
	}
	return nil
}

// stage puts the data into a new file beside the one it is for.
func (w *written) stage() error {
	info, err := os.Stat(w.file)
	if err == nil && !info.Mode().IsRegular() {
		return nil // finish writes to it
	}
	w.real = w.file
	if err == nil {
		if w.real, err = filepath.EvalSymlinks(w.file); err != nil {
			return err
		}
	}
	// Not os.CreateTemp: a new file gets the mode the user's umask gives it.
	temp := filepath.Join(filepath.Dir(w.real), fmt.Sprintf(".kstep-%016x", rand.Uint64()))
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	w.temp = temp
	_, err = f.Write(w.data)
	if err == nil && info != nil {
		err = f.Chmod(info.Mode().Perm())
	}
	return errors.Join(err, f.Close())
}

func (w *written) finish() error {
	if w.real != "" {
		return os.Rename(w.temp, w.real)
	}
	f, err := os.OpenFile(w.file, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(w.data)
	return errors.Join(err, f.Close())
}

// reason is an error without the name of the file, which for a new file beside
// the one that was asked for would only puzzle.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}
