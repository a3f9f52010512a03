package scenarios

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"kstep/scenarios/lesson"
)

// dotted are words like linger.ms: names of settings.
var dotted = regexp.MustCompile(`\b[a-z]+(?:\.[a-z]+)+\b`)

// Every term of the glossary is explained, documented, and bound to a lesson
// that is there; and every setting that a lesson's sentences name is a term.
func TestGlossary(t *testing.T) {
	terms := map[string]bool{}
	last := ""
	for _, x := range Glossary() {
		if x.Name == "" || x.Text == "" || !strings.HasSuffix(x.Text, ".") || x.Source == "" {
			t.Errorf("term %q needs a sentence that explains it, and a source", x.Name)
		}
		if l, _ := Find(x.Lesson); l == nil {
			t.Errorf("term %q is bound to lesson %q, which is not there", x.Name, x.Lesson)
		}
		if strings.ToLower(x.Name) < last {
			t.Errorf("term %q stands after %q: the glossary is in the order of the alphabet", x.Name, last)
		}
		last = strings.ToLower(x.Name)
		for _, name := range append([]string{x.Name}, x.Forms...) {
			if terms[name] {
				t.Errorf("%q is a term twice", name)
			}
			terms[name] = true
		}
	}
	for _, l := range All() {
		for _, s := range sentencesOf(l) {
			for _, name := range dotted.FindAllString(s, -1) {
				if !terms[name] && !slices.Contains([]string{"p.len", "kafka.event"}, name) {
					t.Errorf("lesson %s says %s, which is no term of the glossary: %q", l.ID, name, s)
				}
			}
		}
	}
}

// sentencesOf are what a lesson and its variants claim and ask.
func sentencesOf(l *lesson.Lesson) []string {
	out := []string{l.Title, l.Promise}
	add := func(c lesson.Content) {
		for _, claim := range slices.Concat(c.Claims, c.Snapshot) {
			out = append(out, claim.Question, claim.Sentence)
		}
	}
	add(l.Content)
	for _, v := range l.Variants {
		add(v.Content)
	}
	return out
}
