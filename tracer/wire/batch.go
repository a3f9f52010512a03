// Record batches: the header, and of the records what joins them to messages.

package wire

import (
	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// What is looked at of a batch's records: enough to join the first ones to
// messages, little enough not to slow the broker down.
const (
	maxCRCs     = 64
	maxDeflated = 64 << 10 // bytes of a compressed batch that is decompressed for it
	maxClaimed  = 64 << 20 // bytes that a compressed batch may claim to hold
)

// Attributes of a record batch, and their names (Kafka documentation, Record
// Batch).
const (
	codecBits        = 0x07
	transactionalBit = 0x10
)

var codecs = []string{"none", "gzip", "snappy", "lz4", "zstd"}

// batch reads a record batch. What it cannot read it leaves at -1 or empty;
// the size is always told.
func batch(topic string, partition int32, raw []byte) tracer.Batch {
	b := tracer.Batch{Topic: topic, Partition: partition, Bytes: len(raw), ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: -1}
	var rb kmsg.RecordBatch
	const newest = 2 // older message sets (before Kafka 0.11) have another form
	if err := rb.ReadFrom(raw); err != nil || rb.Magic != newest {
		return b
	}
	b.Records = max(0, int(rb.NumRecords))
	b.ProducerID, b.Epoch, b.Sequence = rb.ProducerID, rb.ProducerEpoch, rb.FirstSequence
	b.Transactional = rb.Attributes&transactionalBit != 0
	codec := int(rb.Attributes & codecBits)
	if codec >= len(codecs) {
		return b
	}
	b.Codec = codecs[codec]
	if plain, ok := inflate(rb.Records, codec); ok {
		b.CRCs = crcs(plain, min(b.Records, maxCRCs))
	}
	return b
}

var decompressor = kgo.DefaultDecompressor() // safe for concurrent use: it is made of pools

// inflate decompresses the records of a batch, where they are not too many.
func inflate(records []byte, codec int) ([]byte, bool) {
	c := kgo.CompressionCodecType(codec)
	if c == kgo.CodecNone {
		return records, true
	}
	if len(records) > maxDeflated || claim(records, c) > maxClaimed {
		return nil, false
	}
	plain, err := decompressor.Decompress(records, c)
	return plain, err == nil
}

// crcs are the CRCs over key and value of the first n records. A record is:
// length, attributes, timestamp delta, offset delta, key, value, headers
// (Kafka documentation, Record).
func crcs(records []byte, n int) []uint32 {
	var out []uint32
	all := kbin.Reader{Src: records}
	for range n {
		r := kbin.Reader{Src: all.Span(int(all.Varint()))}
		r.Int8()
		r.Varlong()
		r.Varint()
		key, value := r.VarintBytes(), r.VarintBytes()
		if !all.Ok() || !r.Ok() {
			break
		}
		out = append(out, tracer.CRC(key, value))
	}
	return out
}
