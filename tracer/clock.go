package tracer

import _ "unsafe" // for go:linkname

// Now is the machine's monotonic clock in ns. Its zero is the same for every
// process (CLOCK_MONOTONIC on Linux), so that the program's record and the
// tap's interleave. time.Now cannot serve: its monotonic reading is counted
// from each process's own start. Safe for concurrent use.
func Now() int64 { return nanotime() }

// The runtime keeps this name linkable for exactly this use (runtime/time_nofake.go).
//
//go:linkname nanotime runtime.nanotime
func nanotime() int64
