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
	all := costOfRun(b.run)
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
	if all.trips > 0 {
		var answered []*tracer.Row
		for i := range b.run.Rows {
			if r := &b.run.Rows[i]; r.Kind == tracer.RowResponse || r.Kind == tracer.RowExchange {
				answered = append(answered, r)
			}
		}
		text := count(all.trips, "round trip") + ": " + count(all.answered, "Produce request") + " that " + plural(all.answered, "was", "were") + " answered"
		if n := all.trips - all.answered; n > 0 {
			text += ", and " + number(n) + " for a producer id or a step of a transaction"
		}
		say(text+".", tracer.Addresses(answered...))
	}
	b.eachTwin(func(name string, run *tracer.Run) {
		c := costOfRun(run)
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
