package render

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"kstep/tracer/render/internal/specimen"
	"kstep/tracer/view"
)

// ours is the only HTML this room writes into Markdown.
var ours = regexp.MustCompile(`^(<a id="(step|term)-[0-9A-Za-z._-]+">|</a>|<br>|<details><summary>(Hint \d+ of \d+|Answer|The same as a list|Show them)</summary>\n?|</details>\n?)$`)

func parseMarkdown(t *testing.T, d view.Document) (source []byte, root ast.Node) {
	t.Helper()
	var b bytes.Buffer
	if err := Markdown(&b, d); err != nil {
		t.Fatal(err)
	}
	gfm := goldmark.New(goldmark.WithExtensions(extension.GFM))
	return b.Bytes(), gfm.Parser().Parse(text.NewReader(b.Bytes()))
}

func walk(root ast.Node, visit func(ast.Node)) {
	_ = ast.Walk(root, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if enter {
			visit(n)
		}
		return ast.WalkContinue, nil
	})
}

func TestMarkdownKeepsItsShape(t *testing.T) {
	for name, d := range map[string]view.Document{"sample": specimen.Lesson(), "hostile": specimen.Hostile(), "flood": specimen.Everywhere(specimen.Flood)} {
		t.Run(name, func(t *testing.T) {
			source, root := parseMarkdown(t, d)
			var tables []view.Table
			headings, questions, nodes, code, plots, boxes := 2+len(d.Blocks), 0, 0, 0, 0, 0 // title and Next
			for _, b := range d.Blocks {
				switch b := b.(type) {
				case view.Table:
					tables = append(tables, b)
				case view.Quiz:
					questions += len(b.Questions)
				case view.Bars:
					tables = append(tables, view.Table{Columns: make([]string, 4), Rows: make([]view.Row, len(b.Items))})
				case view.Plot:
					plots++
				case view.Paper:
					questions += len(b.Items)
					for _, q := range b.Items {
						boxes += len(q.Options)
					}
				case view.Code:
					code = len(b.Lines)
				case view.Cards:
					headings++ // over their answers
				}
			}
			if len(cardsOf(d)) > 0 {
				headings++ // Answers
			}
			walk(root, func(n ast.Node) {
				switch n := n.(type) {
				case *ast.Heading:
					nodes++
				case *ast.RawHTML:
					if h := string(n.Segments.Value(source)); !ours.MatchString(h) {
						t.Errorf("raw html: %q", h)
					}
				case *ast.HTMLBlock:
					if h := string(n.Lines().Value(source)); !ours.MatchString(h) {
						t.Errorf("html block: %q", h)
					}
				case *ast.Link:
					if d := string(n.Destination); !strings.HasPrefix(d, "#step-") && !strings.HasPrefix(d, "#term-") {
						t.Errorf("link to %q", n.Destination)
					}
				case *ast.Image, *ast.AutoLink, *ast.Blockquote, *ast.ThematicBreak, *extast.Strikethrough, *ast.CodeBlock:
					if n.Kind() != ast.KindBlockquote || !bytes.HasPrefix(n.(*ast.Blockquote).FirstChild().Lines().Value(source), []byte("**Note:**")) {
						t.Errorf("a text became %s: %q", n.Kind(), around20(source, n))
					}
				case *extast.TaskCheckBox:
					boxes--
				case *ast.FencedCodeBlock:
					if more := n.Lines().Len() - plotHeight; (more == 4 || more == 5) && plots > 0 && string(n.Language(source)) == "text" {
						plots--
					} else if l := string(n.Language(source)); l != "mermaid" && n.Lines().Len() != code {
						t.Errorf("fence of %d lines, want %d", n.Lines().Len(), code)
					}
				case *extast.Table:
					if len(tables) == 0 {
						t.Fatal("a text became a table")
					}
					checkTable(t, n, tables[0])
					tables = tables[1:]
				}
			})
			if boxes != 0 || plots != 0 {
				t.Errorf("%d boxes and %d plots are missing", boxes, plots)
			}
			if nodes != headings+questions {
				t.Errorf("%d headings, want %d", nodes, headings+questions)
			}
			if len(tables) > 0 {
				t.Errorf("%d tables are missing", len(tables))
			}
		})
	}
}

func around20(source []byte, n ast.Node) string {
	var b bytes.Buffer
	walk(n, func(n ast.Node) {
		if s, ok := n.(*ast.Text); ok {
			b.Write(s.Value(source))
		}
	})
	return b.String()
}

func checkTable(t *testing.T, n *extast.Table, want view.Table) {
	t.Helper()
	if got := n.ChildCount() - 1; got != len(want.Rows) { // one is the header
		t.Errorf("%d rows, want %d", got, len(want.Rows))
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if row.ChildCount() != len(want.Columns) {
			t.Errorf("%d cells, want %d", row.ChildCount(), len(want.Columns))
		}
	}
}

// TestMarkdownSaysWhatTheTextSays: each attack, read back from Markdown, is the
// cleaned text again.
func TestMarkdownSaysWhatTheTextSays(t *testing.T) {
	gfm := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
	for _, a := range specimen.Attacks {
		want := strings.Join(strings.Fields(CleanLine(a)), " ")
		source := []byte(mdOneLine(a))
		var b bytes.Buffer
		root := gfm.Parse(text.NewReader(source))
		walk(root, func(n ast.Node) {
			switch n := n.(type) {
			case *ast.Text:
				b.Write(n.Value(source))
			case *ast.String:
				b.Write(n.Value)
			case *ast.Document, *ast.Paragraph, *ast.TextBlock:
			default:
				t.Errorf("%q: became %s", a, n.Kind())
			}
		})
		got := strings.Join(strings.Fields(unescape(b.String())), " ")
		if got != want {
			t.Errorf("%q: read back as %q", want, got)
		}
	}
}

// unescape undoes what goldmark leaves to its HTML writer.
func unescape(s string) string {
	s = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])").ReplaceAllString(s, "$1")
	return strings.NewReplacer("&lt;", "<", "&amp;", "&").Replace(s)
}

func TestMermaidLabel(t *testing.T) {
	for in, want := range map[string]string{
		"Produce(my_topic, key1)": "Produce(my_topic, key1)",
		`";#end]`:                 "#34;#59;#35;end]",
		"a\nb":                    "a<br/>b",
		"":                        "#160;",
		"%%{init}%%":              "#37;#37;#123;init#125;#37;#37;",
		"1. first":                "1#46; first",
		"3.2 batch":               "3.2 batch",
		"$$x$$":                   "#36; #36;x#36; #36;",
		"<b>&lt;`\\":              "#60;b#62;#38;lt#59;#96;#92;",
	} {
		if got := mermaidLabel(in); got != want {
			t.Errorf("mermaidLabel(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestMarkdownLongDiagram: what Mermaid refuses to draw is told in words.
func TestMarkdownLongDiagram(t *testing.T) {
	f, s := view.Flow{Heading: view.Heading{Name: "F"}}, view.Sequence{Heading: view.Heading{Name: "S"}}
	for range 400 {
		f.Nodes = append(f.Nodes, view.Node{Cell: view.Cell{Text: "node"}})
		s.Arrows = append(s.Arrows, view.Arrow{Cell: view.Cell{Text: "arrow"}, From: "a", To: "b"})
	}
	source, _ := parseMarkdown(t, view.Document{Blocks: []view.Block{f, s}})
	if bytes.Contains(source, []byte("mermaid")) {
		t.Error("a diagram of 400 edges")
	}
	if n := bytes.Count(source, []byte("arrow")); n != 400 {
		t.Errorf("%d arrows in words, want 400", n)
	}
}
