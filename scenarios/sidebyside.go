package scenarios

import (
	"errors"
	"sync"
)

// SideBySide does something for each i below n, for no more than atOnce of them
// at a time, and returns what came of each, in order. All are done though one
// fails; the error joins theirs. do is called concurrently.
func SideBySide[T any](n, atOnce int, do func(i int) (T, error)) ([]T, error) {
	out, errs := make([]T, n), make([]error, n)
	busy := make(chan struct{}, max(1, atOnce))
	var wg sync.WaitGroup
	for i := range n {
		busy <- struct{}{}
		wg.Go(func() {
			defer func() { <-busy }()
			out[i], errs[i] = do(i)
		})
	}
	wg.Wait()
	return out, errors.Join(errs...)
}
