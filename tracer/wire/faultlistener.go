// Listeners that can refuse connections.

package wire

import (
	"net"
	"sync"
)

// faultyListener is a listener of a tap with faults: it can be down, and then
// refuses connections as the port of a dead broker does.
type faultyListener struct {
	network, address string
	addr             net.Addr
	tap              *Tap
	node             int32
	kept             keptPort

	mu     sync.Mutex
	l      net.Listener  // nil: down
	change chan struct{} // closed and made anew when l changes
	closed bool
}

// listen is Listen for a tap with faults.
func (s *faults) listen(network, address string) (*faultyListener, error) {
	kept, address, err := keepPort(network, address)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen(network, address)
	if err != nil {
		kept.Close()
		return nil, err
	}
	f := &faultyListener{network: network, address: l.Addr().String(), addr: l.Addr(), tap: s.tap, kept: kept, l: l, change: make(chan struct{})}
	s.mu.Lock()
	f.node = int32(len(s.nodes))
	s.nodes = append(s.nodes, f)
	down := s.isDown(f.node)
	s.mu.Unlock()
	if down {
		f.down()
	}
	return f, nil
}

// Addr is the address it accepts connections at when it is not down.
func (f *faultyListener) Addr() net.Addr { return f.addr }

// Accept waits for the next connection, for as long as it is down.
func (f *faultyListener) Accept() (net.Conn, error) {
	for {
		f.mu.Lock()
		l, change, closed := f.l, f.change, f.closed
		f.mu.Unlock()
		if closed {
			return nil, net.ErrClosed
		}
		if l == nil {
			<-change
			continue
		}
		c, err := l.Accept()
		if err != nil {
			if f.is(l) {
				return nil, err
			}
			continue // it went down meanwhile
		}
		if tapped := f.tapped(c); tapped != nil {
			return tapped, nil
		}
	}
}

func (f *faultyListener) is(l net.Listener) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.l == l
}

// tapped puts the tap behind a new connection; nil where it was accepted just
// before its broker went down.
func (f *faultyListener) tapped(c net.Conn) net.Conn {
	n, ok := f.tap.opened()
	if !ok {
		return c
	}
	tapped := newFaultyConn(&conn{Conn: c, tap: f.tap, decoder: NewDecoder(n, f.node, &f.tap.topics)}, f.tap.faults, f.node)
	if !tapped.open() {
		return nil
	}
	return tapped
}

func (f *faultyListener) set(l net.Listener) {
	f.l = l
	close(f.change)
	f.change = make(chan struct{})
}

// down has connections refused.
func (f *faultyListener) down() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.l != nil {
		f.l.Close()
		f.kept.share(false) // where it cannot be kept alone, it is kept as it was
		f.set(nil)
	}
}

// up accepts connections again.
func (f *faultyListener) up() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.l != nil || f.closed {
		return nil
	}
	if err := f.kept.share(true); err != nil {
		return err
	}
	l, err := net.Listen(f.network, f.address)
	if err == nil {
		f.set(l)
	}
	return err
}

// Close frees the port.
func (f *faultyListener) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return net.ErrClosed
	}
	f.closed = true
	var err error
	if f.l != nil {
		err = f.l.Close()
	}
	f.set(nil)
	f.kept.Close()
	return err
}
