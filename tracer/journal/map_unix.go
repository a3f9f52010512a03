//go:build unix

package journal

import (
	"os"

	"golang.org/x/sys/unix"
)

// mapFile maps the whole journal, shared. The mapping lives as long as the
// process.
func mapFile(f *os.File, size int64) ([]byte, error) {
	return unix.Mmap(int(f.Fd()), 0, int(size), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
}

// private moves an inherited descriptor out of the way of those the program
// will open, so that it gets the numbers it would get untraced, and keeps it
// from the program's own children.
func private(fd int) (*os.File, error) {
	high, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 200)
	if err != nil {
		unix.CloseOnExec(fd)
		return os.NewFile(uintptr(fd), "kstep-journal"), nil
	}
	unix.Close(fd)
	return os.NewFile(uintptr(high), "kstep-journal"), nil
}
