// A client and a broker on a loopback connection, the tap between them, and a
// witness of its events.

package wire

import (
	"context"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"kstep/tracer"
)

// witness keeps the events it is told.
type witness struct {
	mu     sync.Mutex
	events []tracer.Event
}

func (w *witness) record(e tracer.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = append(w.events, e)
}

func (w *witness) all() []tracer.Event {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.events)
}

// count is how many events of a kind are about frames with that correlation id.
func (w *witness) count(kind tracer.Kind, correlation int32) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range w.events {
		if e.Kind == kind && e.Frame != nil && e.Frame.Correlation == correlation {
			n++
		}
	}
	return n
}

// kinds are the kinds of all events.
func (w *witness) kinds() (out []tracer.Kind) {
	for _, e := range w.all() {
		out = append(out, e.Kind)
	}
	return out
}

// patience is how long a test waits for what must come, on any machine.
const patience = 30 * time.Second

func patient(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// link is a client's connection and what a broker behind the tap accepted.
func link(t testing.TB, tap *Tap) (client *net.TCPConn, broker net.Conn) {
	t.Helper()
	return connect(t, listen(t, tap))
}

func listen(t testing.TB, tap *Tap) net.Listener {
	t.Helper()
	l, err := tap.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func connect(t testing.TB, l net.Listener) (client *net.TCPConn, broker net.Conn) {
	t.Helper()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if broker, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	c.SetDeadline(time.Now().Add(patience))
	broker.SetDeadline(time.Now().Add(patience))
	return c.(*net.TCPConn), broker
}

// send writes all of b.
func send(t testing.TB, c net.Conn, b []byte) {
	t.Helper()
	if n, err := c.Write(b); n != len(b) || err != nil {
		t.Fatalf("wrote %d of %d bytes: %v", n, len(b), err)
	}
}
