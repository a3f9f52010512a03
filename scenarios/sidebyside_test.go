package scenarios_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"kstep/scenarios"
)

// All are done, in order, no more at once than allowed, and every error is told.
func TestSideBySide(t *testing.T) {
	const n, atOnce = 50, 3
	var busy, most atomic.Int32
	full := make(chan struct{})
	met := sync.OnceFunc(func() { close(full) })
	out, err := scenarios.SideBySide(n, atOnce, func(i int) (int, error) {
		now := busy.Add(1)
		defer busy.Add(-1)
		for m := most.Load(); now > m && !most.CompareAndSwap(m, now); m = most.Load() {
		}
		if now == atOnce {
			met()
		}
		if i < atOnce {
			<-full // the first ones wait for each other: they run at once
		}
		if i%20 == 0 {
			return -i, errors.New("broken " + string(rune('a'+i/20)))
		}
		return i, nil
	})
	want := make([]int, n)
	for i := range want {
		if want[i] = i; i%20 == 0 {
			want[i] = -i
		}
	}
	if !slices.Equal(out, want) || most.Load() != atOnce {
		t.Errorf("%v, %d at once", out, most.Load())
	}
	if text := err.Error(); text != strings.Join([]string{"broken a", "broken b", "broken c"}, "\n") {
		t.Error(text)
	}
}
