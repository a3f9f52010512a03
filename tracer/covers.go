package tracer

import (
	"cmp"
	"math"
	"slices"
)

// cover is a record of the broker's log, or a run of them, and the messages it
// holds: those with the numbers [from, end).
type cover struct {
	*Record
	from, end int
}

func coverOf(r *Record) cover {
	return cover{r, r.Message, r.Message + max(1, r.Count)}
}

// covers finds the records that hold a message, for rising numbers. The log's
// runs of records end where they differ, the program's runs of calls where
// those differ: one may hold a part of the other, or of several.
type covers struct {
	rest []cover // those that begin later
	here []cover // those that hold the number last asked for
}

// newCovers takes the records in the order of the log.
func newCovers(records []cover) covers {
	slices.SortStableFunc(records, func(a, b cover) int { return cmp.Compare(a.from, b.from) })
	return covers{rest: records}
}

// at are the records that hold the message, those that begin first before the
// others, and the number until which all messages are held by the same ones.
func (c *covers) at(number int) (held []cover, until int) {
	c.here = slices.DeleteFunc(c.here, func(r cover) bool { return r.end <= number })
	for len(c.rest) > 0 && c.rest[0].from <= number {
		if c.rest[0].end > number {
			c.here = append(c.here, c.rest[0])
		}
		c.rest = c.rest[1:]
	}
	until = math.MaxInt
	if len(c.rest) > 0 {
		until = c.rest[0].from
	}
	for _, r := range c.here {
		until = min(until, r.end)
	}
	return c.here, until
}
