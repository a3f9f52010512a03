package view

import "slices"

// What varies from run to run, kept out of a block that is to be compared.

// masked stands in a cell that is another in every run.
const masked = "varies"

// Masked is a block in which a cell that varies from run to run says so instead
// of what it holds. ok is false where something varies that is no cell of a
// table: such a block cannot be told apart from what varies in it.
func Masked(b Block, all []Varying) (out Block, ok bool) {
	all = slices.DeleteFunc(slices.Clone(all), func(v Varying) bool { return !v.In(b.Head().ID) })
	t, isTable := b.(Table)
	if len(all) == 0 {
		return b, true
	}
	if !isTable {
		return b, false
	}
	rows := slices.Clone(t.Rows)
	for i, r := range rows {
		rows[i].Cells = slices.Clone(r.Cells)
		for j := range min(len(r.Cells), len(t.Columns)) {
			p := Place{Block: t.ID, Row: rowName(r), Column: t.Columns[j]}
			if slices.ContainsFunc(all, func(v Varying) bool { return v.Covers(p) }) {
				rows[i].Cells[j] = Cell{Text: masked, Tone: Quiet}
			}
		}
	}
	t.Rows = rows
	return t, true
}

// rowName is how a row of a table is named in a Place: by its address or, where
// rows have none, by its first cell.
func rowName(r Row) string {
	if r.Address == "" && len(r.Cells) > 0 {
		return r.Cells[0].Text
	}
	return r.Address
}
