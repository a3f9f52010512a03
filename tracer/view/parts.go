package view

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"kstep/tracer"
)

// Part is what can be left out of a program: the calls of a line, or a setting.
type Part struct {
	tracer.Without
	Calls []string // of a line: the calls it makes, Flush; of a setting none
}

// String names it as a page does: "line 28, Flush()", "linger.ms".
func (p Part) String() string {
	if p.Line == 0 {
		return p.Setting
	}
	return fmt.Sprintf("line %d, %s()", p.Line, strings.Join(p.Calls, "(), "))
}

// Parts are what can be left out of a program, read in its source: lines in
// their order, then settings in theirs. A source that is no Go has none.
func Parts(source string) []Part {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, "", source, 0)
	if err != nil {
		return nil
	}
	var lines, settings []Part
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			// The line of a call, as a record has it, is that of its bracket.
			if method, ok := n.Fun.(*ast.SelectorExpr); ok && tracer.Removable(method.Sel.Name) {
				lines = addLine(lines, files.Position(n.Lparen).Line, method.Sel.Name)
			}
		case *ast.CompositeLit:
			settings = addSettings(settings, n)
		}
		return true
	})
	slices.SortStableFunc(lines, func(a, b Part) int { return a.Line - b.Line })
	return append(lines, settings...)
}

func addLine(parts []Part, line int, call string) []Part {
	i := slices.IndexFunc(parts, func(p Part) bool { return p.Line == line })
	if i < 0 {
		return append(parts, Part{tracer.Without{Line: line}, []string{call}})
	}
	if !slices.Contains(parts[i].Calls, call) {
		parts[i].Calls = append(parts[i].Calls, call)
	}
	return parts
}

// addSettings adds the keys of a kafka.ConfigMap{...}.
func addSettings(parts []Part, lit *ast.CompositeLit) []Part {
	if t, ok := lit.Type.(*ast.SelectorExpr); !ok || t.Sel.Name != "ConfigMap" {
		return parts
	}
	for _, e := range lit.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		text, ok := pair.Key.(*ast.BasicLit)
		if !ok || text.Kind != token.STRING {
			continue
		}
		key, err := strconv.Unquote(text.Value)
		part := Part{Without: tracer.Without{Setting: key}}
		taken := slices.ContainsFunc(parts, func(p Part) bool { return p.Without == part.Without })
		if err == nil && !tracer.Necessary(key) && !taken {
			parts = append(parts, part)
		}
	}
	return parts
}

// CanLeaveOut tells, in one line, why a program has nothing of that to leave
// out; nil where it has.
func CanLeaveOut(source string, w tracer.Without) error {
	parts := Parts(source)
	if w == (tracer.Without{}) || slices.ContainsFunc(parts, func(p Part) bool { return p.Without == w }) {
		return nil
	}
	var can []string
	for _, p := range parts {
		if (p.Line > 0) == (w.Line > 0) {
			can = append(can, p.String())
		}
	}
	switch {
	case tracer.Necessary(w.Setting):
		return fmt.Errorf("%s cannot be left out: without it the client has no broker to ask", w.Setting)
	case w.Line > 0 && len(can) > 0:
		return fmt.Errorf("line %d of the program holds no call that can be left out; these do: %s", w.Line, strings.Join(can, "; "))
	case w.Line > 0:
		return fmt.Errorf("line %d: the program holds no call that can be left out", w.Line)
	case len(can) > 0:
		return fmt.Errorf("the program does not set %s; it sets %s", w.Setting, strings.Join(can, ", "))
	}
	return fmt.Errorf("the program does not set %s, and no other setting that can be left out", w.Setting)
}

// MaxParts is how many parts of a program are tried, each in a run of its own.
const MaxParts = 12
