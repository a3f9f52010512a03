package scaffold

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"kstep/scenarios"
)

// list is the file that lists the lessons, as far as a new one concerns it.
type list struct {
	source    []byte
	packages  []string // of the lessons, in teaching order
	ends      []int    // where in source each of them ends, with its comma and what is said of it
	importEnd int      // where the last import of a lesson ends
}

// errList is for a list that was changed beyond what kstep new can read.
var errList = errors.New("scenarios/scenarios.go has no func All that returns a list of yourlesson.Lesson() calls, with a comma after each; add the lesson by hand")

func parseList(source []byte) (*list, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "scenarios/"+List, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("read the list of lessons: %w", err)
	}
	at := func(p token.Pos) int { return fset.Position(p).Offset }
	out := &list{source: source}
	for _, s := range f.Imports {
		if file, _ := strconv.Unquote(s.Path.Value); path.Dir(file) == "kstep/scenarios" {
			out.importEnd = at(s.End())
		}
	}
	for _, e := range elements(f) {
		call, ok := e.(*ast.CallExpr)
		if !ok {
			return nil, errList
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return nil, errList
		}
		name, ok := f.X.(*ast.Ident)
		end := at(e.End())
		if !ok || end >= len(source) || source[end] != ',' {
			return nil, errList
		}
		out.packages = append(out.packages, name.Name)
		out.ends = append(out.ends, lineEnd(source, end+1))
	}
	if len(out.packages) == 0 || out.importEnd == 0 {
		return nil, errList
	}
	return out, nil
}

// lineEnd is the end of a comment that follows in the same line, else at itself.
func lineEnd(source []byte, at int) int {
	line, _, _ := bytes.Cut(source[at:], []byte("\n"))
	if bytes.HasPrefix(bytes.TrimSpace(line), []byte("//")) {
		return at + len(line)
	}
	return at
}

// elements are those of the list that func All returns.
func elements(f *ast.File) []ast.Expr {
	for _, d := range f.Decls {
		all, ok := d.(*ast.FuncDecl)
		if !ok || all.Name.Name != "All" || all.Recv != nil || all.Body == nil {
			continue
		}
		for _, s := range all.Body.List {
			if r, ok := s.(*ast.ReturnStmt); ok && len(r.Results) == 1 {
				if c, ok := r.Results[0].(*ast.CompositeLit); ok {
					return c.Elts
				}
			}
		}
	}
	return nil
}

// importedAs is the name under which a file knows an import.
func importedAs(s *ast.ImportSpec) string {
	if s.Name != nil {
		return s.Name.Name
	}
	file, _ := strconv.Unquote(s.Path.Value)
	return path.Base(file)
}

func (l *list) has(name string) bool { return slices.Contains(l.packages, name) }

// place is the package of the lesson that the new one comes after.
func (l *list) place(after string) (string, error) {
	if after == "" {
		return l.packages[len(l.packages)-1], nil
	}
	if name := scenarios.Folder(after); scenarios.ValidID.MatchString(after) && l.has(name) {
		return name, nil
	}
	return "", fmt.Errorf("--after %q: there is no such lesson in scenarios/scenarios.go (kstep list shows all)", after)
}

// with is the file with one lesson more, after another.
func (l *list) with(name, after string) ([]byte, error) {
	end := l.ends[slices.Index(l.packages, after)]
	text := string(l.source[:l.importEnd]) + "\n\t" + strconv.Quote("kstep/scenarios/"+name) +
		string(l.source[l.importEnd:end]) + "\n" + name + ".Lesson()," + string(l.source[end:])
	out, err := format.Source([]byte(text)) // it sorts the imports, too
	if err != nil {
		return nil, fmt.Errorf("add the lesson to scenarios/scenarios.go: %w", err)
	}
	return out, nil
}

// facts are the id and the level of a lesson of the clone, as its lesson.go has
// them.
func facts(clone fs.FS, name string) (id, level string, err error) {
	file := path.Join(name, "lesson.go")
	source, err := fs.ReadFile(clone, file)
	if err != nil {
		return "", "", fmt.Errorf("read the level of the lesson before: %w", err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), "scenarios/"+file, source, parser.SkipObjectResolution)
	if err != nil {
		return "", "", fmt.Errorf("read the level of the lesson before: %w", err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if kv, ok := n.(*ast.KeyValueExpr); ok {
			key, _ := kv.Key.(*ast.Ident)
			value, _ := kv.Value.(*ast.BasicLit)
			if key != nil && value != nil && value.Kind == token.STRING {
				text, _ := strconv.Unquote(value.Value)
				switch {
				case key.Name == "ID" && id == "" && scenarios.Folder(text) == name:
					id = text
				case key.Name == "Level" && level == "":
					level = text
				}
			}
		}
		return true
	})
	if id == "" || !slices.Contains(scenarios.Levels, level) {
		return "", "", fmt.Errorf("scenarios/%s names no ID and Level (%s) as plain strings, and the new lesson comes after it; choose another with --after", file, strings.Join(scenarios.Levels, ", "))
	}
	return id, level, nil
}
