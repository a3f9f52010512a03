package main

// What docs/workshop.md and docs/answers.md say exists, and adds up.

import (
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kstep/quiz"
	"kstep/quiz/report"
	"kstep/scenarios"
)

func readDoc(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	codeSpan  = regexp.MustCompile("`([^`\n]+)`")
	codeFence = regexp.MustCompile("(?s)```[a-z]*\n(.*?)```")
)

// commandsIn are the kstep commands in a document's code.
func commandsIn(text string) []string {
	var out []string
	for _, m := range codeFence.FindAllStringSubmatch(text, -1) {
		for _, l := range strings.Split(m[1], "\n") {
			if strings.HasPrefix(l, "kstep ") {
				out = append(out, l)
			}
		}
	}
	for _, m := range codeSpan.FindAllStringSubmatch(codeFence.ReplaceAllString(text, ""), -1) {
		if strings.HasPrefix(m[1], "kstep ") {
			out = append(out, m[1])
		}
	}
	return out
}

// shellWords splits a command as a shell does, as far as these need it.
func shellWords(line string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`(?:[^\s']|'[^']*')+`).FindAllString(line, -1) {
		out = append(out, strings.ReplaceAll(m, "'", ""))
	}
	return out
}

// exists tells what of a command does not exist: the command, a flag, the lesson,
// its variant.
func exists(line string) string {
	words := shellWords(line)[1:]
	root := newRoot(&streams{Getenv: func(string) string { return "" }})
	cmd, rest, err := root.Find(words)
	if err != nil || cmd == root {
		return "no such command"
	}
	if err := cmd.ParseFlags(rest); err != nil {
		return err.Error()
	}
	args := cmd.Flags().Args()
	if !strings.Contains(cmd.Use, "LESSON") || cmd.Name() == "new" || len(args) == 0 || args[0] == "all" || args[0] == "LESSON" {
		return ""
	}
	l, _ := scenarios.Find(args[0])
	if l == nil {
		return "no lesson " + args[0]
	}
	return variantOf(cmd, l.ID)
}

func variantOf(cmd *cobra.Command, id string) string {
	f := cmd.Flags().Lookup("variant")
	if f == nil || f.Value.String() == "" {
		return ""
	}
	l, _ := scenarios.Find(id)
	if _, ok := l.Of(f.Value.String()); !ok {
		return "no variant " + f.Value.String()
	}
	return ""
}

func TestDocumentsNameWhatExists(t *testing.T) {
	for _, name := range []string{"workshop.md", "answers.md", "docs-tables.md", "faults.md", "progress.md", "../README.md"} {
		commands := commandsIn(readDoc(t, name))
		if len(commands) < 2 {
			t.Fatalf("%s: only %d commands", name, len(commands))
		}
		for _, line := range commands {
			if why := exists(line); why != "" {
				t.Errorf("%s: %s: %s", name, line, why)
			}
		}
	}
	for line, want := range map[string]string{
		"kstep quiz first-mesage": "no lesson", "kstep rum first-message": "no such command", "kstep quiz linger --discus": "--discus", "kstep diff linger --variant none": "no variant",
	} {
		if got := exists(line); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// Flags that a document names by themselves are some command's.
func TestDocumentsNameFlagsThatExist(t *testing.T) {
	known := map[string]bool{}
	for _, c := range newRoot(&streams{}).Commands() {
		c.Flags().VisitAll(func(f *pflag.Flag) { known["--"+f.Name] = true })
	}
	for _, name := range []string{"workshop.md", "answers.md"} {
		for _, m := range codeSpan.FindAllStringSubmatch(codeFence.ReplaceAllString(readDoc(t, name), ""), -1) {
			if flag, _, _ := strings.Cut(m[1], " "); strings.HasPrefix(flag, "--") && !known[flag] {
				t.Errorf("%s: there is no flag %s", name, flag)
			}
		}
	}
}

var (
	planHeading = regexp.MustCompile(`(?m)^## .*: (\d+) minutes$`)
	planRow     = regexp.MustCompile(`(?m)^\| (\d\d):(\d\d) \| (\d+) \| ?([^|]*?) ?\|`)
	lessonID    = regexp.MustCompile("^`[a-z0-9-]+`(, `[a-z0-9-]+`)*$")
)

// Each plan's blocks follow on each other, have the minutes that its heading says,
// and name lessons that exist.
func TestWorkshopAddsUp(t *testing.T) {
	text := readDoc(t, "workshop.md")
	plans := planHeading.FindAllStringSubmatchIndex(text, -1)
	if len(plans) != 3 {
		t.Fatalf("%d plans", len(plans))
	}
	for i, at := range plans {
		end := len(text)
		if i+1 < len(plans) {
			end = plans[i+1][0]
		}
		heading, want := text[at[0]:at[1]], number(t, text[at[2]:at[3]])
		sum, next, first := 0, -1, true
		for _, row := range planRow.FindAllStringSubmatch(text[at[1]:end], -1) {
			start, minutes := 60*number(t, row[1])+number(t, row[2]), number(t, row[3])
			if !first && start != next {
				t.Errorf("%s: %s:%s does not follow on what is before it", heading, row[1], row[2])
			}
			sum, next, first = sum+minutes, start+minutes, false
			if !lessonID.MatchString(row[4]) {
				continue
			}
			for _, m := range codeSpan.FindAllStringSubmatch(row[4], -1) {
				if l, _ := scenarios.Find(m[1]); l == nil {
					t.Errorf("%s: there is no lesson %s", heading, m[1])
				}
			}
		}
		if sum != want {
			t.Errorf("%s: its blocks have %d minutes", heading, sum)
		}
	}
}

// The plan takes four questions of each quiz, and says how many there are.
func TestWorkshopHasItsQuestions(t *testing.T) {
	text := readDoc(t, "workshop.md")
	if !strings.Contains(text, "five to seven questions, and there is time for four") {
		t.Fatal("it says otherwise how many questions there are")
	}
	seen := map[string]bool{}
	for _, line := range commandsIn(text) {
		words := shellWords(line)
		if words[1] != "quiz" || words[2] == "LESSON" || seen[words[2]] {
			continue
		}
		seen[words[2]] = true
		if l, _ := scenarios.Find(words[2]); l == nil || len(l.Quiz) < 5 || len(l.Quiz) > 7 {
			t.Errorf("%s: it has another number of questions", words[2])
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d quizzes", len(seen))
	}
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The example is one, every field is described, and nothing else is.
func TestAnswersAreDocumented(t *testing.T) {
	text := readDoc(t, "answers.md")
	m := regexp.MustCompile("(?s)<!-- an example that a test reads -->\n```json\n(.*?)```").FindStringSubmatch(text)
	if m == nil {
		t.Fatal("no example")
	}
	var a report.Answers
	if err := a.Read("example", strings.NewReader(m[1])); err != nil || len(a.Left) > 0 || len(a.All) != 2 {
		t.Fatalf("%v, left out %v, %d answers", err, a.Left, len(a.All))
	}
	for i, line := range strings.SplitAfter(strings.TrimSuffix(m[1], "\n"), "\n") {
		again, err := a.All[i].Line()
		if err != nil || strings.TrimSuffix(string(again), "\n") != strings.TrimSuffix(line, "\n") {
			t.Errorf("it would be written as %s", again)
		}
	}
	for i := range a.All {
		for _, o := range a.All[i].Options {
			if _, known := quiz.FindMisconception(o.Belief); known == o.Right {
				t.Errorf("%q stands for %q, which is not in the catalogue", o.Text, o.Belief)
			}
		}
	}
	r := report.Make(&a)
	if one, two := r.Items[0], r.Items[1]; one.Right != 1 || one.Gain.Lost != 1 || two.Right != 0 || two.Misconception().First != 1 {
		t.Errorf("it is not what the text says: %+v, %+v", one, two)
	}
	described := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\|").FindAllStringSubmatch(text, -1) {
		described[m[1]] = true
	}
	fields := map[string]bool{}
	for f := range reflect.TypeFor[report.Answer]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[report.Answer]().Field(f).Tag.Get("json"), ",")
		fields[name] = true
	}
	if !reflect.DeepEqual(described, fields) {
		t.Errorf("described are %v, the fields are %v", described, fields)
	}
}
