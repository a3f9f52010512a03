// Package render writes a view.Document: for a terminal, as Markdown, as one
// HTML file. It decides nothing about what is shown, only how.
//
// Each format is one function, with its escaping beside it:
//
//	terminal.go   Terminal: header and frame; prose.go, listing.go, grid.go, ladder.go its blocks
//	markdown.go   Markdown: frame; mdblocks.go its blocks, mdescape.go its escaping, mermaid.go its diagrams
//	html.go       HTML: page.html.tmpl filled with the plain values of page.go, blocks.go and steps.go; pieces.go where lines break; style.css
//
// What they share: text.go (what may be shown at all), wrap.go (display width
// and lines), palette.go (colour), marks.go (how changed, known and rows are
// said in words).
//
// Every text passes Clean before a format's own escaping. Colour and weight
// never stand alone: a word or a sign says the same.
package render
