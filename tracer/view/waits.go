package view

import "kstep/tracer"

// waits are the calls that return when what they wait for has happened, so
// that their return is told after what stands under them.
var waits = map[string]bool{
	"Flush": true, "InitTransactions": true, "CommitTransaction": true, "AbortTransaction": true, "SendOffsetsToTransaction": true,
}

// waiting is the row where it is such a call that returned after something had
// happened under it, else nil.
func (b *blocks) waiting(r *tracer.Row) *tracer.Row {
	if r.Kind != tracer.RowCall || !waits[r.Event.Call.Name] || r.Unfinished || len(b.run.Under(r)) == 0 {
		return nil
	}
	return r
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
