// The listener: numbering of connections, sealing, waiting for the end.

package wire

import (
	"context"
	"net"
	"sync"

	"kstep/tracer"
)

// Tap watches the connections that listeners made by Listen accept. Safe for
// concurrent use.
type Tap struct {
	record func(tracer.Event)
	topics TopicIDs
	faults *faults // nil: nothing is done to what passes

	seal   sync.RWMutex // held for reading while an event is handed over
	sealed bool

	mu        sync.Mutex
	listeners int32
	accepted  int
	open      int
	idle      chan struct{} // closed when open is 0; made anew by the next connection
}

// NewTap hands every event to record, with At as tracer.Now gives it. Events
// of one connection are handed over one at a time and in their order, a
// response never before its request; those of several connections at once, so
// record must be safe for concurrent use. It must not call the tap.
func NewTap(record func(tracer.Event)) *Tap {
	idle := make(chan struct{})
	close(idle)
	return &Tap{record: record, idle: idle}
}

// Listen is net.Listen with the tap behind it, made for kfake.ListenFn. The
// n-th listener is node n-1, as kfake numbers its brokers.
func (t *Tap) Listen(network, address string) (net.Listener, error) {
	if t.faults != nil {
		return t.faults.listen(network, address)
	}
	l, err := net.Listen(network, address)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	node := t.listeners
	t.listeners++
	return &listener{Listener: l, tap: t, node: node}, nil
}

// Seal ends the recording: when it returns, the last event has been handed
// over. Connections accepted from then on pass untapped. No fault happens any
// more: what is held goes on, and brokers that are down come up.
func (t *Tap) Seal() {
	t.seal.Lock()
	again := t.sealed
	t.sealed = true
	t.seal.Unlock()
	if t.faults != nil && !again {
		t.faults.end()
	}
}

// Idle returns when no tapped connection is open, with nil, or when ctx ends,
// with its error. Every event of the connections that were open has then been
// handed over.
func (t *Tap) Idle(ctx context.Context) error {
	t.mu.Lock()
	idle := t.idle
	t.mu.Unlock()
	select {
	case <-idle:
		return nil
	default:
	}
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// put hands an event over unless the tap is sealed.
func (t *Tap) put(e tracer.Event) {
	t.seal.RLock()
	defer t.seal.RUnlock()
	if !t.sealed {
		t.record(e)
	}
}

// opened numbers a new connection; ok is false where it is not to be tapped.
func (t *Tap) opened() (connection int, ok bool) {
	t.seal.RLock()
	defer t.seal.RUnlock()
	if t.sealed {
		return 0, false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.accepted++
	if t.open++; t.open == 1 {
		t.idle = make(chan struct{})
	}
	return t.accepted, true
}

func (t *Tap) closed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.open--; t.open == 0 {
		close(t.idle)
	}
}

// listener accepts tapped connections.
type listener struct {
	net.Listener
	tap  *Tap
	node int32
}

// Accept waits for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	n, ok := l.tap.opened()
	if !ok {
		return c, nil
	}
	tapped := &conn{Conn: c, tap: l.tap, decoder: NewDecoder(n, l.node, &l.tap.topics)}
	tapped.put(tapped.decoder.Event(tracer.ConnectionOpened))
	return tapped, nil
}
