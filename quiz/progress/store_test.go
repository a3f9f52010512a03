package progress

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"kstep/quiz"
)

// Two processes that keep answers at once lose none.
func TestTwoProcesses(t *testing.T) {
	folder, n := filepath.Join(t.TempDir(), "new", "folder"), 40
	a, b := other(t, folder, "a", n), other(t, folder, "b", n)
	for _, cmd := range []interface{ Start() error }{a, b} {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(a.Wait(), b.Wait()); err != nil {
		t.Fatal(err)
	}
	p := load(t, folder)
	if len(p.Answers) != 2*n || p.Score("a").Asked != n || p.Score("b").Asked != n {
		t.Errorf("%d answers are left of %d: %d and %d", len(p.Answers), 2*n, p.Score("a").Asked, p.Score("b").Asked)
	}
	if d := cmp.Diff([]string{FileName, lockName}, names(t, folder)); d != "" {
		t.Errorf("in the folder: want (-), got (+)\n%s", d)
	}
}

// A process that is killed while it writes leaves a whole file with all that it
// had said was kept, and nothing that grows.
func TestKilledWhileWriting(t *testing.T) {
	times := 100
	if testing.Short() {
		times = 20
	}
	folder := t.TempDir()
	for i := range times {
		cmd := other(t, folder, "a", 1000)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kept := 0
		for lines := bufio.NewScanner(out); lines.Scan(); kept++ {
			if kept == i%4 && waitForWrite(folder, i%3) {
				cmd.Process.Kill()
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("it ended before it could be killed")
		}
		if p := load(t, folder); p.Score("a").Asked < kept {
			t.Fatalf("kill %d: %d were kept, %d are left", i+1, kept, p.Score("a").Asked)
		}
		if len(names(t, folder)) > 3 {
			t.Fatalf("kill %d: in the folder are %q", i+1, names(t, folder))
		}
	}
	if err := (&Store{Folder: folder}).Update(func(p *Progress) error { p.Visit("z", "", "2026-02-01"); return nil }); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{FileName, lockName}, names(t, folder)); d != "" {
		t.Errorf("after the next write, in the folder: want (-), got (+)\n%s", d)
	}
}

// waitForWrite waits for a point of the next write: 0 its new file, 1 some of
// the text in it, 2 nothing at all.
func waitForWrite(folder string, point int) bool {
	for end := time.Now().Add(5 * time.Second); point < 2 && time.Now().Before(end); {
		if info, err := os.Lstat(filepath.Join(folder, newName)); err == nil && (point == 0 || info.Size() > 0) {
			break
		}
	}
	return true
}

func TestUpdate(t *testing.T) {
	s := &Store{Folder: t.TempDir()}
	if err := s.Update(func(p *Progress) error { p.Visit("a", "", "2026-01-31"); return nil }); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(s.File())
	if err != nil {
		t.Fatal(err)
	}
	if before.Mode().Perm() != 0o600 {
		t.Errorf("others may look: %v", before.Mode())
	}
	no := errors.New("no")
	if err := s.Update(func(p *Progress) error { p.Reset("a"); return no }); err != no {
		t.Errorf("the error of the change: %v", err)
	}
	if err := s.Update(func(*Progress) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(s.File()); err != nil || !os.SameFile(before, after) {
		t.Errorf("a change that failed, or none, was written (%v)", err)
	}
}

// A link to a file elsewhere stays one.
func TestLink(t *testing.T) {
	s, elsewhere := &Store{Folder: t.TempDir()}, filepath.Join(t.TempDir(), "mine.json")
	if err := os.WriteFile(elsewhere, (&Progress{}).Encode(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, s.File()); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(func(p *Progress) error { p.Visit("a", "", "2026-01-31"); return nil }); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(s.File()); err != nil || to != elsewhere {
		t.Errorf("the link is now %q (%v)", to, err)
	}
	if p := load(t, s.Folder); p.Current != "a" {
		t.Errorf("current: %q", p.Current)
	}
}

// A broken file is set aside, beside those that were before.
func TestBroken(t *testing.T) {
	for _, by := range []string{"load", "update"} {
		t.Run(by, func(t *testing.T) {
			s := &Store{Folder: t.TempDir()}
			var told []string
			s.Tell = func(line string) { told = append(told, line) }
			for i, text := range []string{"", "{", "not JSON \x00\x1b[31m"} {
				if err := os.WriteFile(s.File(), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				do := func() error { p, err := s.Load(); mustBeNew(t, p); return err }
				if by == "update" {
					do = func() error { return s.Update(func(p *Progress) error { mustBeNew(t, p); return nil }) }
				}
				if err := do(); err != nil {
					t.Fatal(err)
				}
				aside := s.File() + ".broken-" + string(rune('1'+i))
				if data, err := os.ReadFile(aside); err != nil || string(data) != text {
					t.Errorf("%s holds %q (%v), want %q", aside, data, err, text)
				}
				if len(told) != i+1 || !strings.Contains(told[i], aside) {
					t.Errorf("told: %q", told)
				}
			}
		})
	}
}

func mustBeNew(t *testing.T, p *Progress) {
	t.Helper()
	if p == nil || !p.Empty() {
		t.Errorf("not a newcomer's: %+v", p)
	}
}

// A broken file that cannot be set aside is left where it is, and said.
func TestBrokenStays(t *testing.T) {
	s := &Store{Folder: t.TempDir()}
	if err := os.WriteFile(s.File(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(s.Folder, lockName), 0o700); err != nil { // no lock can be had
		t.Fatal(err)
	}
	if p, err := s.Load(); !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), "cannot be set aside") {
		t.Errorf("load gives %+v, %v", p, err)
	}
	if data, err := os.ReadFile(s.File()); err != nil || string(data) != "{" {
		t.Errorf("the file holds %q (%v)", data, err)
	}
}

// A file of a newer kstep is refused and stays as it is, byte by byte.
func TestNewer(t *testing.T) {
	for _, version := range []string{"2", "10", "99999999999999999999", "1.1", "2-beta"} {
		s := &Store{Folder: t.TempDir(), Tell: func(line string) { t.Errorf("told: %s", line) }}
		text := []byte(`{"format": "kstep-progress/` + version + `", "lessons": ["another shape"]}`)
		if err := os.WriteFile(s.File(), text, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := s.Load()
		if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), s.File()) {
			t.Errorf("version %s: load says %v", version, err)
		}
		err = s.Update(func(*Progress) error { t.Error("it was changed"); return nil })
		if !errors.Is(err, ErrNewer) {
			t.Errorf("version %s: update says %v", version, err)
		}
		if data, err := os.ReadFile(s.File()); err != nil || !bytes.Equal(data, text) {
			t.Errorf("version %s: the file is now %q (%v)", version, data, err)
		}
		if slices.ContainsFunc(names(t, s.Folder), func(n string) bool { return strings.Contains(n, "broken") }) {
			t.Errorf("version %s: set aside: %q", version, names(t, s.Folder))
		}
	}
}

// Who holds the lock for ever is waited for, but not for ever.
func TestLockIsHeld(t *testing.T) {
	s := &Store{Folder: t.TempDir(), Wait: 30 * time.Millisecond}
	f, err := os.Create(filepath.Join(s.Folder, lockName))
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(func(*Progress) error { t.Error("it was changed"); return nil }); err == nil || !strings.Contains(err.Error(), "another kstep") {
		t.Errorf("update says %v", err)
	}
	if _, err := s.Load(); err != nil {
		t.Errorf("reading waits for nobody: %v", err)
	}
	f.Close()
	if err := s.Update(func(p *Progress) error { p.Answer(answer("a", "q", "2026-01-31", quiz.Right)); return nil }); err != nil {
		t.Errorf("when it is free: %v", err)
	}
}

// What cannot be written is an error, and what was there stays.
func TestNotWritable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("run as root: a file in the folder's place stands for a folder that may not be written to")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := &Store{Folder: filepath.Join(file, "kstep")}
	if err := s.Update(func(*Progress) error { t.Error("it was changed"); return nil }); err == nil {
		t.Error("update says nothing")
	}
	s = &Store{Folder: t.TempDir()}
	if err := os.Mkdir(s.File(), 0o700); err != nil { // a folder in the file's place
		t.Fatal(err)
	}
	if err := s.Update(func(*Progress) error { t.Error("it was changed"); return nil }); err == nil {
		t.Error("update says nothing")
	}
}
