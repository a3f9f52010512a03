package journal

import (
	"os"

	"golang.org/x/sys/unix"
)

// createFile prefers memory. The seal keeps the program from shrinking the
// file under the mapping, which would turn its next record into SIGBUS.
func createFile() (*os.File, error) {
	fd, err := unix.MemfdCreate("kstep-journal", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return unlinked()
	}
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK); err != nil {
		unix.Close(fd)
		return unlinked()
	}
	return os.NewFile(uintptr(fd), "kstep-journal"), nil
}
