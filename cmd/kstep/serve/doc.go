// Package serve is kstep in a browser, for a workshop: pick a lesson, change
// settings and faults from a list, run it, step through, compare with the run
// before. It serves loopback alone unless it is told otherwise, and then only
// whoever has the code printed at the start.
//
//	guard.go    who is let in: Host, Origin, code
//	queue.go    a bounded queue in which everybody has a turn
//	visitor.go  who is who, and the runs they keep
//	choice.go   what may be changed: lists, never free text
//	server.go   routes, start and end; pages.go what they show
package serve
