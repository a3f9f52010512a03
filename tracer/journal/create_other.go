//go:build !linux

package journal

import "os"

func createFile() (*os.File, error) { return unlinked() }
