package view

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kstep/tracer"
)

// Which cells of a worksheet are left blank.
//
// A blank can be filled in from what stays on the sheet: each has a witness,
// another place that shows its value, and no witness is ever blanked. Of a
// transition only the value it leads to is blanked, so the one it comes from is
// there to be its predecessor's witness.

// spot is a piece of a cell of one of the two tables.
type spot struct {
	tracker  bool // of the Status Tracker, else of the Process Table
	row, col int
	line     int // of the cell
	from, to int // of the line, in bytes: what is blanked
}

// sameCell tells whether two spots are of one line of one cell.
func (s spot) sameLine(o spot) bool {
	return s.tracker == o.tracker && s.row == o.row && s.col == o.col && s.line == o.line
}

// candidate is a spot that may be blanked, and the line that then has to stay.
type candidate struct {
	spot
	witness spot
}

// states are the transitions whose second value another place shows: the next
// transition of the variable comes from it, or the tracker ends with it. Of a call
// with rows under it, which happen while it runs or after it, only the tracker's
// column after it says what it left.
func (t *tables) states() []candidate {
	var out []candidate
	for n, c := range t.changes {
		witness, value, ok := spot{}, "", false
		if t.children(c.row) {
			if witness, ok = t.tracked(c.variable, t.column(c.row)); ok {
				value = t.text(witness)
			}
		} else if next := slices.IndexFunc(t.changes[n+1:], func(o change) bool { return o.variable == c.variable && o.row > c.row }); next >= 0 {
			o := t.changes[n+1+next]
			witness, value, ok = o.first(), o.from, true
		} else if witness, ok = t.tracked(c.variable, t.column(len(t.process.Rows)-1)); ok {
			value = t.text(witness)
		}
		if ok && value == c.to {
			out = append(out, candidate{c.second(), witness})
		}
	}
	return out
}

// tracks are the cells of the tracker that the Process Table shows: the call's own
// transition, or the last one before it; where there is none, and every row is on
// the sheet, the variable is what it was at the start.
func (t *tables) tracks() []candidate {
	var out []candidate
	for i, r := range t.tracker.Rows {
		for c := range r.Cells {
			at := t.columns[c]
			if at < 0 {
				continue
			}
			var last *change
			for n := range t.changes {
				if o := &t.changes[n]; o.variable == r.Cells[0].Text && o.row <= at {
					last = o
				}
			}
			switch start, ok := t.tracked(r.Cells[0].Text, 1); {
			case last == nil && ok && c > 1 && t.untouched(r.Cells[0].Text) && t.text(start) == r.Cells[c].Text:
				out = append(out, candidate{spot{tracker: true, row: i, col: c, to: len(r.Cells[c].Text)}, start})
			case last != nil && last.to == r.Cells[c].Text:
				out = append(out, candidate{spot{tracker: true, row: i, col: c, to: len(r.Cells[c].Text)}, last.second()})
			}
		}
	}
	return out
}

// untouched tells whether a row that does not name a variable leaves it as it is,
// and the reader can see all rows.
func (t *tables) untouched(variable string) bool {
	return len(t.process.Rows) <= longTable && !strings.HasPrefix(variable, "connections") &&
		slices.ContainsFunc(tracer.Variables, func(v tracer.Variable) bool { return v.Name == variable })
}

var (
	counted  = regexp.MustCompile(`^([0-9,]+) (?:messages? for|records?\b)`)
	noun     = regexp.MustCompile(`^[0-9,]+ (?:messages?|records?)`)
	returned = regexp.MustCompile(`^returns ([0-9]+)(?::.*)?$`)
)

// results are the results that the same row's transition, the tracker or what the
// program prints next shows: how many messages a batch or a request has, what a
// report says, what Flush() returns, the error of a call.
func (t *tables) results() []candidate {
	var out []candidate
	for i, r := range t.process.Rows {
		text := r.Cells[columnResult].Text
		if strings.Contains(text, "\n") {
			continue
		}
		here := spot{row: i, col: columnResult, to: len(text)}
		if m := returned.FindStringSubmatch(text); m != nil {
			if w, ok := t.tracked("p.Len()", t.column(i)); ok && t.text(w) == m[1] {
				here.from = len("returns ")
				out = append(out, candidate{here, w})
			}
			continue
		}
		if of, refused := strings.CutPrefix(text, "error: "); refused {
			if w, ok := t.printed(i, of); ok {
				here.from = len(text) - len(of)
				out = append(out, candidate{here, w})
			}
			continue
		}
		for _, c := range t.changes {
			if c.row != i {
				continue
			}
			witness := c.both()
			if text == c.variable {
				out = append(out, candidate{here, witness})
				break
			}
			if m := counted.FindStringSubmatch(text); m != nil && (c.variable == "batched" || c.variable == "in flight") && plus(c) == m[1] {
				here.to = len(noun.FindString(text))
				out = append(out, candidate{here, witness})
				break
			}
		}
	}
	return out
}

// printed is where a row under a call ends with a text: what the program prints of
// an error that it got.
func (t *tables) printed(call int, text string) (spot, bool) {
	for i := call + 1; i < len(t.process.Rows) && t.process.Rows[i].Depth > t.process.Rows[call].Depth; i++ {
		if line := t.process.Rows[i].Cells[columnResult].Text; strings.HasSuffix(line, text) && !strings.Contains(line, "\n") {
			return spot{row: i, col: columnResult, from: len(line) - len(text), to: len(line)}, true
		}
	}
	return spot{}, false
}

// plus is by how much a variable grew.
func plus(c change) string {
	a, err := strconv.Atoi(strings.ReplaceAll(c.from, ",", ""))
	b, err2 := strconv.Atoi(strings.ReplaceAll(c.to, ",", ""))
	if err != nil || err2 != nil || b <= a {
		return ""
	}
	return number(b - a)
}

// choose takes up to n candidates in an order that the seed decides, of the three
// kinds in turn, so that no blank is the witness of another.
func (t *tables) choose(seed string, n int) []candidate {
	h := fnv.New64a()
	h.Write([]byte(seed))
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	kinds := [][]candidate{t.states(), t.tracks(), t.results()}
	for _, k := range kinds {
		r.Shuffle(len(k), func(i, j int) { k[i], k[j] = k[j], k[i] })
	}
	turns := []int{0, 1, 0, 2} // transitions are what the tables are about
	var out []candidate
	for turn := 0; len(out) < n && len(kinds[0])+len(kinds[1])+len(kinds[2]) > 0; turn++ {
		k := turns[turn%len(turns)]
		for len(kinds[k]) > 0 {
			c := kinds[k][0]
			kinds[k] = kinds[k][1:]
			if !clashes(c, out) {
				out = append(out, c)
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b candidate) int { return a.compare(b.spot) })
	return out
}

// clashes tells whether a candidate hides the witness of one that is chosen, or
// one of those hides its own.
func clashes(c candidate, chosen []candidate) bool {
	return slices.ContainsFunc(chosen, func(o candidate) bool {
		return c.spot.hides(o.witness) || o.spot.hides(c.witness) || c.spot.hides(o.spot)
	})
}

// hides tells whether two spots have text in common.
func (s spot) hides(o spot) bool { return s.sameLine(o) && s.from < o.to && o.from < s.to }

func (s spot) compare(o spot) int {
	for _, d := range []int{order(s.tracker) - order(o.tracker), s.row - o.row, s.col - o.col, s.line - o.line, s.from - o.from} {
		if d != 0 {
			return d
		}
	}
	return 0
}

func order(tracker bool) int {
	if tracker {
		return 1
	}
	return 0
}

// blanked is a line with its blank, number n, or on the key with what belongs
// there.
func blanked(line string, s spot, n int, key bool) string {
	value := line[s.from:s.to]
	if !key {
		width := 12 // its length tells nothing but whether a number or words are asked for
		if _, err := strconv.Atoi(strings.ReplaceAll(value, ",", "")); err == nil {
			width = 4
		}
		value = strings.Repeat("_", width)
	}
	return fmt.Sprintf("%s[%d=%s]%s", line[:s.from], n, value, line[s.to:])
}
