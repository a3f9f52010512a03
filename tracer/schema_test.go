package tracer

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing")

// schemaFile is the JSON Schema of the trace file. It is made from the types
// and their comments, so that it cannot say anything else than the code does.
const schemaFile = "../docs/trace.schema.json"

func TestSchema(t *testing.T) {
	b := schemaBuilder{comments: comments(t), defs: map[string]any{}, enums: enums(t)}
	root := b.object(reflect.TypeFor[Trace]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "kstep trace, format " + Format
	root["properties"].(map[string]any)["format"] = map[string]any{"const": Format, "description": "name and version of the format; a reader refuses a newer version"}
	root["required"] = []string{"format", "events"}
	root["$defs"] = b.defs
	got, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(schemaFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("docs/trace.schema.json needs to be regenerated; run go test ./tracer -run TestSchema -update\n%s", d)
	}
}

// schemaBuilder turns Go types into JSON Schema.
type schemaBuilder struct {
	comments map[string]string   // "Event.Seq" -> comment
	enums    map[string][]string // "Lane" -> its constants
	defs     map[string]any
}

func (b *schemaBuilder) object(t reflect.Type) map[string]any {
	props := map[string]any{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := b.of(f.Type)
		if c := b.comments[t.Name()+"."+f.Name]; c != "" {
			p["description"] = c
		}
		props[name] = p
	}
	out := map[string]any{"type": "object", "properties": props}
	if c := b.comments[t.Name()]; c != "" {
		out["description"] = c
	}
	return out
}

func (b *schemaBuilder) of(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return b.of(t.Elem())
	case reflect.Slice:
		return map[string]any{"type": "array", "items": b.of(t.Elem())}
	case reflect.Struct:
		return b.ref(t)
	case reflect.String:
		if e := b.enums[t.Name()]; e != nil {
			return map[string]any{"type": "string", "enum": e}
		}
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	}
	return map[string]any{"type": "integer"}
}

func (b *schemaBuilder) ref(t reflect.Type) map[string]any {
	if t == reflect.TypeFor[Trace]() {
		return map[string]any{"$ref": "#"}
	}
	if _, ok := b.defs[t.Name()]; !ok {
		b.defs[t.Name()] = nil // breaks the circle of types that name each other
		b.defs[t.Name()] = b.object(t)
	}
	return map[string]any{"$ref": "#/$defs/" + t.Name()}
}

// sources parses the package's files.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, n := range names {
		f, err := parser.ParseFile(token.NewFileSet(), n, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// comments are those of types and fields.
func comments(t *testing.T) map[string]string {
	out := map[string]string{}
	for _, f := range sources(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			d, ok := n.(*ast.GenDecl)
			if !ok || d.Tok != token.TYPE {
				return true
			}
			for _, s := range d.Specs {
				spec := s.(*ast.TypeSpec)
				out[spec.Name.Name] = words(d.Doc)
				st, ok := spec.Type.(*ast.StructType)
				if !ok {
					continue
				}
				for _, field := range st.Fields.List {
					for _, name := range field.Names {
						out[spec.Name.Name+"."+name.Name] = strings.TrimSpace(words(field.Doc) + " " + words(field.Comment))
					}
				}
			}
			return true
		})
	}
	return out
}

func words(c *ast.CommentGroup) string { return strings.Join(strings.Fields(c.Text()), " ") }

// enums are the string constants of each type.
func enums(t *testing.T) map[string][]string {
	out := map[string][]string{}
	for _, f := range sources(t) {
		for _, decl := range f.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST {
				continue
			}
			for _, s := range d.Specs {
				v := s.(*ast.ValueSpec)
				typ, ok := v.Type.(*ast.Ident)
				if !ok || len(v.Values) != 1 {
					continue
				}
				if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					out[typ.Name] = append(out[typ.Name], strings.Trim(lit.Value, `"`))
				}
			}
		}
	}
	return out
}
