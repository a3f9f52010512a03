package serve

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// Who is who, and the runs they keep.

// visitorCookie tells browsers apart, and nothing more.
const visitorCookie = "kstep-visitor"

// Bounds of what is kept. What is oldest goes first.
const (
	keptRuns  = 4         // of one visitor
	keptAll   = 2000      // of all visitors, besides those that wait
	keptBytes = 128 << 20 // of all pages and traces together
)

// run is one run of a visitor.
type run struct {
	id      string
	visitor string
	choice  choice
	asked   time.Time
	job     *job

	mu      sync.Mutex
	started time.Time // zero: it waits
	done    bool
	failed  string // why there is no page
	trouble string // what the run did not bear out, beside its page
	page    []byte // the player's page, compressed
	diff    []byte // what differs from the visitor's run before of that lesson, compressed; nil: there was none
	before  choice // that run
	trace   []byte // for the comparison with the next one, compressed
}

// state is what a page may say of a run.
type state struct {
	Done    bool   `json:"done"`
	Started bool   `json:"started"`
	Seconds int    `json:"seconds"` // since it began
	Before  int    `json:"before"`  // runs of others that come first
	Failed  string `json:"failed,omitempty"`
}

// shelf keeps the runs of all visitors. It is for any goroutine.
type shelf struct {
	mu    sync.Mutex
	most  int // bytes; 0: keptBytes
	runs  map[string]*run
	order []*run // as they were asked for
}

func (s *shelf) put(r *run) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.runs[r.id] = r
	s.order = append(s.order, r)
	mine := 0
	for _, x := range s.order {
		if x.visitor == r.visitor {
			mine++
		}
	}
	for i := 0; i < len(s.order) && mine > keptRuns+maxYours; {
		if s.order[i].visitor != r.visitor || !s.order[i].over() {
			i++
			continue
		}
		s.drop(i)
		mine--
	}
}

// fits makes room for a run that is now over: what is oldest goes, and stays
// with whoever is just reading it.
func (s *shelf) fits(r *run) {
	s.mu.Lock()
	defer s.mu.Unlock()
	bytes, over := 0, 0
	for _, x := range s.order {
		bytes += x.size()
		if x.over() {
			over++
		}
	}
	for i := 0; i < len(s.order) && (bytes > s.bytes() || over > keptAll); {
		x := s.order[i]
		if x == r || !x.over() {
			i++
			continue
		}
		bytes -= x.size()
		over--
		s.drop(i)
	}
}

func (s *shelf) bytes() int {
	if s.most > 0 {
		return s.most
	}
	return keptBytes
}

// remove forgets a run that is not to be done after all.
func (s *shelf) remove(r *run) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.order, r); i >= 0 {
		s.drop(i)
	}
}

// drop forgets run i. s.mu is held.
func (s *shelf) drop(i int) {
	r := s.order[i]
	delete(s.runs, r.id)
	s.order = slices.Delete(s.order, i, i+1) // it clears what it leaves behind: nothing is held by it
}

func (s *shelf) find(id string) *run {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.runs[id]
}

// previous is the visitor's newest finished run of a lesson before r.
func (s *shelf) previous(r *run) *run {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found *run
	for _, x := range s.order {
		if x == r {
			break
		}
		if x.visitor == r.visitor && x.choice.lesson.ID == r.choice.lesson.ID && x.hasTrace() {
			found = x
		}
	}
	return found
}

func (r *run) over() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.done
}

func (r *run) hasTrace() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.trace != nil
}

func (r *run) size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.page) + len(r.diff) + len(r.trace)
}

// visitor is who asks; a new one gets a cookie.
func visitor(w http.ResponseWriter, r *http.Request) string {
	if c, err := r.Cookie(visitorCookie); err == nil && len(c.Value) == visitorLetters {
		return c.Value
	}
	id := secret(visitorLetters)
	http.SetCookie(w, cookie(visitorCookie, id))
	return id
}

const visitorLetters = 24
