//go:build !amd64

package site

import "runtime"

// PC is the address to which the calling function will return, and so a place
// in that function's caller. The calling function must be marked noinline.
//
//go:noinline
func PC() uintptr {
	var pcs [1]uintptr
	runtime.Callers(3, pcs[:]) // runtime.Callers, PC, the calling function
	return pcs[0]
}
