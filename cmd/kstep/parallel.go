package main

// The flag --parallel, of every command that makes many runs.

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// The bound of the flag, and the runs at once for each core where nobody says
// another number: a run mostly waits.
const (
	maxParallel = 256
	perCore     = 4
)

// parallelFlag adds --parallel to a command; what names what runs at once.
func parallelFlag(cmd *cobra.Command, n *int, what string) {
	cmd.Flags().IntVarP(n, "parallel", "j", 0, fmt.Sprintf("%s, 1 to %d (default: %d a core)", what, maxParallel, perCore))
}

// checkParallel refuses a number out of bounds, and sets the default where none
// was given.
func checkParallel(cmd *cobra.Command, n *int) error {
	if cmd.Flags().Changed("parallel") && (*n < 1 || *n > maxParallel) {
		return fmt.Errorf("--parallel %d: give 1 to %d", *n, maxParallel)
	}
	if *n == 0 {
		*n = min(perCore*runtime.NumCPU(), maxParallel)
	}
	return nil
}
