package view

import (
	"kstep/tracer"
)

// costSum says in sentences what the costs of the run come to, each with the
// rows it was counted from.
func (b *blocks) costSum() (Block, bool) {
	l := List{Heading: Heading{"cost-summary", "What It Costs"}}
	say := func(text string, rows []string) {
		l.Items = append(l.Items, Cell{Text: text, Known: tracer.Inferred, Rows: rows})
	}
	sent := b.run.Of(tracer.RowRequest)
	all := costOf(costing(b.run))
	if len(sent) == 0 {
		say("No Produce request left.", tracer.Addresses(b.run.Main()...))
	} else {
		text := count(all.records, "record") + " left in " + count(all.requests, "Produce request")
		if all.requests > 1 {
			text += ": " + ratio(all.records, all.requests) + " a request"
		}
		say(text+".", tracer.Addresses(sent...))
		if calls, bytes := b.payloads(); bytes > 0 {
			say("The messages' keys and values are "+count(bytes, "byte")+"; the requests have "+number(all.bytes)+".", tracer.Addresses(append(calls, sent...)...))
		}
	}
	b.eachTwin(func(name string, run *tracer.Run) {
		c := costOf(costing(run))
		rows := tracer.TwinAddresses(name, run.Of(tracer.RowRequest)...)
		if c.requests == 0 {
			rows = tracer.TwinAddresses(name, run.Main()...)
		}
		say("The twin "+name+" sent "+count(c.records, "record")+" in "+count(c.requests, "Produce request")+": "+compared(c, all)+".", rows)
	})
	return l, len(b.run.Rows) > 0
}

// compared says what a cost is more or less than another.
func compared(c, than cost) string {
	of := func(n int, noun string) string {
		switch {
		case n > 0:
			return count(n, noun) + " more"
		case n < 0:
			return count(-n, noun) + " less"
		}
		return "the same " + noun + "s"
	}
	return of(c.bytes-than.bytes, "byte") + " and " + of(c.trips-than.trips, "round trip")
}

// payloads are the calls that gave the client messages, and how many bytes of
// keys and values those have.
func (b *blocks) payloads() (calls []*tracer.Row, bytes int) {
	for _, r := range b.run.Calls("Produce") {
		if r.Event.Call.Error != nil || r.Unfinished {
			continue
		}
		calls = append(calls, r)
		for _, e := range r.Evidence {
			if c := e.Call; e.Kind == tracer.Returned && c != nil && c.Message != nil {
				if c.N() > 1 {
					bytes += int(c.Bytes)
				} else {
					bytes += size(c.Message.Key) + size(c.Message.Value)
				}
			}
		}
	}
	return calls, bytes
}

func size(p *tracer.Payload) int {
	if p == nil {
		return 0
	}
	return p.Size
}

// otherRequests counts the requests beside Produce by what they ask for. The
// client asks most of them for itself, and not equally often in every run.
func (b *blocks) otherRequests() (Block, bool) {
	t := Table{Heading: Heading{"other-requests", "Other Requests"}, Columns: []string{"Request", "Sent", "Bytes sent", "Answers", "Bytes back"}}
	type sum struct {
		sent, out, back, in int
		evidence            tracer.Row
	}
	sums := map[string]*sum{}
	var order []string
	for i := range b.run.Trace.Events {
		e := &b.run.Trace.Events[i]
		if e.Lane != tracer.Wire || e.Frame == nil || e.Frame.API == "" || e.Frame.API == "Produce" {
			continue
		}
		s := sums[e.Frame.API]
		if s == nil {
			s = &sum{}
			sums[e.Frame.API] = s
			order = append(order, e.Frame.API)
		}
		switch e.Kind {
		case tracer.Request:
			s.sent, s.out = s.sent+1, s.out+e.Frame.Bytes
		case tracer.Response:
			s.back, s.in = s.back+1, s.in+e.Frame.Bytes
		}
		s.evidence.Evidence = append(s.evidence.Evidence, e)
	}
	for _, api := range order {
		s := sums[api]
		row := Row{}
		for _, text := range []string{api, number(s.sent), number(s.out), number(s.back), number(s.in)} {
			row.Cells = append(row.Cells, cell(&s.evidence, text))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = []Cell{{Text: "How often the client asks can differ from run to run: for brokers and topics it asks again on a new connection, and again where an answer says: not yet. So nothing above counts these.", Tone: Quiet}}
	return t, len(t.Rows) > 0
}
