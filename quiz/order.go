package quiz

import (
	"fmt"
	"slices"
	"strings"

	"kstep/tracer"
)

// Question kind: put in order.

// KindOrder asks in which order things happened.
const KindOrder Kind = "order"

// Order is a question for the order of three or four moments of a run. Every
// option is an order of the same moments. The run decides which is the key; an
// order that the causes of the run allow, too, is no wrong option.
type Order struct {
	ID      string
	Ask     string            // the question, with its question mark
	Moments []Moment          // in any order
	Orders  []Ordering        // at least four; the one that the run shows is the key
	Hints   [hintCount]string // where to look, what to compare, the rule
}

// Ordering is an order that may be that of the run.
type Ordering struct {
	Of     []int  // indexes of moments
	Belief string // the misconception it stands for where it is not the run's, as a short name
}

// Moment is a moment of a run.
type Moment struct {
	Says string // "Flush() returns"
	Find func(*tracer.Run) *Instant
}

// Maker is the question's maker.
func (o Order) Maker() Maker {
	return func(rs *tracer.Runs) (Question, error) {
		run, err := mainRun(rs)
		if err != nil {
			return Question{}, err
		}
		q := Question{ID: o.ID, Kind: KindOrder, Prompt: o.Ask, Hints: o.Hints[:]}
		at := make([]*Instant, len(o.Moments))
		var rows []string
		for i, m := range o.Moments {
			if at[i] = m.Find(run); at[i] == nil {
				return q, lacking(run, fmt.Sprintf("the run has no moment at which %s", m.Says))
			}
			rows = append(rows, at[i].row.Address)
		}
		c := causesOf(run, at)
		rows = distinct(rows)
		var key *Option
		var keyOrder []int
		var wrong []Option
		for _, order := range o.Orders {
			option := Option{Text: o.text(order), Rows: rows}
			broken := c.breaks(order.Of)
			switch {
			case broken != nil:
				first, then := o.Moments[broken[0]].Says, o.Moments[broken[1]].Says
				option.Belief = order.Belief
				option.Feedback = fmt.Sprintf("In this run %s (row %s) before %s (row %s).", first, at[broken[0]].row.Address, then, at[broken[1]].row.Address)
				wrong = append(wrong, option)
			case key != nil:
				return q, twoHold(key.Text, option.Text)
			default:
				option.Feedback = fmt.Sprintf("%s show it, each the cause of the next or made by the same hand.", upper(rowList(rows)))
				key, keyOrder = &option, order.Of
			}
		}
		if key == nil {
			return q, lacking(run, "the run bears out none of the orders")
		}
		if i := c.open(keyOrder); i >= 0 {
			return q, fmt.Errorf("whether %s before %s is an accident of the run", o.Moments[keyOrder[i]].Says, o.Moments[keyOrder[i+1]].Says)
		}
		return compose(q, *key, wrong)
	}
}

// text is an order in words: "Produce() returns; the request leaves".
func (o Order) text(order Ordering) string {
	var out []string
	for _, i := range order.Of {
		out = append(out, o.Moments[i].Says)
	}
	return upper(strings.Join(out, ", then "))
}

// causes tell which of some moments came before which, by cause.
type causes [][]bool

func causesOf(run *tracer.Run, at []*Instant) causes {
	c := make(causes, len(at))
	for i := range at {
		c[i] = make([]bool, len(at))
		for j := range at {
			c[i][j] = i != j && precedes(run, at[i], at[j])
		}
	}
	for k := range c { // what is before something is before all that follows it
		for i := range c {
			for j := range c {
				c[i][j] = c[i][j] || c[i][k] && c[k][j]
			}
		}
	}
	return c
}

// breaks is a pair that stands the wrong way round in an order, first the one
// that came first; nil where the causes allow the order.
func (c causes) breaks(order []int) []int {
	for i := range order {
		for j := i + 1; j < len(order); j++ {
			if c[order[j]][order[i]] {
				return []int{order[j], order[i]}
			}
		}
	}
	return nil
}

// open is the place of the first neighbours in an order that no cause puts into
// it, -1 where there are none.
func (c causes) open(order []int) int {
	return slices.IndexFunc(order[:len(order)-1], func(m int) bool {
		return !c[m][order[slices.Index(order, m)+1]]
	})
}
