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

// Hang is a call that does not leave the client until release is called.
func Hang(p *Producer) (release func()) {
	p.trace.enter()
	return p.trace.leave
}
