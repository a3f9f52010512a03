//go:build cgo

package kafka

import "kstep/tracer/journal"

// EnterLab makes this process a traced one, until leave is called. Producers
// that are made in between stay traced.
func EnterLab(p *journal.Program) (leave func()) {
	was := current
	current = enter(p)
	return func() { current = was }
}
