package scenarios

import (
	"strings"
	"testing"

	"kstep/tracer"
	"kstep/tracer/view"
)

// holdsInModes: in no mode does a page have an empty block, a section by another
// name than the list's, or a sentence or a cell that does not say what it rests
// on.
func holdsInModes(t *testing.T, name string, tr *tracer.Trace) {
	t.Helper()
	for _, m := range view.Modes() {
		d := DocumentIn(tr, m)
		if len(d.Blocks) == 0 {
			t.Errorf("%s, mode %s: the page is empty", name, m.Name)
		}
		ids := map[string]bool{}
		for _, b := range d.Blocks {
			where := name + ", mode " + m.Name + ", " + b.Head().Name
			if ids[b.Head().ID] {
				t.Errorf("%s: the id %q is taken", where, b.Head().ID)
			}
			ids[b.Head().ID] = true
			for _, s := range unlisted(b.Head().Name) {
				t.Errorf("%s: %s", where, s)
			}
			if size(b) == 0 {
				t.Errorf("%s is empty", where)
			}
			for _, s := range groundless(b) {
				t.Errorf("%s: nothing says how this is known: %q", where, s)
			}
		}
	}
}

// size is how many items a block has.
func size(b view.Block) int {
	switch b := b.(type) {
	case view.Flow:
		return len(b.Nodes)
	case view.Code:
		return len(b.Lines)
	case view.Table:
		return len(b.Rows)
	case view.Moments:
		return len(b.Items)
	case view.Quiz:
		return len(b.Questions)
	case view.Cards:
		return len(b.Items)
	case view.Sequence:
		return len(b.Arrows)
	case view.List:
		return len(b.Items)
	case view.Prose:
		return len(b.Paragraphs)
	case view.Terms:
		return len(b.Items)
	}
	return 0
}

// groundless are the texts of a block that name no event, no row and no
// source. What is quiet says something of the page, not of the run.
func groundless(b view.Block) []string {
	var out []string
	sentence := func(c view.Cell) {
		if c.Tone != view.Quiet && c.Known != tracer.Documented && len(c.Rows) == 0 {
			out = append(out, c.Text)
		}
	}
	switch b := b.(type) {
	case view.List:
		if b.ID == "task" || b.ID == "goals" {
			break // what a reader is asked to do
		}
		for _, c := range b.Items {
			sentence(c)
		}
	case view.Moments:
		for _, m := range b.Items {
			if !grounded(m.Answer) {
				out = append(out, m.Question)
			}
		}
	case view.Cards:
		for _, c := range b.Items {
			if !grounded(c.Back) {
				out = append(out, c.Front)
			}
		}
	case view.Table:
		for _, r := range b.Rows {
			for i, c := range r.Cells {
				if c.Text != "" && len(c.Evidence) == 0 && !unseen(b, i, c) {
					out = append(out, strings.Join([]string{r.Cells[0].Text, b.Columns[i], c.Text}, ", "))
				}
			}
		}
	}
	return out
}

// grounded tells whether one of the sentences cites rows or a source.
func grounded(cs []view.Cell) bool {
	for _, c := range cs {
		if len(c.Rows) > 0 || c.Known == tracer.Documented {
			return true
		}
	}
	return false
}

// unseen are cells that need no event: names of variables, what was before the
// first call, and the account of the ledger, which is of the whole run.
func unseen(t view.Table, column int, c view.Cell) bool {
	switch t.ID {
	case "status-tracker":
		return column < 2
	case "message-ledger", "what-to-change": // what to type is no finding
		return true
	case "what-breaks": // what is left out; beside it the rows of a run without it
		return column == 0 || len(c.Rows) > 0 || c.Known == tracer.Inferred || c.Tone == view.Quiet
	}
	return false
}
