package lab

import (
	"kstep/tracer"
)

// joiner finds out which message each record of the log holds: by topic, by
// the CRC of key and value, and among equal ones by order. It also puts long
// runs of records that hold messages with following numbers into one event.
type joiner struct {
	messages []message
	used     []bool
	next     int              // the message expected next, if records come in the order of the messages
	index    map[sameAs][]int // built when the order did not help
	last     map[sameAs]int   // built with it: the last message matched, for a further copy of it
	events   []tracer.Event
	plain    int
}

// message is what the join needs of a message; its number is its index + 1.
type message struct {
	topic string
	crc   uint32
}

type sameAs = message

// maxPlain is how many records of the log are events of their own, with key
// and value, before runs are made.
const maxPlain = 256

func newJoiner(messages []message) *joiner {
	return &joiner{messages: messages, used: make([]bool, len(messages))}
}

// add takes the next record of a partition.
func (j *joiner) add(r logged) {
	rec := tracer.Record{Topic: r.topic, Partition: r.partition, Offset: r.offset, Control: r.control, Aborted: r.aborted}
	if !r.control {
		rec.CRC = tracer.CRC(r.key, r.value)
		rec.Message = j.match(sameAs{r.topic, rec.CRC})
	}
	if j.plain++; j.plain > maxPlain && j.extend(&rec) {
		return
	}
	if j.plain <= maxPlain {
		rec.Key, rec.Value = preview(r.key), preview(r.value)
	}
	j.events = append(j.events, tracer.Event{At: tracer.Now(), Lane: tracer.Broker, Kind: tracer.Logged, Known: tracer.Observed, Record: &rec})
}

// extend adds the record to the run before it, where it goes on with the next
// offset and the next message.
func (j *joiner) extend(rec *tracer.Record) bool {
	if len(j.events) <= maxPlain || rec.Message == 0 || rec.Control {
		return false
	}
	p := j.events[len(j.events)-1].Record
	n := max(1, p.Count)
	if p.Control || p.Aborted != rec.Aborted || p.Message == 0 || p.Topic != rec.Topic || p.Partition != rec.Partition || p.Offset+int64(n) != rec.Offset || p.Message+n != rec.Message {
		return false
	}
	p.Count, p.CRC = n+1, 0
	return true
}

// match is the number of the message a record holds, 0 for none.
func (j *joiner) match(k sameAs) int {
	for j.next < len(j.used) && j.used[j.next] {
		j.next++
	}
	if j.next < len(j.messages) && j.messages[j.next] == k {
		return j.take(k, j.next)
	}
	if j.index == nil {
		j.index, j.last = map[sameAs][]int{}, map[sameAs]int{}
		for i, m := range j.messages {
			if j.used[i] {
				j.last[m] = i + 1
			} else {
				j.index[m] = append(j.index[m], i)
			}
		}
	}
	q := j.index[k]
	for len(q) > 0 && j.used[q[0]] {
		q = q[1:]
	}
	if len(q) == 0 {
		return j.last[k] // a further copy of one that was matched, or none of ours
	}
	j.index[k] = q[1:]
	return j.take(k, q[0])
}

func (j *joiner) take(k sameAs, i int) int {
	j.used[i] = true
	if j.index != nil {
		j.last[k] = i + 1
	}
	j.next = i + 1
	return i + 1
}

// previewBytes is how much of a key or value an event keeps.
const previewBytes = 64

func preview(b []byte) *tracer.Payload {
	if b == nil {
		return nil
	}
	return &tracer.Payload{Text: text(b, previewBytes), Size: len(b)}
}
