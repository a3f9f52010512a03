// The file, made by the lab.

package journal

import (
	"encoding/binary"
	"fmt"
	"os"
)

// Create makes an empty journal of DefaultLimit bytes that no name in the file
// system leads to: memory (memfd) on Linux, else a temporary file that is
// already unlinked. It is sparse. The caller closes it; its content lives as
// long as a process has it open.
func Create() (*os.File, error) { return CreateLimit(DefaultLimit) }

// CreateLimit is Create with another limit in bytes. What does not fit is
// counted in Record.Lost.
func CreateLimit(limit int64) (*os.File, error) {
	if limit < headerSize+slotSize {
		return nil, fmt.Errorf("create journal: a limit of %d bytes holds no record", limit)
	}
	f, err := createFile()
	if err != nil {
		return nil, fmt.Errorf("create journal: %w", err)
	}
	head := make([]byte, headerSize)
	copy(head[atMagic:], magic)
	binary.NativeEndian.PutUint64(head[atLimit:], uint64(limit))
	binary.NativeEndian.PutUint64(head[atTail:], headerSize)
	if err = f.Truncate(limit); err == nil {
		_, err = f.WriteAt(head, 0)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("create journal: %w", err)
	}
	return f, nil
}

// Scratch makes an empty file that no name in the file system leads to, like a
// journal's but without a limit: for what a process prints.
func Scratch() (*os.File, error) {
	f, err := createFile()
	if err != nil {
		return nil, fmt.Errorf("make a file for the program's output: %w", err)
	}
	return f, nil
}

// unlinked makes a temporary file without a name.
func unlinked() (*os.File, error) {
	f, err := os.CreateTemp("", "kstep-journal-")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
