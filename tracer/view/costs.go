package view

import (
	"slices"
	"strconv"

	"kstep/tracer"
)

// Mode perf: what each step costs on the wire. Figures of Produce requests are
// those of the Process Table, so they are as steady as its cells are.

// cost is what some rows of a run cost.
type cost struct {
	requests, records, bytes int // Produce requests, as sent
	answered, trips          int // answers to them, and to the exchanges as well
	evidence                 tracer.Row
}

// costs are the kinds of rows that cost something on the wire.
var costs = map[tracer.RowKind]bool{tracer.RowRequest: true, tracer.RowResponse: true, tracer.RowExchange: true}

// costOf adds up rows.
func costOf(rows []*tracer.Row) cost {
	var c cost
	for _, r := range rows {
		if !costs[r.Kind] {
			continue
		}
		c.evidence.Evidence = append(c.evidence.Evidence, r.Evidence...)
		switch r.Kind {
		case tracer.RowRequest:
			n, bytes := records(r)
			c.requests, c.records, c.bytes = c.requests+r.Count, c.records+n, c.bytes+bytes
		case tracer.RowResponse:
			c.answered, c.trips = c.answered+r.Count, c.trips+r.Count
		case tracer.RowExchange:
			for _, e := range r.Evidence {
				if e.Kind == tracer.Response {
					c.trips++ // one that is asked again costs again
				}
			}
		}
	}
	return c
}

// costOfRun is what a whole run costs. Where that is nothing, its calls are the
// evidence.
func costOfRun(run *tracer.Run) cost {
	var rows []*tracer.Row
	for i := range run.Rows {
		rows = append(rows, &run.Rows[i])
	}
	c := costOf(rows)
	if len(c.evidence.Evidence) == 0 {
		for _, r := range run.Main() {
			c.evidence.Evidence = append(c.evidence.Evidence, r.Evidence...)
		}
	}
	return c
}

// sent are the cells of what was sent, as sentColumns name them.
func (c cost) sent() []Cell {
	var out []Cell
	for _, text := range []string{number(c.requests), number(c.records), ratio(c.records, c.requests), number(c.bytes)} {
		out = append(out, cell(&c.evidence, text))
	}
	return out
}

var sentColumns = []string{"Produce requests", "Records", "Records a request", "Bytes sent"}

// ratio is a/b with at most one decimal, "-" where nothing is divided.
func ratio(a, b int) string {
	switch {
	case b <= 0:
		return "-"
	case a%b == 0:
		return number(a / b)
	}
	return strconv.FormatFloat(float64(a)/float64(b), 'f', 1, 64)
}

// stepCosts is what was sent in each step of the short table, and all together.
func (b *blocks) stepCosts() (Block, bool) {
	t := Table{Heading: Heading{"step-costs", "Step Costs"}, Columns: append([]string{"Step", "Action"}, sentColumns...)}
	for _, r := range b.run.Main() {
		c := costOf(b.run.Under(r))
		c.evidence.Evidence = append(slices.Clone(r.Evidence), c.evidence.Evidence...)
		t.Rows = append(t.Rows, Row{Cells: append([]Cell{cell(r, r.Address), cell(r, deed(r))}, c.sent()...)})
	}
	all := costOfRun(b.run)
	first := cell(&all.evidence, "all")
	first.Tone = Strong
	t.Rows = append(t.Rows, Row{Cells: append([]Cell{first, cell(&all.evidence, "")}, all.sent()...)})
	t.Notes = []Cell{{Text: "Bytes are those of whole Produce requests, as sent. A request counts in the step it stands under in the Process Table.", Tone: Quiet}}
	return t, len(t.Rows) > 1
}

// deed is a row of the short table in a few words.
func deed(r *tracer.Row) string {
	if r.Kind != tracer.RowCall {
		return "exit"
	}
	text := times(name(r.Event.Call), r.Count)
	if w := where(r); w != "" {
		text += "\n" + w
	}
	return text
}

// twinCosts are the sums of the run and of its twins.
func (b *blocks) twinCosts() (Block, bool) {
	t := Table{Heading: Heading{"twin-costs", "Costs of the Twin Runs"}, Columns: slices.Concat([]string{"Run"}, sentColumns, []string{"Round trips"})}
	add := func(name string, tone Tone, run *tracer.Run) {
		c := costOfRun(run)
		first := cell(&c.evidence, name)
		first.Tone = tone
		t.Rows = append(t.Rows, Row{Cells: slices.Concat([]Cell{first}, c.sent(), []Cell{cell(&c.evidence, number(c.trips))})})
	}
	add("this run", Strong, b.run)
	b.eachTwin(func(name string, run *tracer.Run) { add(name, Plain, run) })
	return t, len(t.Rows) > 1
}

// eachTwin visits the twins in the trace's order.
func (b *blocks) eachTwin(visit func(name string, run *tracer.Run)) {
	for _, t := range b.run.Trace.Twins {
		if run := b.runs.Twin(t.Header.Variant); run != nil && len(run.Rows) > 0 {
			visit(t.Header.Variant, run)
		}
	}
}
