package main

// The README's list of lessons is what kstep list prints, and its three ways in
// lead in.

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var listBlock = regexp.MustCompile("(?s)<!-- kstep list -->\n```\n(.*?)```\n")

// taught are the lessons that are listed and no drafts: who writes a lesson has
// the README to care for when it is done.
func taught(t *testing.T) []listed {
	t.Helper()
	all, err := chosen(nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(l listed) bool { return l.Draft })
}

func TestReadmeListsTheLessons(t *testing.T) {
	const readme = "../../README.md"
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	at := listBlock.FindSubmatchIndex(text)
	if at == nil {
		t.Fatal("the README has no block after <!-- kstep list -->")
	}
	var out strings.Builder
	lines(&out, taught(t), 80)
	if *update {
		text = append(append(append([]byte(nil), text[:at[2]]...), out.String()...), text[at[3]:]...)
		if err := os.WriteFile(readme, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(text[at[2]:at[3]]), out.String()); d != "" {
		t.Errorf("the README's list is out of date; run go test ./cmd/kstep -run Readme -update\n%s", d)
	}
}

var (
	wayIn   = regexp.MustCompile("(?m)^\\| [^|]+ \\| `go run ./cmd/kstep ([^`]+)` \\|$")
	address = regexp.MustCompile(`http://[0-9.:]+/`)
)

// Each of the three commands does its work as it is written, in the clone's folder.
func TestReadmeWaysIn(t *testing.T) {
	const root = "../.."
	text, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	kstep := filepath.Join(t.TempDir(), "kstep") // under this name this binary is the command
	if err := os.Symlink(self, kstep); err != nil {
		t.Fatal(err)
	}
	ways := map[string]string{}
	for _, m := range wayIn.FindAllStringSubmatch(string(text), -1) {
		name, _, _ := strings.Cut(m[1], " ")
		ways[name] = m[1]
	}
	if len(ways) != 3 {
		t.Fatalf("the README has %d ways in: %q", len(ways), ways)
	}
	for name, want := range map[string]string{"walk": "exit code 0", "docs": "fresh"} {
		cmd := exec.CommandContext(t.Context(), kstep, strings.Fields(ways[name])...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), want) {
			t.Errorf("kstep %s: %v\n%s", ways[name], err, out)
		}
	}

	// Its own port may be taken; any other will do here.
	serve := exec.CommandContext(t.Context(), kstep, append(strings.Fields(ways["serve"]), "--listen", "127.0.0.1:0")...)
	out, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err == nil {
		client := http.Client{Timeout: time.Minute}
		var answer *http.Response
		if answer, err = client.Get(address.FindString(line)); err == nil {
			answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				t.Errorf("kstep %s answers %s", ways["serve"], answer.Status)
			}
		}
	}
	if err != nil {
		t.Errorf("kstep %s: %v, after %q", ways["serve"], err, line)
	}
	if err := serve.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = serve.Wait() // how it ends when it is interrupted is another test's
}
