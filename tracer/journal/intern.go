// What is written once and then named by a number: sites, names, errors.

package journal

import (
	"encoding/binary"
	"encoding/json"
	"sync"

	"kstep/tracer"
)

// maxInterned is how many different values of a kind get a number. A program
// that has more (topics or error texts made up as it goes) is recorded in full.
const maxInterned = 1 << 14

// maxText is the longest text that gets a number, in bytes. Kafka's longest
// topic name is 249 (Topic.validate in Kafka's own source).
const maxText = 256

// interned numbers values of one kind: 1, 2, 3 ...
type interned[K comparable] struct {
	mu  sync.RWMutex
	ids map[K]uint32
}

// number is the value's number. On first use write must put it into the
// journal; only then does the number exist for others.
func (t *interned[K]) number(v K, write func(id uint32) bool) (uint32, bool) {
	t.mu.RLock()
	id, ok := t.ids[v]
	t.mu.RUnlock()
	if ok {
		return id, true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if id, ok := t.ids[v]; ok {
		return id, true
	}
	id = uint32(len(t.ids) + 1)
	if id > maxInterned || !write(id) {
		return 0, false
	}
	if t.ids == nil {
		t.ids = map[K]uint32{}
	}
	t.ids[v] = id
	return id, true
}

func (w *Writer) numbered(kind byte, id uint32, data []byte) bool {
	return w.blob(kind, append(binary.NativeEndian.AppendUint32(nil, id), data...))
}

func (w *Writer) numberedJSON(kind byte, id uint32, v any) bool {
	data, err := json.Marshal(v)
	return err == nil && w.numbered(kind, id, data)
}

// Site is the number of a place in the program's source; false when it has
// none.
func (w *Writer) Site(s tracer.Site) (uint32, bool) {
	return w.sites.number(s, func(id uint32) bool { return w.numberedJSON(kindBlobSite, id, s) })
}

// Text is the number of a topic's or a method's name; false when it has none.
func (w *Writer) Text(s string) (uint32, bool) {
	if len(s) > maxText {
		return 0, false
	}
	return w.texts.number(s, func(id uint32) bool { return w.numbered(kindBlobText, id, []byte(s)) })
}

// Error is the number of an error; false when it has none.
func (w *Writer) Error(e tracer.Error) (uint32, bool) {
	return w.errors.number(e, func(id uint32) bool { return w.numberedJSON(kindBlobError, id, e) })
}
