package scenarios

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// A learner fills in every blank of every lesson's sheet, from what the sheet
// shows and nothing else, and comes to what the key says; without the brackets the
// key is the page.
func TestWorksheetsCanBeFilledIn(t *testing.T) {
	for _, l := range All() {
		t.Run(l.ID, func(t *testing.T) {
			t.Parallel()
			runs := tracer.NewRuns(record(t, l, Options{}))
			brought := Lesson(runs)
			page := view.Build(runs, brought)
			for seed := range 12 {
				o := view.SheetOptions{Seed: fmt.Sprint("seed ", seed), Blanks: 10}
				if seed == 0 {
					o.Seed = ""
				}
				sheet, err := view.Worksheet(runs, brought, o)
				if err != nil {
					t.Fatal(err)
				}
				o.Key = true
				key, err := view.Worksheet(runs, brought, o)
				if err != nil {
					t.Fatal(err)
				}
				holdsSheet(t, l, sheet, key, page)
			}
		})
	}
}

var (
	blankMark = regexp.MustCompile(`\[(\d+)=([^\]]*)\]`)
	changeOf  = regexp.MustCompile(`^([^:]+): (\S+) -> (\S+)$`)
	leading   = regexp.MustCompile(`^[0-9,]+`)
)

func holdsSheet(t *testing.T, l *lesson.Lesson, sheet, key, page view.Document) {
	t.Helper()
	values := map[int]string{}
	for _, id := range []string{"process-table", "status-tracker"} {
		for _, r := range tableNamed(key, id).Rows {
			for _, c := range r.Cells {
				for _, m := range blankMark.FindAllStringSubmatch(c.Text, -1) {
					n, _ := strconv.Atoi(m[1])
					values[n] = m[2]
				}
			}
		}
		onPage(t, tableNamed(key, id), tableNamed(page, id))
	}
	if len(values) < 5 {
		t.Errorf("%s: only %d blanks", l.ID, len(values))
	}
	learner := learns(tableNamed(sheet, "process-table"), tableNamed(sheet, "status-tracker"))
	for n, want := range values {
		if got, ok := learner.answers[n]; !ok || !strings.HasPrefix(want+" ", got+" ") && leading.FindString(want) != got {
			t.Errorf("%s, %s: blank %d: the sheet leads to %q (%v), the key says %q", l.ID, sheet.Foot, n, got, ok, want)
		}
	}
	if len(learner.answers) != len(values) {
		t.Errorf("%s: %d blanks on the sheet, %d on the key", l.ID, len(learner.answers), len(values))
	}
	for _, b := range sheet.Blocks {
		if p, ok := b.(view.Paper); ok {
			for _, q := range p.Items {
				if slices.ContainsFunc(q.Options, func(o view.PaperOption) bool { return o.Chosen }) || !strings.Contains(q.Line, "____") {
					t.Errorf("%s: the sheet gives an answer away: %+v", l.ID, q)
				}
			}
		}
	}
}

func tableNamed(d view.Document, id string) view.Table {
	for _, b := range d.Blocks {
		if b.Head().ID == id {
			return b.(view.Table)
		}
	}
	return view.Table{}
}

// onPage: every row of the key's table is a row of the page's; those that are not
// there are named.
func onPage(t *testing.T, key, page view.Table) {
	t.Helper()
	at, gaps := 0, 0
	for _, r := range key.Rows {
		if len(r.Cells) > 1 && strings.HasSuffix(r.Cells[1].Text, "left out") {
			gaps++
			for at < len(page.Rows) && !strings.HasSuffix(r.Cells[1].Text, page.Rows[at].Address+" are left out") && !strings.HasSuffix(r.Cells[1].Text, "row "+page.Rows[at].Address+" is left out") {
				at++
			}
			at++
			continue
		}
		for i, c := range r.Cells {
			if at >= len(page.Rows) || blankMark.ReplaceAllString(c.Text, "$2") != page.Rows[at].Cells[i].Text {
				t.Errorf("row %s, cell %d of the key is not the page's: %q", r.Address, i, c.Text)
				return
			}
		}
		at++
	}
	if at != len(page.Rows) {
		t.Errorf("the key's table ends before row %s, and %d gaps are named", page.Rows[at].Address, gaps)
	}
}

// learner is somebody with the sheet before them.
type learner struct {
	process, tracker view.Table
	answers          map[int]string
}

func learns(process, tracker view.Table) learner {
	a := learner{process, tracker, map[int]string{}}
	for i, r := range process.Rows {
		for n, l := range strings.Split(r.Cells[2].Text, "\n") {
			if m := changeOf.FindStringSubmatch(l); m != nil && blankMark.MatchString(m[3]) {
				a.fill(m[3], a.leadsTo(i, n, m[1]))
			}
		}
		if m := blankMark.FindString(r.Cells[3].Text); m != "" {
			a.fill(m, a.result(i))
		}
	}
	for _, r := range tracker.Rows {
		for c, cell := range r.Cells {
			if blankMark.MatchString(cell.Text) {
				a.fill(cell.Text, a.stands(r.Cells[0].Text, c))
			}
		}
	}
	return a
}

// fill writes an answer into its blank, if there is one.
func (a learner) fill(text, answer string) {
	n, _ := strconv.Atoi(blankMark.FindStringSubmatch(text)[1])
	if answer == "" || strings.Contains(answer, "_") {
		return
	}
	a.answers[n] = answer
}

// leadsTo is what a variable has after a row: where its next change comes from;
// for a call with rows under it what the tracker says after it; else how it ends.
func (a learner) leadsTo(row, line int, variable string) string {
	if row+1 < len(a.process.Rows) && a.process.Rows[row+1].Depth > a.process.Rows[row].Depth {
		return a.tracked(variable, row)
	}
	for i := row; i < len(a.process.Rows); i++ {
		for n, l := range strings.Split(a.process.Rows[i].Cells[2].Text, "\n") {
			if m := changeOf.FindStringSubmatch(l); m != nil && m[1] == variable && i > row {
				return m[2]
			} else if n == line && i == row {
				continue
			}
		}
	}
	return a.tracked(variable, len(a.process.Rows)-1)
}

// tracked is the tracker's cell of a variable after a row.
func (a learner) tracked(variable string, row int) string {
	for _, r := range a.tracker.Rows {
		if r.Cells[0].Text != variable {
			continue
		}
		for c, name := range a.tracker.Columns {
			if a.row(name) == row {
				return r.Cells[c].Text
			}
		}
	}
	return ""
}

// row is the row after which a column of the tracker stands.
func (a learner) row(column string) int {
	if column == "Final" {
		return len(a.process.Rows) - 1
	}
	call, at, _ := strings.Cut(strings.TrimPrefix(column, "After "), ", row ")
	for i, r := range a.process.Rows {
		if at != "" && r.Address == at || at == "" && column != "Start" && r.Depth == 0 && strings.HasPrefix(r.Cells[1].Text, strings.TrimSuffix(call, ")")) {
			return i
		}
	}
	return -1
}

// stands is what the Process Table last made of a variable before a column.
func (a learner) stands(variable string, column int) string {
	out := ""
	for _, r := range a.tracker.Rows {
		if r.Cells[0].Text == variable {
			out = r.Cells[1].Text // as it was at the start
		}
	}
	for i := 0; i <= a.row(a.tracker.Columns[column]); i++ {
		for _, l := range strings.Split(a.process.Rows[i].Cells[2].Text, "\n") {
			if m := changeOf.FindStringSubmatch(l); m != nil && m[1] == variable {
				out = m[3]
			}
		}
	}
	return out
}

// errorText is an error of the client in what a program prints.
var errorText = regexp.MustCompile(`(?:Local|Broker): .*$`)

// result is what a row came to: what its own change says, p.Len() after it, or of
// an error what the program prints of it next.
func (a learner) result(row int) string {
	r := a.process.Rows[row]
	if strings.HasPrefix(r.Cells[3].Text, "returns") {
		return a.tracked("p.Len()", row)
	}
	if strings.HasPrefix(r.Cells[3].Text, "error") && row+1 < len(a.process.Rows) {
		return errorText.FindString(a.process.Rows[row+1].Cells[3].Text)
	}
	report := strings.Contains(r.Cells[1].Text, "delivery report")
	for _, l := range strings.Split(r.Cells[2].Text, "\n") {
		m := changeOf.FindStringSubmatch(l)
		switch {
		case m == nil || strings.Contains(m[3], "_"):
		case report && (m[1] == "delivered" || m[1] == "failed" || m[1] == "purged"):
			return m[1]
		case m[1] == "batched" && strings.Contains(r.Cells[1].Text, "batch"), m[1] == "in flight":
			from, _ := strconv.Atoi(strings.ReplaceAll(m[2], ",", ""))
			to, _ := strconv.Atoi(strings.ReplaceAll(m[3], ",", ""))
			return lesson.Number(to - from)
		}
	}
	return ""
}
