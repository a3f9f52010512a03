// Appending to the journal, in the traced program.

package journal

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"sync"
	"sync/atomic"
	"unsafe"

	"kstep/tracer"
)

// chunk is how much space is made at a time, in bytes: little enough that the
// call that happens to pay for it is some 20 us longer, much enough that it is
// one call in five thousand.
const chunk = 256 << 10

// Writer appends records to a journal. It never fails the program: what cannot
// be kept is counted, and a nil Writer keeps nothing. Safe for concurrent use.
type Writer struct {
	file  *os.File
	mem   []byte
	tail  *atomic.Uint64 // in the mapping: end of what is reserved
	lost  *atomic.Uint64 // in the mapping
	ready atomic.Uint64  // end of what may be written; 0 when recording has stopped
	limit uint64

	grow    sync.Mutex
	stopped bool
	open    atomic.Pointer[Run] // the run that was opened last, or nearly so; see latest
	space   func(f *os.File, mem []byte, from, to int64) error

	sites  interned[tracer.Site]
	texts  interned[string]
	errors interned[tracer.Error]
}

// Open maps a journal for writing. f must stay open as long as the writer is
// used.
func Open(f *os.File) (*Writer, error) {
	head := make([]byte, headerSize)
	if _, err := f.ReadAt(head, 0); err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	size, err := fileSize(f)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	limit := binary.NativeEndian.Uint64(head[atLimit:])
	if string(head[:len(magic)]) != magic || limit > uint64(size) || limit > math.MaxInt {
		return nil, errors.New("open journal: this file is none")
	}
	mem, err := mapFile(f, int64(limit))
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	w := &Writer{file: f, mem: mem, limit: limit, space: makeSpace}
	w.tail = (*atomic.Uint64)(unsafe.Pointer(&mem[atTail]))
	w.lost = (*atomic.Uint64)(unsafe.Pointer(&mem[atLost]))
	w.ready.Store(headerSize)
	w.makeReady(min(headerSize+slotSize, limit)) // so that the first call does not pay for it
	return w, nil
}

func fileSize(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// reserve takes bytes, a multiple of a slot, and returns where they begin; 0
// when the journal is full.
func (w *Writer) reserve(bytes uint64) uint64 {
	end := w.tail.Add(bytes)
	if end > w.ready.Load() && !w.makeReady(end) {
		w.lost.Add(1)
		return 0
	}
	return end - bytes
}

// makeReady makes space up to end and a chunk beyond. Where that fails, the
// recording stops for good: the reader must see a record without holes.
func (w *Writer) makeReady(end uint64) bool {
	w.grow.Lock()
	defer w.grow.Unlock()
	if w.stopped || end > w.limit {
		return false
	}
	ready := w.ready.Load()
	if end <= ready {
		return true
	}
	const page = 4096
	to := min(w.limit, (end+chunk+page-1)/page*page)
	if err := w.space(w.file, w.mem, int64(ready), int64(to)); err != nil {
		w.stopped = true
		w.ready.Store(0)
		return false
	}
	w.ready.Store(to)
	return true
}

// Event appends an event in full. Its At and Call.Began are absolute, as
// tracer.Now gives them; Call.ID need only be the same in Called and Returned.
func (w *Writer) Event(e *tracer.Event) {
	if w == nil {
		return
	}
	text, err := json.Marshal(e)
	if err != nil || !w.blob(kindBlobEvent, text) && len(text) > maxBlob {
		w.lost.Add(1) // an event of a form that no reader takes: a mistake of ours, and not the program's
	}
}

// blob appends bytes that take several slots. It tells whether they were kept.
func (w *Writer) blob(kind byte, data []byte) bool {
	if len(data) > maxBlob {
		return false
	}
	n := blobSlots(len(data))
	at := w.reserve(uint64(n * slotSize))
	if at == 0 {
		return false
	}
	first := (*uint64)(unsafe.Pointer(&w.mem[at]))
	atomic.StoreUint64(first, blobWord(kind, pending, n, len(data)))
	copy(w.mem[at+8:], data)
	atomic.StoreUint64(first, blobWord(kind, 0, n, len(data)))
	return true
}

// Result is what a call without arguments returned.
type Result struct {
	Name string // as in tracer.Value
	Kind byte   // 0 none, 'n' number, 'b' truth value (0 or 1), 't' text
	N    int64
	Text string
}

// Call appends a call without arguments and without error in its short form.
// It is false when the call could not be put so; the caller then writes an
// Event.
func (w *Writer) Call(name string, producer uint16, site uint32, began, ended int64, r Result, guarded bool) bool {
	id, known := w.Text(name)
	if r.Kind == 't' && known {
		var n uint32
		n, known = w.Text(r.Text)
		r.N = int64(n)
	}
	label, ok := w.Text(r.Name)
	if !known || !ok {
		return false
	}
	at := w.reserve(slotSize)
	if at == 0 {
		return true // full, and counted
	}
	var flags byte
	switch r.Kind {
	case 'n':
		flags = flagInt
	case 'b':
		flags = flagBool
	case 't':
		flags = flagText
	}
	if guarded {
		flags |= flagGuarded
	}
	s := (*slot)(unsafe.Pointer(&w.mem[at]))
	s.began, s.duration = began, uint32(min(uint64(ended-began), math.MaxUint32))
	s.topic, s.err, s.key, s.value = id, label, uint32(r.N), uint32(r.N>>32)
	atomic.StoreUint64(&s.word, word(kindCall, flags, producer, site))
	return true
}
