package main

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// progress shows on a terminal, from the first second on, that something still
// runs. The function it returns ends it and leaves the line clean. Elsewhere
// it shows nothing.
func progress(s *streams, what string) (stop func()) {
	if !s.ErrTTY {
		return func() {}
	}
	done := make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for seconds := 1; ; seconds++ {
			select {
			case <-done:
				if seconds > 1 {
					fmt.Fprint(s.Err, "\r\x1b[K")
				}
				return
			case <-tick.C:
				fmt.Fprintf(s.Err, "\r\x1b[K%s ... %d s", what, seconds)
			}
		}
	})
	var once sync.Once
	return func() { once.Do(func() { close(done); ended.Wait() }) }
}

// counter shows on a terminal how many of total runs are done. Elsewhere it
// shows nothing. step is for any goroutine.
func counter(s *streams, what string, total int) (step, stop func()) {
	if !s.ErrTTY {
		return func() {}, func() {}
	}
	const cells = 30
	var mu sync.Mutex
	done, ended := 0, false
	draw := func() {
		full := cells * done / max(total, 1)
		fmt.Fprintf(s.Err, "\r\x1b[K%s [%s%s] %d of %d", what, strings.Repeat("#", full), strings.Repeat(".", cells-full), done, total)
	}
	draw()
	step = func() {
		mu.Lock()
		defer mu.Unlock()
		if done++; !ended {
			draw()
		}
	}
	return step, func() {
		mu.Lock()
		defer mu.Unlock()
		if !ended {
			ended = true
			fmt.Fprint(s.Err, "\r\x1b[K")
		}
	}
}
