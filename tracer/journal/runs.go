// Like calls into one event.

package journal

import (
	"bufio"
	"encoding/binary"
	"io"
	"strconv"
	"unsafe"

	"kstep/tracer"
)

// looseFrom is how many events a record has when a run of Produce calls need
// no longer have keys and values of one size: a million messages of varying
// size must not become a million events. Sizes are then those of the first.
const looseFrom = 50_000

// like is what calls of one event have in common.
type like struct {
	word      uint64 // kind, flags, producer, site
	topic     uint32
	partition int32
	err       uint32
	key       uint32
	value     uint32
	channel   uint32
}

// run is a run of like calls that is being read.
type run struct {
	like
	first  slot
	last   int64 // when the last one returned
	n      int
	bytes  int64
	number int // of the first message
}

func slotOf(data []byte) (s slot) {
	copy((*[slotSize]byte)(unsafe.Pointer(&s))[:], data)
	return s
}

// short takes a call in its short form.
func (r *reader) short(s slot) {
	r.join(s)
	r.more(s, s.crc, s.began+int64(s.duration))
}

// many takes a run of Produce calls, of which the first slot is read already,
// and returns how many more bytes it took.
func (r *reader) many(in *bufio.Reader, start []byte, left int64) int64 {
	s := slotOf(start)
	size := (int64(s.crc) - 1) * slotSize
	if s.crc < 2 || s.crc > maxRunSlots || size > left {
		r.rec.Unfinished++
		return 0
	}
	var entries [maxRunEntries * entrySize]byte
	if _, err := io.ReadFull(in, entries[:size]); err != nil {
		r.rec.Unfinished++
		return size
	}
	s.word = s.word&^0xff | uint64(kindProduce)
	holes, ended := 0, s.began
	for i := int64(0); i < size; i += entrySize {
		e := binary.NativeEndian.Uint64(entries[i:])
		if e == 0 {
			holes++
			continue
		}
		r.rec.Unfinished += holes // taken, but not written to the end
		holes = 0
		s.crc = uint32(e >> 32)
		r.join(s)
		if uint32(e) != untimed {
			ended = s.began + int64(uint32(e)-1)*tick
		}
		r.more(s, s.crc, ended)
	}
	return size
}

// join begins another run where the call is not like the last one.
func (r *reader) join(s slot) {
	k := like{s.word, s.topic, s.partition, s.err, s.key, s.value, s.channel}
	if byte(s.word) == kindProduce && len(r.rec.Events) >= looseFrom {
		k.key, k.value = 0, 0
	}
	if !r.inRun || r.run.like != k {
		r.endRun()
		r.run, r.inRun = run{like: k, first: s}, true
	}
}

// more adds a call to the run that is being read.
func (r *reader) more(s slot, crc uint32, ended int64) {
	u := &r.run
	u.n++
	u.last = ended
	if byte(s.word) != kindProduce {
		return
	}
	u.bytes += int64(s.key) + int64(s.value)
	if s.err == 0 {
		number := r.message(r.texts[s.topic], crc)
		if u.number == 0 {
			u.number = number
		}
	}
}

// endRun makes the event of the run that was being read.
func (r *reader) endRun() {
	if !r.inRun {
		return
	}
	r.inRun = false
	u := &r.run
	r.last++
	c := &tracer.Call{ID: r.last, Producer: int(uint16(u.word >> 16)), Site: r.sites[uint32(u.word>>32)], Began: u.first.began}
	if u.n > 1 {
		c.Count = u.n
	}
	if byte(u.word) == kindProduce {
		r.produce(c)
	} else {
		r.plainCall(c)
	}
	r.add(tracer.Event{At: u.last, Lane: tracer.Application, Kind: tracer.Returned, Known: tracer.Observed, Call: c})
}

// produce fills in a run of Produce calls.
func (r *reader) produce(c *tracer.Call) {
	u, flags := &r.run, byte(r.run.word>>8)
	c.Name = "Produce"
	c.Args = []tracer.Value{{Name: "deliveryChan", Text: ChannelText(int(u.channel) - 1)}}
	m := &tracer.Message{Number: u.number, Topic: r.texts[u.topic], Partition: u.partition, CRC: u.first.crc}
	if flags&flagNilKey == 0 {
		m.Key = &tracer.Payload{Size: int(u.first.key)}
	}
	if flags&flagNilValue == 0 {
		m.Value = &tracer.Payload{Size: int(u.first.value)}
	}
	c.Message = m
	if u.n > 1 {
		c.Bytes = u.bytes
	}
	if u.err == 0 {
		c.Results = []tracer.Value{{Name: "error", Text: "nil"}}
		return
	}
	c.Error = &tracer.Error{Name: "unknown", Text: "unknown"}
	if e := r.errors[u.err]; e != nil {
		*c.Error = *e
	}
	c.Results = []tracer.Value{{Name: "error", Text: c.Error.Text}}
}

// plainCall fills in a run of calls without arguments.
func (r *reader) plainCall(c *tracer.Call) {
	u, flags := &r.run, byte(r.run.word>>8)
	c.Name, c.Guarded = r.texts[u.topic], flags&flagGuarded != 0
	n := int64(uint64(u.key) | uint64(u.value)<<32)
	text := ""
	switch {
	case flags&flagInt != 0:
		text = strconv.FormatInt(n, 10)
	case flags&flagBool != 0:
		text = strconv.FormatBool(n != 0)
	case flags&flagText != 0:
		text = r.texts[uint32(n)]
	default:
		return
	}
	c.Results = []tracer.Value{{Name: r.texts[u.err], Text: text}}
}

// ChannelText is a delivery channel as an argument's text, by its capacity; -1
// is no channel.
func ChannelText(capacity int) string {
	switch capacity {
	case -1:
		return "nil"
	case 0:
		return "chan kafka.Event, unbuffered"
	}
	return "chan kafka.Event, capacity " + strconv.Itoa(capacity)
}
