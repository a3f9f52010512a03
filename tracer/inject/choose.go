package inject

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
	"kstep/tracer/view"
)

// What of a block is shown: columns, rows, items.

// choose is the block with what its marker asks for.
func (o Options) choose(b view.Block) (view.Block, error) {
	if o.NoNotes {
		b = view.WithoutNotes(b)
	}
	var err error
	switch b := b.(type) {
	case view.Table:
		if b, err = o.rows(b); err == nil {
			b, err = o.columns(b)
		}
		return b, err
	case view.Moments:
		b.Items, err = pick(b.Items, o.Items, "key moment", func(m view.Moment) string { return m.ID })
		return b, err
	case view.Quiz:
		b.Questions, err = pick(b.Questions, o.Items, "question", func(q quiz.Question) string { return q.ID })
		b.Intro = ""
		return b, err
	}
	return b, nil
}

// pick are the items with the ids that are asked for, in the order they are
// asked for; all, where none are.
func pick[T any](items []T, ids []string, what string, id func(T) string) ([]T, error) {
	if len(ids) == 0 {
		return items, nil
	}
	var out []T
	for _, want := range ids {
		i := slices.IndexFunc(items, func(t T) bool { return id(t) == want })
		if i < 0 {
			var has []string
			for _, t := range items {
				has = append(has, id(t))
			}
			return nil, fmt.Errorf("items: there is no %s %q; there are %s", what, want, strings.Join(has, ", "))
		}
		out = append(out, items[i])
	}
	return out, nil
}

// rows leaves the rows that are asked for.
func (o Options) rows(t view.Table) (view.Table, error) {
	if len(o.Rows) == 0 && !o.Calls {
		return t, nil
	}
	used := make([]bool, len(o.Rows))
	var out []view.Row
	for _, r := range t.Rows {
		keep := len(o.Rows) == 0
		for i, want := range o.Rows {
			if names(want, r) {
				used[i], keep = true, true
			}
		}
		if keep && !(o.Calls && r.Depth > 0) {
			out = append(out, r)
		}
	}
	if i := slices.Index(used, false); i >= 0 {
		return t, fmt.Errorf("rows: there is no row %q in %s", o.Rows[i], t.Name)
	}
	t.Rows = out
	if !slices.ContainsFunc(out, func(r view.Row) bool { return r.Depth > 0 }) {
		t.Notes = slices.DeleteFunc(slices.Clone(t.Notes), func(c view.Cell) bool { return c.Text == view.RowsUnderCalls })
	}
	return t, nil
}

// names tells whether a row is one of those that are asked for: an address and
// what stands under it, a range of calls, or the text of the first cell.
func names(want string, r view.Row) bool {
	if r.Address == "" {
		return len(r.Cells) > 0 && strings.EqualFold(strings.TrimSpace(r.Cells[0].Text), strings.TrimSpace(want))
	}
	if from, to, ok := strings.Cut(want, "-"); ok {
		call, _, _ := strings.Cut(r.Address, ".")
		n, err := strconv.Atoi(call)
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		return err == nil && err1 == nil && err2 == nil && first <= n && n <= last
	}
	return r.Address == want || strings.HasPrefix(r.Address, want+".")
}

// columns leaves the columns that are asked for, in that order. How a row is
// known stands in its first column; without that one it is not said.
func (o Options) columns(t view.Table) (view.Table, error) {
	if len(o.Columns) == 0 {
		return t, nil
	}
	var at []int
	for _, want := range o.Columns {
		i := slices.IndexFunc(t.Columns, func(c string) bool { return begins(c, want) })
		if i < 0 {
			return t, fmt.Errorf("columns: %s has no column %q; it has %s", t.Name, want, strings.Join(t.Columns, ", "))
		}
		at = append(at, i)
	}
	first := slices.Contains(at, 0)
	columns, rows := t.Columns, slices.Clone(t.Rows)
	t.Columns = nil
	for _, i := range at {
		t.Columns = append(t.Columns, columns[i])
	}
	for k, r := range rows {
		rows[k].Cells = nil
		for _, i := range at {
			var c view.Cell
			if i < len(r.Cells) {
				c = r.Cells[i]
			}
			if !first {
				c.Known = tracer.Observed
			}
			rows[k].Cells = append(rows[k].Cells, c)
		}
	}
	t.Rows = rows
	return t, nil
}

// begins tells whether some word of a column's name begins with what is asked.
func begins(column, want string) bool {
	want = strings.ToLower(strings.TrimSpace(want))
	if want == "" {
		return false
	}
	column = strings.ToLower(column)
	if strings.HasPrefix(column, want) {
		return true
	}
	for _, word := range strings.FieldsFunc(column, func(r rune) bool { return r == ' ' || r == '/' }) {
		if strings.HasPrefix(word, want) {
			return true
		}
	}
	return false
}
