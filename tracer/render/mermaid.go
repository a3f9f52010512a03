package render

// mermaid.go writes flow and sequence as Mermaid, which GitHub draws. A diagram
// has no links and is no text for a screen reader, so a sequence also comes as
// a list.

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kstep/tracer"
	"kstep/tracer/view"
)

// Mermaid refuses more than 500 edges or 50,000 characters; a diagram is
// unreadable long before.
const (
	maxEdges   = 150
	maxDiagram = 40_000
	labelWidth = 36
)

// plainMermaid is what needs no escape in a Mermaid label besides letters,
// digits and inner spaces. All else becomes a numbered entity: labels are read
// by several grammars in turn, and a list of what is harmless is shorter than
// one of what is not.
const plainMermaid = "()/,'?!=@[].:_"

// mermaidLabel is a text as a label, wrapped.
func mermaidLabel(s string) string {
	lines := wrap(Clean(s), labelWidth)
	for i, l := range lines {
		lines[i] = mermaidLine(l)
	}
	return strings.Join(lines, "<br/>")
}

func mermaidLine(s string) string {
	if strings.Trim(s, " ") == "" {
		return "#160;"
	}
	var b strings.Builder
	s = strings.Trim(s, " ")
	for i, r := range s {
		switch prev, next := around(s, i, utf8.RuneLen(r)); {
		case r == '$' && prev == '$': // two are a formula to Mermaid, entities or not
			b.WriteString(" #36;")
		case r == '.' && next == ' ' && digits(s[:i]), r == '_' && !wordRune(prev): // "1. x" is a list to Mermaid, "_x_" emphasis
			fmt.Fprintf(&b, "#%d;", r)
		case r == ' ', wordRune(r), strings.ContainsRune(plainMermaid, r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

// Mermaid is a flow or a sequence as the text of a Mermaid diagram, without the
// fence around it; ok is false for any other block, and for one that is too
// large to be drawn.
func Mermaid(b view.Block) (text string, ok bool) {
	fenced := MarkdownFragment(b, Fragment{Form: "diagram"})
	_, rest, ok := strings.Cut(fenced, "```mermaid\n")
	text, _, closed := strings.Cut(rest, "```")
	return text, ok && closed
}

func mermaid(lines []string) string {
	return "```mermaid\n" + strings.Join(lines, "\n") + "\n```"
}

// drawable reports whether a diagram is worth drawing and can be drawn.
func drawable(lines []string) bool {
	n := 0
	for _, l := range lines {
		n += len(l) + 1
	}
	return n <= maxDiagram && len(lines) <= maxEdges
}

// flow is a chart from top to bottom. The shape tells the lane: square for the
// program's own steps, round for what others did.
func (m *markdown) flow(f view.Flow) []string {
	out := []string{"flowchart TD"}
	for i, n := range f.Nodes {
		open, end := `["`, `"]`
		if n.Lane != "" && n.Lane != tracer.Application {
			open, end = `("`, `")`
		}
		out = append(out, fmt.Sprintf("  n%d%s%s%s", i+1, open, mermaidLabel(n.Text), end))
	}
	for i := 2; i <= len(f.Nodes); i++ {
		out = append(out, fmt.Sprintf("  n%d --> n%d", i-1, i))
	}
	switch {
	case m.form == "list" || !drawable(out):
		return []string{m.chain(f)}
	case m.form == "diagram":
		return []string{mermaid(out)}
	}
	return []string{mermaid(out), m.chain(f)}
}

// chain is the flow as one line of text, with the rows.
func (m *markdown) chain(f view.Flow) string {
	out := make([]string, len(f.Nodes))
	for i, n := range f.Nodes {
		out[i] = m.node(n)
	}
	return strings.Join(out, " → ")
}

func (m *markdown) node(n view.Node) string {
	text := strings.ReplaceAll(mdText(n.Text), "<br>", " ")
	if n.Address != "" {
		text += " (" + m.link(n.Address) + ")"
	}
	return text
}

func (m *markdown) sequence(s view.Sequence) []string {
	lanes := slices.Clone(s.Lanes)
	out := []string{"sequenceDiagram"}
	for _, a := range s.Arrows { // an arrow to a lane that is not declared is drawn all the same
		for _, l := range []tracer.Lane{a.From, a.To} {
			if !slices.Contains(lanes, l) {
				lanes = append(lanes, l)
			}
		}
	}
	for i, l := range lanes {
		out = append(out, fmt.Sprintf("  participant l%d as %s", i+1, mermaidLabel(string(l))))
	}
	var list []view.Cell
	used := &legend{}
	for _, a := range s.Arrows {
		used.use(a.Known)
		out = append(out, arrowText(a, slices.Index(lanes, a.From)+1, slices.Index(lanes, a.To)+1))
		list = append(list, a.Cell)
	}
	blocks := []string{m.actions(s.Arrows)}
	switch {
	case m.form == "list" || !drawable(out):
	case m.form == "diagram":
		blocks = []string{mermaid(out)}
	default:
		blocks = append([]string{mermaid(out)}, details("The same as a list", blocks[0])...)
	}
	if len(list) == 0 {
		blocks = nil
	}
	return append(blocks, m.notes(s.Notes, used)...)
}

// arrowText is an arrow of the diagram; what stays in one lane is a note.
func arrowText(a view.Arrow, from, to int) string {
	label := mermaidLabel(strings.TrimSpace(stepMark(a) + " " + a.Text))
	switch {
	case from == to:
		return fmt.Sprintf("  Note over l%d: %s", from, label)
	case a.Reply:
		return fmt.Sprintf("  l%d-->>l%d: %s", from, to, label)
	}
	return fmt.Sprintf("  l%d->>l%d: %s", from, to, label)
}

// actions are the arrows as a list, each with a link to its row.
func (m *markdown) actions(arrows []view.Arrow) string {
	out := make([]string, len(arrows))
	for i, a := range arrows {
		who := mdOneLine(string(a.From))
		if a.From != a.To {
			who += " → " + mdOneLine(string(a.To))
		}
		if a.Reply {
			who += ", answer"
		}
		text := "- "
		if a.Address != "" {
			text += m.link(a.Address) + " "
		}
		if s := letter(a.Known); s != "" {
			text += s + " "
		}
		out[i] = text + who + ": " + mdText(a.Text)
	}
	return strings.Join(out, "\n")
}
