package view

import (
	"slices"
	"strings"

	"kstep/tracer"
)

// asked is what was sent and answered of one kind of request.
type asked struct {
	api                 string
	sent, out, back, in int // requests and their bytes, answers and theirs
	rows                []string
	evidence            tracer.Row
}

// otherRequests counts the requests beside Produce by what they ask for. The
// client asks most of them for itself, and not equally often in every run.
func (b *blocks) otherRequests() (Block, bool) {
	t := Table{Heading: Heading{"other-requests", "Other Requests"}, Columns: []string{"Request", "Rows", "Sent", "Bytes sent", "Answers", "Bytes back"}}
	for _, a := range b.asked() {
		rows := strings.Join(a.rows, ", ")
		if rows == "" {
			rows = "-"
		}
		row := Row{}
		for _, text := range []string{a.api, rows, number(a.sent), number(a.out), number(a.back), number(a.in)} {
			row.Cells = append(row.Cells, cell(&a.evidence, text))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = []Cell{{Text: "How often the client asks these can differ from run to run. Of them, the figures above have only those for a producer id or a step of a transaction, as round trips.", Tone: Quiet}}
	return t, len(t.Rows) > 0
}

// asked are the requests beside Produce by their API, in the order of their
// first one, with the rows that show one.
func (b *blocks) asked() []*asked {
	at := b.shownAt()
	byAPI := map[string]*asked{}
	var out []*asked
	for i := range b.run.Trace.Events {
		e := &b.run.Trace.Events[i]
		if e.Lane != tracer.Wire || e.Frame == nil || e.Frame.API == "" || e.Frame.API == "Produce" {
			continue
		}
		a := byAPI[e.Frame.API]
		if a == nil {
			a = &asked{api: e.Frame.API}
			byAPI[a.api] = a
			out = append(out, a)
		}
		switch e.Kind {
		case tracer.Request:
			a.sent, a.out = a.sent+1, a.out+e.Frame.Bytes
		case tracer.Response:
			a.back, a.in = a.back+1, a.in+e.Frame.Bytes
		}
		if row := at[e]; row != "" && !slices.Contains(a.rows, row) {
			a.rows = append(a.rows, row)
		}
		a.evidence.Evidence = append(a.evidence.Evidence, e)
	}
	return out
}
