package main

// Kstep on a terminal: a pseudo-terminal of 100 columns.

import (
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unicode/utf8"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

const columns = 100

// terminal is a kstep at one, and what it has shown so far.
type terminal struct {
	t        *testing.T
	cmd      *exec.Cmd
	keyboard *os.File
	screen   *os.File // the side that kstep has
	before   *unix.Termios
	drained  chan struct{}

	mu   sync.Mutex
	seen strings.Builder
	read int       // how much of it the test has seen
	also io.Writer // is given all of it, under mu; nil: nobody
}

// atTerminal starts kstep with a terminal for all three of its streams.
func atTerminal(t *testing.T, env []string, args ...string) *terminal {
	t.Helper()
	return openTerminal(t, columns, 40, nil, env, args...)
}

// openTerminal is atTerminal with a size, and with somebody else who is given
// what kstep writes.
func openTerminal(t *testing.T, width, height int, also io.Writer, env []string, args ...string) *terminal {
	t.Helper()
	keyboard, screen, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	x := &terminal{t: t, cmd: kstep(t, args...), keyboard: closable(t, keyboard), screen: screen, drained: make(chan struct{}), also: also}
	x.resize(width, height)
	x.before = x.state()
	x.cmd.Env = append(x.cmd.Env, env...)
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = screen, screen, screen
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := x.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go x.drain()
	t.Cleanup(func() {
		screen.Close()
		<-x.drained
		keyboard.Close()
	})
	endWith(t, x.cmd) // ends it first: it holds the screen
	return x
}

func (x *terminal) drain() {
	defer close(x.drained)
	buf := make([]byte, 4096)
	for {
		n, err := x.keyboard.Read(buf)
		x.mu.Lock()
		x.seen.Write(buf[:n])
		if x.also != nil {
			x.also.Write(buf[:n])
		}
		x.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// closable is a file that can be closed while somebody reads it.
func closable(t *testing.T, f *os.File) *os.File {
	t.Helper()
	fd, err := unix.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	unix.CloseOnExec(fd)
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), f.Name())
}

// resize makes the terminal another size; the kernel tells kstep.
func (x *terminal) resize(width, height int) {
	x.t.Helper()
	if err := pty.Setsize(x.screen, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		x.t.Fatal(err)
	}
}

func (x *terminal) state() *unix.Termios {
	x.t.Helper()
	s, err := unix.IoctlGetTermios(int(x.screen.Fd()), unix.TCGETS)
	if err != nil {
		x.t.Fatal(err)
	}
	return s
}

// shows waits until one of the texts appears after what was waited for before,
// and returns it.
func (x *terminal) shows(texts ...string) string {
	x.t.Helper()
	found := ""
	eventually(x.t, "the terminal shows "+strings.Join(texts, " or "), func() bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		rest := x.seen.String()[x.read:]
		first := len(rest)
		for _, text := range texts {
			if at := strings.Index(rest, text); at >= 0 && at < first {
				first, found = at, text
			}
		}
		if found == "" {
			return false
		}
		x.read += first + len(found)
		return true
	})
	return found
}

func (x *terminal) types(keys string) {
	x.t.Helper()
	if _, err := x.keyboard.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
}

// end is kstep's exit code and all it has written. The terminal must then be
// in the state it was in.
func (x *terminal) end() (code int, out string) {
	x.t.Helper()
	code = wait(x.t, x.cmd)
	if d := cmp.Diff(x.before, x.state()); d != "" {
		x.t.Errorf("the terminal was (-), is (+)\n%s", d)
	}
	x.screen.Close() // kstep had the other one: reading ends
	<-x.drained
	return code, x.seen.String()
}

var colored = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// seenLines are the lines that are left to read: without colours, and without
// what was wiped out.
func seenLines(out string) []string {
	lines := strings.Split(colored.ReplaceAllString(out, ""), "\r\n")
	for i, line := range lines {
		if at := strings.LastIndex(line, "\r\x1b[K"); at >= 0 {
			lines[i] = line[at+len("\r\x1b[K"):]
		}
	}
	return lines
}

// A page is as wide as the terminal, and coloured unless somebody minds.
func TestPageOnATerminal(t *testing.T) {
	for _, c := range []struct {
		name  string
		env   []string
		color bool
	}{
		{"plain", nil, true},
		{"NO_COLOR", []string{"NO_COLOR=1"}, false},
		{"NO_COLOR that is empty", []string{"NO_COLOR="}, true},
		{"dumb", []string{"TERM=dumb"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := atTerminal(t, c.env, "run", "first-message", "--variant", "await-report", "--quiz=off")
			code, out := x.end()
			if code != exitOK {
				t.Errorf("exit code %d", code)
			}
			if got := colored.MatchString(out); got != c.color {
				t.Errorf("colours: %t, want %t", got, c.color)
			}
			widest := 0
			for _, line := range seenLines(out) {
				widest = max(widest, utf8.RuneCountInString(line))
				if why := unprintable(line); why != "" {
					t.Errorf("a line %s: %q", why, line)
				}
			}
			if widest <= defaultWidth || widest > columns {
				t.Errorf("the widest line has %d columns", widest)
			}
		})
	}
}

// A run of some seconds shows that it goes on, and leaves the line clean.
func TestProgressOnATerminal(t *testing.T) {
	t.Parallel()
	x := atTerminal(t, nil, "run", "first-message", "--variant", "unread-reports", "--timeout", "2500ms", "--quiz=off")
	x.shows("running first-message ... 1 s")
	x.shows("running first-message ... 2 s")
	code, out := x.end()
	if code != exitOK {
		t.Errorf("exit code %d", code)
	}
	if s := strings.Join(seenLines(out), "\n"); strings.Contains(s, "running first-message") || !strings.Contains(s, "PROCESS TABLE") {
		t.Errorf("what is left to read: %s", s)
	}
}

// An interrupt while it shows progress leaves the line clean as well.
func TestInterruptOnATerminal(t *testing.T) {
	t.Parallel()
	x := atTerminal(t, nil, hanging...)
	x.shows("... 1 s")
	child := program(t, x.cmd.Process.Pid)
	x.types("\x03")
	code, out := x.end()
	if code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if d := cmp.Diff([]string{"kstep: interrupted", ""}, seenLines(out)); d != "" {
		t.Errorf("what is left to read: want (-), got (+)\n%s", d)
	}
	if !gone(child) {
		t.Error("the program is still there")
	}
}

// The questions are asked one by one; each answer is answered; the quiz
// ends with the score, and the page's table follows.
func TestQuizOnATerminal(t *testing.T) {
	t.Parallel()
	x := atTerminal(t, nil, "quiz", "first-message")
	x.shows("Question 1 of 7")
	x.shows(" >")
	x.types("x\r")
	x.shows("That is none of the keys.")
	x.types("h\r")
	x.shows("hint 1 of ")
	x.types("a\r")
	if x.shows("Right.", "Not so.") == "Not so." {
		x.shows("Second try")
		x.types("r\r")
		x.shows("The answer is")
	}
	x.shows("The rule: ")
	x.shows("Enter goes on, h hints, q quit >")
	x.types("h\r")
	x.shows("hint 3 of 3")
	x.shows("Enter goes on, h hints, q quit >")
	x.types("\r")
	for _, question := range []string{"2", "3", "4", "5", "6", "7"} {
		x.shows("Question " + question + " of 7")
		x.shows(" >")
		x.types("s\r")
		x.shows("Skipped.")
		x.shows("Enter goes on, h hints, q quit >")
		x.types("\r")
	}
	x.shows("Score: ")
	x.shows("6 skipped")
	x.shows("PROCESS TABLE")
	x.shows("kstep next")
	if code, _ := x.end(); code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

// At the end of a run on a terminal the questions are asked by themselves.
// Control-D and q end them; neither is a failure.
func TestQuizEnds(t *testing.T) {
	for name, keys := range map[string]string{"end of input": "\x04", "quit": "q\r"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := atTerminal(t, nil, "run", "first-message")
			x.shows("Question 1 of 7")
			x.shows(" >")
			x.types(keys)
			x.shows("Score: 0 of 7.")
			x.shows("NEXT")
			x.shows("kstep walk first-message")
			x.shows("kstep next")
			if code, _ := x.end(); code != exitOK {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// A mode whose page answers its questions asks them before it shows the rest,
// and one that has none asks none.
func TestModesOnATerminal(t *testing.T) {
	for mode, texts := range map[string][]string{
		"challenge": {"EXECUTION SAMPLE", "Question 1 of ", "Score: 0 of ", "THE EVIDENCE: PROCESS TABLE", "NEXT"},
		"recall":    {"mode: recall", "Question 1 of ", "Score: 0 of ", "KEY MOMENTS", "ANSWERS", "kstep review"},
		"perf":      {"COSTS BY STEP", "PROCESS TABLE", "NEXT"},
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			x := atTerminal(t, nil, "run", "first-message", "--mode", mode)
			for _, text := range texts {
				if strings.HasPrefix(text, "Score") {
					x.shows(" >")
					x.types("q\r")
				}
				x.shows(text)
			}
			code, out := x.end()
			if code != exitOK {
				t.Errorf("exit code %d", code)
			}
			if n := strings.Count(out, "PROCESS TABLE"); n > 1 || strings.Contains(out, "VISUAL QUIZ") || mode == "perf" && strings.Contains(out, "Question") {
				t.Errorf("the page has %d tables, or asks twice:\n%s", n, strings.Join(seenLines(out), "\n"))
			}
		})
	}
}

func TestInterruptInTheQuiz(t *testing.T) {
	t.Parallel()
	x := atTerminal(t, nil, "quiz", "first-message")
	x.shows("Question 1 of 7")
	x.shows(" >")
	x.types("s\r")
	x.shows("Enter goes on, h hints, q quit >")
	x.types("\r")
	x.shows("Question 2 of 7")
	x.shows(" >")
	x.types("a") // half an answer
	x.types("\x03")
	code, out := x.end()
	if code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	lines := seenLines(out)
	if n := len(lines); n < 3 || lines[n-2] != "kstep: interrupted" || lines[n-1] != "" {
		t.Errorf("the last lines: %q", lines[max(0, n-3):])
	}
}
