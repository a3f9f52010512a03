// Slots into events, in the lab.

package journal

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"kstep/tracer"
)

// maxEvents is how many events Read makes of one journal; a run of like calls
// is one. What is beyond is counted in Lost.
const maxEvents = 500_000

// Record is what a program wrote.
type Record struct {
	// Events in the order they were written, Seq 0, times absolute
	// (tracer.Now). Call.ID and Message.Number are given here: 1, 2, 3 ...
	Events []tracer.Event
	// Messages are those that Produce accepted: message n is Messages[n-1].
	Messages []Produced
	// Lost is how many records the writer or the reader had no room for.
	Lost int
	// Unfinished is how many records a writer had begun and not finished when
	// it ended, at least: what it had only reserved counts as one.
	Unfinished int
	// Trouble says why the program recorded nothing, empty where it did.
	Trouble string
}

// Produced is what joins an accepted message to the broker's log.
type Produced struct {
	Topic string
	CRC   uint32 // tracer.CRC of key and value
}

// Read turns a journal into events. It may be called while the program still
// writes, and then sees what was finished. A torn or hostile file makes a
// shorter record; only one that is no journal at all is an error. Not for
// concurrent use with itself on one file's content that changes.
func Read(f *os.File) (*Record, error) {
	size, err := fileSize(f)
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	return read(f, size)
}

func read(f io.ReaderAt, size int64) (*Record, error) {
	head := make([]byte, headerSize)
	if _, err := f.ReadAt(head, 0); err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	if string(head[:len(magic)]) != magic {
		return nil, errors.New("read journal: this file is none")
	}
	r := &reader{
		tables: tables{sites: map[uint32]*tracer.Site{}, texts: map[uint32]string{}, errors: map[uint32]*tracer.Error{}},
		ids:    map[int]int{},
	}
	r.rec.Lost = int(min(binary.NativeEndian.Uint64(head[atLost:]), math.MaxInt32))
	why, _, _ := bytes.Cut(head[atTrouble:atTrouble+troubleAt], []byte{0})
	r.rec.Trouble = plain(string(why))
	end := int64(min(binary.NativeEndian.Uint64(head[atTail:]), uint64(size)))
	if end > headerSize {
		r.slots(bufio.NewReaderSize(io.NewSectionReader(f, headerSize, end-headerSize), 1<<16), end-headerSize)
	}
	r.endRun()
	return &r.rec, nil
}

// reader walks a journal once.
type reader struct {
	tables
	rec   Record
	ids   map[int]int // the writer's call IDs -> ours, of calls that have not returned
	last  int         // the last ID given
	run   run
	inRun bool
	blob  []byte // reused
}

// tables are the values that have numbers.
type tables struct {
	sites  map[uint32]*tracer.Site
	texts  map[uint32]string
	errors map[uint32]*tracer.Error
}

// slots reads left bytes of slots.
func (r *reader) slots(in *bufio.Reader, left int64) {
	var buf [slotSize]byte
	gap := false
	for ; left >= slotSize; left -= slotSize {
		if _, err := io.ReadFull(in, buf[:]); err != nil {
			break
		}
		first := binary.NativeEndian.Uint64(buf[:])
		kind := byte(first)
		if kind == 0 {
			if !gap {
				r.rec.Unfinished++
			}
			gap = true
			continue
		}
		gap = false
		switch kind {
		case kindProduce, kindCall:
			r.short(slotOf(buf[:]))
		case kindRun:
			left -= r.many(in, buf[:], left-slotSize)
		case kindBlobEvent, kindBlobSite, kindBlobText, kindBlobError:
			left -= r.long(in, first, buf[8:], left-slotSize)
		default:
			r.rec.Unfinished++
		}
	}
	if gap && r.rec.Lost > 0 { // the space at the end that was too small for the first lost record
		r.rec.Unfinished--
	}
}

// long reads a record of several slots, of which the first is read already,
// and returns how many more bytes it took.
func (r *reader) long(in *bufio.Reader, first uint64, start []byte, left int64) int64 {
	slots, size := int(uint16(first>>16)), int(uint32(first>>32))
	more := int64(slots-1) * slotSize
	if slots == 0 || slots > maxBlobSlots || more > left || size > maxBlob || blobSlots(size) != slots {
		r.rec.Unfinished++
		return 0
	}
	r.blob = append(r.blob[:0], start...)
	if cap(r.blob) < len(start)+int(more) {
		r.blob = append(make([]byte, 0, len(start)+int(more)), r.blob...)
	}
	r.blob = r.blob[:len(start)+int(more)]
	if _, err := io.ReadFull(in, r.blob[len(start):]); err != nil {
		r.rec.Unfinished++
		return more
	}
	if first&pending != 0 || !r.take(byte(first), r.blob[:size]) {
		r.rec.Unfinished++
	}
	return more
}

// take keeps the content of a blob. It tells whether there was sense in it.
func (r *reader) take(kind byte, data []byte) bool {
	if kind == kindBlobEvent {
		var e tracer.Event
		if json.Unmarshal(data, &e) != nil || !clean(&e) {
			return false
		}
		r.event(e)
		return true
	}
	if len(data) < 4 {
		return false
	}
	id, data := binary.NativeEndian.Uint32(data), data[4:]
	switch kind {
	case kindBlobText:
		r.texts[id] = plain(string(data))
	case kindBlobSite:
		var s tracer.Site
		if json.Unmarshal(data, &s) != nil {
			return false
		}
		r.sites[id] = &s
	case kindBlobError:
		var e tracer.Error
		if json.Unmarshal(data, &e) != nil {
			return false
		}
		r.errors[id] = &e
	}
	return true
}

// clean holds an event to what a program can say, so that a later reader may
// rely on it.
func clean(e *tracer.Event) bool {
	e.Seq, e.Client, e.Frame, e.Record, e.Exit, e.Count, e.Stream = 0, nil, nil, nil, nil, 0, ""
	c := e.Call
	switch {
	case e.Lane == tracer.Lab && (e.Kind == tracer.AddressReplaced || e.Kind == tracer.SettingChanged || e.Kind == tracer.Noted):
		e.Call = nil
		return true
	case e.Lane == tracer.Lab && e.Kind == tracer.LeftOut:
		if c == nil {
			return true
		}
		c.ID, c.Results, c.Error = 0, nil, nil // it never was a call of the client
	case e.Lane != tracer.Application || c == nil:
		return false
	case e.Kind != tracer.Called && e.Kind != tracer.Returned && e.Kind != tracer.MainDone:
		return false
	}
	c.Count, c.Bytes = 0, 0
	for _, v := range [][]tracer.Value{c.Args, c.Results} {
		for i := range v {
			v[i].Size = max(0, v[i].Size)
		}
	}
	if m := c.Message; m != nil {
		for _, p := range []*tracer.Payload{m.Key, m.Value} {
			if p != nil {
				p.Size = max(0, p.Size)
			}
		}
	}
	return true
}

// event adds an event that was written in full.
func (r *reader) event(e tracer.Event) {
	r.endRun()
	c := e.Call
	if c != nil && e.Lane == tracer.Application && e.Kind != tracer.MainDone {
		c.ID = r.id(c.ID, e.Kind)
	}
	if c != nil && c.Message != nil {
		c.Message.Number = 0
		if e.Kind == tracer.Returned && c.Name == "Produce" && c.Error == nil {
			c.Message.Number = r.message(c.Message.Topic, c.Message.CRC)
		}
	}
	r.add(e)
}

// id turns a writer's call ID into ours.
func (r *reader) id(theirs int, kind tracer.Kind) int {
	if id, open := r.ids[theirs]; open && kind == tracer.Returned {
		delete(r.ids, theirs)
		return id
	}
	r.last++
	if kind == tracer.Called {
		r.ids[theirs] = r.last
	}
	return r.last
}

// message numbers an accepted message.
func (r *reader) message(topic string, crc uint32) int {
	r.rec.Messages = append(r.rec.Messages, Produced{topic, crc})
	return len(r.rec.Messages)
}

func (r *reader) add(e tracer.Event) {
	if len(r.rec.Events) >= maxEvents {
		r.rec.Lost++
		return
	}
	r.rec.Events = append(r.rec.Events, e)
}

// plain is text that every format can hold.
func plain(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
