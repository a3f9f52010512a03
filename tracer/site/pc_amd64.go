package site

// PC is the address to which the calling function will return, and so a place
// in that function's caller. The calling function must be marked noinline.
func PC() uintptr
