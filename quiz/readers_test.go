package quiz

import (
	"testing"

	"kstep/tracer"
)

// Two runs with as many aborted messages are not alike where it is another
// message: a question with the option that nothing changes would have two keys.
func TestSameReaders(t *testing.T) {
	of := func(entries ...tracer.Entry) tracer.Ledger { return tracer.Ledger{Entries: entries} }
	first := of(tracer.Entry{First: 1, Last: 1, Aborted: true}, tracer.Entry{First: 2, Last: 2})
	second := of(tracer.Entry{First: 1, Last: 1}, tracer.Entry{First: 2, Last: 2, Aborted: true})
	if sameReaders(first, second) {
		t.Error("the first message aborted is taken for the second aborted")
	}
	if !sameReaders(second, second) || !sameReaders(of(), of(tracer.Entry{First: 1, Last: 9})) {
		t.Error("runs alike are told apart")
	}
}
