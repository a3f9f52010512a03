package lab

import (
	"fmt"
	"os"
	"syscall"

	"kstep/tracer/journal"
)

// programEnv names the program the child is to run.
const programEnv = "KSTEP_PROGRAM"

// RunIfChild is what main calls first: where this process was started by Run,
// it runs the program of that name and does not return. lookup returns nil for
// a name it does not know.
func RunIfChild(lookup func(name string) func()) {
	name, ok := os.LookupEnv(programEnv)
	if !ok {
		return
	}
	os.Unsetenv(programEnv) // a process that the program starts is not the program
	program := lookup(name)
	if program == nil {
		fmt.Fprintf(os.Stderr, "kstep: no program %q in this binary\n", name)
		os.Exit(2)
	}
	program()
	journal.End()
	// Not os.Exit: with the race detector in the binary that runs C's own exit
	// handlers, under which the client's threads, still at work, may crash.
	syscall.Exit(0)
}
