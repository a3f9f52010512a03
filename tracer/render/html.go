package render

// html.go writes a document as one HTML file that needs nothing else: no
// request, no script. html/template escapes; this room only cleans the text.

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"slices"

	"kstep/tracer/view"
)

//go:embed style.css
var styleCSS string

//go:embed modes.css
var modesCSS string

// styleOf is the style of a document's page, of that file as far as it needs it.
func styleOf(d view.Document) string {
	record := slices.ContainsFunc(d.Blocks, func(b view.Block) bool { return b.Head().ID == view.FullRecord })
	if record || len(d.Folded) > 0 || len(cardsOf(d)) > 0 {
		return styleCSS + modesCSS
	}
	return styleCSS
}

//go:embed page.html.tmpl
var pageText string

// pageTemplate is parsed once; a mistake in it is a mistake of this room, so
// it stops every test.
var pageTemplate = template.Must(template.New("page").Parse(pageText))

// policy lets a browser load nothing and apply only the style in the file: its
// hash says which. What a text smuggles in can do neither.
func policy(style string) string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'"
}

// HTML writes d as one self-contained page, readable without JavaScript. Rows
// are addressed as #step=3.2.
func HTML(w io.Writer, d view.Document) error {
	return pageTemplate.Execute(w, newPage(d))
}
