package view

import (
	"reflect"
	"testing"
)

// Every kind of block that has notes is told apart here: one that is forgotten
// would drop what a lesson says of it.
func TestEveryBlockTakesNotes(t *testing.T) {
	for _, b := range []Block{Flow{}, Code{}, Table{}, Moments{}, Quiz{}, Cards{}, Sequence{}, List{}, Prose{}, Bars{}, Plot{}, Paper{}, Terms{}} {
		has := reflect.ValueOf(b).FieldByName("Notes").IsValid()
		with := noted(b, Cell{Text: "note"})
		if got := notesOf(with); has != (len(got) == 1) {
			t.Errorf("%T has notes: %t, and %d after one was added", b, has, len(got))
		}
		if got := notesOf(WithoutNotes(with)); len(got) != 0 {
			t.Errorf("%T keeps %d notes", b, len(got))
		}
	}
}

func notesOf(b Block) []Cell {
	f := reflect.ValueOf(b).FieldByName("Notes")
	if !f.IsValid() {
		return nil
	}
	return f.Interface().([]Cell)
}
