package render

// marks.go says in words and letters what a cell is besides its text: that it
// changed, how it is known, which rows it points to.

import (
	"fmt"
	"hash/fnv"
	"strings"

	"kstep/tracer"
	"kstep/tracer/view"
)

// changedSign marks what differs from the row or column before.
const changedSign = "*"

// ways are the ways of knowing a reader is told about, strongest first.
// Observed is the rule and has no mark.
var ways = []struct {
	known  tracer.Known
	letter string
	words  string
}{
	{tracer.Reported, "r", "reported by the client's own log"},
	{tracer.Inferred, "i", "inferred from other events"},
	{tracer.Documented, "d", "documented; this run does not show it"},
}

// rank orders the ways of knowing, 0 for what needs no mark.
func rank(k tracer.Known) int {
	for i, w := range ways {
		if w.known == k {
			return i + 1
		}
	}
	return 0
}

// letter is the mark of a way of knowing, empty for observed and for none.
func letter(k tracer.Known) string {
	if i := rank(k); i > 0 {
		return ways[i-1].letter
	}
	return ""
}

// weakest is how the cells of a row are known, all together.
func weakest(cells []view.Cell) tracer.Known {
	var out tracer.Known
	for _, c := range cells {
		if rank(c.Known) > rank(out) {
			out = c.Known
		}
	}
	return out
}

// legend collects which marks were used, for the lines under a block.
type legend struct {
	changed   bool
	addressed bool // the block has a row after a row, not a column after a column
	known     map[string]bool
}

func (l *legend) use(k tracer.Known) string {
	s := letter(k)
	if s != "" {
		if l.known == nil {
			l.known = map[string]bool{}
		}
		l.known[s] = true
	}
	return s
}

// mark is a sign or letter and what it means.
type mark struct{ sign, words string }

// marks are those used, the changed sign first.
func (l *legend) marks() []mark {
	var out []mark
	if l.changed {
		out = append(out, mark{changedSign, l.changedWords()})
	}
	for _, w := range ways {
		if l.known[w.letter] {
			out = append(out, mark{w.letter, w.words})
		}
	}
	return out
}

func (l *legend) changedWords() string {
	if l.addressed {
		return "differs from the row before"
	}
	return "differs from the column before"
}

// tableLegend is the legend of a table.
func tableLegend(t view.Table) *legend {
	l := &legend{addressed: addressed(t)}
	for _, r := range t.Rows {
		l.use(weakest(r.Cells))
		for _, c := range r.Cells {
			l.changed = l.changed || c.Changed
		}
	}
	return l
}

// addressed reports whether the rows of t have addresses.
func addressed(t view.Table) bool {
	for _, r := range t.Rows {
		if r.Address != "" {
			return true
		}
	}
	return false
}

// cells are the cells of a row, as many as the table has columns whatever the
// view gave.
func cells(t view.Table, r view.Row) []view.Cell {
	out := make([]view.Cell, len(t.Columns))
	copy(out, r.Cells)
	return out
}

// fewRows is how many addresses are named before the rest is counted.
const fewRows = 6

// named splits addresses into those to name and how many are left out. Each is
// named once.
func named(rows []string) (show []string, left int) {
	seen := map[string]bool{}
	for _, r := range rows {
		if !seen[r] {
			seen[r] = true
			show = append(show, r)
		}
	}
	if len(show) > fewRows {
		return show[:fewRows-1], len(show) - fewRows + 1
	}
	return show, 0
}

// rowWords is "row 2", "rows 2, 3.4", with each address written by link.
func rowWords(rows []string, link func(string) string) string {
	show, left := named(rows)
	if len(show) == 0 {
		return ""
	}
	out := make([]string, len(show))
	for i, r := range show {
		out[i] = link(r)
	}
	word := "row "
	if len(show) > 1 {
		word = "rows "
	}
	text := word + strings.Join(out, ", ")
	if left > 0 {
		text += fmt.Sprintf(" and %s more", group(left))
	}
	return text
}

// verdict is the word of a moment's verdict.
func verdict(m view.Moment) string {
	v := CleanLine(string(m.Verdict))
	if m.Surprise {
		v += " (unexpected)"
	}
	return v
}

// longAnchor is more than any address of kstep's own. A trace from elsewhere may
// name a variant of a million bytes, and every link to its rows would hold them.
const longAnchor = 80

// anchor is an address as it stands in an id.
func anchor(address string) string {
	if len(address) > longAnchor {
		h := fnv.New64a()
		h.Write([]byte(address))
		address = fmt.Sprintf("%s-%x", address[:longAnchor/2], h.Sum64())
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '.', r == '-', r == '_':
			return r
		}
		return '-'
	}, address)
}

// anchors are the addresses that have a row in some table of the document:
// only to these a link leads anywhere.
func anchors(d view.Document) map[string]bool {
	out := map[string]bool{}
	for _, b := range d.Blocks {
		if t, ok := b.(view.Table); ok {
			for _, r := range t.Rows {
				if r.Address != "" {
					out[anchor(r.Address)] = true
				}
			}
		}
	}
	return out
}

// sourceLines are the lines of a listing, cleaned, tabs as four spaces, and
// without the indentation that all of them share.
func sourceLines(c view.Code) []string {
	out := make([]string, len(c.Lines))
	shared := -1
	for i, l := range c.Lines {
		s := strings.TrimRight(strings.ReplaceAll(l.Text, "\t", "    "), " ")
		out[i] = s
		if indent := len(s) - len(strings.TrimLeft(s, " ")); s != "" && (shared < 0 || indent < shared) {
			shared = indent
		}
	}
	for i, s := range out {
		out[i] = CleanLine(s[min(len(s), max(0, shared)):])
	}
	return out
}
