package scenarios

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer/render"
)

var update = flag.Bool("update", false, "write the README's output anew instead of comparing")

// excerpt is a block of the README that shows a section of what a command
// prints: the marker, and the fence after it.
var excerpt = regexp.MustCompile("(?s)<!-- kstep run ([a-z-]+) --quiz=off: ([A-Z ]+) -->\n```\n(.*?)```\n")

const readme = "../README.md"

// What the README shows is what the command prints.
func TestReadmeShowsRealOutput(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(excerpt.FindAll(text, -1)); n < 2 {
		t.Fatalf("the README has %d blocks of output; their markers are broken", n)
	}
	pages := map[string]string{}
	got := excerpt.ReplaceAllStringFunc(string(text), func(block string) string {
		m := excerpt.FindStringSubmatch(block)
		if pages[m[1]] == "" {
			pages[m[1]] = terminal(t, m[1])
		}
		return strings.Replace(block, m[3], section(t, pages[m[1]], m[2]), 1)
	})
	if *update {
		if err := os.WriteFile(readme, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(text), got); d != "" {
		t.Errorf("the README is out of date; run go test ./scenarios -run Readme -update\n%s", d)
	}
}

// terminal is a lesson's page as a terminal of 80 columns shows it.
func terminal(t *testing.T, id string) string {
	t.Helper()
	l, _ := Find(id)
	if l == nil {
		t.Fatalf("the README shows lesson %q, which is not there", id)
	}
	var b bytes.Buffer
	if err := render.Terminal(&b, Document(record(t, l, Options{Timeout: 30 * time.Second})), render.TerminalOptions{Width: 80}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// section is a section of the page, from its heading to the next.
func section(t *testing.T, page, heading string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, "\n"+heading+"\n")
	if !ok {
		t.Fatalf("the page has no section %s", heading)
	}
	if i := regexp.MustCompile(`\n\n[A-Z][A-Z ]+(\n| )`).FindStringIndex(rest); i != nil {
		rest = rest[:i[0]+1]
	}
	return heading + "\n" + rest
}
