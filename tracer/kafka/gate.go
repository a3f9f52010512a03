//go:build cgo

// The gate: who is inside the client, and that nobody enters once Close began.

package kafka

import (
	"sync/atomic"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

// closeWait is how long Close waits for calls that other goroutines are still
// inside. The real Close does not wait, and what then happens is undefined; a
// call that never ends (Flush with a delivery channel nobody reads) must not
// make Close hang, which in the real client it does not.
const closeWait = time.Second

// errClosed is what the real client's methods return after Close
// (confluent-kafka-go v2.15.0 kafka/error.go, getOperationNotAllowedErrorForClosedClient).
var errClosed = kafka.NewError(kafka.ErrState, "Operation not allowed on closed client", false)

// gate counts the goroutines inside the client. left must have room for one.
type gate struct {
	inside  atomic.Int64
	closing atomic.Bool
	left    chan struct{}
}

// enter is false once Close began; the client must then not be touched.
func (g *gate) enter() bool {
	g.inside.Add(1)
	if g.closing.Load() {
		g.leave()
		return false
	}
	return true
}

func (g *gate) leave() {
	if g.inside.Add(-1) == 0 && g.closing.Load() {
		select {
		case g.left <- struct{}{}:
		default:
		}
	}
}

// shut lets nobody in any more and waits until the last one has left. first is
// false where it was shut before; empty where nobody is inside now.
func (g *gate) shut(limit time.Duration) (first, empty bool) {
	if !g.closing.CompareAndSwap(false, true) {
		return false, true
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for g.inside.Load() > 0 {
		select {
		case <-g.left:
		case <-timer.C:
			return true, g.inside.Load() == 0
		}
	}
	return true, true
}
