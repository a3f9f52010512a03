// What is to be done when the program's main returns.

package journal

import "sync"

var ending struct {
	mu    sync.Mutex
	hooks []func()
}

// AtEnd registers what is to be done when the program's main returns. A
// process that ends in another way (os.Exit, a crash) never comes there, and
// its record shows it. Safe for concurrent use.
func AtEnd(hook func()) {
	ending.mu.Lock()
	defer ending.mu.Unlock()
	ending.hooks = append(ending.hooks, hook)
}

// End runs the hooks in the order they were registered, each once. Whoever
// runs the program's main calls it right after main returned.
func End() {
	ending.mu.Lock()
	hooks := ending.hooks
	ending.hooks = nil
	ending.mu.Unlock()
	for _, hook := range hooks {
		hook()
	}
}
