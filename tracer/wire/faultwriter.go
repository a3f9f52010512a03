// What is written to the client.

package wire

import (
	"net"
	"sync"
	"time"
)

// writer writes to the client what has passed, so that nobody waits for a
// client that does not read.
type writer struct {
	to    net.Conn
	mu    sync.Mutex
	queue [][]byte
	more  chan struct{}
	done  chan struct{}
	once  sync.Once
}

func newWriter(to net.Conn) *writer {
	return &writer{to: to, more: make(chan struct{}, 1), done: make(chan struct{})}
}

func (w *writer) add(b []byte) {
	w.mu.Lock()
	w.queue = append(w.queue, b)
	w.mu.Unlock()
	select {
	case w.more <- struct{}{}:
	default:
	}
}

func (w *writer) end() { w.once.Do(func() { close(w.done) }) }

// run writes until the connection is cut, and then ends it.
func (w *writer) run(cut <-chan struct{}) {
	for {
		last := false
		select {
		case <-w.more:
		case <-w.done:
			return
		case <-cut:
			last = true
		}
		w.mu.Lock()
		queue := w.queue
		w.queue = nil
		w.mu.Unlock()
		for _, b := range queue {
			if _, err := w.to.Write(b); err != nil {
				break // the client is gone; the reading side tells
			}
		}
		if !last {
			continue
		}
		if half, ok := w.to.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
			_ = w.to.SetReadDeadline(time.Now().Add(linger))
			return
		}
		w.to.Close()
		return
	}
}
