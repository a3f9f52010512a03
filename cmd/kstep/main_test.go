package main

// The whole program, run as a user runs it: the scripts under testdata, and
// what they share with the tests beside this file.

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"

	"kstep/scenarios"
	"kstep/tracer/lab"
)

var update = flag.Bool("update", false, "write what kstep prints into the scripts' cmp sections")

func TestMain(m *testing.M) {
	lab.RunIfChild(scenarios.Program) // a lesson's program is this binary again
	os.Setenv(noRaceSleep())
	commands := map[string]func(){"kstep": main, "measured": measured}
	if commands[filepath.Base(os.Args[0])] == nil {
		os.Setenv("KSTEP_STATE", "off") // no test touches the progress of whoever runs it
		if signal.Ignored(syscall.SIGHUP) {
			signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP) // else what the tests start would ignore it, too
		}
	}
	testscript.Main(m, commands)
}

// noRaceSleep is a variable for the environment. A binary with the race detector
// in it stays for a second when it exits, and the client then sends what a
// program without Flush() would have lost.
func noRaceSleep() (name, value string) { return "GORACE", "atexit_sleep_ms=0 halt_on_error=1" }

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv(noRaceSleep())
			e.Setenv("KSTEP_STATE", filepath.Join(e.WorkDir, ".state"))
			return forBuilding(e)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"usage":     func(ts *testscript.TestScript, _ bool, args []string) { fails(ts, exitUsage, true, args) },
			"failed":    func(ts *testscript.TestScript, _ bool, args []string) { fails(ts, exitFailed, false, args) },
			"narrow":    narrow,
			"printable": func(ts *testscript.TestScript, _ bool, args []string) { printable(ts, args[0]) },
		},
	})
}

// forBuilding lets a script build programs of this module: it says where that is
// (MODULE), and where the go tool has its caches, which it looks for at home.
func forBuilding(e *testscript.Env) error {
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		return fmt.Errorf("ask the go tool for its caches: %w", err)
	}
	caches := strings.Fields(string(out))
	e.Setenv("GOCACHE", caches[0])
	e.Setenv("GOMODCACHE", caches[1])
	module, err := filepath.Abs("../..")
	e.Setenv("MODULE", module)
	return err
}

// fails runs a command that must end with a code and one line on stderr, and
// where quiet is set with nothing on stdout.
func fails(ts *testscript.TestScript, code int, quiet bool, args []string) {
	err := ts.Exec(args[0], args[1:]...)
	if got := exitCode(err); got != code {
		ts.Fatalf("exit code %d, want %d (%v)", got, code, err)
	}
	stderr := ts.ReadFile("stderr")
	if why := notOneLine(stderr); why != "" {
		ts.Fatalf("stderr %s: %q", why, stderr)
	}
	if out := ts.ReadFile("stdout"); quiet && out != "" {
		ts.Fatalf("stdout is not empty: %.200q", out)
	}
}

func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -2
}

// notOneLine is what is wrong with what stands on stderr, where it is not one
// clean line of kstep's.
func notOneLine(s string) string {
	switch line, ended := strings.CutSuffix(s, "\n"); {
	case !ended || strings.Contains(line, "\n"):
		return "is not one line"
	case !strings.HasPrefix(line, "kstep: "):
		return "does not begin with kstep's name"
	case len(line) > 400:
		return "is a very long line"
	default:
		return unprintable(line)
	}
}

// narrow N FILE: no line of the file is wider than N columns.
func narrow(ts *testscript.TestScript, _ bool, args []string) {
	limit, err := strconv.Atoi(args[0])
	ts.Check(err)
	for i, line := range strings.Split(ts.ReadFile(args[1]), "\n") {
		if n := utf8.RuneCountInString(line); n > limit {
			ts.Fatalf("line %d of %s has %d columns: %s", i+1, args[1], n, line)
		}
	}
}

// printable FILE: nothing in the file is obeyed by a terminal.
func printable(ts *testscript.TestScript, file string) {
	if why := unprintable(ts.ReadFile(file)); why != "" {
		ts.Fatalf("%s %s", file, why)
	}
}

// unprintable says which character of a text a terminal would obey or a
// reader be misled by; line breaks are none. "" where there is none.
func unprintable(s string) string {
	if !utf8.ValidString(s) {
		return "is not UTF-8"
	}
	for i, r := range s {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return fmt.Sprintf("holds %U at byte %d", r, i)
		}
	}
	return ""
}
