package view

import "strings"

// Varying are cells of which the lesson's author says that they differ from run
// to run, and why that cannot be otherwise. Block, Row and Column are
// patterns: * is any text, and an empty one is all.
type Varying struct {
	Block, Row, Column string // as Place has them
	Why                string // a statement without a full stop
}

// Covers tells whether a place is one of those.
func (v Varying) Covers(p Place) bool {
	return fits(v.Block, p.Block) && fits(v.Row, p.Row) && fits(v.Column, p.Column)
}

// In tells whether some of them are in a block.
func (v Varying) In(block string) bool { return fits(v.Block, block) }

// fits matches a text with a pattern in which * is any text.
func fits(pattern, text string) bool {
	if pattern == "" {
		return true
	}
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == text
	}
	first, last := parts[0], parts[len(parts)-1]
	if !strings.HasPrefix(text, first) || len(text) < len(first)+len(last) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, p := range parts[1 : len(parts)-1] {
		_, rest, ok := strings.Cut(text, p)
		if !ok {
			return false
		}
		text = rest
	}
	return true
}

// note says it to the reader, under the block or, of all blocks, above them.
func (v Varying) note() Cell {
	what := "This section"
	switch {
	case v.Row != "" && v.Column != "":
		what = v.Column + " of " + v.row()
	case v.Column != "":
		what = v.Column
	case v.Row != "":
		what = v.row()
	case v.Block == "":
		what = "This page"
	}
	return Cell{Text: upper(what) + " varies from run to run: " + v.Why + ".", Tone: Quiet}
}

// row is "row 3.2"; "line 12" and "delivered" say by themselves what they are.
func (v Varying) row() string {
	if v.Row[0] >= '0' && v.Row[0] <= '9' {
		return "row " + v.Row
	}
	return v.Row
}

// tellVarying puts what varies under the blocks it is in.
func (d *Document) tellVarying(all []Varying) {
	for _, v := range all {
		if v.Block == "" {
			d.Warnings = append(d.Warnings, v.note())
			continue
		}
		for i, b := range d.Blocks {
			if v.In(b.Head().ID) {
				d.Blocks[i] = noted(b, v.note())
			}
		}
	}
}
