package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kstep/quiz"
)

// otherNames are what sections are called elsewhere, or might be: a reader who
// looks for one of them on a page does not find it.
var otherNames = []string{
	"execution table", "step table", "trace table",
	"code sample", "sample code", "variable tracker", "state tracker", "status table", "variable table", "variables table",
	"message table", "delivery ledger", "key_moments", "key moment section", "takeaways",
	"quiz section", "visual_quiz", "quiz block", "concept_snapshot", "cheat sheet", "full_transcript", "transcript section",
	"visual_trace", "execution_sample", "process_flow",
}

// misnamed are the names in a text that are none of a page's sections, or that
// are written in another way than on the page (in capitals on a terminal).
func misnamed(text string) []string {
	var out []string
	words := strings.Join(strings.Fields(text), " ")
	for _, name := range otherNames {
		if strings.Contains(strings.ToLower(words), name) {
			out = append(out, name)
		}
	}
	for _, name := range quiz.Sections() {
		if !strings.Contains(name, " ") || name == quiz.SectionTwin || name == quiz.SectionDiffers || name == quiz.SectionEvidence || name == quiz.SectionSources {
			continue // these are words of the language, too
		}
		for _, m := range regexp.MustCompile(`(?i)\b`+name+`\b`).FindAllString(words, -1) {
			if m != name && m != strings.ToUpper(name) {
				out = append(out, m)
			}
		}
	}
	return out
}

// Documents and help call the sections of a page what the page calls them.
func TestDocumentsUseThePagesWords(t *testing.T) {
	files, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(files) < 3 {
		t.Fatalf("documents: %q, %v", files, err)
	}
	texts := map[string]string{}
	for _, file := range append(files, "../../README.md", "../../CONTRIBUTING.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[strings.TrimPrefix(file, "../../")] = string(text)
	}
	helps := 0
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		helps++
		text := c.Short + "\n" + c.Long + "\n" + c.Example
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { text += "\n" + f.Usage })
		texts[c.CommandPath()+" --help"] = text
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(&streams{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Getenv: func(string) string { return "" }}))
	if helps < 8 {
		t.Errorf("looked at the help of %d commands", helps)
	}
	for where, text := range texts {
		for _, name := range misnamed(text) {
			t.Errorf("%s says %q; sections are called %s", where, name, strings.Join(quiz.Sections(), ", "))
		}
	}
}

func TestMisnamed(t *testing.T) {
	for text, want := range map[string]string{
		"the Process Table, and PROCESS TABLE on a terminal": "[]",
		"the Process\nTable":               "[]",
		"key-moments, process-table":       "[]",
		"the process\ntable":               "[process table]",
		"its Execution Table":              "[execution table]",
		"the key moments, the cheat sheet": "[cheat sheet key moments]",
	} {
		got := misnamed(text)
		slices.Sort(got)
		if fmt.Sprint(got) != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
