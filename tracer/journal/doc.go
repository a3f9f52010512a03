// Package journal is the memory-mapped file that the traced program writes and
// the lab reads. It knows nothing of Kafka and needs no cgo.
//
// The lab makes the file (Create), hands it to the program's process as an
// inherited descriptor, and reads it when the process is gone (Read). The
// program appends to the shared mapping (Writer): a record is in the file the
// moment it is written, without a system call an event, and outlives os.Exit,
// a panic, SIGSEGV and SIGKILL.
//
// The file is a page of header and then slots of 48 bytes. A writer reserves
// slots with one atomic addition, fills them and stores the first word, which
// holds the slot's kind, last. A reader skips slots whose kind is 0. A record
// of several slots first marks itself as pending with its number of slots, so
// that a writer that dies half way cannot make the reader misparse the rest.
// Calls of Produce that follow each other and differ only in time and content
// share the head of a run and take one word each, stored last like the rest.
//
// Space is made ahead of the writer in chunks, and a chunk that cannot be had
// ends the recording, not the program: on Linux by MADV_POPULATE_WRITE, which
// returns an error where a plain write to the mapping would raise SIGBUS
// (madvise(2), since Linux 5.14), and by fallocate where the kernel is older;
// elsewhere by writing zeros to the file.
//
//	layout.go    what is where in the file
//	create.go    the file, made by the lab
//	writer.go    appending; produce.go calls of Produce; intern.go what is written once and named by a number
//	reader.go    slots into events; runs.go like calls into one event
//	calls.go     how often the program has called what, while it runs
//	process.go   the door of a traced process: its writer and the lab's wishes
//	end.go       what is to be done when the program's main returns
package journal
