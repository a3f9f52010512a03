package tracer

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// script builds a trace an event at a time, as lab and journal would record
// it: 1 ms between events.
type script struct {
	events []Event
	at     int64
	call   int
	number int
}

func (s *script) add(e Event) *Event {
	s.at += int64(time.Millisecond)
	if e.At == 0 {
		e.At = s.at
	}
	if e.Known == "" {
		e.Known = Observed
	}
	s.events = append(s.events, e)
	return &s.events[len(s.events)-1]
}

func (s *script) called(name string, line int) int {
	s.call++
	s.add(Event{Lane: Application, Kind: Called, Call: &Call{ID: s.call, Name: name, Producer: 1, Site: &Site{File: "p.go", Line: line}}})
	return s.call
}

func (s *script) returned(id int, name string, line int, after Queues, results ...Value) {
	s.add(Event{Lane: Application, Kind: Returned, Call: &Call{ID: id, Name: name, Producer: 1, Site: &Site{File: "p.go", Line: line}, After: &after, Results: results, Began: s.at}})
}

func (s *script) newProducer(line int) {
	s.returned(s.called("NewProducer", line), "NewProducer", line, Queues{})
}

func (s *script) produce(line int, after Queues) {
	s.call++
	s.number++
	s.add(Event{Lane: Application, Kind: Returned, Call: &Call{ID: s.call, Name: "Produce", Producer: 1, Site: &Site{File: "p.go", Line: line}, After: &after,
		Began: s.at, Message: &Message{Number: s.number, Topic: "t", Partition: -1, Value: &Payload{Text: "v", Size: 1}}}})
}

func (s *script) line(kind Kind, n int) *Event {
	return s.add(Event{Lane: Client, Kind: kind, Known: Reported, Client: &Log{Topic: "t", Count: n}})
}

func (s *script) frame(kind Kind, correlation int32, f Frame) *Event {
	f.Connection, f.API, f.Correlation = 2, "Produce", correlation
	return s.add(Event{Lane: Wire, Kind: kind, Frame: &f})
}

func (s *script) metadata() {
	s.add(Event{Lane: Wire, Kind: Response, Frame: &Frame{Connection: 2, API: "Metadata", Correlation: 2, Brokers: 1, Topics: []Topic{{Name: "t", Partitions: 1}}}})
}

// send is one batch from the client's queue to its report.
func (s *script) send(correlation int32, n int) {
	s.line(Batched, n)
	s.frame(Request, correlation, Frame{Batches: []Batch{{Topic: "t", Records: n}}})
	s.frame(Response, correlation, Frame{Batches: []Batch{{Topic: "t", BaseOffset: 0}}})
	s.line(Delivered, n)
}

func (s *script) exit(code int) {
	s.add(Event{Lane: Lab, Kind: Exited, Exit: &Exit{Code: code}})
}

func (s *script) log(message, count int, offset int64) {
	s.add(Event{Lane: Broker, Kind: Logged, Record: &Record{Topic: "t", Offset: offset, Message: message, Count: count}})
}

func (s *script) watermark(high int64) {
	s.add(Event{Lane: Broker, Kind: Watermark, Record: &Record{Topic: "t", High: high}})
}

func (s *script) trace() *Trace { return &Trace{Format: Format, Events: Order(s.events)} }

// firstRun is the first lesson's run.
func firstRun() *script {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	flush := s.called("Flush", 19)
	s.metadata()
	s.send(4, 1)
	s.returned(flush, "Flush", 19, Queues{Reports: 1}, Value{Name: "outstanding", Text: "0"})
	s.exit(0)
	s.log(1, 0, 0)
	s.watermark(1)
	return s
}

func addresses(t *Trace) []string {
	var out []string
	for _, r := range Rows(t) {
		out = append(out, r.Address+" "+string(r.Kind))
	}
	return out
}

func TestRows(t *testing.T) {
	got := addresses(firstRun().trace())
	want := []string{"1 call", "2 call", "3 call", "3.1 prepared", "3.2 batched", "3.3 request", "3.4 response", "3.5 report", "4 end"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRowStates(t *testing.T) {
	run := NewRun(firstRun().trace())
	for _, c := range []struct {
		address string
		want    State
	}{
		{"1", State{}},
		{"2", State{Produced: 1, Queued: 1}},
		{"3.1", State{Produced: 1, Queued: 1, Carrying: 1}},
		{"3.2", State{Produced: 1, Batched: 1}},
		{"3.3", State{Produced: 1, InFlight: 1}},
		{"3.4", State{Produced: 1, Answered: 1}},
		{"3.5", State{Produced: 1, Delivered: 1}},
		{"3", State{Produced: 1, Delivered: 1}},
		{"4", State{Produced: 1, Delivered: 1}},
	} {
		r := run.At(c.address)
		if r == nil {
			t.Fatalf("no row %s", c.address)
		}
		for _, v := range Variables[:8] {
			if got, want := v.Of(&r.After), v.Of(&c.want); got != want {
				t.Errorf("row %s: %s is %d, want %d", c.address, v.Name, got, want)
			}
		}
	}
}

// The client's lines are stamped when kstep reads them, which may be late. The
// rows must not depend on it.
func TestOrderByCause(t *testing.T) {
	want := addresses(firstRun().trace())
	for late := range 9 {
		s := firstRun()
		for i := range s.events {
			if s.events[i].Lane == Client {
				s.events[i].At += int64(late) * 3 * int64(time.Millisecond)
			}
		}
		if d := cmp.Diff(want, addresses(s.trace())); d != "" {
			t.Errorf("client lines %d ms late: %s", late*3, d)
		}
	}
}

// Where the request really leaves before Flush is called, the table says so.
func TestRequestBeforeFlush(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	s.metadata()
	s.send(4, 1)
	s.returned(s.called("Flush", 19), "Flush", 19, Queues{Reports: 1})
	s.exit(0)
	got := addresses(s.trace())
	want := []string{"1 call", "2 call", "2.1 prepared", "2.2 batched", "2.3 request", "2.4 response", "2.5 report", "3 call", "4 end"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A program that reads its report, prints, and goes on with an empty queue had
// the report before that, however late its line in the client's log is read.
func TestReportBeforeTheNextCall(t *testing.T) {
	for late := range 4 {
		s := &script{}
		s.newProducer(9)
		s.produce(15, Queues{Client: 1})
		s.metadata()
		s.send(4, 1)
		report := len(s.events) - 1
		s.add(Event{Lane: Application, Kind: Printed, Stream: "stdout", Text: "delivered"})
		s.produce(15, Queues{Client: 1})
		second := &s.events[len(s.events)-1]
		second.Call.Before = &Queues{}
		s.events[len(s.events)-2].At = Place(second) - 1 // where the lab puts it
		s.events[report].At += int64(late) * int64(time.Millisecond)
		s.exit(0)
		got := addresses(s.trace())
		want := []string{"1 call", "2 call", "2.1 prepared", "2.2 batched", "2.3 request", "2.4 response", "2.5 report", "2.6 printed", "3 call", "4 end"}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("line %d ms late: %s", late, d)
		}
	}
}

func TestManyCalls(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	for range 1000 {
		s.produce(15, Queues{Client: 1})
	}
	s.events[len(s.events)-1].Call.Count = 999_001 // a run from the journal
	s.called("Flush", 19)
	for i := range 30 {
		s.send(int32(10+i), 33_000)
	}
	rows := Rows(s.trace())
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.Address, " ", r.Kind, " x", r.Count))
	}
	want := []string{"1 call x1", "2 call x1000000", "3 call x1", "3.1 batched x30", "3.2 request x30", "3.3 response x30", "3.4 report x30"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if !rows[2].Unfinished {
		t.Error("Flush never returned, and its row does not say so")
	}
}

// A call that differs from its neighbours keeps a row of its own.
func TestExceptionOpensTheRun(t *testing.T) {
	s := &script{}
	for range 10 {
		s.produce(15, Queues{Client: 1})
	}
	s.call++
	s.add(Event{Lane: Application, Kind: Returned, Call: &Call{ID: s.call, Name: "Produce", Producer: 1, Site: &Site{File: "p.go", Line: 15}, Error: &Error{Code: -184, Name: "Local: Queue full"}}})
	for range 10 {
		s.produce(15, Queues{Client: 1})
	}
	var got []int
	for _, r := range Rows(s.trace()) {
		got = append(got, r.Count)
	}
	if d := cmp.Diff([]int{10, 1, 10}, got); d != "" {
		t.Error(d)
	}
}

func TestLedger(t *testing.T) {
	lost := &script{}
	lost.newProducer(9)
	lost.produce(15, Queues{Client: 1})
	lost.exit(0)
	lost.watermark(0)

	twice := firstRun()
	twice.log(1, 0, 1)

	missing := firstRun()
	missing.events = missing.events[:len(missing.events)-2]
	missing.watermark(0)

	for _, c := range []struct {
		name string
		of   *script
		want Ledger
	}{
		{"delivered", firstRun(), Ledger{Produced: 1, Delivered: 1, Records: 1, InLog: 1, LogWasRead: true}},
		{"lost at exit", lost, Ledger{Produced: 1, Lost: 1, LogWasRead: true}},
		{"duplicate", twice, Ledger{Produced: 1, Delivered: 1, Records: 2, InLog: 1, Duplicates: 1, LogWasRead: true}},
		{"reported but not in the log", missing, Ledger{Produced: 1, Delivered: 1, LogWasRead: true, Breaches: []string{"messages reported delivered: 1, messages in the broker's log: 0"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Balance(c.of.trace())
			entries := got.Entries
			got.Entries = nil
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			if len(entries) != 1 || entries[0].First != 1 || entries[0].Last != 1 {
				t.Errorf("entries: %+v", entries)
			}
		})
	}
}

func TestLedgerOfRuns(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	for range 256 {
		s.produce(15, Queues{Client: 1})
	}
	s.produce(15, Queues{Client: 1})
	s.events[len(s.events)-1].Call.Count = 743
	flush := s.called("Flush", 19)
	s.metadata()
	s.send(4, 900)
	s.returned(flush, "Flush", 19, Queues{Client: 100})
	s.exit(0)
	for i := range 256 {
		s.log(i+1, 0, int64(i))
	}
	s.log(257, 644, 256)
	s.watermark(900)
	l := Balance(s.trace())
	if l.Produced != 999 || l.Delivered != 900 || l.Lost != 99 || l.InLog != 900 || len(l.Breaches) > 0 {
		t.Errorf("%+v", l)
	}
	last := l.Entries[len(l.Entries)-1]
	if last.First != 901 || last.Last != 999 || last.Fate != FateLost {
		t.Errorf("the last entry is %+v", last)
	}
}

// Without a line of the client, what left its queue is settled by what the
// wrapper saw.
func TestSettledWithoutALine(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	zero := int16(0)
	s.frame(Request, 4, Frame{Acks: &zero, Batches: []Batch{{Topic: "t", Records: 1}}})
	s.returned(s.called("Flush", 19), "Flush", 19, Queues{Reports: 1})
	s.produce(20, Queues{Client: 1})
	s.returned(s.called("Purge", 21), "Purge", 21, Queues{Reports: 2})
	s.exit(0)
	l := Balance(s.trace())
	if l.Delivered != 1 || l.Purged != 1 || l.Lost != 0 {
		t.Errorf("%+v", l)
	}
}

// A program that waits for its report and prints acts on it: the report's row
// stands before, however late the client's line was read.
func TestReportBeforeWhatFollowsFromIt(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	s.metadata()
	s.send(4, 1)
	s.events[len(s.events)-1].At += int64(20 * time.Millisecond) // the line of the report
	s.add(Event{Lane: Application, Kind: Printed, Stream: "stdout", Text: "there"})
	s.exit(0)
	want := []string{"1 call", "2 call", "2.1 prepared", "2.2 batched", "2.3 request", "2.4 response", "2.5 report", "2.6 printed", "3 end"}
	if d := cmp.Diff(want, addresses(s.trace())); d != "" {
		t.Error(d)
	}
}

// What a fault leads to is shown request by request.
func TestFaultedRunsStayOpen(t *testing.T) {
	for faults, want := range map[string]int{"": 8, "lose Produce response 9": 16} {
		s := &script{}
		s.newProducer(9)
		s.produce(15, Queues{Client: 1})
		s.metadata()
		for i := range 3 {
			s.send(int32(4+i), 1)
		}
		s.exit(0)
		tr := s.trace()
		if faults != "" {
			tr.Header.Faults = []string{faults}
		}
		if got := len(Rows(tr)); got != want {
			t.Errorf("faults %q: %d rows, want %d: %v", faults, got, want, addresses(tr))
		}
	}
}

// A connection that is cut leaves nothing in flight.
func TestCutConnection(t *testing.T) {
	s := &script{}
	s.newProducer(9)
	s.produce(15, Queues{Client: 1})
	flush := s.called("Flush", 16)
	s.line(Batched, 1)
	s.frame(Request, 4, Frame{Batches: []Batch{{Topic: "t", Records: 1}}})
	s.frame(ConnectionClosed, 0, Frame{})
	s.returned(flush, "Flush", 16, Queues{Client: 1})
	rows := Rows(s.trace())
	if got := rows[2].After; got.InFlight != 0 || got.Queued != 1 {
		t.Errorf("after the cut %d in flight, %d queued", got.InFlight, got.Queued)
	}
}

func TestReadWrite(t *testing.T) {
	tr := firstRun().trace()
	tr.Header = TraceHeader{Lesson: "first-message", Program: Program{File: "p.go", Source: "package p\n"}}
	twin := firstRun().trace()
	twin.Header.Variant = "no-flush"
	tr.Twins = []*Trace{twin}
	var b bytes.Buffer
	if err := Write(&b, tr); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	got, err := Read(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(tr, got, cmp.Comparer(sameFormat)); d != "" {
		t.Error(d)
	}
	for _, cut := range []int{0, 1, 10, len(whole) / 3, len(whole) - 3} {
		_, err := Read(bytes.NewReader(whole[:cut]))
		var refused *FileError
		if !errors.As(err, &refused) || strings.Contains(err.Error(), "\n") {
			t.Errorf("cut to %d bytes: %v", cut, err)
		}
	}
}

// A twin's format is written, too, so the comparison of whole traces looks at
// everything else.
func sameFormat(a, b *Trace) bool {
	return cmp.Equal(a.Header, b.Header) && cmp.Equal(a.Events, b.Events) && len(a.Twins) == len(b.Twins)
}

func TestReadRefuses(t *testing.T) {
	head := `{"format":"kstep-trace/1","header":{},"events":[`
	event := func(s string) string { return head + `{"seq":1,` + s + `}]}` }
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "the trace is empty"},
		{"spaces", "  \n", "the trace is empty"},
		{"another file", "hello", "not a kstep trace"},
		{"another json", `{"a":1}`, "not a kstep trace"},
		{"another format", `{"format":"other/1"}`, `its format is "other/1"`},
		{"newer", `{"format":"kstep-trace/2","events":[]}`, "use a newer kstep"},
		{"no events", `{"format":"kstep-trace/1"}`, "no events"},
		{"lacks detail", event(`"lane":"wire","kind":"request"`), "lacks its detail"},
		{"gap", head + `{"seq":2}]}`, "events are missing"},
		{"claims 1 GB", event(`"lane":"wire","kind":"request","frame":{"bytes":1073741824}`), "claims 1073741824 bytes"},
		{"claims a billion messages", event(`"lane":"application","kind":"returned","call":{"name":"Produce","count":1000000000}`), "claims 1000000000 messages"},
		{"negative", event(`"lane":"client","kind":"batched","client":{"count":-1}`), "negative"},
		{"wrong kind", event(`"lane":7`), "cannot be a"},
		{"nested", head + strings.Repeat(`[`, 20000), "broken"},
		{"nested twins", strings.Repeat(`{"format":"kstep-trace/1","twins":[`, 5000), "the trace"},
		{"broken", head + `{"seq":1,,}]}`, "broken at byte"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(c.file))
			var refused *FileError
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %q in one line", err, c.want)
			}
		})
	}
}

// A file that is larger than any trace is refused by its size, without being
// read.
func TestReadLargeFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "big.json")
	if err := os.WriteFile(name, []byte(`{"format":"kstep-trace/1",`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 1<<30); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = Read(f)
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("got %v", err)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("%d bytes were allocated for a file that is refused", n)
	}
}

func TestDiff(t *testing.T) {
	got := Diff(&State{Queued: 1}, &State{InFlight: 1})
	want := []Change{{"queued in client", "1", "0"}, {"in flight", "0", "1"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRecorderKeepsTheLabsRows(t *testing.T) {
	r := NewRecorder()
	r.Limit = 2
	for range 5 {
		r.Record(Event{Lane: Wire})
	}
	r.Record(Event{Lane: Lab, Kind: Exited})
	events, dropped := r.Finish()
	if len(events) != 3 || events[2].Kind != Exited || dropped[Wire] != 3 {
		t.Errorf("kept %d, dropped %v", len(events), dropped)
	}
	if events[0].At < 0 || events[0].At > int64(time.Minute) {
		t.Errorf("the first event is at %d ns of the run", events[0].At)
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, firstRun().trace()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"format":"kstep-trace/1","events":[{"seq":1,"lane":"wire","kind":"response","frame":{"api":"Produce"}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		tr, err := Read(bytes.NewReader(data))
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
			return
		}
		// What was accepted must fold.
		for _, run := range append([]*Trace{tr}, tr.Twins...) {
			Rows(run)
			Balance(run)
		}
	})
}
