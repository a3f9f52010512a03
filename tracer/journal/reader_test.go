package journal

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
)

// A run of like calls is one event, whatever form its calls were written in;
// one that differs is an event of its own, and messages are numbered through.
func TestRuns(t *testing.T) {
	f, w := open(t, 1<<20)
	topic, _ := w.Text("t")
	line, _ := w.Site(tracer.Site{File: "p.go", Line: 9, Func: "main.main"})
	full, _ := w.Error(tracer.Error{Code: -184, Name: "full", Text: "Local: Queue full"})
	k := Like{Site: line, Topic: topic, Producer: 1, Partition: -1, Key: -1, Value: 4, Channel: -1}
	detail := returned(4, "Produce")
	detail.Call.Message = &tracer.Message{Topic: "t", CRC: 77}
	w.Event(detail)
	for i := range 100 {
		if r := w.Run(&k); r == nil || !r.Add(uint32(i), int64(1000+10*i+5)) {
			w.Produce(&k, int64(1000+10*i), int64(1000+10*i+5), uint32(i))
		}
	}
	refused := k
	refused.Error = full
	for range 3 {
		w.Produce(&refused, 3000, 3001, 5)
	}
	w.Produce(&k, 4000, 4002, 6)
	other := k
	other.Key, other.Channel = 0, 0
	w.Produce(&other, 5000, 5001, 7)

	r := mustRead(t, f)
	if len(r.Events) != 5 || len(r.Messages) != 103 || r.Lost+r.Unfinished != 0 {
		t.Fatalf("%d events, %d messages, %d lost, %d unfinished", len(r.Events), len(r.Messages), r.Lost, r.Unfinished)
	}
	if r.Messages[0] != (Produced{"t", 77}) || r.Messages[100] != (Produced{"t", 99}) || r.Messages[102] != (Produced{"t", 7}) {
		t.Errorf("messages %v %v %v", r.Messages[0], r.Messages[100], r.Messages[102])
	}
	site := &tracer.Site{File: "p.go", Line: 9, Func: "main.main"}
	want := []tracer.Call{
		{ID: 2, Name: "Produce", Producer: 1, Site: site, Args: []tracer.Value{{Name: "deliveryChan", Text: "nil"}}, Results: []tracer.Value{{Name: "error", Text: "nil"}},
			Began: 1000, Count: 100, Bytes: 400, Message: &tracer.Message{Number: 2, Topic: "t", Partition: -1, Value: &tracer.Payload{Size: 4}}},
		{ID: 3, Name: "Produce", Producer: 1, Site: site, Args: []tracer.Value{{Name: "deliveryChan", Text: "nil"}}, Results: []tracer.Value{{Name: "error", Text: "Local: Queue full"}},
			Error: &tracer.Error{Code: -184, Name: "full", Text: "Local: Queue full"}, Began: 3000, Count: 3, Bytes: 12,
			Message: &tracer.Message{Topic: "t", Partition: -1, Value: &tracer.Payload{Size: 4}, CRC: 5}},
		{ID: 4, Name: "Produce", Producer: 1, Site: site, Args: []tracer.Value{{Name: "deliveryChan", Text: "nil"}}, Results: []tracer.Value{{Name: "error", Text: "nil"}},
			Began: 4000, Message: &tracer.Message{Number: 102, Topic: "t", Partition: -1, Value: &tracer.Payload{Size: 4}, CRC: 6}},
		{ID: 5, Name: "Produce", Producer: 1, Site: site, Args: []tracer.Value{{Name: "deliveryChan", Text: "chan kafka.Event, unbuffered"}}, Results: []tracer.Value{{Name: "error", Text: "nil"}},
			Began: 5000, Message: &tracer.Message{Number: 103, Topic: "t", Partition: -1, Key: &tracer.Payload{}, Value: &tracer.Payload{Size: 4}, CRC: 7}},
	}
	for i, c := range want {
		if d := cmp.Diff(c, *r.Events[i+1].Call); d != "" {
			t.Errorf("event %d (-want +got):\n%s", i+1, d)
		}
	}
	if at := r.Events[1].At; at < 1995-tick || at > 1995 {
		t.Errorf("the run's last call returned at %d, want 1995, to the tick", at)
	}
}

// Of a run one call in eight is timed; the others returned when the one before
// them did, as far as the record tells.
func TestUntimed(t *testing.T) {
	f, w := open(t, 1<<20)
	topic, _ := w.Text("t")
	k := Like{Topic: topic, Producer: 1, Partition: -1, Key: -1, Value: 4, Channel: -1}
	timed := 0
	for i := range 100 {
		at := int64(1000 + 1000*i)
		r := w.Run(&k)
		if r == nil {
			w.Produce(&k, at, at, uint32(i))
			continue
		}
		ended := int64(0)
		if r.Timed() {
			ended = at
			timed++
		}
		if !r.Add(uint32(i), ended) {
			w.Produce(&k, at, at, uint32(i))
		}
	}
	r := mustRead(t, f)
	if len(r.Events) != 1 || len(r.Messages) != 100 || r.Lost+r.Unfinished != 0 {
		t.Fatalf("%d events, %d messages, %d lost, %d unfinished", len(r.Events), len(r.Messages), r.Lost, r.Unfinished)
	}
	if timed == 0 || timed > 30 {
		t.Errorf("%d of 100 calls were timed", timed)
	}
	if at := r.Events[0].At; at > 100_000 || at < 100_000-8*1000-tick {
		t.Errorf("the last call returned at %d, want 100000 or up to eight calls less", at)
	}
}

// A call is one and has one number, in Called and Returned; short forms of
// calls without arguments say what they returned.
func TestCalls(t *testing.T) {
	f, w := open(t, 1<<20)
	called := returned(900, "Flush")
	called.Kind = tracer.Called
	w.Event(called)
	for _, n := range []int64{5, 5, -1 << 40} {
		w.Call("Len", 2, 0, 1, 2, Result{Name: "n", Kind: 'n', N: n}, n < 0)
	}
	w.Call("IsClosed", 2, 0, 1, 2, Result{Name: "closed", Kind: 'b', N: 1}, false)
	w.Call("String", 2, 0, 1, 2, Result{Name: "name", Kind: 't', Text: "rdkafka#producer-1"}, false)
	if w.Call("String", 2, 0, 1, 2, Result{Name: "name", Kind: 't', Text: strings.Repeat("x", maxText+1)}, false) {
		t.Error("a text that is too long has a short form")
	}
	w.Event(returned(900, "Flush"))
	var got []string
	for _, e := range mustRead(t, f).Events {
		c := e.Call
		s, _ := json.Marshal([]any{c.ID, e.Kind, c.Name, c.Count, c.Results, c.Guarded})
		got = append(got, string(s))
	}
	want := []string{
		`[1,"called","Flush",0,null,false]`,
		`[2,"returned","Len",2,[{"name":"n","text":"5"}],false]`,
		`[3,"returned","Len",0,[{"name":"n","text":"-1099511627776"}],true]`,
		`[4,"returned","IsClosed",0,[{"name":"closed","text":"true"}],false]`,
		`[5,"returned","String",0,[{"name":"name","text":"rdkafka#producer-1"}],false]`,
		`[1,"returned","Flush",0,null,false]`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A writer that dies half way costs its own record and no other.
func TestTorn(t *testing.T) {
	f, w := open(t, 1<<20)
	w.Event(returned(1, "first"))
	w.reserve(3 * slotSize) // reserved, and dead
	w.Event(returned(2, "second"))
	at := w.tail.Load()
	w.Event(returned(3, strings.Repeat("half", 100)))
	word := (*uint64)(unsafe.Pointer(&w.mem[at]))
	*word |= pending
	clear(w.mem[at+48 : at+96])
	w.Event(returned(4, "third"))
	k := Like{Key: -1, Value: -1, Channel: -1}
	for i := range 5 {
		w.Produce(&k, 1, 2, uint32(i+1))
	}
	w.open.Load().entries[1] = 0 // the third message's
	r := mustRead(t, f)
	var names []string
	for _, e := range r.Events {
		names = append(names, e.Call.Name)
	}
	if d := cmp.Diff([]string{"first", "second", "third", "Produce"}, names); d != "" || r.Unfinished != 3 || r.Lost != 0 || len(r.Messages) != 4 {
		t.Errorf("%d unfinished, %d lost, %d messages\n%s", r.Unfinished, r.Lost, len(r.Messages), d)
	}
}

// What is full stays full, harms nobody, and is counted.
func TestFull(t *testing.T) {
	for name, grow := range map[string]func(*Writer){
		"limit": func(*Writer) {},
		"no space": func(w *Writer) {
			w.space = func(*os.File, []byte, int64, int64) error { return io.ErrShortWrite }
		},
	} {
		t.Run(name, func(t *testing.T) {
			f, w := open(t, 300<<10)
			grow(w)
			const calls = 20_000
			for i := range calls {
				w.Event(returned(i, "Purge"))
			}
			w.Call("Len", 1, 0, 1, 2, Result{}, false)
			k := Like{Topic: 1}
			w.Produce(&k, 1, 2, 3)
			w.Produce(&k, 1, 2, 3)
			r := mustRead(t, f)
			if len(r.Events) == 0 || len(r.Events)+r.Lost < calls+2 || r.Unfinished != 0 {
				t.Errorf("%d events, %d lost, %d unfinished", len(r.Events), r.Lost, r.Unfinished)
			}
		})
	}
}

// Many goroutines write, each keeps its order, and nothing is lost.
func TestConcurrent(t *testing.T) {
	f, w := open(t, 64<<20)
	const writers, each = 8, 3000
	var wg sync.WaitGroup
	for g := range writers {
		wg.Go(func() {
			topic, _ := w.Text("t" + string(rune('a'+g%3)))
			k := Like{Topic: topic, Site: uint32(g / 4), Key: -1, Value: 1, Channel: -1}
			for i := range each {
				if r := w.Run(&k); r == nil || !r.Add(uint32(g*each+i), tracer.Now()) {
					w.Produce(&k, tracer.Now(), tracer.Now(), uint32(g*each+i))
				}
				if i%500 == 0 {
					w.Event(returned(g*each+i, "Len"))
				}
			}
		})
	}
	wg.Wait()
	r := mustRead(t, f)
	if len(r.Messages) != writers*each || r.Lost+r.Unfinished != 0 {
		t.Fatalf("%d messages, %d lost, %d unfinished", len(r.Messages), r.Lost, r.Unfinished)
	}
	last := map[uint32]int{}
	for i, m := range r.Messages {
		g, n := m.CRC/each, int(m.CRC%each)
		if n != last[g] {
			t.Fatalf("message %d is call %d of writer %d, want %d", i+1, n, g, last[g])
		}
		last[g]++
	}
}

// Of two goroutines that open runs at once, the one whose run stands earlier in
// the file may be the last to say so. Nobody may join that run any more: the
// call would stand before what its goroutine wrote earlier.
func TestLateRun(t *testing.T) {
	f, w := open(t, 1<<20)
	k := Like{Key: -1, Value: -1, Channel: -1}
	for n := range 6 {
		w.Produce(&k, 1, 2, uint32(n)) // the last run has room
	}
	early := w.open.Load()
	w.Event(returned(1, "Len"))
	w.open.Store(early)
	if w.Run(&k) != nil {
		t.Error("a call may join a run that other records follow")
	}
	w.Produce(&k, 1, 2, 6)
	var names []string
	for _, e := range mustRead(t, f).Events {
		names = append(names, e.Call.Name)
	}
	if d := cmp.Diff([]string{"Produce", "Len", "Produce"}, names); d != "" {
		t.Error(d)
	}
}

// Nothing that stands in a file makes the reader fail or say what no program
// could have said.
func FuzzRead(f *testing.F) {
	file, w := open(f, 1<<16)
	topic, _ := w.Text("t")
	line, _ := w.Site(tracer.Site{File: "p.go", Line: 9})
	k := Like{Site: line, Topic: topic, Value: 4, Channel: -1}
	e := returned(1, "Produce")
	e.Call.Message = &tracer.Message{Topic: "t"}
	w.Event(e)
	for i := range 20 {
		w.Produce(&k, 1, 2, uint32(i))
	}
	w.Call("Len", 1, line, 1, 2, Result{Name: "n", Kind: 'n', N: 3}, false)
	seed := make([]byte, w.tail.Load())
	file.ReadAt(seed, 0)
	f.Add(seed)
	f.Add(seed[:len(seed)-100])
	f.Add(seed[:headerSize])
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := read(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		if len(r.Events)+r.Unfinished > len(data) || len(r.Messages) > len(data)/entrySize || r.Lost < 0 || r.Unfinished < 0 {
			t.Fatalf("%d bytes made %d events, %d messages, %d lost, %d unfinished", len(data), len(r.Events), len(r.Messages), r.Lost, r.Unfinished)
		}
		for _, e := range r.Events {
			if e.Lane == tracer.Application && e.Call == nil || e.Lane != tracer.Application && e.Lane != tracer.Lab || e.Seq != 0 {
				t.Fatalf("event %+v", e)
			}
			if e.Call != nil && (e.Call.Count < 0 || e.Call.Count > len(r.Messages) && e.Call.Name == "Produce" && e.Call.Error == nil) {
				t.Fatalf("call %+v", e.Call)
			}
		}
	})
}

// A million messages of varying size do not become a million events.
func TestManySizes(t *testing.T) {
	f, w := open(t, 64<<20)
	const calls = looseFrom + 50_000
	for i := range calls {
		w.Produce(&Like{Key: -1, Value: int32(i % 7), Channel: -1}, 1, 2, 3)
	}
	r := mustRead(t, f)
	if len(r.Messages) != calls || len(r.Events) > looseFrom+2 {
		t.Errorf("%d messages, %d events", len(r.Messages), len(r.Events))
	}
	if n := r.Events[len(r.Events)-1].Call.Count; n < 40_000 {
		t.Errorf("the last run has %d calls", n)
	}
}

func TestNoJournal(t *testing.T) {
	if _, err := read(bytes.NewReader(make([]byte, headerSize)), headerSize); err == nil {
		t.Error("a page of zeros is read as a journal")
	}
	if _, err := read(bytes.NewReader(nil), 0); err == nil {
		t.Error("an empty file is read as a journal")
	}
	if _, err := CreateLimit(100); err == nil {
		t.Error("a journal without room was made")
	}
}

// What the lab left out is told with the call it stands for, which never was a
// call of the client: it has no number, no result, and accepts no message.
func TestLeftOut(t *testing.T) {
	f, w := open(t, 1<<20)
	w.Event(&tracer.Event{Lane: tracer.Lab, Kind: tracer.LeftOut, Known: tracer.Observed, Text: "Produce(), line 3", Call: &tracer.Call{
		ID: 9, Name: "Produce", Results: []tracer.Value{{Name: "error", Text: "nil"}}, Count: 5, Bytes: 5,
		Message: &tracer.Message{Number: 4, Topic: "t", Value: &tracer.Payload{Size: -1}},
	}})
	w.Event(&tracer.Event{Lane: tracer.Lab, Kind: tracer.LeftOut, Known: tracer.Observed, Text: "linger.ms=5"})
	w.Event(&tracer.Event{Lane: tracer.Client, Kind: tracer.LeftOut, Known: tracer.Observed, Text: "no program says that"})
	r := mustRead(t, f)
	if len(r.Events) != 2 || len(r.Messages) != 0 || r.Unfinished != 1 {
		t.Fatalf("%d events, %d messages, %d unfinished", len(r.Events), len(r.Messages), r.Unfinished)
	}
	want := tracer.Call{Name: "Produce", Message: &tracer.Message{Topic: "t", Value: &tracer.Payload{}}}
	if d := cmp.Diff(want, *r.Events[0].Call); d != "" {
		t.Error(d)
	}
	if r.Events[1].Call != nil || r.Events[1].Text != "linger.ms=5" {
		t.Errorf("the setting: %+v", r.Events[1])
	}
}
