package quiz

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"kstep/tracer"
)

// What the kinds of questions ask of a run, beyond tracer's own queries.

// Exit names the program's end where a question takes the name of a call.
const Exit = "exit"

var errNoRun = errors.New("there is no run to ask")

// mainRun is the run that a lesson is about.
func mainRun(rs *tracer.Runs) (*tracer.Run, error) {
	if rs == nil || rs.Main == nil || rs.Main.Trace == nil {
		return nil, errNoRun
	}
	return rs.Main, nil
}

// settledCall is the row of the first call by that name, once it has returned.
func settledCall(run *tracer.Run, name string) (*tracer.Row, error) {
	row := run.Call(name)
	if name == Exit {
		row = run.End()
	}
	switch {
	case row == nil && name == Exit:
		return nil, lacking(run, "the record has no end of the program")
	case row == nil:
		return nil, lacking(run, fmt.Sprintf("the run has no call of %s()", name))
	case row.Unfinished:
		return nil, lacking(run, fmt.Sprintf("%s() had not returned when the record ended", name))
	}
	return row, nil
}

// lacking is the error of a run that cannot answer, with the reason why the
// record is not whole, where it is not.
func lacking(run *tracer.Run, why string) error {
	if p := run.Trace.Header.Partial; p != "" {
		return fmt.Errorf("%s (the record is partial: %s)", why, p)
	}
	return errors.New(why)
}

// counts puts a state into the words of the Status Tracker: the three places
// every message passes, and whatever else is not 0.
func counts(s *tracer.State) string {
	always := []string{"queued in client", "in flight", "delivered"}
	never := []string{"connections up", "connections that carry messages"}
	var out []string
	for _, v := range tracer.Variables {
		n := v.Of(s)
		if slices.Contains(always, v.Name) || n != 0 && !slices.Contains(never, v.Name) {
			out = append(out, fmt.Sprintf("%s %d", v.Name, n))
		}
	}
	return strings.Join(out, ", ")
}

// wholeTable is the range of a run's calls and end.
func wholeTable(run *tracer.Run) string {
	main := run.Main()
	return span(ends(tracer.Addresses(main...))...)
}

// ends are the first and the last of addresses.
func ends(addresses []string) []string {
	if len(addresses) < 3 {
		return addresses
	}
	return []string{addresses[0], addresses[len(addresses)-1]}
}

// twinNames are the names of the twins, in order.
func twinNames(rs *tracer.Runs) []string {
	var out []string
	for name, run := range rs.Twins {
		if run != nil && run.Trace != nil {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// distinct drops repeated addresses, keeping their order.
func distinct(addresses []string) []string {
	var out []string
	for _, a := range addresses {
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// compose puts the key and the wrong options together, each with a text and a
// misconception of its own. There may be more than a question has room for:
// Build chooses. A wrong one that the run bears out is an error.
func compose(q Question, key Option, wrong []Option) (Question, error) {
	key.Correct = true
	q.Options = distinctOptions(append([]Option{key}, wrong...))
	for _, o := range q.Options {
		if o.holds {
			return q, twoHold(key.Text, o.Text)
		}
	}
	if len(q.Options) < optionCount {
		return q, fmt.Errorf("the run gives only %d of the %d options", len(q.Options), optionCount)
	}
	q.Reread = distinct(key.Rows)
	return q, nil
}

// twoHold is the error of a question that has two keys.
func twoHold(key, other string) error {
	return fmt.Errorf("the run bears out both %q and %q", key, other)
}
