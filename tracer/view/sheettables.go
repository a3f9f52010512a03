package view

import (
	"regexp"
	"slices"
	"strings"
)

// The two tables of a worksheet, and what their cells say.

// The columns of the Process Table.
const (
	columnState  = 2
	columnResult = 3
)

// change is a line of an Internal State cell: a variable and its two values.
type change struct {
	row, line int
	variable  string
	from, to  string
	at        [2]int // where the two begin in their line
}

// first and second are the places of the two values.
func (c change) first() spot {
	return spot{row: c.row, col: columnState, line: c.line, from: c.at[0], to: c.at[0] + len(c.from)}
}

func (c change) second() spot {
	return spot{row: c.row, col: columnState, line: c.line, from: c.at[1], to: c.at[1] + len(c.to)}
}

// both is from the one to the other.
func (c change) both() spot {
	s := c.first()
	s.to = c.second().to
	return s
}

var changeLine = regexp.MustCompile(`^([^:]+): (-?[0-9,]+) -> (-?[0-9,]+)$`)

// tables are the two tables that are blanked.
type tables struct {
	process, tracker Table
	changes          []change
	columns          []int // of the tracker: the row of the Process Table after which it stands, -1: none
}

func newTables(process, tracker Table) *tables {
	t := &tables{process: process, tracker: tracker}
	for i, r := range process.Rows {
		for n, l := range strings.Split(r.Cells[columnState].Text, "\n") {
			if m := changeLine.FindStringSubmatchIndex(l); m != nil && !strings.HasPrefix(l, "connections") {
				t.changes = append(t.changes, change{i, n, l[m[2]:m[3]], l[m[4]:m[5]], l[m[6]:m[7]], [2]int{m[4], m[6]}})
			}
		}
	}
	t.columns = t.columnRows()
	return t
}

// columnRows finds for each column of the tracker the row of its call: the one
// that its name gives, else the first call of that name.
func (t *tables) columnRows() []int {
	out := make([]int, len(t.tracker.Columns))
	for c, name := range t.tracker.Columns {
		out[c] = -1
		call, ok := strings.CutPrefix(name, "After ")
		call, at, numbered := strings.Cut(call, ", row ")
		for i, r := range t.process.Rows {
			last := name == "Final" && i == len(t.process.Rows)-1
			named := ok && r.Depth == 0 && strings.HasPrefix(r.Cells[1].Text, strings.TrimSuffix(call, ")"))
			if last || named && (!numbered || r.Address == at) {
				out[c] = i
				break
			}
		}
	}
	return out
}

// children tells whether rows stand under a row.
func (t *tables) children(row int) bool {
	return row+1 < len(t.process.Rows) && t.process.Rows[row+1].Depth > t.process.Rows[row].Depth
}

// column is the tracker's column after a row, 0 where it has none.
func (t *tables) column(row int) int {
	return max(0, slices.Index(t.columns, row))
}

// tracked is the tracker's cell of a variable, as a spot; false where it has no
// such row.
func (t *tables) tracked(variable string, col int) (spot, bool) {
	for i, r := range t.tracker.Rows {
		if r.Cells[0].Text == variable && col > 0 {
			return spot{tracker: true, row: i, col: col, to: len(r.Cells[col].Text)}, true
		}
	}
	return spot{}, false
}

func (t *tables) text(s spot) string {
	cells := t.process.Rows
	if s.tracker {
		cells = t.tracker.Rows
	}
	return strings.Split(cells[s.row].Cells[s.col].Text, "\n")[s.line]
}
