package tracer

import "strconv"

// Change is one variable whose value differs between two states.
type Change struct {
	Variable string
	From, To string
}

// Variables are the counted places of a state, by the names that tables,
// hints and help use, in the order a message passes through them.
var Variables = []Variable{
	{"queued in client", func(s *State) int { return s.Queued }},
	{"batched", func(s *State) int { return s.Batched }},
	{"in flight", func(s *State) int { return s.InFlight }},
	{"answered", func(s *State) int { return s.Answered }},
	{"delivered", func(s *State) int { return s.Delivered }},
	{"failed", func(s *State) int { return s.Failed }},
	{"purged", func(s *State) int { return s.Purged }},
	{"lost", func(s *State) int { return s.Lost }},
	{"refused", func(s *State) int { return s.Refused }},
	{"connections up", func(s *State) int { return s.Up }},
	{"connections that carry messages", func(s *State) int { return s.Carrying }},
}

// Variable is a named count of a State.
type Variable struct {
	Name string
	Of   func(*State) int
}

// Diff lists the variables that differ between two states, in the order of
// Variables.
func Diff(before, after *State) []Change {
	var out []Change
	for _, v := range Variables {
		if a, b := v.Of(before), v.Of(after); a != b {
			out = append(out, Change{v.Name, strconv.Itoa(a), strconv.Itoa(b)})
		}
	}
	return out
}
