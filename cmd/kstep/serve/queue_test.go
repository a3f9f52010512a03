package serve

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
)

// Whoever asks for much waits behind whoever asks for little, and what before
// says is what happens.
func TestQueueIsFair(t *testing.T) {
	q := newQueue()
	names := map[*job]string{}
	var jobs []*job
	for _, name := range []string{"a1", "a2", "a3", "b1", "c1", "c2"} {
		j := &job{visitor: name[:1]}
		names[j] = name
		jobs = append(jobs, j)
		if err := q.add(j); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"a1", "b1", "c1", "a2", "c2", "a3"}
	for _, j := range jobs {
		if n := q.before(j); want[n] != names[j] {
			t.Errorf("%d are said to come before %s", n, names[j])
		}
	}
	for i, name := range want {
		j := q.take(t.Context())
		if names[j] != name {
			t.Errorf("turn %d is %s's, not %s's", i+1, names[j], name)
		}
		if q.before(j) != -1 {
			t.Errorf("%s was taken and still waits", name)
		}
	}
}

func TestQueueIsBounded(t *testing.T) {
	q := newQueue()
	for range maxYours {
		if err := q.add(&job{visitor: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := q.add(&job{visitor: "a"}); !errors.Is(err, errYours) {
		t.Errorf("one too many of one visitor: %v", err)
	}
	for i := range maxWaiting - maxYours {
		if err := q.add(&job{visitor: fmt.Sprint("v", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := q.add(&job{visitor: "late"}); !errors.Is(err, errFull) {
		t.Errorf("one too many of all: %v", err)
	}
}

// Every job is taken once, however many take, and takers end with ctx.
func TestQueueOfManyWorkers(t *testing.T) {
	q := newQueue()
	ctx, cancel := context.WithCancel(t.Context())
	var mu sync.Mutex
	seen := map[*job]int{}
	var done, workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for j := q.take(ctx); j != nil; j = q.take(ctx) {
				mu.Lock()
				seen[j]++
				mu.Unlock()
				done.Done()
			}
		})
	}
	for i := range 300 {
		done.Add(1)
		if err := q.add(&job{visitor: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	done.Wait()
	cancel()
	workers.Wait()
	for j, n := range seen {
		if n != 1 {
			t.Errorf("the job of %s was taken %d times", j.visitor, n)
		}
	}
	if len(seen) != 300 {
		t.Errorf("%d jobs were taken", len(seen))
	}
}
