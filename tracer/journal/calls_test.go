package journal

import (
	"testing"

	"kstep/tracer"
)

// The counts follow the program while it writes: in detail, in runs that still
// grow, and behind a record that nobody has finished.
func TestCallsCountWhatIsWritten(t *testing.T) {
	f, w := open(t, 1<<20)
	c := NewCalls(f)
	check := func(name string, called, returned int) {
		t.Helper()
		if c, r := c.Of(name); c.N != called || r.N != returned {
			t.Errorf("%s: called %d, returned %d; want %d and %d", name, c.N, r.N, called, returned)
		}
	}
	check("Flush", 0, 0)
	flush := returned(4, "Flush")
	begun := *flush
	begun.Kind = tracer.Called
	w.Event(&begun)
	check("Flush", 1, 0)

	topic, _ := w.Text("t")
	k := Like{Topic: topic, Producer: 1, Partition: -1, Key: -1, Value: 4, Channel: -1}
	for i := range 100 {
		if r := w.Run(&k); r == nil || !r.Add(uint32(i), int64(1000+10*i+5)) {
			w.Produce(&k, int64(1000+10*i), int64(1000+10*i+5), uint32(i))
		}
		check("Produce", i+1, i+1)
	}
	w.reserve(slotSize) // by a thread that never writes it
	w.Event(flush)      // behind a run with room for more, too
	check("Flush", 1, 1)
	w.Event(returned(5, "Purge"))
	check("Purge", 1, 1)
	w.Call("Len", 1, 0, 1, 2, Result{Name: "n", Kind: 'n'}, false)
	check("Len", 1, 1)
	check("Flush", 1, 1)
	check("Produce", 100, 100)
	called, back := c.Of("Flush")
	if at, ok := called.Nth(1); at != 20 || !ok {
		t.Errorf("Flush was called at %d, %v", at, ok)
	}
	if at, ok := back.Nth(2); at != 0 || ok {
		t.Errorf("Flush returned a second time at %d, %v", at, ok)
	}
}

// What is finished is read once.
func TestCallsGoOnWhereTheyWere(t *testing.T) {
	f, w := open(t, 1<<20)
	c := NewCalls(f)
	for i := range 10 {
		w.Event(returned(i+1, "Flush"))
		if called, _ := c.Of("Flush"); called.N != i+1 {
			t.Fatalf("%d calls, want %d", called.N, i+1)
		}
		if c.at != int64(w.tail.Load()) {
			t.Fatalf("the next count begins at %d, not at the end, %d", c.at, w.tail.Load())
		}
	}
}

func TestCallsOfAFileThatIsNone(t *testing.T) {
	f, w := open(t, 1<<20)
	for range 40 { // whatever stands where a record should begin
		at := w.reserve(slotSize)
		for i := range uint64(slotSize) {
			w.mem[at+i] = byte(i*7 + at/slotSize)
		}
	}
	NewCalls(f).Of("Flush")
}
