package main

// The three ways of docs/docs-tables.md, tried on its own small example.

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// shownFile is a file that a page shows: its name in a line of its own, and the
// fence after it.
var shownFile = regexp.MustCompile("(?s)\n`([^`\n]+)`:\n\n(`{3,})[a-z]*\n(.*?)\n?`{3,}\n")

func TestDocsTablesPage(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "docs-tables.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	files := map[string]string{}
	for _, m := range shownFile.FindAllStringSubmatch(string(page), -1) {
		name := filepath.Join(dir, filepath.FromSlash(m[1]))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(m[3]+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		files[m[1]] = m[3]
	}
	for _, want := range []string{"guide.md", "docs_test.go", ".pre-commit-config.yaml", ".github/workflows/docs.yml"} {
		if files[want] == "" {
			t.Fatalf("the page shows no file %s", want)
		}
	}
	bin := t.TempDir() // where this binary is the command kstep
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{filepath.Join(bin, "kstep"), filepath.Join(dir, ".kstep", "kstep")} {
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(self, at); err != nil {
			t.Fatal(err)
		}
	}
	sh := func(command string) (string, error) {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "GOFLAGS=-mod=mod")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	must := func(command string) {
		if out, err := sh(command); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	must("go mod init guide && go mod edit -require kstep@v0.0.0 -replace kstep='" + root + "' && cp '" + root + "/go.sum' .")
	must("kstep docs write guide.md")
	ways := map[string]string{
		"by hand": "kstep docs check guide.md",
		"go test": "go test ./...",
		"hook":    hookEntry(t, filepath.Join(root, ".pre-commit-hooks.yaml"), files[".pre-commit-config.yaml"]),
		"CI":      lastRun(files[".github/workflows/docs.yml"]),
	}
	for name, command := range ways {
		if out, err := sh(command); err != nil {
			t.Errorf("%s: what was just written is not fresh: %v\n%s", name, err, out)
		}
	}
	must("sed -i.bak 's/exit code 0/exit code 7/' guide.md && rm guide.md.bak")
	for name, command := range ways {
		out, err := sh(command)
		if err == nil || !strings.Contains(out, "+| 4 | exit | exit code 0 |") || !strings.Contains(out, "kstep docs write guide.md") {
			t.Errorf("%s: a changed cell is not found: %v\n%s", name, err, out)
		}
	}
}

// hookEntry is the command of the hook that a configuration names.
func hookEntry(t *testing.T, definition, configuration string) string {
	t.Helper()
	text, err := os.ReadFile(definition)
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`id: (\S+)`)
	if want, got := id.FindStringSubmatch(configuration), id.FindStringSubmatch(string(text)); want == nil || got == nil || want[1] != got[1] {
		t.Fatalf("the page names hook %q, the definition %q", want, got)
	}
	return regexp.MustCompile(`(?m)^  entry: (.+)$`).FindStringSubmatch(string(text))[1]
}

// lastRun is the last command of a workflow: those before it fetch and build.
func lastRun(workflow string) string {
	runs := regexp.MustCompile(`(?m)^ +- run: (.+)$`).FindAllStringSubmatch(workflow, -1)
	return runs[len(runs)-1][1]
}
