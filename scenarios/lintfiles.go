package scenarios

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"kstep/scenarios/lesson"
)

// The linter's rules that look into a lesson's files.

// folder: every Go file of a lesson is a program that is listed, or has no call
// of the client in it.
func (lint *linter) folder(l *lesson.Lesson) {
	dir := Folder(l.ID)
	files := goFiles(lint.sources, dir)
	if len(files) == 0 {
		lint.say("", "lesson %s has no folder of that name with Go files in it: the folder is named as the id without its dashes", l.ID)
		return
	}
	listed := map[string]string{}
	for _, name := range append([]string{""}, variantNames(l)...) {
		if c, _ := l.Of(name); c.Program.File != "" {
			listed[c.Program.File] = c.Program.Source
		}
	}
	for _, f := range files {
		text, err := fs.ReadFile(lint.sources, f)
		if err != nil {
			lint.sayAt(path.Join(root, f), 0, "cannot be read: %v", err)
			continue
		}
		source, ok := listed[path.Base(f)]
		switch {
		case ok && source != string(text):
			lint.sayAt(path.Join(root, f), 0, "the lesson shows another source than this file: name the file in go:embed, and build kstep anew")
		case !ok && strings.Contains(string(text), `"kstep/tracer/kafka"`):
			lint.sayAt(path.Join(root, f), 0, "this is a program that lesson %s does not list: make it the Program of a variant, or remove it", l.ID)
		}
		delete(listed, path.Base(f))
	}
	for _, f := range slices.Sorted(maps.Keys(listed)) {
		lint.say(f, "lesson %s lists the program %s, which is not in %s: correct File, or add it", l.ID, f, path.Join(root, dir))
	}
}

// places: what kstep new left to fill in, and that the lesson is a draft until
// then.
func (lint *linter) places(l *lesson.Lesson) {
	for _, p := range Places(lint.sources, Folder(l.ID)) {
		if p.Name == draftPlace {
			continue // said below, with or without files
		}
		lint.sayAt(path.Join(root, p.File), p.Line, "fill in the %s: %s", p.Name, p.Text)
	}
	if l.Draft {
		lint.say("Draft:", "lesson %s is a draft: %s", l.ID, draftText)
	}
}

// Place is a place to fill in.
type Place struct {
	File string // in the folder of lessons: demo/lesson.go
	Line int
	Name string // title
	Text string // what belongs there
}

// The line that makes a lesson a draft is a place, too.
const (
	draftPlace = "draft"
	draftText  = "take out the line Draft when all else is done"
)

var draftLine = regexp.MustCompile(`^\s*Draft:\s+true,$`)

// Places are the places to fill in of a folder's Go files, file by file.
func Places(sources fs.FS, folder string) []Place {
	var out []Place
	for _, f := range goFiles(sources, folder) {
		text, err := fs.ReadFile(sources, f)
		if err != nil {
			continue
		}
		for i, line := range strings.Split(string(text), "\n") {
			if draftLine.MatchString(line) {
				out = append(out, Place{f, i + 1, draftPlace, draftText})
			}
			for _, m := range place.FindAllStringSubmatch(line, -1) {
				out = append(out, Place{File: f, Line: i + 1, Name: strings.ReplaceAll(m[1], "-", " "), Text: strings.TrimRight(m[2], ". \\")})
			}
		}
	}
	return out
}

func variantNames(l *lesson.Lesson) []string {
	var out []string
	for _, v := range l.Variants {
		out = append(out, v.Name)
	}
	return out
}
