package render

// index.go writes a page that leads to other pages.

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"kstep/tracer/view"
)

//go:embed index.html.tmpl
var indexText string

var indexTemplate = template.Must(template.New("index").Parse(indexText))

// IndexHTML writes an index as one HTML page in the style of the lessons.
func IndexHTML(w io.Writer, x view.Index) error {
	return indexTemplate.Execute(w, struct {
		view.Index
		Policy string
		Style  template.CSS
	}{x, policy(styleCSS, ""), template.CSS(styleCSS)})
}

// IndexMarkdown writes an index as Markdown.
func IndexMarkdown(w io.Writer, x view.Index) error {
	out := []string{"# " + mdOneLine(x.Title), mdOneLine(x.Intro)}
	for _, g := range x.Groups {
		lines := []string{}
		for _, e := range g.Entries {
			line := "- [" + strings.ReplaceAll(mdOneLine(e.Title), "]", `\]`) + "](" + e.Href + ")"
			if e.About != "" {
				line += ": " + mdOneLine(e.About)
			}
			lines = append(lines, line)
		}
		out = append(out, "## "+mdOneLine(g.Name), strings.Join(lines, "\n"))
	}
	_, err := io.WriteString(w, strings.Join(out, "\n\n")+"\n")
	return err
}

// home is the link to the list of lessons, empty where it is none that kstep
// makes: a text of a run never becomes a link.
func home(d view.Document) string {
	for _, c := range d.Home {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzADEMR.", c) { // index.html, README.md
			return ""
		}
	}
	return d.Home
}
