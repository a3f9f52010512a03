// What compressed records claim to hold, told without decompressing them.

package wire

import (
	"bytes"
	"encoding/binary"

	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kgo"
)

// claim is how many bytes the records would be decompressed to at most: beyond
// maxClaimed where they are more, or cannot be what they claim. A decompressor
// of snappy or zstd allocates what its input claims before it looks further,
// and a dozen bytes can claim 2 GiB. The other codecs are bound by their ratios
// (gzip 1032, lz4 255).
func claim(records []byte, codec kgo.CompressionCodecType) uint64 {
	switch codec {
	case kgo.CodecSnappy:
		return snappyClaim(records)
	case kgo.CodecZstd:
		return zstdClaim(records)
	}
	return 0
}

// snappyClaim reads the claim that snappy data begins with (snappy format
// description, 1. Preamble). Java clients put several such blocks, each after
// its length, behind a header of 16 bytes.
func snappyClaim(records []byte) uint64 {
	const javaHeader = 16
	if len(records) <= javaHeader || !bytes.HasPrefix(records, []byte("\x82SNAPPY\x00")) {
		return snappyBlock(records)
	}
	var sum uint64
	r := kbin.Reader{Src: records[javaHeader:]}
	for len(r.Src) > 0 && sum <= maxClaimed {
		sum += snappyBlock(r.Span(int(r.Int32())))
	}
	return sum
}

// snappyBlock is the claim of one block. Nothing takes fewer bytes than a copy
// of 64 bytes, which takes 3 (2.2.2 of the description).
func snappyBlock(block []byte) uint64 {
	n, _ := binary.Uvarint(block)
	if n > uint64(64*len(block)/3) {
		return maxClaimed + 1
	}
	return n
}

const largestBlock = 128 << 10 // bytes that a block of zstd decompresses to (RFC 8878, 3.1.1.2.4)

// zstdClaim adds up zstd's frames (RFC 8878, 3.1): those with content, and
// those to be skipped.
func zstdClaim(records []byte) uint64 {
	const (
		magic     = 0xFD2FB528
		skippable = 0x184D2A50 // and the 15 after it
	)
	var sum uint64
	r := kbin.Reader{Src: records}
	for len(r.Src) > 0 && sum <= maxClaimed {
		switch m := little(r.Span(4)); {
		case m == magic:
			sum += zstdFrame(&r)
		case m&^0xF == skippable:
			r.Span(int(little(r.Span(4))))
		default:
			return maxClaimed + 1
		}
	}
	if !r.Ok() {
		return maxClaimed + 1
	}
	return sum
}

// zstdFrame reads a frame after its magic number: what its blocks hold, unless
// its header says more than that.
func zstdFrame(r *kbin.Reader) uint64 {
	d := r.Int8() // the descriptor of RFC 8878, 3.1.1.1.1
	single, checksum := d&0x20 != 0, d&0x04 != 0
	if !single {
		r.Span(1) // window descriptor
	}
	r.Span([]int{0, 1, 2, 4}[d&0x03]) // dictionary id
	sizes := []int{0, 2, 4, 8}
	if single {
		sizes[0] = 1
	}
	said := little(r.Span(sizes[uint8(d)>>6])) // 2 bytes mean 256 more, which matters little here
	sum := zstdBlocks(r)
	if checksum {
		r.Span(4)
	}
	if said > sum {
		return maxClaimed + 1
	}
	return sum
}

// zstdBlocks reads the blocks of a frame (RFC 8878, 3.1.1.2).
func zstdBlocks(r *kbin.Reader) (sum uint64) {
	const (
		raw = iota
		repeated
		compressed
	)
	for last := false; !last && r.Ok(); {
		header := little(r.Span(3))
		last = header&1 != 0
		size := header >> 3
		switch header >> 1 & 3 {
		case raw:
			r.Span(int(size))
		case repeated:
			r.Span(1)
		case compressed:
			r.Span(int(size))
			size = largestBlock
		}
		sum += size
	}
	return sum
}

// little is a little-endian number of up to 8 bytes.
func little(b []byte) (n uint64) {
	for i, v := range b {
		n |= uint64(v) << (8 * i)
	}
	return n
}
