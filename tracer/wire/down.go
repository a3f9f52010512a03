// Brokers that are down.

package wire

import (
	"slices"

	"kstep/tracer"
)

// goDown cuts the connections of the rule's nodes and has new ones refused,
// until its condition is met. Where it happens at a frame, that is f on the
// connection at: it is cut, too, whichever its node, because f does not pass.
func (s *faults) goDown(r *rule, f *tracer.Frame, at *faultyConn) {
	if s.isOver() {
		return
	}
	s.mu.Lock()
	s.downs[r.Node]++
	nodes, conns := s.of(r.Node)
	s.mu.Unlock()
	if at != nil && !slices.Contains(conns, at) {
		conns = append(conns, at)
	}
	for _, l := range nodes {
		l.down()
	}
	conns = slices.DeleteFunc(conns, func(c *faultyConn) bool { return !c.doom() })
	down := stamped(faulted(f, goesDown(s.named(r.Node))))
	s.tap.put(down)
	for _, c := range conns {
		c.sever(true)
	}
	if r.Until != (Condition{}) {
		go s.comeUp(r, down.At)
	}
}

// comeUp waits for the rule's condition and then lets its nodes accept
// connections again, but for those that another fault holds down. Its event
// stands right after what it waited for: that it is seen a little later is an
// accident of the run.
func (s *faults) comeUp(r *rule, down int64) {
	since, ok := s.wait(r, nil)
	if !ok {
		return
	}
	s.mu.Lock()
	s.downs[r.Node]--
	nodes, _ := s.of(r.Node)
	var again []*faultyListener
	for _, l := range nodes {
		if !s.isDown(l.node) {
			again = append(again, l)
		}
	}
	s.mu.Unlock()
	up := stamped(faulted(nil, comesUp(s.named(r.Node))))
	if since > 0 {
		up.At = max(since, down) + 1
	}
	s.tap.put(up)
	for _, l := range again {
		if err := l.up(); err != nil {
			s.tap.put(stamped(noted("a broker that was down could not come up again")))
		}
	}
}

// of are the listeners and connections of a node.
func (s *faults) of(node int32) (nodes []*faultyListener, conns []*faultyConn) {
	for _, l := range s.nodes {
		if node == AllNodes || node == l.node {
			nodes = append(nodes, l)
		}
	}
	for c := range s.conns {
		if node == AllNodes || node == c.node {
			conns = append(conns, c)
		}
	}
	return nodes, conns
}

func stamped(e tracer.Event) tracer.Event {
	e.At = tracer.Now()
	return e
}
