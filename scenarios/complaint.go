package scenarios

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"kstep/scenarios/lesson"
)

// Complaint is one thing that is wrong with a lesson, and how to mend it.
type Complaint struct {
	Lesson string // its id
	File   string // from the top of a clone: scenarios/linger/claims.go; the lesson's folder where nothing says which file
	Line   int    // 0: not known
	Text   string
}

// String is one line that begins as a compiler's does, so that editors can
// follow it.
func (c Complaint) String() string {
	if c.Line == 0 {
		return c.File + ": " + c.Text
	}
	return fmt.Sprintf("%s:%d: %s", c.File, c.Line, c.Text)
}

// Folder is the name of a lesson's folder, and of its package.
func Folder(id string) string { return strings.ReplaceAll(id, "-", "") }

// root is where the lessons' folders are in a clone.
const root = "scenarios"

// locate says where a text stands in a lesson's files: as a Go string, else as
// it is. sources is the folder scenarios of a clone; without one, or where the
// text is nowhere, it is the lesson's folder.
func locate(sources fs.FS, l *lesson.Lesson, text string) (file string, line int) {
	folder := Folder(l.ID)
	for _, near := range []string{strconv.Quote(text), text} {
		for _, f := range goFiles(sources, folder) {
			if n := lineOf(sources, f, near); n > 0 && text != "" {
				return path.Join(root, f), n
			}
		}
	}
	return path.Join(root, folder), 0
}

// goFiles are the Go files of a folder, lesson.go first.
func goFiles(sources fs.FS, folder string) []string {
	if sources == nil {
		return nil
	}
	files, err := fs.Glob(sources, folder+"/*.go")
	if err != nil {
		return nil // an id that is no folder's name: the id itself is complained of
	}
	slices.SortStableFunc(files, func(a, b string) int { return first(b) - first(a) })
	return files
}

func first(file string) int {
	if path.Base(file) == "lesson.go" {
		return 1
	}
	return 0
}

// lineOf is the first line that has the text, from 1; 0 where none has.
func lineOf(sources fs.FS, file, text string) int {
	source, err := fs.ReadFile(sources, file)
	if err != nil {
		return 0
	}
	before, _, found := strings.Cut(string(source), text)
	if !found {
		return 0
	}
	return 1 + strings.Count(before, "\n")
}
