package main

// The clone of kstep that the user works in, for those commands that read or
// write lessons' files.

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"kstep/scenarios/scaffold"
)

// cloneAt is the top of the clone that a folder is in: the nearest go.mod above
// it is kstep's. It is empty where that is not so.
func cloneAt(folder string) (string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", fmt.Errorf("find the clone: %w", err)
	}
	for {
		text, err := os.ReadFile(filepath.Join(folder, "go.mod"))
		if err == nil {
			if _, err := os.Stat(filepath.Join(folder, "scenarios", scaffold.List)); err != nil || module(text) != "kstep" {
				return "", nil
			}
			return folder, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("find the clone: %w", err)
		}
		up := filepath.Dir(folder)
		if up == folder {
			return "", nil
		}
		folder = up
	}
}

// lockWait is how long a lock is waited for: kstep new holds it for an instant.
const lockWait = 10 * time.Second

// lockFolder makes sure that no other kstep changes a folder meanwhile. The
// system ends the lock with its process, however that ends. Where the file
// system knows no locks there is none.
func lockFolder(folder string) (unlock func(), err error) {
	f, err := os.Open(folder)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", folder, reason(err))
	}
	for end := time.Now().Add(lockWait); ; time.Sleep(5 * time.Millisecond) { // flock has no wait that ends
		switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
		case errors.Is(err, unix.EINTR):
		case !errors.Is(err, unix.EWOULDBLOCK):
			return func() { f.Close() }, nil
		case time.Now().After(end):
			f.Close()
			return nil, fmt.Errorf("another kstep has held %s for %s; try again when it has ended", folder, lockWait)
		}
	}
}

// module is the module that a go.mod is of.
func module(text []byte) string {
	for s := bufio.NewScanner(bytes.NewReader(text)); s.Scan(); {
		if name, ok := strings.CutPrefix(s.Text(), "module "); ok {
			name, _, _ = strings.Cut(name, "//")
			return strings.Trim(strings.TrimSpace(name), `"`)
		}
	}
	return ""
}

// lessonSources is the folder of lessons where the user works in a clone, else
// nil.
func lessonSources() fs.FS {
	if top, err := cloneAt("."); err == nil && top != "" {
		return os.DirFS(filepath.Join(top, "scenarios"))
	}
	return nil
}
