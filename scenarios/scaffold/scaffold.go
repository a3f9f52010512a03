// Package scaffold plans a new lesson: the files of its folder, made from a
// lesson that is compiled with kstep (newlesson), and its place in the list of
// lessons. It reads a clone and writes nothing.
package scaffold

import (
	"bytes"
	"embed"
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"slices"
	"strings"

	"kstep/scenarios"
)

//go:embed newlesson/*.go
var pattern embed.FS

// What of the pattern is another in each lesson.
const (
	patternID      = "new-lesson"
	patternPackage = "newlesson"
	patternProgram = "new_lesson.go"
	patternLevel   = `"advanced"`
)

// List is the file that lists the lessons, in the folder scenarios.
const List = "scenarios.go"

// Plan is what is to be written for a new lesson.
type Plan struct {
	ID     string
	Folder string // in the folder scenarios; the package's name, too
	After  string // the lesson before it
	Level  string // that lesson's
	Files  []File // of the folder, lesson.go first
	List   []byte // the list of lessons, with the new one
}

// File is a file of the new folder.
type File struct {
	Name string
	Data []byte
}

// New plans a lesson for a clone, of which it is given the folder scenarios.
// after is the id of the lesson it comes after, empty for the last. An error
// says in one line why there can be no such lesson.
func New(clone fs.FS, id, after string) (*Plan, error) {
	source, err := fs.ReadFile(clone, List)
	if err != nil {
		return nil, fmt.Errorf("read the list of lessons: %w", err)
	}
	list, err := parseList(source)
	if err != nil {
		return nil, err
	}
	if err := checkID(clone, list, id); err != nil {
		return nil, err
	}
	before, err := list.place(after)
	if err != nil {
		return nil, err
	}
	p := &Plan{ID: id, Folder: scenarios.Folder(id)}
	if p.After, p.Level, err = facts(clone, before); err != nil {
		return nil, err
	}
	if p.List, err = list.with(p.Folder, before); err != nil {
		return nil, err
	}
	p.Files, err = files(p)
	return p, err
}

// files are the pattern's files with the new lesson's names.
func files(p *Plan) ([]File, error) {
	in, err := fs.Sub(pattern, patternPackage)
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(in, "*.go")
	if err != nil {
		return nil, err
	}
	program := programFile(p.ID, names)
	replace := strings.NewReplacer(patternProgram, program, patternID, p.ID, patternPackage, p.Folder, patternLevel, fmt.Sprintf("%q", p.Level))
	var out []File
	for _, name := range names {
		text, err := fs.ReadFile(in, name)
		if err != nil {
			return nil, err
		}
		f := File{name, []byte(replace.Replace(string(text)))}
		if name == patternProgram {
			f.Name = program
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b File) int { return order(a.Name) - order(b.Name) })
	return out, nil
}

func order(name string) int {
	if name == "lesson.go" {
		return 0
	}
	return 1
}

// programFile is the name of the program's file: send_twice.go for send-twice,
// unless Go would take that for a test or for a file of one system only, or the
// name is taken.
func programFile(id string, taken []string) string {
	for _, name := range []string{strings.ReplaceAll(id, "-", "_"), scenarios.Folder(id)} {
		if name += ".go"; !slices.Contains(taken, name) && everywhere(name) {
			return name
		}
	}
	return scenarios.Folder(id) + "program.go"
}

// everywhere tells whether Go builds a file of that name on every system.
func everywhere(name string) bool {
	nowhere := build.Default
	nowhere.GOOS, nowhere.GOARCH = "none", "none"
	nowhere.OpenFile = func(string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader([]byte("package p\n"))), nil
	}
	ok, err := nowhere.MatchFile("", name)
	return ok && err == nil && !strings.HasSuffix(name, "_test.go")
}
