package tracer

// The words in which claims and questions ask a run. Every method answers on a
// nil *Run or a row that is not there with a zero value, so that a predicate
// over a partial trace or a missing twin finds nothing instead of failing.

// Calls are the rows of the program's calls by that name, in order.
func (r *Run) Calls(name string) []*Row {
	return r.find(func(w *Row) bool { return w.Kind == RowCall && w.Event.Call.Name == name })
}

// Call is the first of them, nil where the program made none.
func (r *Run) Call(name string) *Row { return first(r.Calls(name)) }

// Of are the rows of a kind, in order.
func (r *Run) Of(kind RowKind) []*Row {
	return r.find(func(w *Row) bool { return w.Kind == kind })
}

// First is the first row of a kind, nil where there is none.
func (r *Run) First(kind RowKind) *Row { return first(r.Of(kind)) }

// End is the row of the program's end, nil where the record has none.
func (r *Run) End() *Row { return r.First(RowEnd) }

// Main are the rows of the short table: calls and the end.
func (r *Run) Main() []*Row {
	return r.find(func(w *Row) bool { return w.Kind == RowCall || w.Kind == RowEnd })
}

// Under are the rows under a call.
func (r *Run) Under(call *Row) []*Row {
	if call == nil {
		return nil
	}
	prefix := call.Address + "."
	return r.find(func(w *Row) bool { return len(w.Address) > len(prefix) && w.Address[:len(prefix)] == prefix })
}

// At is the row with an address, nil where there is none.
func (r *Run) At(address string) *Row {
	return first(r.find(func(w *Row) bool { return w.Address == address }))
}

// CallOf is the row of the call that a row stands under; of a call, itself.
func (r *Run) CallOf(row *Row) *Row {
	if row == nil {
		return nil
	}
	for i, c := range row.Address {
		if c == '.' {
			return r.At(row.Address[:i])
		}
	}
	return row
}

// Ledger is the run's account.
func (r *Run) Ledger() Ledger {
	if r == nil {
		return Ledger{}
	}
	return Balance(r.Trace)
}

func (r *Run) find(ok func(*Row) bool) []*Row {
	if r == nil {
		return nil
	}
	var out []*Row
	for i := range r.Rows {
		if ok(&r.Rows[i]) {
			out = append(out, &r.Rows[i])
		}
	}
	return out
}

func first(rows []*Row) *Row {
	if len(rows) == 0 {
		return nil
	}
	return rows[0]
}

// Addresses are the addresses of rows, those that are there.
func Addresses(rows ...*Row) []string {
	var out []string
	for _, r := range rows {
		if r != nil {
			out = append(out, r.Address)
		}
	}
	return out
}

// Twin is the run of a variant, nil where the trace carries none.
func (r *Runs) Twin(variant string) *Run { return r.Twins[variant] }

// TwinAddresses are addresses of a twin's rows, with the twin's name.
func TwinAddresses(variant string, rows ...*Row) []string {
	return OfTwin(variant, Addresses(rows...))
}

// OfTwin puts the twin's name before addresses; "" is the run itself.
func OfTwin(variant string, addresses []string) []string {
	if variant == "" {
		return addresses
	}
	out := make([]string, len(addresses))
	for i, a := range addresses {
		out[i] = variant + " " + a
	}
	return out
}
