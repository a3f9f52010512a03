// What is where in the journal's file.

package journal

import (
	"math"
	"unsafe"
)

// DefaultLimit is the most bytes a journal holds: about 22 million calls in
// short form. The file is sparse; it takes what was written.
const DefaultLimit int64 = 1 << 30

const (
	magic      = "kstepj1\n"
	headerSize = 4096
	slotSize   = 48

	// Offsets in the header. Tail and lost are written by every thread of the
	// program and have cache lines of their own.
	atMagic   = 0
	atLimit   = 8
	atTail    = 64  // bytes reserved so far, header included; may pass the limit
	atLost    = 128 // records that were not kept
	atTrouble = 192 // why the program does not record, as text that ends with a 0
	troubleAt = 256 // bytes of that text
)

// Kinds of slots, in the first byte of their first word.
const (
	kindBlobEvent byte = 1 + iota // a tracer.Event as JSON
	kindBlobSite                  // number, tracer.Site as JSON
	kindBlobText                  // number, a topic's or a method's name
	kindBlobError                 // number, tracer.Error as JSON
	kindProduce                   // one call of Produce
	kindRun                       // like calls of Produce: a slot, then slots of entries
	kindCall                      // one call without arguments
)

const (
	pending      = 1 << 8 // of a blob's first word: its writer has not finished
	maxBlobSlots = 1 << 15
	maxBlob      = maxBlobSlots*slotSize - 8
)

// slot is the short form of a call of Produce, or the head of a run of them; a
// run's crc is the number of its slots, the head included. Of a call without
// arguments, topic is the number of the method's name, err that of the
// result's, and key and value are the lower and upper half of the result.
type slot struct {
	word      uint64 // kind, flags, producer (16 bits), site (32 bits); stored last
	began     int64  // ns, tracer.Now
	duration  uint32 // ns
	topic     uint32
	partition int32
	err       uint32 // 0: none
	key       uint32 // bytes
	value     uint32 // bytes
	crc       uint32
	channel   uint32 // 0: no delivery channel, else its capacity + 1
}

// An entry of a run is one message: its CRC in the upper half and, in the lower
// one, when its call returned, in steps of tick ns since the run began, plus 1;
// untimed where nobody looked at the clock: then it is that of the one before.
// 0: not written.
const (
	entrySize     = 8
	slotEntries   = slotSize / entrySize
	tick          = 64
	untimed       = math.MaxUint32
	maxRunSlots   = 171 // about 8 kB, a thousand messages
	maxRunEntries = (maxRunSlots - 1) * slotEntries
)

// The slot is written by pointer: its size is the file's.
var _ [0]struct{} = [unsafe.Sizeof(slot{}) - slotSize]struct{}{}

// Flags of a slot, in the second byte of its word.
const (
	flagNilKey byte = 1 << iota
	flagNilValue
	flagGuarded
	flagInt  // of a call without arguments: the result is a number,
	flagBool // a truth value,
	flagText // or an interned text
)

func word(kind, flags byte, producer uint16, site uint32) uint64 {
	return uint64(kind) | uint64(flags)<<8 | uint64(producer)<<16 | uint64(site)<<32
}

// blobWord is a blob's first word: kind, pending or 0, slots (16 bits), bytes (32 bits).
func blobWord(kind byte, mark uint64, slots, bytes int) uint64 {
	return uint64(kind) | mark | uint64(slots)<<16 | uint64(bytes)<<32
}

// blobSlots is how many slots a blob of n bytes takes.
func blobSlots(n int) int { return (8 + n + slotSize - 1) / slotSize }
