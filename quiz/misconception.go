package quiz

import (
	"fmt"
	"slices"
)

// The misconceptions that wrong options stand for, each with a public thread
// in which people show it or stumble by it. The lists are in catalogue*.go.

// Misconception is something that people believe and that a run refutes.
type Misconception struct {
	ID     string // kebab case; it goes into answer files, so it stays what it is
	Says   string // the belief, as who has it would put it: one short statement
	Thread string // where people show it: "confluentinc/librdkafka issue 348"
	What   string // what is said there, in our own words; a statement without a full stop
}

// Misconceptions are the whole catalogue, by subject. Nobody may change it.
func Misconceptions() []Misconception { return catalogue }

var catalogue = slices.Concat(ofProducing, ofLeaving, ofFlush, ofReports, ofBrokers, ofRetries, ofMessages, ofTransactions)

var byID = func() map[string]*Misconception {
	out := map[string]*Misconception{}
	for i := range catalogue {
		out[catalogue[i].ID] = &catalogue[i]
	}
	return out
}()

// FindMisconception is the misconception with an ID; false where there is none.
func FindMisconception(id string) (Misconception, bool) {
	m := byID[id]
	if m == nil {
		return Misconception{}, false
	}
	return *m, true
}

// Misconception is what a wrong option stands for; false of the key, and of an
// option whose belief is not in the catalogue.
func (o Option) Misconception() (Misconception, bool) { return FindMisconception(o.Belief) }

// Company tells whoever chose a wrong option that they are not alone: the
// belief, and where others have shown it. It blames nobody.
func (m Misconception) Company() string {
	return fmt.Sprintf("Others have thought so: %s See %s: %s.", m.Says, m.Thread, m.What)
}
