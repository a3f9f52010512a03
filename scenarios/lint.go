package scenarios

import (
	"fmt"
	"go/format"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/kafka/settings"
	"kstep/tracer/lab"
)

// The linter of content: what a lesson must have before anyone runs it. A test
// holds all lessons to it, and kstep check the lessons that it is asked for.

// ValidID is what ids of lessons, variants and claims look like.
var ValidID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Levels are the levels of lessons, in teaching order.
var Levels = []string{"beginner", "intermediate", "advanced"}

const (
	maxTitle     = 48 // characters of a title that fit a line of kstep list
	minQuestions = 5
)

// place is a place to fill in, as kstep new leaves it: TODO(title): what it is.
var place = regexp.MustCompile("TODO\\(([a-z][a-z-]*)\\): ([^\"`]*)")

// Lint is all that is wrong with the lessons' content, lesson by lesson.
// sources is the folder scenarios of a clone, which tells files and lines and
// is held against what the lessons list; nil where there is no clone.
func Lint(all []*lesson.Lesson, sources fs.FS) []Complaint {
	lint := linter{sources: sources}
	seen := map[string]bool{}
	level := 0
	for _, l := range all {
		lint.lesson = l
		level = lint.inOrder(l, level, seen)
		seen[l.ID] = true
		lint.heads(l)
		lint.program(l.ID, "ID:", l.Program)
		lint.content("", l.Content)
		lint.changes(l.Content)
		lint.variants(l)
		lint.settings(l)
		if sources != nil {
			lint.folder(l)
		}
		lint.places(l)
	}
	return lint.found
}

type linter struct {
	sources fs.FS
	lesson  *lesson.Lesson
	found   []Complaint
}

// say complains of the line that has the text near.
func (lint *linter) say(near, format string, args ...any) {
	file, line := locate(lint.sources, lint.lesson, near)
	lint.sayAt(file, line, format, args...)
}

func (lint *linter) sayAt(file string, line int, format string, args ...any) {
	lint.found = append(lint.found, Complaint{Lesson: lint.lesson.ID, File: file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// inOrder: ids are each lesson's own, and lessons come after what they build on.
func (lint *linter) inOrder(l *lesson.Lesson, level int, seen map[string]bool) int {
	if !ValidID.MatchString(l.ID) {
		lint.say(l.ID, "lesson id %q: write lower-case words with - between them, such as first-message", l.ID)
	}
	if seen[l.ID] {
		lint.say(l.ID, "the lesson id %s is taken by an earlier lesson: give this one another, or list it once in scenarios/scenarios.go", l.ID)
	}
	for _, need := range l.Needs {
		if !seen[need] {
			lint.say(need, "lesson %s needs %s, which does not come before it: move one of them in scenarios/scenarios.go, or take it out of Needs", l.ID, need)
		}
	}
	switch i := slices.Index(Levels, l.Level); {
	case i < 0:
		lint.say("ID:", "lesson %s: its Level is %q; choose one of %s", l.ID, l.Level, strings.Join(Levels, ", "))
	case i < level:
		lint.say(l.Level, "lesson %s is %s and comes after an %s one: change its Level, or move it in scenarios/scenarios.go", l.ID, l.Level, Levels[level])
	default:
		return i
	}
	return level
}

// heads: what stands above a lesson's page and in the list.
func (lint *linter) heads(l *lesson.Lesson) {
	if l.Title == "" {
		lint.say("ID:", "lesson %s has no Title: say in at most %d characters what it is about", l.ID, maxTitle)
	}
	if n := utf8.RuneCountInString(l.Title); n > maxTitle {
		lint.say(l.Title, "the Title has %d characters: shorten it to %d, which a line of kstep list has room for", n, maxTitle)
	}
	if l.Promise == "" {
		lint.say("ID:", "lesson %s has no Promise: say in one sentence what a reader can tell afterwards", l.ID)
	}
	if l.Minutes <= 0 {
		lint.say("ID:", "lesson %s: its Minutes are %d; give how long it takes to read and answer", l.ID, l.Minutes)
	}
	if len(l.Sources) == 0 {
		lint.say("ID:", "lesson %s has no Sources: name a place where people stumbled over this, or the manual's section", l.ID)
	}
	for _, s := range l.Sources {
		switch {
		case s.Where == "":
			lint.say(s.What, "the source %q does not say where: give its Where", s.What)
		case s.What == "":
			lint.say(s.Where, "the source %s does not tell what is said there: give its What", s.Where)
		case strings.HasSuffix(s.What, "."):
			lint.say(s.What, "take the full stop from the end of the source's What: its Where follows it")
		}
	}
	if n := len(l.Quiz); n < minQuestions {
		lint.say("Quiz:", "lesson %s asks %d questions: add to Quiz until it asks %d", l.ID, n, minQuestions)
	}
}

func (lint *linter) variants(l *lesson.Lesson) {
	names := map[string]bool{}
	for _, v := range l.Variants {
		switch {
		case !ValidID.MatchString(v.Name):
			lint.say(v.Name, "variant name %q: write lower-case words with - between them, such as no-flush", v.Name)
		case names[v.Name]:
			lint.say(v.Name, "the variant name %s is taken by an earlier variant: give this one another", v.Name)
		}
		names[v.Name] = true
		if v.Promise == "" {
			lint.say(v.Name, "variant %s has no Promise: say in one line what it changes", v.Name)
		}
		if v.Program.Main == nil && len(v.Set)+len(v.Faults) == 0 {
			lint.say(v.Name, "variant %s changes nothing: give it a Program, a setting (Set) or something to happen (Faults)", v.Name)
		}
		if p := v.Program; p.Main != nil || p.File != "" || p.Source != "" { // else the lesson's own runs
			lint.program(ProgramName(l.ID, v.Name), v.Name, p)
		}
		lint.content(v.Name, v.Content)
		lint.changes(v.Content)
	}
}

// changes: the lab knows what is to happen to a run, and the client its settings.
func (lint *linter) changes(c lesson.Content) {
	set, faults := c.Set, c.Faults
	if c.Try != nil {
		set, faults = slices.Concat(set, c.Try.Set), slices.Concat(faults, c.Try.Faults)
	}
	for _, words := range faults {
		if err := lab.CheckFaults([]string{words}, max(1, lint.lesson.Brokers)); err != nil {
			lint.say(words, "%v: correct it, docs/faults.md has the words", err)
		}
	}
	for _, s := range set {
		if err := settings.Check(map[string]string{s.Key: s.Value}); err != nil {
			lint.say(s.Key, "the client does not take a setting: %v: correct it in Set", err)
		}
	}
}

// content: what a lesson's own program and each variant bring. variant is empty
// for the lesson's own.
func (lint *linter) content(variant string, c lesson.Content) {
	name, near := ProgramName(lint.lesson.ID, variant), variant
	if variant == "" {
		near = "ID:"
	}
	if len(c.Claims) == 0 {
		lint.say(near, "%s has no claim: add one to its Claims", name)
	}
	if len(c.Next) == 0 {
		lint.say(near, "%s says nothing to do next: add a command to its Next", name)
	}
	ids := map[string]bool{}
	for _, claim := range slices.Concat(c.Claims, c.Snapshot) {
		lint.claim(claim)
		if ids[claim.ID] {
			lint.say(claim.ID, "two claims of %s have the ID %s: give one of them another, or list it once", name, claim.ID)
		}
		ids[claim.ID] = true
	}
	for _, n := range c.Notes {
		if n.Source == "" && len(n.Rows) == 0 {
			lint.say(n.Text, "the note %q has neither source nor rows: give its Source, or make it a claim", n.Text)
		}
	}
}

func (lint *linter) program(name, near string, p lesson.Program) {
	if p.Main == nil || p.Source == "" || p.File == "" {
		lint.say(near, "the Program of %s needs its File, its Source (go:embed) and its Main function", name)
		return
	}
	file := path.Join(root, Folder(lint.lesson.ID), p.File)
	if !strings.Contains(p.Source, `"kstep/tracer/kafka"`) {
		lint.sayAt(file, 0, "the program does not import kstep/tracer/kafka, so that its calls are not recorded: import it in place of the client's package")
	}
	if text, err := format.Source([]byte(p.Source)); err != nil || string(text) != p.Source {
		lint.sayAt(file, 0, "the program is not gofmt-clean: run gofmt -w %s", file)
	}
}

func (lint *linter) claim(c tracer.Claim) {
	near := c.ID
	if near == "" {
		near = c.Sentence
	}
	switch {
	case !ValidID.MatchString(c.ID):
		lint.say(near, "claim id %q: write lower-case words with - between them, such as without-flush", c.ID)
	case c.Check == nil:
		lint.say(near, "claim %s has no predicate: give its Check, which holds the sentence against the run", c.ID)
	case c.Expect == "":
		lint.say(near, "claim %s: say in Expect which verdict a run should give", c.ID)
	case c.Myth && c.Expect == tracer.Confirmed:
		lint.say(near, "claim %s is a myth that the run is expected to confirm: expect tracer.Refuted, or take Myth out", c.ID)
	case !strings.HasSuffix(strings.TrimSuffix(c.Sentence, `"`), "."):
		lint.say(near, "claim %s: %q is not a sentence: end it with a full stop", c.ID, c.Sentence)
	case strings.Contains(c.Sentence+c.Question, "!"):
		lint.say(near, "claim %s: write it without an exclamation mark", c.ID)
	}
}

// dotted are words like linger.ms: names of settings.
var dotted = regexp.MustCompile(`\b[a-z]+(?:\.[a-z]+)+\b`)

// notSettings are dotted words that name something else.
var notSettings = []string{"p.len", "kafka.event"}

// settings: every setting that a sentence names is a term of the glossary.
func (lint *linter) settings(l *lesson.Lesson) {
	terms := map[string]bool{}
	for _, x := range Glossary() {
		for _, name := range append([]string{x.Name}, x.Forms...) {
			terms[name] = true
		}
	}
	said := []string{l.Title, l.Promise}
	for _, name := range append([]string{""}, variantNames(l)...) {
		c, _ := l.Of(name)
		for _, claim := range slices.Concat(c.Claims, c.Snapshot) {
			said = append(said, claim.Question, claim.Sentence)
		}
	}
	told := map[string]bool{}
	for _, text := range said {
		for _, name := range dotted.FindAllString(text, -1) {
			if !terms[name] && !told[name] && !slices.Contains(notSettings, name) {
				told[name] = true
				lint.say(text, "%q says %s, which is no term of the glossary: explain it in scenarios/glossary.go", text, name)
			}
		}
	}
}
