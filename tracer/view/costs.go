package view

import (
	"slices"
	"strconv"

	"kstep/tracer"
)

// Mode perf: what each step costs on the wire. Everything here is the same in
// every run of the program, but for otherRequests, which says so.

// cost is what some rows of a run cost.
type cost struct {
	requests, records, bytes int      // Produce requests, as sent
	trips                    int      // answers to them, and to the exchanges
	others                   []string // APIs of what else they needed, each once
	evidence                 tracer.Row
}

// costOf adds up rows.
func costOf(rows []*tracer.Row) cost {
	var c cost
	for _, r := range rows {
		if costs[r.Kind] {
			c.evidence.Evidence = append(c.evidence.Evidence, r.Evidence...)
		}
		switch r.Kind {
		case tracer.RowRequest:
			n, bytes := records(r)
			c.requests, c.records, c.bytes = c.requests+r.Count, c.records+n, c.bytes+bytes
		case tracer.RowResponse:
			c.trips += r.Count
		case tracer.RowPrepared, tracer.RowExchange:
			for _, e := range r.Evidence {
				if e.Frame == nil || e.Kind != tracer.Response {
					continue
				}
				if r.Kind == tracer.RowExchange {
					c.trips++
				}
				if api := e.Frame.API; api != "" && api != "Produce" && !slices.Contains(c.others, api) {
					c.others = append(c.others, api)
				}
			}
		}
	}
	return c
}

// costs are the kinds of rows that cost something on the wire.
var costs = map[tracer.RowKind]bool{tracer.RowRequest: true, tracer.RowResponse: true, tracer.RowExchange: true, tracer.RowPrepared: true}

// costing are the rows of a run that cost something.
func costing(run *tracer.Run) []*tracer.Row {
	var out []*tracer.Row
	for i := range run.Rows {
		if r := &run.Rows[i]; costs[r.Kind] {
			out = append(out, r)
		}
	}
	return out
}

// figures are the cells of a cost, as costColumns name them.
func (c cost) figures() []Cell {
	var out []Cell
	for _, text := range []string{number(c.requests), number(c.records), ratio(c.records, c.requests), number(c.bytes), number(c.trips)} {
		out = append(out, cell(&c.evidence, text))
	}
	return out
}

var costColumns = []string{"Produce requests", "Records", "Records a request", "Bytes sent", "Round trips"}

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

// stepCosts is what each step of the short table costs, and all together.
func (b *blocks) stepCosts() (Block, bool) {
	t := Table{Heading: Heading{"step-costs", "Step Costs"}, Columns: slices.Concat([]string{"Step", "Action"}, costColumns, []string{"Other requests"})}
	for _, r := range b.run.Main() {
		c := costOf(b.run.Under(r))
		c.evidence.Evidence = append(slices.Clone(r.Evidence), c.evidence.Evidence...)
		t.Rows = append(t.Rows, Row{Cells: c.row(cell(r, r.Address), cell(r, deed(r)))})
	}
	all := costOf(costing(b.run))
	if len(all.evidence.Evidence) > 0 {
		name := cell(&all.evidence, "all")
		name.Tone = Strong
		t.Rows = append(t.Rows, Row{Cells: all.row(name, cell(&all.evidence, ""))})
	}
	t.Notes = []Cell{{Text: "Bytes are those of whole Produce requests, as sent. Round trips are answers that came before the program's next call: to Produce requests, and to requests for a producer id or a step of a transaction. Connecting and learning the topic come on top.", Tone: Quiet}}
	return t, len(t.Rows) > 0
}

func (c cost) row(first ...Cell) []Cell {
	var others Cell
	if len(c.evidence.Evidence) > 0 {
		others = cell(&c.evidence, lines(c.others))
	}
	return append(append(first, c.figures()...), others)
}

// lines are words one under the other.
func lines(words []string) string {
	out := ""
	for i, w := range words {
		if i > 0 {
			out += "\n"
		}
		out += w
	}
	return out
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

// costTwins are the same sums of the run and of its twins.
func (b *blocks) costTwins() (Block, bool) {
	t := Table{Heading: Heading{"twin-costs", "Costs of the Twin Runs"}, Columns: append([]string{"Run"}, costColumns...)}
	b.eachTwin(func(name string, run *tracer.Run) {
		if c := costOf(costing(run)); len(c.evidence.Evidence) > 0 {
			t.Rows = append(t.Rows, Row{Cells: append([]Cell{cell(&c.evidence, name)}, c.figures()...)})
		} else if end := run.End(); end != nil {
			c.evidence = *end
			t.Rows = append(t.Rows, Row{Cells: append([]Cell{cell(end, name)}, c.figures()...)})
		}
	})
	if len(t.Rows) == 0 {
		return t, false
	}
	c := costOf(costing(b.run))
	if len(c.evidence.Evidence) == 0 && b.run.End() != nil {
		c.evidence = *b.run.End()
	}
	own := cell(&c.evidence, "this run")
	own.Tone = Strong
	t.Rows = append([]Row{{Cells: append([]Cell{own}, c.figures()...)}}, t.Rows...)
	return t, true
}

// eachTwin visits the twins in the trace's order.
func (b *blocks) eachTwin(visit func(name string, run *tracer.Run)) {
	for _, t := range b.run.Trace.Twins {
		if run := b.runs.Twin(t.Header.Variant); run != nil && len(run.Rows) > 0 {
			visit(t.Header.Variant, run)
		}
	}
}
