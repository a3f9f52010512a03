package quiz

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
)

// Where the sources of two programs differ: statement by statement, so that
// comments, names of functions and blank lines are no difference.

// difference is the one place at which a program differs from another.
type difference struct {
	after       int // last line of the statement above, or of what opens the block
	first, last int // lines of the program's own statements there; 0: it has none
}

// program is the body of a program's main function.
type program struct {
	fset *token.FileSet
	body *ast.BlockStmt
}

// parseProgram finds the function in which a line stands.
func parseProgram(source string, line int) (program, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	if err != nil {
		return program{}, fmt.Errorf("reading the program's source: %w", err)
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if ok && f.Body != nil && fset.Position(f.Pos()).Line <= line && line <= fset.Position(f.End()).Line {
			return program{fset, f.Body}, nil
		}
	}
	return program{}, fmt.Errorf("no function of the source holds line %d", line)
}

func (p program) line(pos token.Pos) int { return p.fset.Position(pos).Line }

// text is a node as gofmt writes it, without comments.
func (p program) text(n ast.Node) string {
	var b bytes.Buffer
	if err := format.Node(&b, p.fset, n); err != nil {
		return ""
	}
	return plain(b.String())
}

// differ is the one place at which p differs from other.
func (p program) differ(other program) (difference, error) {
	var found []difference
	p.compare(p.body, other, other.body, &found)
	switch len(found) {
	case 0:
		return difference{}, errors.New("the sources of the two programs do not differ")
	case 1:
		return found[0], nil
	}
	return difference{}, fmt.Errorf("the sources of the two programs differ in %d places", len(found))
}

// compare walks two blocks side by side.
func (p program) compare(a *ast.BlockStmt, other program, b *ast.BlockStmt, found *[]difference) {
	mine, theirs := p.texts(a), other.texts(b)
	after := p.line(a.Lbrace)
	for i, j := 0, 0; i < len(mine) || j < len(theirs); {
		if i < len(mine) && j < len(theirs) && mine[i] == theirs[j] {
			after = p.line(a.List[i].End())
			i, j = i+1, j+1
			continue
		}
		k, l := nextCommon(mine, theirs, i, j)
		if k == i+1 && l == j+1 && p.inside(a.List[i], other, b.List[j], found) {
			after = p.line(a.List[i].End())
			i, j = k, l
			continue
		}
		d := difference{after: after}
		if k > i {
			d.first, d.last = p.line(a.List[i].Pos()), p.line(a.List[k-1].End())
		}
		*found = append(*found, d)
		i, j = k, l
	}
}

func (p program) texts(b *ast.BlockStmt) []string {
	var out []string
	for _, s := range b.List {
		out = append(out, p.text(s))
	}
	return out
}

// nextCommon is where two lists agree again, nearest first; their ends where
// they do not.
func nextCommon(a, b []string, i, j int) (int, int) {
	for sum := 1; sum <= len(a)-i+len(b)-j; sum++ {
		for k := min(sum, len(a)-i); k >= 0; k-- {
			l := sum - k
			if i+k < len(a) && j+l < len(b) && l >= 0 && a[i+k] == b[j+l] {
				return i + k, j + l
			}
		}
	}
	return len(a), len(b)
}

// inside compares the blocks of two statements that begin alike.
func (p program) inside(a ast.Stmt, other program, b ast.Stmt, found *[]difference) bool {
	switch x := a.(type) {
	case *ast.RangeStmt:
		if y, ok := b.(*ast.RangeStmt); ok && p.text(x.X) == other.text(y.X) {
			p.compare(x.Body, other, y.Body, found)
			return true
		}
	case *ast.ForStmt:
		if y, ok := b.(*ast.ForStmt); ok && p.head(x) == other.head(y) {
			p.compare(x.Body, other, y.Body, found)
			return true
		}
	}
	return false
}

func (p program) head(f *ast.ForStmt) string {
	out := ""
	if f.Init != nil {
		out += p.text(f.Init)
	}
	if f.Cond != nil {
		out += p.text(f.Cond)
	}
	if f.Post != nil {
		out += p.text(f.Post)
	}
	return out
}

// statement is the lines of the innermost statement in which a line stands.
func (p program) statement(line int) (first, last int) {
	ast.Inspect(p.body, func(n ast.Node) bool {
		s, ok := n.(ast.Stmt)
		if !ok {
			return true
		}
		if _, block := n.(*ast.BlockStmt); block {
			return true
		}
		f, l := p.line(s.Pos()), p.line(s.End())
		if f > line || line > l {
			return false
		}
		first, last = f, l
		if i, ok := n.(*ast.IfStmt); ok && (line < p.line(i.Body.Lbrace) || line == p.line(i.Body.Lbrace)) {
			return false // a call in the head: the whole if
		}
		return true
	})
	return first, last
}
