package view

import "kstep/tracer"

// waits are the calls that return when what they wait for has happened, so
// that their return is told after what stands under them.
var waits = map[string]bool{
	"Flush": true, "InitTransactions": true, "CommitTransaction": true, "AbortTransaction": true, "SendOffsetsToTransaction": true,
}

// part says which part of a row's event a deed is.
type part string

const (
	partWhole    part = "whole"    // all of it at once
	partCalled   part = "called"   // the call was made and has not returned yet
	partReturned part = "returned" // it has returned
	partPending  part = "pending"  // it had not returned when the record ended
)

// deed is what is told, drawn or shown as one: a row, or the beginning or end
// of a call that waits for what stands under it.
type deed struct {
	row  *tracer.Row
	part part
}

// deeds are the run in the order in which it is told: rows in the table's
// order, and the return of a call that waits after what it waited for.
func (b *blocks) deeds() []deed {
	var out []deed
	var open *tracer.Row // a call whose return has not been told
	closes := func() {
		if open != nil {
			end := partReturned
			if open.Unfinished {
				end = partPending
			}
			out = append(out, deed{open, end})
		}
		open = nil
	}
	for i := range b.run.Rows {
		r := &b.run.Rows[i]
		if r.Kind == tracer.RowCall || r.Kind == tracer.RowEnd || after(open, r) {
			closes()
		}
		if b.waiting(r) {
			open = r
			out = append(out, deed{r, partCalled})
			continue
		}
		out = append(out, deed{r, partWhole})
	}
	closes()
	return out
}

// waiting tells whether the row is a call under which something happened while
// the program waited for its return.
func (b *blocks) waiting(r *tracer.Row) bool {
	return r.Kind == tracer.RowCall && (r.Unfinished || waits[r.Event.Call.Name]) && len(b.run.Under(r)) > 0
}

// returns says what such a call returned: "Flush() returns 0: nothing left".
func returns(r *tracer.Row) string {
	if c := r.Event.Call; c.Name == "Flush" {
		return name(c) + " " + flushed(c)
	}
	return name(r.Event.Call) + " returns: " + callResult(r)
}

// after tells whether the program printed a line when the call had returned:
// between what it prints and its calls there is an order. What the client does
// meanwhile has none.
func after(call, r *tracer.Row) bool {
	return call != nil && !call.Unfinished && r.Kind == tracer.RowPrinted && r.Event.Seq > call.Event.Seq
}
