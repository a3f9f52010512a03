package scenarios

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kstep/quiz"
	"kstep/tracer/view"
)

// astray is what a page's questions call by a name that the page does not have:
// sections, columns, tables of twin runs. TestLessonsHold asks it of every page.
func astray(d view.Document, variants []string) []string {
	var out []string
	sections, columns := map[string]bool{}, map[string]bool{}
	var asked []quiz.Question
	for _, b := range d.Blocks {
		name := b.Head().Name
		sections[name] = true
		out = append(out, unlisted(name)...)
		switch b := b.(type) {
		case view.Table:
			for _, c := range b.Columns {
				columns[c] = true
			}
		case view.Quiz:
			asked = b.Questions
		}
	}
	for _, q := range asked {
		texts := append([]string{q.Prompt}, q.Hints...)
		for _, o := range q.Options {
			texts = append(texts, o.Text, o.Feedback)
		}
		for _, text := range texts {
			for _, wrong := range slices.Concat(noSections(text, sections), noColumns(text, columns), noTwins(text, sections, variants)) {
				out = append(out, fmt.Sprintf("question %s sends the reader to %s, which the page does not have: %q", q.ID, wrong, text))
			}
		}
	}
	return out
}

// unlisted is a section that has no name of the list, of a page in any mode.
func unlisted(name string) []string {
	rest, isEvidence := strings.CutPrefix(name, quiz.SectionEvidence+": ")
	first, _, _ := strings.Cut(rest, ":")
	if slices.Contains(quiz.Sections(), first) && (isEvidence || first != quiz.SectionEvidence) {
		return nil
	}
	return []string{fmt.Sprintf("the page has a section %q: add it to quiz/sections.go", name)}
}

// noSections are the sections that a text names and that are not there, or that
// it writes in another way.
func noSections(text string, there map[string]bool) []string {
	var out []string
	for _, name := range quiz.Sections() {
		if name == quiz.SectionTwin || name == quiz.SectionEvidence || !strings.Contains(name, " ") {
			continue // a twin run and evidence are things besides; single words are words of the language, too
		}
		for _, m := range regexp.MustCompile(`(?i)`+name).FindAllString(text, -1) {
			if m != name || !there[name] {
				out = append(out, "the "+m)
			}
		}
	}
	for _, m := range capitals.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(quiz.Sections(), m[1]) {
			out = append(out, "the "+m[1])
		}
	}
	return out
}

// capitals are two words in the way of a section's name: the Execution Table.
var capitals = regexp.MustCompile(`\bthe ([A-Z][a-z]+ [A-Z][a-z]+)\b`)

var columnName = regexp.MustCompile(`\b(columns?) ([A-Z].*)`)

// noColumns are the columns that a text names and that no table has.
func noColumns(text string, there map[string]bool) []string {
	m := columnName.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	rest, names := m[2], 1
	if m[1] == "columns" {
		names = 2
	}
	for range names {
		found := ""
		for c := range there {
			if strings.HasPrefix(rest, c) && len(c) > len(found) {
				found = c
			}
		}
		if found == "" {
			return []string{"column " + rest}
		}
		rest = strings.TrimPrefix(rest[len(found):], " and ")
	}
	return nil
}

var twinName = regexp.MustCompile(`twin run ([a-z][a-z0-9-]*[a-z0-9])`)

// noTwins are the twins that a text names and whose table is not there.
func noTwins(text string, there map[string]bool, variants []string) []string {
	var out []string
	for _, m := range twinName.FindAllStringSubmatch(text, -1) {
		if slices.Contains(variants, m[1]) && !there[quiz.SectionTwin+": "+m[1]] {
			out = append(out, m[0])
		}
	}
	return out
}

func TestAstray(t *testing.T) {
	page := func(hint string) view.Document {
		return view.Document{Blocks: []view.Block{
			view.Table{Heading: view.Heading{ID: "process-table", Name: "Process Table"}, Columns: []string{"Step", "Internal State", "In", "In the log"}},
			view.Table{Heading: view.Heading{ID: "twin-other", Name: "Twin Run: other"}},
			view.Quiz{Heading: view.Heading{ID: "visual-quiz", Name: "Visual Quiz"}, Questions: []quiz.Question{{ID: "q", Hints: []string{hint}, Options: []quiz.Option{{Feedback: hint}}}}},
		}}
	}
	for hint, wrong := range map[string]bool{
		"Look at the Process Table, column Internal State.":  false,
		"Look at the columns In the log and Step.":           false,
		"Look at the twin run other, or at one more column.": false,
		"Look at the twin run beside it.":                    false,
		"Look at the Status Tracker.":                        true,
		"Look at the process table.":                         true,
		"Look at the Message Table.":                         true,
		"Look at column State.":                              true,
		"Look at the columns Step and State.":                true,
		"Look at the twin run another.":                      true,
	} {
		if got := astray(page(hint), []string{"other", "another"}); (len(got) == 2) != wrong || len(got) == 1 {
			t.Errorf("%q: %q", hint, got)
		}
	}
	d := page("")
	d.Blocks = append(d.Blocks, view.List{Heading: view.Heading{ID: "x", Name: "Execution Table"}})
	if got := astray(d, nil); len(got) != 1 || !strings.Contains(got[0], `a section "Execution Table"`) {
		t.Errorf("%q", got)
	}
	for name, wrong := range map[string]bool{
		"Process Table": false, "Twin Run: other": false, "The Evidence: Process Table": false, "The Evidence: Twin Run: other": false,
		"Process table": true, "The Evidence": true, "The Evidence: Execution Table": true, "Costs": true,
	} {
		if got := unlisted(name); (len(got) > 0) != wrong {
			t.Errorf("%s: %q", name, got)
		}
	}
}
