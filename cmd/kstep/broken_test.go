package main

// Files that are no trace, or no longer one: one line, exit code 2, and no
// memory that only the file's claims would need.

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// memoryFile names the file that measured writes to.
const memoryFile = "KSTEP_TEST_MEMORY"

// measured is kstep's main function, and writes down the most memory it took.
// The kernel's count for whoever waits (ru_maxrss) begins at that of the
// process which forked.
func measured() {
	code := run(os.Args[1:], system())
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		err = os.WriteFile(os.Getenv(memoryFile), status, 0o600)
	}
	if err != nil {
		panic(err)
	}
	os.Exit(code)
}

var peak = regexp.MustCompile(`(?m)^VmHWM:\s+(\d+) kB$`)

// maxMemory is what kstep may take to refuse a file, in kB.
const maxMemory = 200 << 10

// piped runs kstep with a file as its standard input, and measures it.
func piped(t *testing.T, in io.Reader, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	memory := filepath.Join(t.TempDir(), "status")
	cmd := command(t, "measured", args...)
	cmd.Env = append(cmd.Env, memoryFile+"="+memory)
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, &out, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	endWith(t, cmd)
	code = wait(t, cmd)
	status, err := os.ReadFile(memory)
	if err != nil {
		t.Fatal(err)
	}
	took := peak.FindSubmatch(status)
	if took == nil {
		t.Fatalf("no measure in %q", status)
	}
	if kb, err := strconv.Atoi(string(took[1])); err != nil || kb > maxMemory {
		t.Errorf("%v took %s kB of memory", args, took[1])
	}
	return code, out.String(), errs.String()
}

// refused: kstep says in one line why it does not show the file, and nothing else.
func refused(t *testing.T, name, want string, code int, stdout, stderr string) {
	t.Helper()
	if why := notOneLine(stderr); code != exitUsage || stdout != "" || why != "" || !strings.Contains(stderr, want) {
		t.Errorf("%s: exit code %d, stdout %.100q, stderr %s: %q, want %q", name, code, stdout, why, stderr, want)
	}
}

func TestTruncatedTrace(t *testing.T) {
	t.Parallel()
	whole := bytes.TrimRight(recorded(t), "\n")
	file := filepath.Join(t.TempDir(), "t.json")
	s := &streams{Getenv: os.Getenv}
	step := max(1, len(whole)/500)
	for n := 0; n < len(whole); n += step {
		if n > len(whole)-2*step {
			step = 1 // the end is where a cut is seen least
		}
		if err := os.WriteFile(file, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		var stdout, stderr bytes.Buffer
		s.Out, s.Err = &stdout, &stderr
		code := run([]string{"show", file}, s)
		refused(t, fmt.Sprintf("%d of %d bytes", n, len(whole)), "", code, stdout.String(), stderr.String())
		if t.Failed() {
			return
		}
	}
}

func TestBrokenFiles(t *testing.T) {
	t.Parallel()
	head := `{"format":"kstep-trace/1","header":{},"events":[`
	event := `{"seq":1,"at":1,"lane":"lab","kind":"program started","known":"observed"}`
	nested := strings.Repeat(`[`, 100_000)
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "the trace is empty"},
		{"blank", strings.Repeat(" \n", 5000), "the trace is empty"},
		{"NULs", strings.Repeat("\x00", 1<<20), "not a kstep trace"},
		{"no JSON", "hello", "not a kstep trace"},
		{"a list", "[]", "not a kstep trace"},
		{"only the head", head, "cut off"},
		{"no events", head + `]}`, "no events"},
		{"a claim of a billion calls", head + `{"seq":1,"at":1,"lane":"application","kind":"returned","known":"observed","call":{"id":1,"name":"Produce","began":1,"count":1000000000}}]}`, "1000000000"},
		{"a claim of a billion records", head + `{"seq":1,"at":1,"lane":"broker","kind":"record in log","known":"observed","record":{"topic":"t","partition":0,"offset":0,"count":1000000000}}]}`, "1000000000"},
		{"a claim of a huge value", head + `{"seq":1,"at":1,"lane":"broker","kind":"record in log","known":"observed","record":{"topic":"t","partition":0,"offset":0,"value":{"text":"","size":1000000001}}}]}`, "1000000001"},
		{"a claim of a huge frame", head + `{"seq":1,"at":1,"lane":"wire","kind":"request","known":"observed","frame":{"connection":1,"bytes":2000000000}}]}`, "2000000000"},
		{"a number that is none", head + `{"seq":1,"at":1e999,"lane":"lab"}]}`, "broken at byte"},
		{"a number too large", head + `{"seq":99999999999999999999}]}`, "broken at byte"},
		{"another kind of value", head + `{"seq":"1"}]}`, "broken at byte"},
		{"nested lists", head + nested, "trace"},
		{"nested objects", head + strings.Repeat(`{"call":`, 100_000), "trace"},
		{"nested where nobody looks", `{"format":"kstep-trace/1","x":` + nested + strings.Repeat("]", 100_000) + `}`, "trace"},
		{"nested format", `{"format":` + nested, "not a kstep trace"},
		{"nested twins", strings.Repeat(`{"format":"kstep-trace/1","twins":[`, 100_000), "trace"},
		{"events of null", head + `null]}`, "number 0"},
		{"no number", head + strings.Replace(event, `"seq":1`, `"seq":7`, 1) + `]}`, "number 7"},
		{"twins of null", head + event + `],"twins":[null]}`, "twins"},
		{"something after it", head + event + `]} more`, "broken at byte"},
		{"hostile in its format", `{"format":"\u001b[31m\u202e` + strings.Repeat("x", 5000) + `"}`, "not a kstep trace"},
	} {
		code, stdout, stderr := piped(t, strings.NewReader(c.text), "show", "-")
		refused(t, c.name, c.want, code, stdout, stderr)
	}
}

// A file that is larger than any trace is not read, as a file and as input.
func TestHugeFile(t *testing.T) {
	t.Parallel()
	for name, head := range map[string]string{"nothing": "", "a trace's beginning": `{"format":"kstep-trace/1",`} {
		file := filepath.Join(t.TempDir(), "huge.json")
		if err := os.WriteFile(file, []byte(head), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(file, 300<<20); err != nil {
			t.Fatal(err)
		}
		code, stdout, stderr := piped(t, nil, "show", file)
		refused(t, name, "the trace is larger than 256 MiB", code, stdout, stderr)

		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		code, stdout, stderr = piped(t, f, "show", "-")
		refused(t, name+" as input", "the trace is larger than 256 MiB", code, stdout, stderr)
	}
}
