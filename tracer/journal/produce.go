// Calls of Produce in short form, and runs of like ones.

package journal

import (
	"math"
	"sync/atomic"
	"unsafe"
)

// Like is what calls of Produce have in common when they differ only in time
// and content. Such calls that follow each other make a run, in which each
// takes 8 bytes. Numbers are those that the writer gave (Site, Text, Error).
type Like struct {
	Site, Topic uint32
	Error       uint32 // 0: none
	Producer    uint16
	Partition   int32
	Key, Value  int32 // bytes; -1: nil
	Channel     int32 // capacity of the delivery channel; -1: none
}

// Run is a run that calls may still join. Safe for concurrent use.
type Run struct {
	like    Like
	end     uint64 // of its slots in the file
	began   int64
	next    atomic.Int64
	entries []uint64 // in the mapping
}

// Run is the run to which the last record of the journal belongs, where it is
// of this kind and has room; else nil. Add tells whether it still had.
func (w *Writer) Run(k *Like) *Run {
	if r := w.latest(k); r != nil && int(r.next.Load()) < len(r.entries) {
		return r
	}
	return nil
}

// latest is the run that the last record belongs to, where it is of this kind.
// Its end tells: a run that is not the last must not be joined, or a call would
// stand before what its own goroutine wrote earlier. The pointer alone does not
// say that much, because two goroutines that open runs at once may store it in
// either order.
func (w *Writer) latest(k *Like) *Run {
	if r := w.open.Load(); r != nil && r.like == *k && r.end == w.tail.Load() {
		return r
	}
	return nil
}

// Timed tells whether the next call's return is to be timed: one in eight is.
// That is exact to some microseconds, and the clock is what a record costs most.
func (r *Run) Timed() bool { return r.next.Load()&7 == 0 }

// Add appends a call that returned at ended (ns, tracer.Now); 0 is a call that
// was not timed. It is false where the run had no room; the call is then not
// recorded.
func (r *Run) Add(crc uint32, ended int64) bool {
	ticks := uint64(untimed)
	if ended != 0 {
		if ticks = uint64(ended-r.began)/tick + 1; ticks >= untimed {
			return false
		}
	}
	i := int(r.next.Add(1)) - 1
	if i >= len(r.entries) {
		return false
	}
	// One word is written whole or not at all, and it stands for itself: a plain
	// store does, at a third of an atomic one's cost.
	r.entries[i] = uint64(crc)<<32 | ticks
	return true
}

// Produce appends a call of Produce: to the run of the call before, where it is
// like it, else in a slot of its own. began and ended are ns of tracer.Now.
func (w *Writer) Produce(k *Like, began, ended int64, crc uint32) {
	last := w.latest(k)
	if last != nil && last.Add(crc, ended) {
		return
	}
	if last == nil { // the first of its kind: most programs' calls stay alone
		if s, end := w.slot(1); s != nil {
			s.duration, s.crc = uint32(min(uint64(ended-began), math.MaxUint32)), crc
			s.publish(kindProduce, k, began)
			w.open.Store(&Run{like: *k, end: end})
		}
		return
	}
	n := min(max(1, 2*len(last.entries)/slotEntries), maxRunSlots-1)
	s, end := w.slot(1 + n)
	if s == nil {
		return
	}
	s.crc = uint32(1 + n)
	s.publish(kindRun, k, began)
	first := (*uint64)(unsafe.Add(unsafe.Pointer(s), slotSize))
	r := &Run{like: *k, end: end, began: began, entries: unsafe.Slice(first, n*slotEntries)}
	r.Add(crc, ended)
	w.open.Store(r)
}

// slot reserves n slots and returns the first and where the last ends; nil when
// the journal is full.
func (w *Writer) slot(n int) (first *slot, end uint64) {
	size := uint64(n) * slotSize
	at := w.reserve(size)
	if at == 0 {
		return nil, 0
	}
	return (*slot)(unsafe.Pointer(&w.mem[at])), at + size
}

// publish fills in what calls have in common and then lets readers see it.
func (s *slot) publish(kind byte, k *Like, began int64) {
	flags := byte(0)
	if k.Key < 0 {
		flags |= flagNilKey
	} else {
		s.key = uint32(k.Key)
	}
	if k.Value < 0 {
		flags |= flagNilValue
	} else {
		s.value = uint32(k.Value)
	}
	s.began, s.topic, s.partition, s.err, s.channel = began, k.Topic, k.Partition, k.Error, uint32(k.Channel+1)
	atomic.StoreUint64(&s.word, word(kind, flags, k.Producer, k.Site))
}
