package scenarios

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/lab"
)

// LessonTwin is the name of the lesson's own program where it runs beside a
// reader's.
const LessonTwin = "lesson"

// BuildError says why a reader's program does not compile, in the compiler's
// words.
type BuildError struct{ Output string }

// Error is the first complaint, in one line.
func (e *BuildError) Error() string {
	var lines []string
	for line := range strings.Lines(e.Output) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	switch len(lines) {
	case 0:
		return "the program does not compile"
	case 1:
		return "the program does not compile: " + lines[0]
	}
	return fmt.Sprintf("the program does not compile: %s (and %d more)", lines[0], len(lines)-1)
}

// RecordOwn runs a reader's own program in a lesson's lab, on the same topics
// and with the same faults, and the lesson's program beside it. command is what
// starts it; one that begins with go run is built first, so that the time limit
// is the program's alone. A *BuildError is the program's, another error kstep's
// or ctx's.
func RecordOwn(ctx context.Context, l *lesson.Lesson, o Options, command string) (*tracer.Trace, error) {
	content, ok := l.Of(o.Variant)
	if !ok {
		return nil, fmt.Errorf("lesson %s has no variant %q", l.ID, o.Variant)
	}
	own := options(l, o.Variant, content, o)
	own.Faults = append(own.Faults, o.Faults...)
	own.Set, own.Timeout, own.Started = o.Set, o.Timeout, o.Started
	own.Header.Program = tracer.Program{Command: command}
	program, err := prepareOwn(ctx, command)
	if err != nil {
		return nil, err
	}
	defer program.remove()
	own.Command = program.argv
	lessons := options(l, o.Variant, content, o)
	lessons.Header.Variant = LessonTwin
	traces, err := runAll(ctx, []lab.Options{own, lessons})
	if err != nil {
		return nil, err
	}
	t := traces[0]
	t.Twins = traces[1:]
	t.Header.Program.File, t.Header.Program.Source = program.source(t)
	return t, nil
}

// own is a reader's program, ready to start.
type own struct {
	argv    []string
	files   []string // its sources, as far as they are known
	scratch string   // a folder of kstep's, "" for none
}

func (p own) remove() {
	if p.scratch != "" {
		os.RemoveAll(p.scratch)
	}
}

// prepareOwn makes a command into what is started: a shell's command line where
// it needs one, a binary that was just built for go run.
func prepareOwn(ctx context.Context, command string) (own, error) {
	words := strings.Fields(command)
	switch {
	case len(words) == 0:
		return own{}, errors.New("the command is empty")
	case strings.ContainsAny(command, "\"'`\\$&|;<>*?(){}[]~#"):
		return own{argv: []string{"sh", "-c", command}}, nil
	}
	if pkg, args, ok := goRun(words); ok {
		return build(ctx, pkg, args)
	}
	if _, err := exec.LookPath(words[0]); err != nil {
		return own{}, fmt.Errorf("there is no program %s to run", words[0])
	}
	return own{argv: words}, nil
}

// goRun takes go run PACKAGE ARGUMENTS apart, or go run FILE.go ... ARGUMENTS.
// Flags of go run that take no value of their own, and -name=value, stay with
// the package; with others the go tool runs the program itself.
func goRun(words []string) (pkg, args []string, ok bool) {
	if len(words) < 3 || words[0] != "go" || words[1] != "run" {
		return nil, nil, false
	}
	rest := words[2:]
	n := 0
	for n < len(rest) && strings.HasPrefix(rest[n], "-") {
		if !strings.Contains(rest[n], "=") && rest[n] != "-race" {
			return nil, nil, false
		}
		n++
	}
	if n == len(rest) {
		return nil, nil, false
	}
	end := n + 1
	for strings.HasSuffix(rest[n], ".go") && end < len(rest) && strings.HasSuffix(rest[end], ".go") {
		end++
	}
	return rest[:end], rest[end:], true
}

// build builds a package into a folder of kstep's own.
func build(ctx context.Context, pkg, args []string) (own, error) {
	scratch, err := os.MkdirTemp("", "kstep-own-")
	if err != nil {
		return own{}, fmt.Errorf("make a folder to build the program in: %w", err)
	}
	p := own{argv: append([]string{filepath.Join(scratch, "program")}, args...), files: sources(pkg), scratch: scratch}
	cmd := exec.CommandContext(ctx, "go", append([]string{"build", "-o", p.argv[0]}, pkg...)...)
	out, err := cmd.CombinedOutput()
	var failed *exec.ExitError
	switch {
	case err == nil:
		return p, nil
	case ctx.Err() != nil:
		err = ctx.Err()
	case errors.As(err, &failed):
		err = &BuildError{Output: string(out)}
	default:
		err = fmt.Errorf("build the program: %w", err)
	}
	p.remove()
	return own{}, err
}

// sources are the files of a package that is named by its folder or its files.
func sources(pkg []string) []string {
	var out []string
	for _, name := range pkg {
		switch info, err := os.Stat(name); {
		case err != nil:
		case info.IsDir():
			files, _ := filepath.Glob(filepath.Join(name, "*.go"))
			out = append(out, files...)
		case strings.HasSuffix(name, ".go"):
			out = append(out, name)
		}
	}
	return slices.DeleteFunc(out, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
}

// maxSource is how many bytes of a source are kept in a trace.
const maxSource = 1 << 20

// source is the file that makes the first call, else the one with main in it;
// without one the page has no program to show.
func (p own) source(t *tracer.Trace) (file, text string) {
	var called string
	for i := range t.Events {
		if c := t.Events[i].Call; c != nil && c.Site != nil {
			called = c.Site.File
			break
		}
	}
	for _, f := range p.files {
		data, err := readSmall(f)
		if err != nil {
			continue
		}
		if filepath.Base(f) == called || called == "" && bytes.Contains(data, []byte("func main()")) {
			return filepath.Base(f), strings.ToValidUTF8(string(data), "\uFFFD")
		}
	}
	return called, ""
}

func readSmall(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxSource {
		return nil, fs.ErrInvalid
	}
	return os.ReadFile(file)
}
