// The caller's frame pointer is still in BP: this function has no frame. Above
// the saved BP stands the return address of the caller.

#include "textflag.h"

// func PC() uintptr
TEXT ·PC(SB), NOSPLIT|NOFRAME, $0-8
	MOVQ 8(BP), AX
	MOVQ AX, ret+0(FP)
	RET
