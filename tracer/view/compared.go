package view

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"kstep/tracer"
)

// The parts of a comparison besides the Process Table.

// moment is a column of the Status Tracker by what it is, so that both sides'
// columns can be told to be the same one.
type moment struct {
	snapshot
	key rowKey
}

func (c *comparer) moments(b *blocks) []moment {
	keys := keysOf(b.run)
	var out []moment
	for _, s := range b.snapshots() {
		for i := range b.run.Rows {
			if s.row == &b.run.Rows[i] {
				out = append(out, moment{s, keys[i]})
			}
		}
	}
	return out
}

// title is the moment's name without an address, which may be another one in
// the other run.
func (m moment) title() string {
	title, _, _ := strings.Cut(m.name, ", row ")
	if m.key.n > 1 {
		title += ", call " + strconv.Itoa(m.key.n)
	}
	return title
}

// tracker are the cells of the Status Tracker that differ. A column that only
// one run has belongs to a call that only it made, which the rows say.
func (c *comparer) tracker() []Difference {
	left, right := c.moments(&c.left), c.moments(&c.right)
	var out []Difference
	for _, v := range inEither(c.left.variables(snapshotsOf(left)), c.right.variables(snapshotsOf(right))) {
		for _, m := range left {
			i := slices.IndexFunc(right, func(n moment) bool { return n.key == m.key })
			if i < 0 {
				continue
			}
			a, b := v.of(m.snapshot), v.of(right[i].snapshot)
			if unknown := v.seen && (a == "-" || b == "-"); a != b && !unknown {
				out = append(out, Difference{PartTracker, v.name, m.title(), half(m.row, a), half(right[i].row, b)})
			}
		}
	}
	return out
}

func snapshotsOf(ms []moment) []snapshot {
	out := make([]snapshot, len(ms))
	for i, m := range ms {
		out[i] = m.snapshot
	}
	return out
}

// inEither are the variables that one tracker or the other has, in the
// trackers' order: a variable that only b has stands before the one that
// follows it there.
func inEither(a, b []variable) []variable {
	out := slices.Clone(a)
	at := len(out)
	for _, v := range slices.Backward(b) {
		if i := slices.IndexFunc(out, func(w variable) bool { return w.name == v.name }); i >= 0 {
			at = i
			continue
		}
		out = slices.Insert(out, at, v)
	}
	return out
}

// messages are what became of the messages, as far as that differs: the
// account, then message by message.
func (c *comparer) messages() []Difference {
	out := differ(PartMessages, "all messages", "Account", &Half{Text: c.left.ledgerNotes()[0].Text}, &Half{Text: c.right.ledgerNotes()[0].Text})
	for _, r := range ranges(c.left.ledger.Entries, c.right.ledger.Entries) {
		a, b := c.left.entry(r), c.right.entry(r)
		what := "message " + r.String()
		if a == nil || b == nil {
			out = append(out, differ(PartMessages, what, columnRow, asHalf(a, "Fate"), asHalf(b, "Fate"))...)
			continue
		}
		for i := range a {
			out = append(out, differ(PartMessages, what, a[i].column, &Half{Text: a[i].text}, &Half{Text: b[i].text})...)
		}
	}
	return out
}

// differ is the difference where there is one.
func differ(part, what, column string, a, b *Half) []Difference {
	if a != nil && b != nil && a.Text == b.Text || a == nil && b == nil {
		return nil
	}
	return []Difference{{part, what, column, a, b}}
}

func asHalf(cells []columnText, column string) *Half {
	for _, c := range cells {
		if c.column == column {
			return &Half{Text: c.text}
		}
	}
	return nil
}

// span is messages with following numbers.
type span struct{ first, last int }

func (n span) String() string {
	if n.first == n.last {
		return "#" + number(n.first)
	}
	return "#" + number(n.first) + " to #" + number(n.last)
}

// ranges are the runs of messages that neither ledger divides further.
func ranges(a, b []tracer.Entry) []span {
	begins := map[int]bool{}
	for _, e := range slices.Concat(a, b) {
		begins[e.First], begins[e.Last+1] = true, true
	}
	starts := slices.Sorted(maps.Keys(begins))
	var out []span
	for i := 1; i < len(starts); i++ {
		out = append(out, span{starts[i-1], starts[i] - 1})
	}
	return out
}

// entry are the cells of the Message Ledger for some messages, nil where the
// program did not produce them.
func (b *blocks) entry(n span) []columnText {
	for _, e := range b.ledger.Entries {
		if e.First > n.first || e.Last < n.last {
			continue
		}
		if e.Offset >= 0 {
			e.Offset += int64(n.first - e.First)
		}
		e.First, e.Last = n.first, n.last
		var out []columnText
		for i, c := range entryCells(e, b.ledger.LogWasRead)[1:] {
			out = append(out, columnText{ledgerColumns[i+1], c.Text})
		}
		return out
	}
	return nil
}

// claims are the sentences that both lessons claim and the runs judge
// differently.
func (c *comparer) claims() []Difference {
	var out []Difference
	for _, claim := range c.a.Claims {
		i := slices.IndexFunc(c.b.Claims, func(o tracer.Claim) bool { return o.ID == claim.ID })
		if i < 0 {
			continue
		}
		a, b := claim.Judge(c.a.Runs), c.b.Claims[i].Judge(c.b.Runs)
		if a.Verdict != b.Verdict {
			out = append(out, Difference{PartClaims, claim.Sentence, "Verdict", judged(a), judged(b)})
		}
	}
	return out
}

func judged(f tracer.Finding) *Half {
	text := string(f.Verdict)
	if rows := Cited(Rows(f)); rows != "" {
		text += " (" + rows + ")"
	}
	return &Half{Text: text, Known: tracer.Inferred}
}
