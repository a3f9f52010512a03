package view

import (
	"strings"
	"testing"

	"kstep/tracer"
)

// A message counts in Len() until the client has let go of its report. When the
// program has read reports since the last Flush() that returned 0, whether the
// client has done so is an accident of the run.
func TestLenIsAnAccident(t *testing.T) {
	call := func(name string, seq, delivered, client, unread int) tracer.Row {
		e := &tracer.Event{Seq: seq, Lane: tracer.Application, Kind: tracer.Returned, Call: &tracer.Call{Name: name, After: &tracer.Queues{Client: client, Reports: unread}}}
		return tracer.Row{Kind: tracer.RowCall, Event: e, After: tracer.State{Delivered: delivered}}
	}
	for _, c := range []struct {
		name  string
		calls []tracer.Row
		want  string
	}{
		{"nothing read", []tracer.Row{call("Produce", 1, 0, 1, 0), call("Produce", 2, 1, 2, 1)}, "1 2"},
		{"one read", []tracer.Row{call("Produce", 1, 0, 1, 0), call("Produce", 2, 1, 1, 0)}, "1 -"},
		{"one read after Flush", []tracer.Row{call("Flush", 1, 1, 0, 1), call("Produce", 2, 1, 1, 0)}, "0 1"},
		{"one read after a Flush that gave up", []tracer.Row{call("Flush", 1, 0, 1, 0), call("Produce", 2, 1, 2, 0)}, "1 -"},
	} {
		b := &blocks{run: &tracer.Run{Trace: &tracer.Trace{}, Rows: c.calls}}
		var got []string
		for _, m := range b.snapshots()[1:] {
			got = append(got, length(m))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

// The line of the account names refused calls: they are not part of the law,
// so nothing else in it would.
func TestLedgerNamesRefusedCalls(t *testing.T) {
	for _, c := range []struct {
		l    tracer.Ledger
		want string
	}{
		{tracer.Ledger{Produced: 3, Delivered: 3, Refused: 1}, "3 produced = 3 delivered. 1 call of Produce() was refused. "},
		{tracer.Ledger{Refused: 2}, "Nothing was produced. 2 calls of Produce() were refused. "},
		{tracer.Ledger{Produced: 1, Delivered: 1}, "1 produced = 1 delivered. The"},
	} {
		b := &blocks{ledger: c.l}
		if got := b.ledgerNotes()[0].Text; !strings.HasPrefix(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
