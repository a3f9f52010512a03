package tracer

import (
	"time"
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
