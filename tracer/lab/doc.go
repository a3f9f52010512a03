// Package lab runs one program on one cluster and returns the trace.
//
// A run is a broker of its own, a tap on the broker's connections, and the
// program as a child process of kstep (kstep starts itself again). Nothing is
// shared between runs, so several run side by side.
//
//	lab.go       Run: one program -> one trace
//	broker.go    the embedded broker behind the tap
//	faults.go    what is done to the run on purpose
//	child.go     the program's process: start, watch, end
//	program.go   the other side: what kstep does when it is the child
//	output.go    what the child writes to stderr: its own lines, and the client's log
//	stdout.go    what it prints, between the calls between which it was printed
//	witness.go   the broker's log, read back after the end
//	join.go      which message each record of that log holds
//	assemble.go  all lanes into one trace
package lab
