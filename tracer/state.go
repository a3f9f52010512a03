package tracer

// State is what is where after an event. It is a pure fold over the events:
// Apply changes nothing outside it.
type State struct {
	Producers []Handle // in the order the program made them

	// Where the accepted messages are. Each is in exactly one place.
	Produced  int // accepted by Produce so far; the sum of all below
	Queued    int // in the client, not yet in a batch
	Batched   int // in a batch that is not yet on the wire
	InFlight  int // on the wire, not yet answered
	Answered  int // the broker answered, and not with an error after which the client tries again; the report is not out yet
	Delivered int // delivery report without error
	Failed    int // delivery report with an error
	Purged    int // removed by Purge or an abort
	Lost      int // gone with the process, or with Close, without a report

	Refused  int            // Produce returned an error: never accepted
	Requests int            // Produce requests seen on the wire
	Up       int            // connections open that have answered at least once
	Carrying int            // of these, those that Produce requests travel on
	Topics   map[string]int // partitions, by topic, as far as the client has learned them
	Queues   *Queues        // the producer's queues as last seen

	Transaction string // "", open, committed, aborted: as the program's calls returned
	Epoch       int    // that a batch carried last, or InitTransactions came back with; -1: none

	Ended bool
	Exit  *Exit
}

// Handle is a producer of the program.
type Handle struct {
	Number int
	Open   bool
	Closed bool // by Close; a producer that was never closed stays open until the process is gone
}

// Undelivered is how many accepted messages have no fate yet.
func (s *State) Undelivered() int { return s.Queued + s.Batched + s.InFlight + s.Answered }

// clone copies what a later Apply may change.
func (s *State) clone() State {
	c := *s
	c.Producers = append([]Handle(nil), s.Producers...)
	c.Topics = make(map[string]int, len(s.Topics))
	for k, v := range s.Topics {
		c.Topics[k] = v
	}
	return c
}

// flight is a Produce request that awaits its answer.
type flight struct{ connection, correlation int }

// Folder carries a State over the events of a trace, in their order. The zero
// value is ready; it is for one goroutine.
type Folder struct {
	State     State
	flights   map[flight]int  // request -> records it carries
	answered  map[int]bool    // connections that have answered once
	carries   map[int]bool    // connections that have carried a Produce request
	permanent map[flight]bool // requests whose error is the end of their messages; nil: not known
	produced  int64           // when the last of the calls of Produce returned, of those folded so far
	given     int             // epoch of the producer id the client was given last: when it comes is an accident, when it is used is not
}

// Apply folds one event into the state.
func (f *Folder) Apply(e *Event) {
	if f.flights == nil {
		f.flights, f.answered, f.carries = map[flight]int{}, map[int]bool{}, map[int]bool{}
		f.State.Topics, f.State.Epoch, f.given = map[string]int{}, -1, -1
	}
	switch e.Lane {
	case Application:
		f.application(e)
	case Client:
		f.client(e)
	case Wire:
		f.wire(e)
	case Lab:
		if e.Kind == Exited {
			f.exited(e)
		}
	}
}

func (f *Folder) application(e *Event) {
	s := &f.State
	if e.Call == nil || e.Kind == Called {
		return
	}
	if e.Call.After != nil {
		s.Queues = e.Call.After
	}
	switch {
	case e.Call.Name == "NewProducer" && e.Call.Error == nil:
		s.Producers = append(s.Producers, Handle{Number: e.Call.Producer, Open: true})
	case e.Call.Name == "Produce" && e.Call.Error == nil:
		s.Produced += e.Call.N()
		s.Queued += e.Call.N()
		f.produced = max(f.produced, e.At)
	case e.Call.Name == "Produce":
		s.Refused += e.Call.N()
	case e.Call.Name == "Purge" && e.Call.Error == nil && !e.Call.Guarded && len(s.Producers) == 1 && f.produced <= e.Call.Began:
		f.purge(e.Call)
	case e.Call.Name == "Close" && !e.Call.Guarded:
		f.closed(e.Call.Producer)
	case e.Call.Name == "InitTransactions" && e.Call.Error == nil:
		s.Epoch = f.given
	case e.Call.Error == nil && transaction[e.Call.Name] != "":
		s.Transaction = transaction[e.Call.Name]
	}
	// A Produce stands where it began, so what its return shows is still to come.
	if q := e.Call.After; q != nil && !q.Closed && q.Client == 0 && len(s.Producers) == 1 && e.Call.Name != "Produce" && f.produced <= asked(e) {
		f.settle(e.Call.Name)
	}
}

// transaction is what a call that returned without error makes of it.
var transaction = map[string]string{"BeginTransaction": "open", "CommitTransaction": "committed", "AbortTransaction": "aborted"}

func (f *Folder) exited(e *Event) {
	f.lose()
	f.disconnect()
	f.State.Ended, f.State.Exit = true, e.Exit
}

// disconnect: the connections of a process or of its last producer end with it;
// when the broker notices is an accident of the run.
func (f *Folder) disconnect() {
	f.State.Up, f.State.Carrying = 0, 0
	clear(f.answered)
	clear(f.carries)
}

func (f *Folder) client(e *Event) {
	s, n := &f.State, 0
	if e.Client != nil {
		n = e.Client.Count
	}
	switch e.Kind {
	case TopicKnown:
		s.Topics[e.Client.Topic] = n
	case Batched:
		s.Batched += take(n, &s.Queued)
	case Delivered:
		s.Delivered += take(n, &s.Answered, &s.InFlight, &s.Batched, &s.Queued)
	case Failed:
		s.Failed += take(n, &s.Answered, &s.InFlight, &s.Batched, &s.Queued)
	case TimedOut:
		s.Failed += take(n, &s.InFlight, &s.Batched, &s.Queued, &s.Answered)
	case Purged:
		s.Purged += take(n, &s.Queued, &s.Batched, &s.InFlight)
	}
}

// take removes up to n from the places, in order, and returns how many it got:
// what is not there cannot move, whatever a log line says.
func take(n int, places ...*int) int {
	got := 0
	for _, p := range places {
		d := min(n-got, *p)
		*p -= d
		got += d
	}
	return got
}

func (f *Folder) wire(e *Event) {
	switch e.Kind {
	case Request:
		f.request(e.Frame)
	case Response:
		f.response(e.Frame)
	case ConnectionClosed:
		if f.answered[e.Frame.Connection] {
			f.State.Up--
		}
		if f.carries[e.Frame.Connection] {
			f.State.Carrying--
		}
		delete(f.answered, e.Frame.Connection)
		delete(f.carries, e.Frame.Connection)
		f.cut(e.Frame.Connection)
	}
}

// cut puts back what was in flight on a connection that is gone: no answer can
// come, and the client tries again or gives up.
func (f *Folder) cut(connection int) {
	for key, n := range f.flights {
		if key.connection == connection {
			f.State.Queued += take(n, &f.State.InFlight)
			delete(f.flights, key)
		}
	}
}

func (f *Folder) request(r *Frame) {
	if r.API != "Produce" {
		return
	}
	s, n := &f.State, 0
	for _, b := range r.Batches {
		n += b.Records
	}
	s.Requests++
	for _, b := range r.Batches {
		if f.given >= 0 && b.ProducerID >= 0 {
			s.Epoch = int(b.Epoch)
		}
	}
	if !f.carries[r.Connection] {
		f.carries[r.Connection] = true
		s.Carrying++
	}
	n = take(n, &s.Batched, &s.Queued)
	s.InFlight += n
	if r.Acks != nil && *r.Acks == 0 {
		return // no answer will come; the client's report settles them
	}
	f.flights[flight{r.Connection, int(r.Correlation)}] = n
}

func (f *Folder) response(r *Frame) {
	s := &f.State
	if !f.answered[r.Connection] {
		f.answered[r.Connection] = true
		s.Up++
	}
	if r.Epoch != nil {
		f.given = int(*r.Epoch)
	}
	if r.API == "Metadata" {
		for _, t := range r.Topics {
			if t.Error == "" && t.Name != "" {
				s.Topics[t.Name] = t.Partitions
			}
		}
	}
	key := flight{r.Connection, int(r.Correlation)}
	n, ok := f.flights[key]
	if !ok {
		return
	}
	delete(f.flights, key)
	for _, b := range r.Batches {
		if b.Error != "" && !f.permanent[key] {
			s.Queued += take(n, &s.InFlight) // the client puts them back
			return
		}
	}
	s.Answered += take(n, &s.InFlight)
}
