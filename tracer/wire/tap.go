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
	topics *topicIDs

	mu        sync.Mutex
	listeners int32
	accepted  int
	open      int
	idle      chan struct{} // closed when open is 0; made anew by the next connection
	sealed    bool
}

// NewTap hands every event to record, which must be safe for concurrent use.
// Events of one connection are handed over in their order, a response never
// before its request.
func NewTap(record func(tracer.Event)) *Tap {
	idle := make(chan struct{})
	close(idle)
	return &Tap{record: record, topics: newTopicIDs(), idle: idle}
}

// Listen is net.Listen with the tap behind it. The n-th listener is the n-th
// node, counted from 0, as kfake numbers its brokers.
func (t *Tap) Listen(network, address string) (net.Listener, error) {
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

// Seal ends the recording. Connections accepted from then on pass untapped.
func (t *Tap) Seal() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sealed = true
}

// Idle returns when no tapped connection is open, or with ctx's error.
func (t *Tap) Idle(ctx context.Context) error {
	t.mu.Lock()
	idle := t.idle
	t.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// put records an event unless the tap is sealed.
func (t *Tap) put(e tracer.Event) {
	t.mu.Lock()
	sealed := t.sealed
	t.mu.Unlock()
	if !sealed {
		t.record(e)
	}
}

// opened numbers a new connection; ok is false where it is not to be tapped.
func (t *Tap) opened() (connection int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sealed {
		return 0, false
	}
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
	tapped := &conn{Conn: c, tap: l.tap, decoder: NewDecoder(n, l.node, l.tap.topics)}
	l.tap.put(event(tracer.ConnectionOpened, tapped.decoder.frame(0)))
	return tapped, nil
}
