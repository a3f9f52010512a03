package journal

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// makeSpace gives the file the bytes [from, to) and maps them for writing.
// Both are multiples of a page, or the file's end.
func makeSpace(f *os.File, mem []byte, from, to int64) error {
	err := unix.Madvise(mem[from:to], unix.MADV_POPULATE_WRITE)
	if !errors.Is(err, unix.EINVAL) {
		return err
	}
	return unix.Fallocate(int(f.Fd()), 0, from, to-from) // Linux before 5.14
}
