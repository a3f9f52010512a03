// How often and when the program has called what, while it runs.

package journal

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"io"
	"os"
	"sync"

	"kstep/tracer"
)

// Calls counts the calls in a journal that is being written. It looks again
// only at what it has not seen finished. Safe for concurrent use.
type Calls struct {
	f *os.File

	mu    sync.Mutex
	at    int64 // what is before it is counted
	sum   counts
	texts map[uint32]string
}

// counts are calls by their method's name.
type counts struct {
	called, returned map[string]Moments
	open             map[int]bool // the writer's IDs of calls that have not returned
}

func newCounts() counts {
	return counts{map[string]Moments{}, map[string]Moments{}, map[int]bool{}}
}

// maxMoments is how many of a method's calls are known with their time.
const maxMoments = 1000

// Moments are when a method was called, or returned: how often, and of the
// first ones the time.
type Moments struct {
	N  int
	At []int64 // ns of tracer.Now
}

// Nth is when it was the n-th time, 0 where that is not known; ok is false
// where it has not been.
func (m Moments) Nth(n int) (at int64, ok bool) {
	if n >= 1 && n <= len(m.At) {
		at = m.At[n-1]
	}
	return at, n <= m.N
}

// and are the moments with those that came after.
func (m Moments) and(more Moments) Moments {
	room := min(maxMoments-len(m.At), len(more.At))
	return Moments{m.N + more.N, append(m.At[:len(m.At):len(m.At)], more.At[:room]...)}
}

// add adds n calls, of which one is the first.
func (m *Moments) add(n int, at int64) {
	if m.N += n; len(m.At) < maxMoments {
		m.At = append(m.At, at)
		for len(m.At) < min(m.N, maxMoments) {
			m.At = append(m.At, 0)
		}
	}
}

// NewCalls counts in a journal that was made by Create and stays open.
func NewCalls(f *os.File) *Calls {
	return &Calls{f: f, at: headerSize, sum: newCounts(), texts: map[uint32]string{}}
}

// Written is how many bytes of records are in a journal that is being written,
// those that were begun included; 0 where nothing is, or where it cannot be read.
func Written(f *os.File) int64 {
	var tail [8]byte
	size, err := fileSize(f)
	if _, errTail := f.ReadAt(tail[:], atTail); err != nil || errTail != nil {
		return 0
	}
	return max(0, int64(min(binary.NativeEndian.Uint64(tail[:]), uint64(size)))-headerSize)
}

// Of is when the method was called so far, and when it returned. A call that is
// recorded only when it returned (Produce, Len and others that cannot block)
// counts as both.
func (c *Calls) Of(name string) (called, returned Moments) {
	c.mu.Lock()
	defer c.mu.Unlock()
	late := c.scan()
	return c.sum.called[name].and(late.called[name]), c.sum.returned[name].and(late.returned[name])
}

// scan counts what was finished since the last time, and returns the counts of
// what lies behind something unfinished, which is looked at again next time.
func (c *Calls) scan() counts {
	late := newCounts()
	left := headerSize + Written(c.f) - c.at
	in := bufio.NewReaderSize(io.NewSectionReader(c.f, c.at, left), int(min(max(left, slotSize), 1<<16)))
	into := &c.sum
	for left >= slotSize {
		n, finished := c.record(in, left, into, &late)
		if left -= n; !finished {
			into = &late
		} else if into == &c.sum {
			c.at += n
		}
	}
	return late
}

// record counts the next record, into late where it is not finished. It returns
// how many bytes it took.
func (c *Calls) record(in *bufio.Reader, left int64, into, late *counts) (n int64, finished bool) {
	head, err := in.Peek(slotSize)
	if err != nil {
		return left, false
	}
	first := binary.NativeEndian.Uint64(head)
	switch kind := byte(first); kind {
	case kindProduce, kindCall:
		s := slotOf(head)
		name := "Produce"
		if kind == kindCall {
			name = c.texts[s.topic]
		}
		in.Discard(slotSize)
		into.add(name, 1, s.began, s.began+int64(s.duration))
		return slotSize, true
	case kindRun:
		s := slotOf(head)
		in.Discard(slotSize)
		size := (int64(s.crc) - 1) * slotSize
		if s.crc < 2 || s.crc > maxRunSlots || size > left-slotSize {
			return slotSize, false
		}
		calls, full := entries(in, size)
		if !full {
			into = late
		}
		into.add("Produce", calls, s.began, s.began)
		return slotSize + size, full
	case kindBlobEvent, kindBlobSite, kindBlobText, kindBlobError:
		return c.blob(in, first, left, into)
	default:
		in.Discard(slotSize)
		return slotSize, false
	}
}

// entries counts a run's calls, and tells whether it has room for no more.
func entries(in *bufio.Reader, size int64) (calls int, full bool) {
	var buf [maxRunEntries * entrySize]byte
	if _, err := io.ReadFull(in, buf[:size]); err != nil {
		return 0, false
	}
	for i := int64(0); i < size; i += entrySize {
		if binary.NativeEndian.Uint64(buf[i:]) != 0 {
			calls++
		}
	}
	return calls, calls == int(size/entrySize)
}

// blob takes a record of several slots.
func (c *Calls) blob(in *bufio.Reader, first uint64, left int64, into *counts) (n int64, finished bool) {
	slots, size := int64(uint16(first>>16)), int(uint32(first>>32))
	n = slots * slotSize
	if slots == 0 || n > left || size > maxBlob || int64(blobSlots(size)) != slots {
		in.Discard(slotSize)
		return slotSize, false
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(in, data); err != nil || first&pending != 0 {
		return n, false
	}
	switch data = data[8 : 8+size]; byte(first) {
	case kindBlobText:
		if size > 4 {
			c.texts[binary.NativeEndian.Uint32(data)] = string(data[4:])
		}
	case kindBlobEvent:
		c.event(data, into)
	}
	return n, true
}

// event counts a call that was written in full.
func (c *Calls) event(data []byte, into *counts) {
	var e struct {
		At   int64
		Kind tracer.Kind
		Call *struct {
			ID    int
			Name  string
			Began int64
		}
	}
	if json.Unmarshal(data, &e) != nil || e.Call == nil {
		return
	}
	switch name, id := e.Call.Name, e.Call.ID; {
	case e.Kind == tracer.Called:
		into.begin(name, 1, e.At)
		into.open[id] = true
	case e.Kind == tracer.Returned && (into.open[id] || c.sum.open[id]):
		delete(into.open, id)
		into.end(name, 1, e.At)
	case e.Kind == tracer.Returned:
		into.add(name, 1, e.Call.Began, e.At)
	}
}

// add counts calls that were recorded when they returned.
func (c *counts) add(name string, n int, began, ended int64) {
	c.begin(name, n, began)
	c.end(name, n, ended)
}

func (c *counts) begin(name string, n int, at int64) {
	m := c.called[name]
	m.add(n, at)
	c.called[name] = m
}

func (c *counts) end(name string, n int, at int64) {
	m := c.returned[name]
	m.add(n, at)
	c.returned[name] = m
}
