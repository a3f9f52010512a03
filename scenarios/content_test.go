package scenarios

import (
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// The linter of content: what a lesson must have before anyone runs it.

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// maxTitle is how many characters of a title fit a line of kstep list.
const maxTitle = 48

// How many questions a lesson asks at least, and all of them together.
const (
	leastQuestions = 5
	leastInAll     = 132
)

func TestContent(t *testing.T) {
	seen := map[string]bool{}
	levels := []string{"beginner", "intermediate", "advanced"}
	level, questions := 0, 0
	for _, l := range All() {
		if i := slices.Index(levels, l.Level); i < level {
			t.Errorf("lesson %s is for a %s and comes after a %s one", l.ID, l.Level, levels[level])
		} else {
			level = i
		}
		if !idPattern.MatchString(l.ID) || seen[l.ID] {
			t.Errorf("lesson id %q: lower case words with -, and no other lesson's", l.ID)
		}
		for _, need := range l.Needs {
			if !seen[need] {
				t.Errorf("lesson %s needs %s, which does not come before it", l.ID, need)
			}
		}
		seen[l.ID] = true
		if len(l.Sources) == 0 {
			t.Errorf("lesson %s: name at least one place where people stumbled over this, or the manual's section", l.ID)
		}
		for _, s := range l.Sources {
			if s.Where == "" || s.What == "" || strings.HasSuffix(s.What, ".") {
				t.Errorf("lesson %s: a source says where and, without a full stop, what: %q, %q", l.ID, s.Where, s.What)
			}
		}
		if len(l.Quiz) < leastQuestions {
			t.Errorf("lesson %s asks %d questions; at least %d are needed", l.ID, len(l.Quiz), leastQuestions)
		}
		questions += len(l.Quiz)
		if l.Title == "" || l.Promise == "" || l.Minutes <= 0 || !slices.Contains(levels, l.Level) {
			t.Errorf("lesson %s: title, promise, minutes and level (beginner, intermediate, advanced) are needed", l.ID)
		}
		if n := utf8.RuneCountInString(l.Title); n > maxTitle {
			t.Errorf("lesson %s: the title has %d characters; kstep list has room for %d", l.ID, n, maxTitle)
		}
		lintContent(t, l.ID, l.Content)
		names := map[string]bool{}
		for _, v := range l.Variants {
			if !idPattern.MatchString(v.Name) || names[v.Name] || v.Promise == "" {
				t.Errorf("lesson %s, variant %q: a name of its own and a promise are needed", l.ID, v.Name)
			}
			names[v.Name] = true
			c, _ := l.Of(v.Name)
			lintContent(t, ProgramName(l.ID, v.Name), c)
			if v.Program.Main == nil && len(v.Set)+len(v.Faults) == 0 {
				t.Errorf("lesson %s, variant %s changes nothing: neither program nor setting nor fault", l.ID, v.Name)
			}
		}
		lintFolder(t, l)
	}
	if questions < leastInAll {
		t.Errorf("the lessons ask %d questions; at least %d are needed", questions, leastInAll)
	}
}

func lintContent(t *testing.T, name string, c lesson.Content) {
	t.Helper()
	if c.Program.Main == nil || c.Program.Source == "" || c.Program.File == "" {
		t.Errorf("%s: the program needs a file, its embedded source and its main function", name)
	}
	if !strings.Contains(c.Program.Source, `"kstep/tracer/kafka"`) {
		t.Errorf("%s: %s does not import kstep/tracer/kafka, so its calls would not be recorded", name, c.Program.File)
	}
	if text, err := format.Source([]byte(c.Program.Source)); err != nil || string(text) != c.Program.Source {
		t.Errorf("%s: %s is not gofmt-clean", name, c.Program.File)
	}
	if len(c.Claims) == 0 || len(c.Next) == 0 {
		t.Errorf("%s: at least one claim and one thing to do next are needed", name)
	}
	ids := map[string]bool{}
	for _, claim := range append(slices.Clone(c.Claims), c.Snapshot...) {
		lintClaim(t, name, claim)
		if ids[claim.ID] {
			t.Errorf("%s: two claims are called %s", name, claim.ID)
		}
		ids[claim.ID] = true
	}
	for _, n := range c.Notes {
		if n.Source == "" && len(n.Rows) == 0 {
			t.Errorf("%s: the note %q has neither a source nor rows", name, n.Text)
		}
	}
}

func lintClaim(t *testing.T, name string, c tracer.Claim) {
	t.Helper()
	switch {
	case !idPattern.MatchString(c.ID):
		t.Errorf("%s: claim id %q", name, c.ID)
	case c.Check == nil:
		t.Errorf("%s, claim %s: a sentence without a predicate", name, c.ID)
	case c.Expect == "":
		t.Errorf("%s, claim %s: say which verdict you expect", name, c.ID)
	case c.Myth && c.Expect == tracer.Confirmed:
		t.Errorf("%s, claim %s: a myth that the run confirms is none", name, c.ID)
	case !strings.HasSuffix(strings.TrimSuffix(c.Sentence, `"`), "."):
		t.Errorf("%s, claim %s: %q is not a sentence", name, c.ID, c.Sentence)
	case strings.Contains(c.Sentence+c.Question, "!"):
		t.Errorf("%s, claim %s: no exclamation marks", name, c.ID)
	}
}

// lintFolder: every Go file of a lesson is a program that is listed, or has no
// call of the client in it.
func lintFolder(t *testing.T, l *lesson.Lesson) {
	t.Helper()
	dir := strings.ReplaceAll(l.ID, "-", "")
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("lesson %s has no folder %s", l.ID, dir)
	}
	listed := map[string]string{l.Program.File: l.Program.Source}
	for _, v := range l.Variants {
		c, _ := l.Of(v.Name)
		listed[c.Program.File] = c.Program.Source
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		source, ok := listed[filepath.Base(f)]
		switch {
		case ok && source != string(text):
			t.Errorf("%s: the source that is shown is another than the file", f)
		case !ok && strings.Contains(string(text), `"kstep/tracer/kafka"`):
			t.Errorf("%s is a program that no lesson lists", f)
		}
		delete(listed, filepath.Base(f))
	}
	for f := range listed {
		t.Errorf("lesson %s lists %s, which is not in %s", l.ID, f, dir)
	}
}
