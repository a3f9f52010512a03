// Which request a response answers.

package wire

import "sync"

// pending is a request that awaits its response, with what the response must
// be decoded with: the protocol names it nowhere in the response itself.
type pending struct {
	key, version int16
	correlation  int32
	flexible     bool // the version has tags, in header and body (KIP-482)
}

// queue holds the requests of one connection that await their response. A
// broker answers the requests of a connection in their order (Kafka protocol
// guide, Network). Safe for one goroutine that adds and one that takes.
type queue struct {
	mu      sync.Mutex
	waiting []pending // oldest first
}

func (q *queue) add(p pending) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, p)
}

// take removes the oldest request, unless the response is none of its.
func (q *queue) take(correlation int32) (pending, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 || q.waiting[0].correlation != correlation {
		return pending{}, false
	}
	p := q.waiting[0]
	q.waiting = q.waiting[1:]
	return p, true
}

// first is the correlation id of the oldest request.
func (q *queue) first() (int32, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return 0, false
	}
	return q.waiting[0].correlation, true
}
