package serve

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// A bounded queue in which everybody has a turn: whoever asks for much waits
// behind whoever asks for little.

// Errors of a queue that takes nothing more.
var (
	errFull  = errors.New("too many runs are waiting; try again in a moment")
	errYours = errors.New("some of your runs are still waiting; look at those first")
)

// Bounds of the queue.
const (
	maxWaiting = 1000 // of all visitors together
	maxYours   = 3    // of one visitor
)

// job is a run that somebody waits for.
type job struct {
	visitor string
	run     func(context.Context)
}

// queue hands jobs out, one visitor after the other. It is for any goroutine.
type queue struct {
	mu      sync.Mutex
	waiting map[string][]*job // by visitor, in their order
	turns   []string          // visitors with waiting jobs, whose turn is next first
	total   int
	ready   chan struct{} // has an element where there may be a job
}

func newQueue() *queue {
	return &queue{waiting: map[string][]*job{}, ready: make(chan struct{}, 1)}
}

// add puts a job at the end of its visitor's jobs. The error is errFull or
// errYours.
func (q *queue) add(j *job) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.total >= maxWaiting:
		return errFull
	case len(q.waiting[j.visitor]) >= maxYours:
		return errYours
	}
	if len(q.waiting[j.visitor]) == 0 {
		q.turns = append(q.turns, j.visitor)
	}
	q.waiting[j.visitor] = append(q.waiting[j.visitor], j)
	q.total++
	q.wake()
	return nil
}

// take is the next job, nil where ctx ended before there was one.
func (q *queue) take(ctx context.Context) *job {
	for {
		if j := q.pop(); j != nil {
			return j
		}
		select {
		case <-ctx.Done():
			return nil
		case <-q.ready:
		}
	}
}

func (q *queue) pop() *job {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.turns) == 0 {
		return nil
	}
	v := q.turns[0]
	q.turns = q.turns[1:]
	j := q.waiting[v][0]
	if q.waiting[v] = q.waiting[v][1:]; len(q.waiting[v]) > 0 {
		q.turns = append(q.turns, v)
		q.wake()
	} else {
		delete(q.waiting, v)
	}
	if len(q.turns) > 0 {
		q.wake() // another worker may take one, too
	}
	q.total--
	return j
}

// wake lets one worker look. q.mu is held.
func (q *queue) wake() {
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// before is how many jobs will be taken before j; -1 where j does not wait.
func (q *queue) before(j *job) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	mine := slices.Index(q.waiting[j.visitor], j)
	turn := slices.Index(q.turns, j.visitor)
	if mine < 0 || turn < 0 {
		return -1
	}
	n := mine
	for i, v := range q.turns {
		if v == j.visitor {
			continue
		}
		rounds := mine // whole rounds before j's, in each of which v has a turn
		if i < turn {
			rounds++
		}
		n += min(rounds, len(q.waiting[v]))
	}
	return n
}
