package scenarios

import (
	"strings"
	"testing"
)

// Every term of the glossary is explained, documented, and bound to a lesson
// that is there. That settings are terms is the linter's rule.
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
}
