// Whatever bytes come, the decoder tells their size, keeps its word about
// memory and never panics.

package wire

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// allowed is what n bytes of a frame may make the decoder allocate. A byte can
// claim an element of an array, which kmsg allocates before it reads it, in
// arrays within arrays.
func allowed(n int) uint64 { return 1<<20 + 2048*uint64(n) }

// allowedBatch is the same for a frame with record batches. Four bytes of zstd
// hold a block of 128 KiB, which grows in a buffer that is doubled; lz4 has
// buffers of 8 MiB for each batch.
func allowedBatch(n int) uint64 {
	const leastBatch = 61
	return (1+uint64(n)/leastBatch)*16<<20 + 4*largestBlock*uint64(n)
}

// claimsManyTags tells whether there may be a claim of millions of tags, which
// kmsg counts through, a second for each 100 million (api.go, internalReadTags).
// The broker reads with the same code, so the tap cannot be better than it.
func claimsManyTags(key, version int16, frame []byte) bool {
	r := kmsg.RequestForKey(key)
	if r == nil {
		return false
	}
	if r.SetVersion(version); !r.IsFlexible() {
		return false // it has no tags
	}
	for i := range frame {
		if n, _ := kbin.Uvarint(frame[i:]); n > 1<<22 {
			return true
		}
	}
	return false
}

// checkEvent holds an event of a frame against what is promised of all.
func checkEvent(t *testing.T, decode func([]byte) tracer.Event, frame []byte, kind tracer.Kind, hidden bool) {
	var e tracer.Event
	size := len(frame)
	n := allocated(func() { e = decode(frame) })
	if most := allowed(size); n > most && (e.Frame.Batches == nil || n > allowedBatch(size)) {
		t.Errorf("%d bytes were allocated for a frame of %d", n, size)
	}
	if hidden {
		size = 0
	}
	if e.Lane != tracer.Wire || e.Known != tracer.Observed || e.Kind != kind && e.Kind != tracer.Undecoded || e.Frame.Bytes != size {
		t.Errorf("of %d bytes: %s", size, asJSON(t, e))
	}
	if (e.Kind == tracer.Undecoded) != (e.Frame.Reason != "") {
		t.Errorf("a reason without need, or none: %s", asJSON(t, e))
	}
	before := asJSON(t, e)
	clear(frame)
	if !bytes.Equal(before, asJSON(t, e)) {
		t.Error("the event keeps the frame's memory")
	}
}

// seeds are the steps that are small: large ones slow a fuzzer down.
func seeds(t testing.TB) []step {
	return slices.DeleteFunc(steps(t), func(s step) bool { return len(s.req) > 1<<10 })
}

func FuzzRequest(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s.req, false)
	}
	f.Add(header(999, 1, 1), true)
	f.Add(framed(nil), false)
	f.Fuzz(func(t *testing.T, frame []byte, tokens bool) {
		key, ok := apiKey(frame)
		whole := len(frame) >= requestHeader
		if whole && claimsManyTags(key, int16(binary.BigEndian.Uint16(frame[lengthSize+2:])), frame) {
			t.Skip()
		}
		d := NewDecoder(1, 0, nil)
		d.tokens.Store(tokens)
		checkEvent(t, d.Request, bytes.Clone(frame), tracer.Request, tokens || whole && ok && secret(key))
		if len(d.queue.waiting) > 1 || len(d.queue.waiting) == 0 && whole && !tokens && key != int16(kmsg.Produce) {
			t.Errorf("%d requests wait for an answer", len(d.queue.waiting))
		}
	})
}

func FuzzResponse(f *testing.F) {
	for _, s := range seeds(f) {
		if len(s.resp) > 0 {
			f.Add(int16(binary.BigEndian.Uint16(s.req[4:])), int16(binary.BigEndian.Uint16(s.req[6:])), s.resp)
		}
	}
	for key, s := range secrets("secret") {
		f.Add(s.req.Key(), int16(0), answer(s.resp, 0, int32(len(key))))
	}
	f.Fuzz(func(t *testing.T, key, version int16, frame []byte) {
		if claimsManyTags(key, version, frame) {
			t.Skip()
		}
		d := NewDecoder(1, 0, nil)
		if len(frame) >= responseHeader {
			d.Request(header(key, version, int32(binary.BigEndian.Uint32(frame[lengthSize:]))))
		}
		tokens := d.tokens.Load() && len(frame) < responseHeader
		checkEvent(t, d.Response, bytes.Clone(frame), tracer.Response, tokens || len(d.queue.waiting) > 0 && secret(key))
		if len(d.queue.waiting) != 0 {
			t.Error("the request still waits")
		}
	})
}

func FuzzBatch(f *testing.F) {
	rs := append(records("a", "", "long long long long long"), record{key: []byte("k")})
	for _, codec := range allCodecs {
		f.Add(batchOf(f, codec, plainProducer, rs))
	}
	f.Add(pack(len(rs), javaSnappy(compress(f, kgo.CodecSnappy, plainRecords(rs))), kgo.CodecSnappy, plainProducer))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var b tracer.Batch
		if n := allocated(func() { b = batch("orders", 3, raw) }); n > allowedBatch(len(raw)) {
			t.Errorf("%d bytes were allocated for a batch of %d", n, len(raw))
		}
		if b.Topic != "orders" || b.Partition != 3 || b.Bytes != len(raw) || b.Records < 0 || len(b.CRCs) > min(b.Records, maxCRCs) {
			t.Errorf("%+v", b)
		}
	})
}

// FuzzClaim holds the claims against what the decompressor makes of the bytes.
func FuzzClaim(f *testing.F) {
	plain := plainRecords(records("a", "long long long long long"))
	for _, codec := range []kgo.CompressionCodecType{kgo.CodecSnappy, kgo.CodecZstd} {
		f.Add(compress(f, codec, plain), codec == kgo.CodecZstd)
		f.Add(slices.Concat(compress(f, codec, plain), compress(f, codec, plain)), codec == kgo.CodecZstd)
	}
	f.Add(javaSnappy(compress(f, kgo.CodecSnappy, plain)), false)
	f.Fuzz(func(t *testing.T, packed []byte, zstd bool) {
		codec := kgo.CodecSnappy
		if zstd {
			codec = kgo.CodecZstd
		}
		said := claim(packed, codec)
		if said > maxClaimed {
			return // refused; TestClaimsAreTrue holds that real ones are not
		}
		var got []byte
		var err error
		if n := allocated(func() { got, err = decompressor.Decompress(packed, codec) }); n > 4<<20+4*said {
			t.Errorf("%d bytes were allocated for a claim of %d", n, said)
		}
		if err == nil && uint64(len(got)) > said {
			t.Errorf("%d bytes claimed to be %d", len(got), said)
		}
	})
}

func FuzzStream(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(slices.Concat(s.req, s.resp), uint16(len(s.req)), uint16(7))
	}
	f.Add([]byte("\x16\x03\x01\x02\x00\x01"), uint16(2), uint16(1))
	f.Fuzz(func(t *testing.T, data []byte, first, then uint16) {
		// Reference: the whole of it at once, by the rule itself.
		var want [][]byte
		rest := data
		var bad bool
		for len(rest) >= lengthSize {
			n := int64(int32(binary.BigEndian.Uint32(rest)))
			if bad = n < 0 || n > MaxFrame; bad || int64(len(rest)) < lengthSize+n {
				break
			}
			want, rest = append(want, rest[:lengthSize+n]), rest[lengthSize+n:]
		}
		var s stream
		var got [][]byte
		var err error
		step := func(piece []byte) {
			s.add(piece)
			for err == nil {
				var frame []byte
				if frame, err = s.next(); frame == nil {
					return
				}
				got = append(got, bytes.Clone(frame))
			}
		}
		at := min(int(first), len(data))
		step(data[:at])
		for piece := range slices.Chunk(data[at:], int(then)+1) {
			step(piece)
		}
		if !equal(want, got) || (err != nil) != bad || !bytes.Equal(rest, s.rest()) {
			t.Errorf("%d frames, not %d; error %v, rest %q", len(got), len(want), err, s.rest())
		}
		if c := cap(s.buf); c > max(firstBuffer, 3*len(data)) {
			t.Errorf("the buffer has %d bytes after %d", c, len(data))
		}
	})
}
