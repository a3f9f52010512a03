package scenarios

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
	"kstep/tracer/render"
)

var update = flag.Bool("update", false, "write the README's output anew instead of comparing")

// excerpt is a block of the README that shows a section of what a command
// prints: the marker, and the fence after it.
var excerpt = regexp.MustCompile("(?s)<!-- kstep run ([a-z-]+) --quiz=off: ([A-Z ]+) -->\n```\n(.*?)```\n")

// beliefs is the README's table of what people believe: the marker with the
// claims, lesson/claim, and the table after it.
var beliefs = regexp.MustCompile("(?s)<!-- beliefs: ([a-z0-9/, -]+) -->\n(\\|.*?)\n\n")

const readme = "../README.md"

// The table of what people believe says what the lessons' claims say of a run.
func TestReadmeBeliefs(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	at := beliefs.FindSubmatchIndex(text)
	if at == nil {
		t.Fatal("the README has no table after <!-- beliefs: -->")
	}
	want := "| people believe | a run shows | to see it |\n| --- | --- | --- |"
	for name := range strings.SplitSeq(string(text[at[2]:at[3]]), ", ") {
		want += "\n" + belief(t, name)
	}
	if *update {
		text = slices.Concat(text[:at[4]], []byte(want), text[at[5]:])
		if err := os.WriteFile(readme, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(text[at[4]:at[5]]), want); d != "" {
		t.Errorf("the README's table is out of date; run go test ./scenarios -run Readme -update\n%s", d)
	}
}

// belief is a row of the table: the sentence, what the run says of it, and the
// command that shows it. Of a refuted one the first reason will do.
func belief(t *testing.T, name string) string {
	t.Helper()
	lessonID, id, _ := strings.Cut(name, "/")
	l, _ := Find(lessonID)
	if l == nil {
		t.Fatalf("the README names %s, and there is no such lesson", name)
	}
	for _, c := range l.Claims {
		if c.ID != id {
			continue
		}
		f := c.Judge(tracer.NewRuns(recordedLesson(t, l).Programs[0].Trace))
		if !c.Myth || c.Surprise(f) {
			t.Fatalf("%s: the run says %s", name, f.Verdict)
		}
		var shown []string
		for _, r := range f.Because {
			if r.Source == "" && (len(shown) == 0 || f.Verdict == tracer.Depends) {
				shown = append(shown, r.Text)
			}
		}
		cell := strings.NewReplacer("|", `\|`, "<", "&lt;")
		return "| " + cell.Replace(c.Sentence) + " | **" + string(f.Verdict) + "**: " + cell.Replace(strings.Join(shown, " ")) + " | `kstep run " + l.ID + "` |"
	}
	t.Fatalf("lesson %s has no claim %s", lessonID, id)
	return ""
}

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
