package scenarios

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kstep/scenarios/lesson"
)

// The programs of all lessons, built against the client's own package: one
// package a lesson, one binary for all.

// perLesson is the rest of a lesson's package: the client with the settings it
// is told, and a note of each call of Flush, which faults may wait for.
const perLesson = `package %s

import (
	"encoding/json"
	"os"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

var Programs = map[string]func(){
%s}

func untracedProducer(conf *kafka.ConfigMap) (*kafka.Producer, error) {
	var set map[string]string
	if err := json.Unmarshal([]byte(os.Getenv("UNTRACED_SET")), &set); err != nil {
		panic(err)
	}
	for k, v := range set {
		if err := conf.SetKey(k, untracedValue(v)); err != nil {
			panic(err)
		}
	}
	return kafka.NewProducer(conf)
}

// untracedValue: the Go client's own keys take no text where a bool is meant.
func untracedValue(s string) kafka.ConfigValue {
	switch s {
	case "true", "false":
		return s == "true"
	}
	return s
}

func untracedFlush(p *kafka.Producer, timeoutMs int) int {
	untracedNote("Flush called")
	defer untracedNote("Flush returned")
	return p.Flush(timeoutMs)
}

func untracedNote(what string) {
	f, err := os.OpenFile(os.Getenv("UNTRACED_NOTES"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	f.WriteString(what + "\n")
	f.Close()
}
`

// entry is the binary's main function.
const entry = `package main

import (
	"os"

%s)

func main() {
	for _, programs := range []map[string]func(){%s} {
		if program := programs[os.Args[1]]; program != nil {
			program()
			os.Exit(0)
		}
	}
	os.Exit(2)
}
`

var function = regexp.MustCompile(`(?m)^func (\w+)\(\) \{$`)

// buildUntraced builds the programs. Their sources differ from those that are
// shown in the import, in how the producer is made and Flush is called, and in
// nothing else.
func buildUntraced(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	put := func(name, text string) {
		file := filepath.Join(dir, strings.ReplaceAll(name, "/", "-"))
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(root, "scenarios", "untraced", name)] = file
	}
	var imports, all strings.Builder
	for _, l := range All() {
		pkg := strings.ReplaceAll(l.ID, "-", "")
		fmt.Fprintf(&imports, "\t%q\n", "kstep/scenarios/untraced/"+pkg)
		fmt.Fprintf(&all, "%s.Programs, ", pkg)
		putLesson(t, l, pkg, put)
	}
	put("main.go", fmt.Sprintf(entry, imports.String(), all.String()))
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, text, 0o600); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "untraced")
	cmd := exec.Command("go", "build", "-overlay", list, "-o", binary, "./scenarios/untraced")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build the programs without kstep: %v\n%s", err, out)
	}
	return binary
}

// putLesson puts the programs of one lesson into a package.
func putLesson(t testing.TB, l *lesson.Lesson, pkg string, put func(name, text string)) {
	t.Helper()
	var programs strings.Builder
	for _, variant := range append([]string{""}, variantNames(l)...) {
		c, _ := l.Of(variant)
		f := function.FindStringSubmatch(c.Program.Source)
		if f == nil {
			t.Fatalf("%s has no function without parameters", c.Program.File)
		}
		fmt.Fprintf(&programs, "\t%q: %s,\n", ProgramName(l.ID, variant), f[1])
		put(pkg+"/"+c.Program.File, untraced(t, c.Program.Source))
	}
	put(pkg+"/untraced.go", fmt.Sprintf(perLesson, pkg, programs.String()))
}

var flushCall = regexp.MustCompile(`(\w+)\.Flush\(`)

func untraced(t testing.TB, source string) string {
	t.Helper()
	const address = `"localhost:9092"`
	if strings.Count(source, address) != 1 {
		t.Fatalf("the program has %d times %s", strings.Count(source, address), address)
	}
	for _, r := range [][2]string{
		{`"kstep/tracer/kafka"`, `"github.com/confluentinc/confluent-kafka-go/v2/kafka"`},
		{"kafka.NewProducer(", "untracedProducer("},
	} {
		if !strings.Contains(source, r[0]) {
			t.Fatalf("the program has no %s", r[0])
		}
		source = strings.ReplaceAll(source, r[0], r[1])
	}
	return flushCall.ReplaceAllString(source, "untracedFlush($1, ")
}
