package tracer

import "sync"

// Recorder is the one door through which the lab and the tap record events of
// a run while it goes on. It rebases clocks to the run's beginning and keeps
// at most Limit events, counting the rest. Safe for concurrent use.
type Recorder struct {
	Limit int // 0: DefaultLimit

	mu      sync.Mutex
	origin  int64
	events  []Event
	dropped map[Lane]int
	sealed  bool
}

// DefaultLimit is how many events of the lab, the tap and the client's log a
// run keeps.
const DefaultLimit = 200_000

// NewRecorder starts a record whose time 0 is now.
func NewRecorder() *Recorder { return &Recorder{origin: Now(), dropped: map[Lane]int{}} }

// Origin is the absolute time of the record's beginning, in ns of Now.
func (r *Recorder) Origin() int64 { return r.origin }

// Record adds an event. Its At is absolute, as Now gives it; 0 means now.
func (r *Recorder) Record(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e.At == 0 {
		e.At = Now()
	}
	limit := r.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	// The lab's own rows are few and say how the run ended: they always fit.
	if r.sealed || len(r.events) >= limit && e.Lane != Lab {
		r.dropped[e.Lane]++
		return
	}
	r.events = append(r.events, rebased(e, r.origin))
}

// Rebase turns the absolute times of a record that was written elsewhere into
// times of this one.
func (r *Recorder) Rebase(events []Event) []Event {
	for i := range events {
		events[i] = rebased(events[i], r.origin)
	}
	return events
}

func rebased(e Event, origin int64) Event {
	e.At -= origin
	if e.Call != nil {
		c := *e.Call
		c.Began -= origin
		e.Call = &c
	}
	return e
}

// Finish ends the record and returns its events, and how many of each lane
// were not kept. What comes later is dropped.
func (r *Recorder) Finish() ([]Event, map[Lane]int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sealed = true
	return r.events, r.dropped
}
