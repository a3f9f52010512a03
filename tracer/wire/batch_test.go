// Record batches of every codec are read, joined to messages, and never
// believed.

package wire

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

var allCodecs = []kgo.CompressionCodecType{kgo.CodecNone, kgo.CodecGzip, kgo.CodecSnappy, kgo.CodecLz4, kgo.CodecZstd}

func checksums(rs []record) (out []uint32) {
	for _, r := range rs {
		out = append(out, tracer.CRC(r.key, r.value))
	}
	return out
}

func TestCodecs(t *testing.T) {
	rs := []record{
		{key: []byte("k"), value: []byte("v")},
		{value: []byte("no key")},
		{key: []byte{}, value: []byte("an empty key")},
		{key: []byte("no value")},
		{value: bytes.Repeat([]byte("long "), 1000)},
		{key: []byte("h"), value: []byte("with headers"), headers: []kmsg.Header{{Key: "a", Value: []byte("b")}, {Key: "c"}}},
		{},
	}
	names := []string{"none", "gzip", "snappy", "lz4", "zstd"}
	for i, codec := range allCodecs {
		p := producer{id: 1 << 40, epoch: 7, sequence: 1 << 30, bits: transactionalBit}
		raw := batchOf(t, codec, p, rs)
		want := tracer.Batch{Topic: "orders", Partition: 3, Records: len(rs), Bytes: len(raw), Codec: names[i],
			ProducerID: 1 << 40, Epoch: 7, Sequence: 1 << 30, Transactional: true, BaseOffset: -1, CRCs: checksums(rs)}
		if d := cmp.Diff(want, batch("orders", 3, raw)); d != "" {
			t.Errorf("%s:\n%s", names[i], d)
		}
	}
}

// Java clients put snappy's blocks into a frame of their own.
func TestJavaSnappy(t *testing.T) {
	rs := []record{{key: []byte("k"), value: []byte("v")}, {value: bytes.Repeat([]byte("long "), 1000)}}
	plain := plainRecords(rs)
	framed := javaSnappy(compress(t, kgo.CodecSnappy, plain[:100]), compress(t, kgo.CodecSnappy, plain[100:]))
	got := batch("orders", 0, pack(len(rs), framed, kgo.CodecSnappy, plainProducer))
	if d := cmp.Diff(checksums(rs), got.CRCs); d != "" {
		t.Error(d)
	}
}

// Only the first records are joined.
func TestFirstRecordsOnly(t *testing.T) {
	for _, n := range []int{maxCRCs - 1, maxCRCs, maxCRCs + 1, 10 * maxCRCs} {
		rs := records(strings.Split(strings.Repeat("a,", n-1)+"a", ",")...)
		got := batch("orders", 0, batchOf(t, kgo.CodecNone, plainProducer, rs))
		if got.Records != n || len(got.CRCs) != min(n, maxCRCs) {
			t.Errorf("of %d records %d are told and %d are joined", n, got.Records, len(got.CRCs))
		}
	}
}

// A batch that is cut says nothing but its size; of one whose records are cut,
// the records before the cut are joined.
func TestTruncatedBatches(t *testing.T) {
	for _, codec := range allCodecs {
		raw := batchOf(t, codec, plainProducer, records("a", "b"))
		for cut := range len(raw) {
			want := tracer.Batch{Topic: "orders", Bytes: cut, ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: -1}
			if d := cmp.Diff(want, batch("orders", 0, raw[:cut])); d != "" {
				t.Fatalf("codec %d cut at %d:\n%s", codec, cut, d)
			}
		}
	}
	rs := records("a", "b")
	plain := plainRecords(rs)
	one := len(plainRecords(rs[:1]))
	for cut := range len(plain) {
		got := batch("orders", 0, pack(2, plain[:cut], kgo.CodecNone, plainProducer))
		want := checksums(rs[:cut/one]) // the two are of one size
		if d := cmp.Diff(want, got.CRCs); d != "" || got.Records != 2 {
			t.Errorf("records cut at %d: %d records, %s", cut, got.Records, d)
		}
	}
}

func TestOtherBatches(t *testing.T) {
	good := batchOf(t, kgo.CodecNone, plainProducer, records("a"))
	changed := func(at int, to ...byte) []byte {
		b := bytes.Clone(good)
		copy(b[at:], to)
		return b
	}
	const magic, attributes, count = 16, 21, 57
	unread := tracer.Batch{Bytes: len(good), ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: -1}
	with := func(f func(*tracer.Batch)) tracer.Batch { b := unread; f(&b); return b }
	for name, c := range map[string]struct {
		raw  []byte
		want tracer.Batch
	}{
		"none at all":           {nil, with(func(b *tracer.Batch) { b.Bytes = 0 })},
		"an older message set":  {changed(magic, 1), unread},
		"an unknown codec":      {changed(attributes, 0, 5), with(func(b *tracer.Batch) { b.Records = 1 })},
		"not gzip":              {changed(attributes, 0, 1), with(func(b *tracer.Batch) { b.Records, b.Codec = 1, "gzip" })},
		"fewer than no records": {changed(count, 0xff, 0xff, 0xff, 0xff), with(func(b *tracer.Batch) { b.Codec = "none" })},
		"more records than are there": {changed(count, 0x7f, 0xff, 0xff, 0xff),
			with(func(b *tracer.Batch) {
				b.Records, b.Codec, b.CRCs = 1<<31-1, "none", []uint32{tracer.CRC(nil, []byte("a"))}
			})},
	} {
		if d := cmp.Diff(c.want, batch("", 0, c.raw)); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
	}
}

// A record whose length is negative, or larger than all records, ends the
// list, and so does one that does not hold the value it says.
func TestRecordLengths(t *testing.T) {
	for _, n := range []int32{-1, -1 << 31, 1 << 30, 1<<31 - 1} {
		plain := kbin.AppendVarint(plainRecords(records("a")), n)
		if got := crcs(append(plain, "and more"...), 2); len(got) != 1 {
			t.Errorf("length %d: %d records", n, len(got))
		}
	}
	plain := plainRecords(records("a", "b"))
	plain[5] = 3 << 1 // bytes of the first one's value, after which the record has only 2
	if got := crcs(plain, 2); len(got) != 0 {
		t.Errorf("%d records", len(got))
	}
}

// Batches that are large compressed are not decompressed: that would slow the
// broker down.
func TestLargeBatchIsNotDecompressed(t *testing.T) {
	noise := make([]byte, maxDeflated)
	rand.NewChaCha8([32]byte{}).Read(noise)
	rs := []record{{value: noise}}
	for _, codec := range allCodecs[1:] {
		raw := batchOf(t, codec, plainProducer, rs)
		if len(raw) < maxDeflated {
			t.Fatalf("noise was compressed to %d bytes", len(raw))
		}
		if got := batch("orders", 0, raw); got.CRCs != nil || got.Records != 1 || got.Codec != codecs[codec] {
			t.Errorf("%s: %+v", got.Codec, got)
		}
	}
}

// A few bytes that claim GiB are refused before they are allocated.
func TestClaimsAreRefused(t *testing.T) {
	uvarint := func(n uint64) []byte { return binary.AppendUvarint(nil, n) }
	zstd := func(descriptor byte, rest ...byte) []byte {
		return append([]byte{0x28, 0xB5, 0x2F, 0xFD, descriptor}, rest...)
	}
	// 512 blocks of 128 KiB are 64 MiB, and one more is more.
	header := largestBlock<<3 | 1<<1 // repeat one byte; not the last block
	repeated := bytes.Repeat([]byte{byte(header), byte(header >> 8), byte(header >> 16), 'a'}, maxClaimed/largestBlock+1)
	for name, c := range map[string]struct {
		codec   kgo.CompressionCodecType
		records []byte
	}{
		"snappy":                       {kgo.CodecSnappy, uvarint(1<<31 - 1)},
		"snappy, within the limit":     {kgo.CodecSnappy, uvarint(maxClaimed)},
		"snappy of Java":               {kgo.CodecSnappy, javaSnappy(uvarint(1<<31 - 1))},
		"snappy of Java, many blocks":  {kgo.CodecSnappy, javaSnappy(uvarint(maxClaimed/2), uvarint(maxClaimed/2), uvarint(1))},
		"snappy of Java, overflow":     {kgo.CodecSnappy, javaSnappy(uvarint(1<<63), uvarint(1<<63))},
		"zstd":                         {kgo.CodecZstd, zstd(0x80, 0, 0xff, 0xff, 0xff, 0x7e, 1, 0, 0)},
		"zstd, within the limit":       {kgo.CodecZstd, zstd(0x80, 0, 0, 0, 0, 3, 1, 0, 0)},
		"zstd, 8 bytes":                {kgo.CodecZstd, zstd(0xC0, 0, 0, 0, 0, 0x70, 0, 0, 0, 0, 1, 0, 0)},
		"zstd after an empty frame":    {kgo.CodecZstd, append(zstd(0, 0, 1, 0, 0), zstd(0x80, 0, 0xff, 0xff, 0xff, 0x7e, 1, 0, 0)...)},
		"zstd after a skippable frame": {kgo.CodecZstd, append([]byte{0x53, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 'a', 'b'}, zstd(0x80, 0, 0xff, 0xff, 0xff, 0x7e, 1, 0, 0)...)},
		"zstd with a dictionary":       {kgo.CodecZstd, zstd(0x82, 0, 1, 2, 0xff, 0xff, 0xff, 0x7e, 1, 0, 0)},
		"zstd, many blocks":            {kgo.CodecZstd, append(zstd(0, 0x48), append(repeated, 1, 0, 0)...)},
		"zstd, cut":                    {kgo.CodecZstd, zstd(0, 0, 2)},
	} {
		if n := claim(c.records, c.codec); n <= maxClaimed {
			t.Errorf("%s: a claim of %d", name, n)
		}
		inflate(nil, int(c.codec)) // the decompressors' own pools
		var ok bool
		if n := allocated(func() { _, ok = inflate(c.records, int(c.codec)) }); ok || n > 1<<20 {
			t.Errorf("%s: decompressed: %t, %d bytes allocated for %d", name, ok, n, len(c.records))
		}
	}
}

// What is within the limits is decompressed: a claim is never less than what
// is there, nor so much more that real records are refused.
func TestClaimsAreTrue(t *testing.T) {
	for _, n := range []int{0, 1, 255, 256, 65 << 10, 300 << 10, 5 << 20, 40 << 20} {
		plain := bytes.Repeat([]byte("abc"), n/3+1)[:n]
		zstd, snappy := compress(t, kgo.CodecZstd, plain), compress(t, kgo.CodecSnappy, plain)
		for name, c := range map[string]struct {
			codec  kgo.CompressionCodecType
			packed []byte
			frames int
		}{
			"zstd":               {kgo.CodecZstd, zstd, 1},
			"zstd to be skipped": {kgo.CodecZstd, slices.Concat([]byte("\x50\x2A\x4D\x18\x01\x00\x00\x00a"), zstd, []byte("\x5F\x2A\x4D\x18\x00\x00\x00\x00")), 1},
			"two frames of zstd": {kgo.CodecZstd, slices.Concat(zstd, zstd), 2},
			"snappy":             {kgo.CodecSnappy, snappy, 1},
			"snappy of Java":     {kgo.CodecSnappy, javaSnappy(snappy, snappy), 2},
		} {
			holds, said := c.frames*n, claim(c.packed, c.codec)
			if most := 2 * (holds + c.frames*largestBlock); said < uint64(min(holds, maxClaimed+1)) || holds <= maxClaimed/4 && said > uint64(most) {
				t.Errorf("%s: %d bytes claim to be %d", name, holds, said)
			}
			got, ok := inflate(c.packed, int(c.codec))
			if want := len(c.packed) <= maxDeflated && said <= maxClaimed; ok != want || ok && len(got) != holds {
				t.Errorf("%s of %d bytes: decompressed: %t, to %d", name, holds, ok, len(got))
			}
		}
	}
}
