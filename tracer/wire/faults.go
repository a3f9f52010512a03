// Which fault happens at which frame, and what it is waiting for.

package wire

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"kstep/tracer"
)

// Faults is what is to be done to a run.
type Faults struct {
	List  []Fault
	Nodes int // of the cluster
	// Called tells when the program called a method for the m-th time, or it
	// returned, in ns of tracer.Now; ok is false where it has not. nil: never.
	Called func(call string, m int, returned bool) (at int64, ok bool)
	// Move makes a node the leader of a partition. nil: nothing can.
	Move func(topic string, partition, node int32) error
}

// Inject makes the faults happen to what comes through the tap. It is called
// once, before the first Listen.
func (t *Tap) Inject(f Faults) {
	if len(f.List) == 0 {
		return
	}
	t.faults = newFaults(t, f)
	t.faults.start()
}

// faults is the state of a run's faults. Safe for concurrent use.
type faults struct {
	Faults
	tap  *Tap
	over chan struct{} // closed when the tap is sealed

	mu    sync.Mutex
	rules []*rule
	conns map[*faultyConn]bool
	nodes []*faultyListener
	downs map[int32]int // faults that hold a node down, AllNodes included
}

// rule is a fault and how far it has come.
type rule struct {
	Fault
	seen   int           // frames that matched At; of those that wait to pass, the ones that did
	waited int           // frames that matched Until.Frame
	met    chan struct{} // closed when enough did
}

func newFaults(t *Tap, f Faults) *faults {
	s := &faults{Faults: f, tap: t, over: make(chan struct{}), conns: map[*faultyConn]bool{}, downs: map[int32]int{}}
	for _, x := range f.List {
		s.rules = append(s.rules, &rule{Fault: x, met: make(chan struct{})})
	}
	return s
}

// start does what happens from the start.
func (s *faults) start() {
	for _, r := range s.rules {
		if r.Act == Down && r.At.API == "" {
			s.goDown(r, nil, nil)
		}
	}
}

// end ends whatever waits, and brings up what is down.
func (s *faults) end() {
	close(s.over)
	s.mu.Lock()
	nodes := s.nodes
	clear(s.downs)
	s.mu.Unlock()
	for _, l := range nodes {
		_ = l.up() // who connects next sees it
	}
}

// at counts a frame that passes, and returns what happens at it, in order.
func (s *faults) at(f *tracer.Frame, response bool) []*rule {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*rule
	for _, r := range s.rules {
		if r.Until.Frame.match(f, response) {
			if r.waited++; r.waited == r.Until.M {
				close(r.met)
			}
		}
		if r.At.match(f, response) {
			n := r.seen + 1
			meant := n >= r.At.First && n <= r.At.Last
			if meant {
				out = append(out, r)
			}
			if !meant || r.Act != Pass {
				r.seen = n
			}
		}
	}
	return inOrder(out)
}

// passes counts a frame that a rule lets pass, and tells of it where it is one
// of those meant. Such a frame counts only here, and only where it could be told:
// a client may close the connection on which it waits, and ask again on another.
func (s *faults) passes(r *rule, tell func() bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := r.seen + 1; n < r.At.First || n > r.At.Last || tell() {
		r.seen = n
	}
}

// isOver tells whether the tap is sealed.
func (s *faults) isOver() bool { return isClosed(s.over) }

// isClosed tells whether a channel that only ever gets closed is.
func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// inOrder is what is done first to last: of those that end a frame's way, one.
func inOrder(rules []*rule) []*rule {
	var out []*rule
	for _, acts := range [][]Act{{Hold, Pass, Delay}, {Move}} {
		for _, r := range rules {
			if slices.Contains(acts, r.Act) {
				out = append(out, r)
			}
		}
	}
	for _, r := range rules {
		if r.Act == Lose || r.Act == Answer || r.Act == Down {
			return append(out, r)
		}
	}
	return out
}

// match tells whether the frame is one of those meant, whichever in their
// count.
func (m Frames) match(f *tracer.Frame, response bool) bool {
	if m.API == "" || f.API != m.API || m.Response != response {
		return false
	}
	if m.Of.Topic == "" {
		return true
	}
	for _, b := range f.Batches {
		if b.Topic == m.Of.Topic && (m.Of.Partition == AllPartitions || m.Of.Partition == b.Partition) {
			return true
		}
	}
	for _, t := range f.Topics {
		if t.Name == m.Of.Topic {
			return true
		}
	}
	return false
}

// isMet tells whether the rule waits for nothing more, and since when, where
// that is known.
func (s *faults) isMet(r *rule) (since int64, ok bool) {
	if c := r.Until; c.Call != "" {
		if s.Called == nil {
			return 0, false
		}
		return s.Called(c.Call, c.M, c.Returned)
	}
	return 0, isClosed(r.met)
}

// looks is how often the program's record is looked at while something waits
// for a call: the program is not to be stopped to tell.
const looks = time.Millisecond

// wait returns when the rule waits for nothing more, and since when that is,
// where it is known; ok is false where stop was closed or the tap sealed before.
func (s *faults) wait(r *rule, stop <-chan struct{}) (since int64, ok bool) {
	if r.Until.Call == "" {
		select {
		case <-r.met: // never, where there is no condition
			return 0, true
		case <-stop:
		case <-s.over:
		}
		return 0, false
	}
	tick := time.NewTicker(looks)
	defer tick.Stop()
	for {
		if since, ok := s.isMet(r); ok {
			return since, true
		}
		select {
		case <-tick.C:
		case <-stop:
			return 0, false
		case <-s.over:
			return 0, false
		}
	}
}

// add takes a connection in, unless its node is down.
func (s *faults) add(c *faultyConn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isDown(c.node) {
		return false
	}
	s.conns[c] = true
	return true
}

func (s *faults) remove(c *faultyConn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
}

func (s *faults) isDown(node int32) bool { return s.downs[AllNodes]+s.downs[node] > 0 }

// move makes another node the leader, at a frame.
func (s *faults) move(r *rule, f *tracer.Frame) {
	if s.Move != nil && s.Move(r.Leader.Topic, r.Leader.Partition, r.Node) == nil {
		s.tap.put(stamped(faulted(f, moves(r.Leader, r.Node))))
		return
	}
	s.tap.put(stamped(noted(fmt.Sprintf("broker %d could not be made the leader of %s: there is no such partition or broker", r.Node, r.Leader))))
}
