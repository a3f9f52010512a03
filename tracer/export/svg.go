package export

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// Pictures that need nothing else: no script, no font of their own, black lines
// on white and the reverse where the reader's system is dark.

const (
	svgWidth  = 760
	svgStep   = 44
	svgMargin = 20
	svgChars  = 62 // of a label; the list beside a picture has it whole
)

const svgStyle = `<style>text{font:14px system-ui,sans-serif;fill:#1c222b}.quiet{fill:#565e6b}.rail,.box{stroke:#8d8778;fill:none}.box{stroke:#0a6570;stroke-width:1.5}` +
	`.arrow{stroke:#0a6570;stroke-width:1.8;fill:none}.reply{stroke-dasharray:6 4}.paper{fill:#fff}` +
	`@media(prefers-color-scheme:dark){text{fill:#e9e6df}.quiet{fill:#a4abb6}.paper{fill:#14181d}.box,.arrow{stroke:#74c9c4}}</style>`

// picture is an SVG under way.
type picture struct{ b strings.Builder }

func newPicture(title, description string, height int) *picture {
	p := &picture{}
	fmt.Fprintf(&p.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="t d"><title id="t">%s</title><desc id="d">%s</desc>%s<rect class="paper" width="100%%" height="100%%"/>`+"\n",
		svgWidth, height, escape(title), escape(description), svgStyle)
	return p
}

func (p *picture) text(x, y int, class, anchor, s string) {
	fmt.Fprintf(&p.b, `<text x="%d" y="%d" class="%s" text-anchor="%s">%s</text>`+"\n", x, y, class, anchor, escape(s))
}

func (p *picture) writeTo(w io.Writer) error {
	if _, err := io.WriteString(w, p.b.String()+"</svg>\n"); err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	return nil
}

// escape makes a text safe inside an XML element or attribute.
func escape(s string) string { return html.EscapeString(render.CleanLine(s)) }

func label(s string) string {
	if utf8.RuneCountInString(s) > svgChars {
		s = string([]rune(s)[:svgChars-1]) + "…"
	}
	return s
}

// FlowSVG draws a flow from top to bottom: square boxes are the program's own
// steps, round ones what others did.
func FlowSVG(w io.Writer, f view.Flow) error {
	var told []string
	for _, n := range f.Nodes {
		told = append(told, n.Text)
	}
	p := newPicture(f.Name, strings.Join(told, "; "), svgMargin*2+len(f.Nodes)*(svgStep+8))
	for i, n := range f.Nodes {
		y, round := svgMargin+i*(svgStep+8), 3
		if n.Lane != "" && n.Lane != tracer.Application {
			round = 17
		}
		fmt.Fprintf(&p.b, `<rect class="box" x="%d" y="%d" width="%d" height="34" rx="%d"/>`+"\n", svgMargin, y, svgWidth-2*svgMargin, round)
		text := label(strings.ReplaceAll(n.Text, "\n", " "))
		if n.Address != "" {
			text = n.Address + "  " + text
		}
		p.text(svgWidth/2, y+22, "", "middle", text)
		if i > 0 {
			fmt.Fprintf(&p.b, `<path class="arrow" d="M%d %dv18m-5 -7l5 7l5 -7"/>`+"\n", svgWidth/2, y-18)
		}
	}
	return p.writeTo(w)
}

// SequenceSVG draws who did what to whom, in lanes, from top to bottom.
func SequenceSVG(w io.Writer, s view.Sequence) error {
	lanes := slices.Clone(s.Lanes)
	var told []string
	for _, a := range s.Arrows {
		for _, l := range []tracer.Lane{a.From, a.To} {
			if !slices.Contains(lanes, l) {
				lanes = append(lanes, l)
			}
		}
		told = append(told, fmt.Sprintf("%s to %s: %s", a.From, a.To, a.Text))
	}
	height := 50 + svgMargin + len(s.Arrows)*svgStep
	p := newPicture(s.Name, strings.Join(told, "; "), height)
	at := func(l tracer.Lane) int { return (2*slices.Index(lanes, l) + 1) * svgWidth / (2 * max(1, len(lanes))) }
	for _, l := range lanes {
		p.text(at(l), 24, "quiet", "middle", string(l))
		fmt.Fprintf(&p.b, `<path class="rail" d="M%d 34V%d"/>`+"\n", at(l), height-8)
	}
	for i, a := range s.Arrows {
		p.arrow(a, at(a.From), at(a.To), 72+i*svgStep)
	}
	return p.writeTo(w)
}

func (p *picture) arrow(a view.Arrow, from, to, y int) {
	class, head := "arrow", 7
	if a.Reply {
		class += " reply"
	}
	if to < from {
		head = -7
	}
	if from == to {
		fmt.Fprintf(&p.b, `<path class="arrow" d="M%d %dh10"/>`+"\n", from-5, y)
	} else {
		fmt.Fprintf(&p.b, `<path class="%s" d="M%d %dH%d"/><path class="arrow" d="M%d %dl%d 5l%d 5"/>`+"\n", class, from, y, to, to-head, y-5, head, -head)
	}
	text := label(strings.ReplaceAll(a.Text, "\n", " "))
	if a.Address != "" {
		text = a.Address + "  " + text
	}
	half := min(svgWidth/2, utf8.RuneCountInString(text)*4) // a label stays inside the picture
	p.text(min(max((from+to)/2, half), svgWidth-half), y-7, "", "middle", text)
}
