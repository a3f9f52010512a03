package scaffold

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"slices"

	"kstep/scenarios"
)

// maxID is how long an id may be, so that a line of kstep list has room for it.
const maxID = 32

// reserved are names that no lesson's package can have: Go's own, folders that
// Go passes over, and packages that the tests make.
var reserved = []string{"main", "init", "os", "untraced", "internal", "vendor", "testdata"}

// checkID refuses an id that is none, that is taken, or whose package could not
// be built.
func checkID(clone fs.FS, list *list, id string) error {
	name := scenarios.Folder(id)
	switch {
	case !scenarios.ValidID.MatchString(id):
		return fmt.Errorf("lesson id %q: write lower-case words with - between them, such as first-message", id)
	case len(id) > maxID:
		return fmt.Errorf("lesson id %q: it has %d characters; %d is the most", id, len(id), maxID)
	case list.has(name):
		return fmt.Errorf("there is a lesson in scenarios/%s already; choose another id than %q", name, id)
	case token.IsKeyword(name), types.Universe.Lookup(name) != nil, slices.Contains(reserved, name):
		return fmt.Errorf("lesson id %q: %s is a word of Go or of its tools, and cannot be the name of a package; choose another", id, name)
	}
	if _, err := fs.Stat(clone, name); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is a scenarios/%s already; remove it or choose another id than %q", name, id)
	}
	where, err := declared(clone, name)
	if err != nil {
		return err
	}
	if where != "" {
		return fmt.Errorf("lesson id %q: package scenarios has its own %s, in scenarios/%s; choose another", id, name, where)
	}
	return nil
}

// declared is the file of package scenarios that declares or imports a name;
// the new package is imported there. It is empty where none does.
func declared(clone fs.FS, name string) (string, error) {
	files, err := fs.Glob(clone, "*.go")
	if err != nil {
		return "", err
	}
	for _, file := range files {
		source, err := fs.ReadFile(clone, file)
		if err != nil {
			return "", fmt.Errorf("read scenarios/%s: %w", file, err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), path.Join("scenarios", file), source, parser.SkipObjectResolution)
		if err != nil {
			return "", fmt.Errorf("read the names of package scenarios: %w; make it build first", err)
		}
		if slices.Contains(namesOf(f, file == List), name) {
			return file, nil
		}
	}
	return "", nil
}

// namesOf are the names that a file declares for its package and, where it is
// asked for, those it imports.
func namesOf(f *ast.File, imports bool) []string {
	var out []string
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				out = append(out, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					out = append(out, s.Name.Name)
				case *ast.ValueSpec:
					for _, n := range s.Names {
						out = append(out, n.Name)
					}
				case *ast.ImportSpec:
					if imports {
						out = append(out, importedAs(s))
					}
				}
			}
		}
	}
	return out
}
