package main

import (
	"fmt"
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
