package main

// kstep walk on a terminal: what it writes is given to an emulator, and the
// tests look at the emulator's screen as a learner would.

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/vt"
	"github.com/google/go-cmp/cmp"
)

// display is a kstep at a terminal whose screen can be looked at.
type display struct {
	*terminal
	em *vt.Emulator // under terminal.mu
}

func atDisplay(t *testing.T, width, height int, env []string, args ...string) *display {
	t.Helper()
	d := &display{em: vt.NewEmulator(width, height)}
	d.terminal = openTerminal(t, width, height, d.em, env, args...)
	go io.Copy(d.keyboard, d.em)                               // a terminal answers what it is asked
	t.Cleanup(func() { d.em.InputPipe().(io.Closer).Close() }) // ends the copy; Close of the emulator would race with its Read
	return d
}

// resize makes the window another size.
func (d *display) resize(width, height int) {
	d.t.Helper()
	d.mu.Lock()
	d.em.Resize(width, height)
	d.mu.Unlock()
	d.terminal.resize(width, height)
}

// lines are the rows of the screen, as many as it has.
func (d *display) lines() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make([]string, d.em.Height())
	for y := range out {
		var b strings.Builder
		for x := 0; x < d.em.Width(); x++ {
			if c := d.em.CellAt(x, y); c != nil && c.Content != "" {
				b.WriteString(c.Content)
			} else if c == nil || c.Width > 0 {
				b.WriteByte(' ')
			}
		}
		out[y] = strings.TrimRight(b.String(), " ")
	}
	return out
}

func (d *display) alternate() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.em.IsAltScreen()
}

// comes waits until the screen is whole and at a place: the header ends with it
// at the right margin, the footer has the keys. Then no line may be torn.
func (d *display) comes(width int, place, footer string, texts ...string) []string {
	d.t.Helper()
	var lines []string
	eventually(d.t, place+", "+footer+" "+strings.Join(texts, " "), func() bool {
		lines = d.lines()
		all := strings.Join(lines, "\n")
		for _, text := range texts {
			if !strings.Contains(all, text) {
				return false
			}
		}
		return strings.HasSuffix(lines[0], place) && len(lines[0]) >= width-3 && strings.Contains(lines[len(lines)-1], footer)
	})
	if !d.alternate() {
		d.t.Errorf("at %s the screen is the normal one", place)
	}
	for i, line := range lines[1 : len(lines)-1] {
		for _, other := range []string{"stop ", " q quit"} { // the header's and the footer's words stand nowhere else
			if strings.Contains(line, other) {
				d.t.Errorf("at %s line %d is torn: %q", place, i+1, line)
			}
		}
	}
	return lines
}

// A learner's way through a lesson: forward, back, a jump, predictions that are
// right and wrong, windows that grow and shrink, and out.
func TestWalkOnATerminal(t *testing.T) {
	t.Parallel()
	d := atDisplay(t, 80, 24, nil, "walk", "first-message")
	d.comes(80, "start   11 stops", "q quit", "EXECUTION SAMPLE", "PROCESS TABLE", "STATUS TRACKER", "SEQUENCE")
	d.types("\x1b[C") // right
	d.comes(80, "stop 1 of 11", "q quit", "> 1 ", "STEP 1")
	d.types(" ")
	d.comes(80, "stop 1 of 11", "a-d predict", "question 1 of 7: predict")
	d.types("h")
	d.comes(80, "stop 1 of 11", "a-d predict", "Hint 1 of 3:")
	d.types("d")
	d.comes(80, "stop 1 of 11", "a-d predict", "question 2 of 7")
	d.types("b")
	d.comes(80, "stop 2 of 11", "q quit", "You predicted d: ", "Right. ")
	d.types("n")
	d.comes(80, "stop 2 of 11", "a-d predict", "question 3 of 7")
	d.types("s")
	d.comes(80, "stop 2 of 11", "a-d predict", "question 4 of 7")
	d.types("s")
	d.comes(80, "stop 3 of 11", "q quit", "STEP 3", "has not returned yet")

	d.resize(60, 20)
	d.comes(60, "stop 3 of 11", "q quit", "STEP 3", ">   28")
	d.resize(200, 60)
	d.comes(200, "stop 3 of 11", "/ search", "STEP 3", "will answer: question 2: b")
	d.resize(40, 10)
	eventually(t, "a window that is too small", func() bool { return strings.HasPrefix(d.lines()[0], "This window has 40 columns") })
	d.resize(80, 24)
	d.comes(80, "stop 3 of 11", "q quit", "STEP 3")

	d.types("g")
	eventually(t, "the address", func() bool { return strings.Contains(d.lines()[23], "go to step: _") })
	d.types("3r\r")
	d.comes(80, "stop 9 of 11", "q quit", "STEP 3, RETURNED", "You predicted b: ", "Not so.")
	d.types("\x1b[D") // left
	d.comes(80, "stop 8 of 11", "q quit", "STEP 3.5")
	d.types("?")
	d.comes(80, "stop 8 of 11", "Esc closes", "HELP")
	d.types("?>")
	d.comes(80, "stop 10 of 11", "a-d predict", "question 6 of 7")
	d.types("a")
	d.comes(80, "stop 10 of 11", "a-d predict", "question 7 of 7")
	d.types("s")
	d.comes(80, "stop 11 of 11", "q quit", "Predictions: 2 of 7 right, 1 wrong, 3 skipped, 1 not asked")
	d.types("q")
	d.leaves(exitOK, "Predictions: 2 of 7 right")
}

// leaves checks that kstep has ended, and that the terminal is as it was: its
// modes, the normal screen, the cursor. A text stands on that screen.
func (d *display) leaves(code int, text string) {
	d.t.Helper()
	got, _ := d.end()
	if got != code {
		d.t.Errorf("exit code %d, want %d", got, code)
	}
	if d.alternate() {
		d.t.Error("the alternate screen is left on")
	}
	d.mu.Lock()
	hidden := d.em.CursorHidden()
	d.mu.Unlock()
	if hidden {
		d.t.Error("the cursor is left hidden")
	}
	screen := strings.Join(d.lines(), "\n")
	if !strings.Contains(screen, text) || strings.Contains(screen, "PROCESS TABLE") {
		d.t.Errorf("want %q on the normal screen, which is\n%s", text, screen)
	}
}

// However a walk is ended, the terminal is given back, and an interrupt says so.
func TestWalkIsEnded(t *testing.T) {
	for name, end := range map[string]func(*display){
		"Control-C": func(d *display) { d.types("\x03") },
		"SIGTERM":   func(d *display) { d.cmd.Process.Signal(syscall.SIGTERM) },
		"SIGHUP":    func(d *display) { d.cmd.Process.Signal(syscall.SIGHUP) },
		"SIGINT":    func(d *display) { d.cmd.Process.Signal(syscall.SIGINT) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := atDisplay(t, 80, 24, nil, "walk", "first-message")
			d.comes(80, "start   11 stops", "q quit")
			d.types("  ")
			d.comes(80, "stop 1 of 11", "a-d predict", "question 1 of 7")
			end(d)
			d.leaves(exitInterrupted, "kstep: interrupted")
		})
	}
}

// What goes wrong with the progress meanwhile is said when the screen is given
// back, once, and not in the middle of it.
func TestWalkSaysLaterWhatIsNotKept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	newer := `{"format": "kstep-progress/2"}`
	d := atDisplay(t, 80, 24, []string{"KSTEP_STATE=" + folder}, "walk", "first-message")
	d.comes(80, "start   11 stops", "q quit")
	file := filepath.Join(folder, "progress.json")
	if err := os.WriteFile(file, []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	d.types("  ")
	d.comes(80, "stop 1 of 11", "a-d predict", "question 1 of 7")
	d.types("s")
	d.comes(80, "stop 1 of 11", "a-d predict", "question 2 of 7")
	d.types("s")
	for _, line := range d.comes(80, "stop 2 of 11", "q quit", "STEP 2") {
		if strings.Contains(line, "kept") {
			t.Errorf("in the middle of the screen: %q", line)
		}
	}
	d.types("q")
	code, out := d.end()
	if code != exitOK || strings.Count(out, "kstep: no progress is kept: ") != 1 {
		t.Errorf("exit code %d, %q", code, out)
	}
	if _, after, _ := strings.Cut(out, "\x1b[?1049l"); !strings.Contains(after, "kstep: no progress is kept: ") {
		t.Errorf("afterwards: %q", after)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != newer {
		t.Errorf("the newer file: %q, %v", data, err)
	}
}

// A terminal that is gone ends the walk; nothing goes on behind it.
func TestWalkWithoutItsTerminal(t *testing.T) {
	t.Parallel()
	d := atDisplay(t, 80, 24, nil, "walk", "first-message")
	d.comes(80, "start   11 stops", "q quit")
	d.screen.Close()
	d.keyboard.Close()
	if code := wait(t, d.cmd); code != exitInterrupted && code != exitUsage {
		t.Errorf("exit code %d", code)
	}
}

// Without colours a walk has none, and the same signs.
func TestWalkWithoutColours(t *testing.T) {
	for _, c := range []struct {
		name  string
		env   []string
		args  []string
		color bool
	}{
		{"as it is", nil, nil, true},
		{"NO_COLOR", []string{"NO_COLOR=1"}, nil, false},
		{"never", nil, []string{"--color", "never"}, false},
		{"always", []string{"NO_COLOR=1"}, []string{"--color", "always"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := atDisplay(t, 80, 24, c.env, append([]string{"walk", "first-message"}, c.args...)...)
			d.comes(80, "start   11 stops", "q quit")
			d.types(" ")
			d.comes(80, "stop 1 of 11", "q quit", "> 1 ", "* open")
			d.types("q")
			_, out := d.end()
			painted := false
			for _, m := range colored.FindAllString(out, -1) {
				painted = painted || m != "\x1b[m" && m != "\x1b[0m"
			}
			if painted != c.color {
				t.Errorf("colours: %t, want %t", painted, c.color)
			}
		})
	}
}

// Who asks for text is given text on a terminal too, and is asked there.
func TestWalkAsTextOnATerminal(t *testing.T) {
	for _, c := range []struct{ name, env, flag string }{
		{"flag", "", "--plain"}, {"dumb", "TERM=dumb", ""}, {"accessible", "ACCESSIBLE=1", ""}, {"variable", "KSTEP_PLAIN=1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			args := []string{"walk", "first-message"}
			if c.flag != "" {
				args = append(args, c.flag)
			}
			x := atTerminal(t, []string{c.env}, args...)
			x.shows("Question 1 of ")
			x.shows(" > ")
			x.types("what\r")
			x.shows("That is none of the answers.")
			x.shows(" > ")
			x.types("d\r")
			x.shows("Question 2 of ")
			x.shows(" > ")
			x.types("s\r")
			x.shows("You predicted d: ")
			x.shows("Right.")
			x.shows(" > ")
			x.types("q\r")
			x.shows("You left before the end.")
			code, out := x.end()
			if code != exitOK || strings.Contains(out, "\x1b") {
				t.Errorf("exit code %d, output with escapes: %t", code, strings.Contains(out, "\x1b"))
			}
		})
	}
}

// At a keyboard, with the output elsewhere, nothing is asked.
func TestWalkIntoAPipe(t *testing.T) {
	t.Parallel()
	keyboard := atTerminal(t, nil, "version") // for a terminal to read from
	keyboard.shows("kstep")
	cmd := kstep(t, "walk", "first-message", "--plain")
	cmd.Stdin = keyboard.screen
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if s := string(out); strings.Contains(s, "s skip") || !strings.Contains(s, "Question 1 of 7. The run shows d: ") {
		t.Errorf("%s", s)
	}
}

// A recorded run that tries to take the terminal over is a walk like any other.
func TestWalkOfAHostileTrace(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "t.json")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(hostileWalk, "EVIL", `\u001b[2J\u001b[?1049l\u0000\u202e漢字🎉\u001b]0;x\u0007`+strings.Repeat("long", 300))), 0o600); err != nil {
		t.Fatal(err)
	}
	d := atDisplay(t, 80, 24, nil, "walk", file)
	first := d.comes(80, "start   3 stops", "q quit")
	d.types(" ")
	second := d.comes(80, "stop 1 of 3", "q quit", "STEP 1")
	for i := range first {
		for _, name := range []string{"EXECUTION SAMPLE", "STATUS TRACKER", "PROCESS TABLE", "SEQUENCE"} {
			if strings.Index(first[i], name) != strings.Index(second[i], name) {
				t.Errorf("line %d: %q, then %q", i, first[i], second[i])
			}
		}
	}
	d.types("q")
	if code, _ := d.end(); code != exitOK {
		t.Errorf("exit code %d", code)
	}
	if d := cmp.Diff(false, d.alternate()); d != "" {
		t.Error("the alternate screen is left on")
	}
}

const hostileWalk = `{"format":"kstep-trace/1","header":{"format":"kstep-trace/1","lesson":"EVIL","title":"EVIL","program":{"file":"EVIL","source":"EVIL\nEVIL"},"versions":{"kstep":"","client":"","librdkafka":"","broker":""},"brokers":1,"cluster":"EVIL"},"events":[
{"seq":1,"at":1,"lane":"application","kind":"returned","known":"observed","call":{"id":1,"name":"EVIL","producer":1,"began":1,"args":[{"name":"EVIL","text":"EVIL"}],"results":[{"name":"x","text":"EVIL"}]}},
{"seq":2,"at":2,"lane":"application","kind":"printed","known":"observed","text":"EVIL","stream":"stdout"}]}`
