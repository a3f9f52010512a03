package progress

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// Store is the progress file in its folder. Its methods may be called from any
// goroutine and any process: Update is one at a time, Load sees a whole file.
type Store struct {
	Folder string
	Wait   time.Duration // how long Update waits for another process; 0: DefaultWait
	Tell   func(string)  // told in one line of what the learner should know; nil: nobody is
}

// DefaultWait is how long an update waits for another process.
const DefaultWait = 5 * time.Second

// The files beside FileName.
const (
	lockName   = FileName + ".lock"    // held while the file is changed; empty, and stays
	newName    = FileName + ".new"     // what is to become the file; left behind only by a kill, until the next write
	brokenName = FileName + ".broken-" // and a number: a file that could not be read
)

// File is the path of the progress file.
func (s *Store) File() string { return filepath.Join(s.Folder, FileName) }

// Load reads the progress; where there is no file, that of a newcomer. A broken
// file is set aside. The error wraps ErrNewer where the file is of a newer
// kstep.
func (s *Store) Load() (*Progress, error) {
	p, _, broken := s.read()
	if !errors.Is(broken, ErrBroken) {
		return p, broken
	}
	unlock, err := s.lock()
	if err != nil {
		return nil, fmt.Errorf("%w; it cannot be set aside: %w", broken, err)
	}
	defer unlock()
	p, _, err = s.readOrSetAside()
	return p, err
}

// Update is the one door for changes: it waits for its turn, reads the file
// again, changes, and puts a new file in its place. Where change has an error,
// or nothing changed, nothing is written. When Update returns nil, the change
// is on the disk.
func (s *Store) Update(change func(*Progress) error) error {
	if err := os.MkdirAll(s.Folder, 0o700); err != nil {
		return fmt.Errorf("make the folder for progress: %w", err)
	}
	unlock, err := s.lock()
	if err != nil {
		return err
	}
	defer unlock()
	p, old, err := s.readOrSetAside()
	if err != nil {
		return err
	}
	if err := change(p); err != nil {
		return err
	}
	data := p.Encode()
	switch {
	case bytes.Equal(data, old):
		return nil
	case len(data) > MaxSize:
		return fmt.Errorf("write %s: it would be larger than %d MiB", s.File(), MaxSize>>20)
	}
	return s.write(data)
}

// read is the file's progress and its text.
func (s *Store) read() (*Progress, []byte, error) {
	f, err := os.Open(s.File())
	if errors.Is(err, fs.ErrNotExist) {
		return &Progress{}, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read progress: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read progress: %w", err)
	}
	p, err := Decode(data)
	if errors.Is(err, ErrNewer) {
		return nil, nil, fmt.Errorf("%s: %w; use the newer one, or set KSTEP_STATE to another folder", s.File(), err)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", s.File(), err)
	}
	return p, data, nil
}

// readOrSetAside is read, with a broken file set aside. The lock is held.
func (s *Store) readOrSetAside() (*Progress, []byte, error) {
	p, data, err := s.read()
	if !errors.Is(err, ErrBroken) {
		return p, data, err
	}
	aside, moved := s.setAside()
	if moved != nil {
		return nil, nil, fmt.Errorf("%w; it cannot be set aside: %w", err, moved)
	}
	if s.Tell != nil {
		s.Tell(fmt.Sprintf("%v; it was set aside as %s, and progress begins anew", err, aside))
	}
	return &Progress{}, nil, nil
}

// setAside gives the file a name that is not taken. All who do it hold the
// lock, so that looking first is enough.
func (s *Store) setAside() (string, error) {
	for n := 1; ; n++ {
		aside := filepath.Join(s.Folder, fmt.Sprintf("%s%d", brokenName, n))
		_, err := os.Lstat(aside)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return aside, os.Rename(s.File(), aside)
		case err != nil:
			return "", err
		}
	}
}

// lock waits for its turn, at most Wait. The system ends a lock with its
// process, however that ends.
func (s *Store) lock() (unlock func(), err error) {
	name := filepath.Join(s.Folder, lockName)
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock progress: %w", err)
	}
	wait := s.Wait
	if wait == 0 {
		wait = DefaultWait
	}
	for end := time.Now().Add(wait); ; time.Sleep(5 * time.Millisecond) { // flock has no wait that ends
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil:
			return func() { f.Close() }, nil
		case errors.Is(err, unix.EINTR):
		case !errors.Is(err, unix.EWOULDBLOCK):
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", name, err)
		case time.Now().After(end):
			f.Close()
			return nil, fmt.Errorf("another kstep has held %s for %s; try again when it has ended", name, wait)
		}
	}
}

// write puts a new file in the place of the old one: whole, or not at all. The
// new one always has the same name beforehand, so that kills leave one file at
// most; a link to a file elsewhere stays a link.
func (s *Store) write(data []byte) error {
	file := s.File()
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	folder := filepath.Dir(file)
	next := filepath.Join(folder, newName)
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write progress: %w", err)
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write progress: %w", err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(next, file)
	}
	if err != nil {
		os.Remove(next)
		return fmt.Errorf("write progress: %w", err)
	}
	return syncFolder(folder)
}

// syncFolder makes a new name last.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return fmt.Errorf("write progress: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, unix.EINVAL) { // some file systems know no sync of a folder
		return fmt.Errorf("write progress: %w", err)
	}
	return nil
}
