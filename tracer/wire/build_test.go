// What the tests build: frames as a client and a broker send them.

package wire

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"runtime"
	"slices"
	"testing"

	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

const clientID = "rdkafka"

// ask is the frame of a request.
func ask(req kmsg.Request, version int16, correlation int32) []byte {
	req.SetVersion(version)
	return kmsg.NewRequestFormatter(kmsg.FormatterClientID(clientID)).AppendRequest(nil, req, correlation)
}

// answer is the frame of a response. Its header has tags in flexible versions,
// but for ApiVersions, which a client must be able to read from any broker
// (KIP-511).
func answer(resp kmsg.Response, version int16, correlation int32) []byte {
	resp.SetVersion(version)
	body := kbin.AppendInt32(nil, correlation)
	if resp.IsFlexible() && resp.Key() != int16(kmsg.ApiVersions) {
		body = append(body, 0)
	}
	return framed(resp.AppendTo(body))
}

// framed puts a frame's length before its bytes.
func framed(body []byte) []byte { return kbin.AppendBytes(nil, body) }

// header is a request's frame that ends with the header.
func header(key, version int16, correlation int32) []byte {
	b := kbin.AppendInt16(nil, key)
	b = kbin.AppendInt16(b, version)
	return framed(kbin.AppendInt32(b, correlation))
}

// record is a record to be put into a batch.
type record struct {
	key, value []byte
	headers    []kmsg.Header
}

// records is one record a value, without keys.
func records(values ...string) (out []record) {
	for _, v := range values {
		out = append(out, record{value: []byte(v)})
	}
	return out
}

// plainRecords is the records part of a batch, not compressed.
func plainRecords(rs []record) []byte {
	var out []byte
	for i, r := range rs {
		rec := kmsg.Record{TimestampDelta64: int64(i), OffsetDelta: int32(i), Key: r.key, Value: r.value, Headers: r.headers}
		body := rec.AppendTo(nil)[1:] // its length, 0 until here, is one byte
		out = append(kbin.AppendVarint(out, int32(len(body))), body...)
	}
	return out
}

// producer is who a batch says it is from.
type producer struct {
	id       int64
	epoch    int16
	sequence int32
	bits     int16 // attributes beside the codec
}

var plainProducer = producer{id: -1, epoch: -1, sequence: -1}

// pack is a record batch around records that are compressed already.
func pack(count int, packed []byte, codec kgo.CompressionCodecType, p producer) []byte {
	b := kmsg.RecordBatch{
		Length: int32(49 + len(packed)), Magic: 2, Attributes: int16(codec) | p.bits,
		LastOffsetDelta: int32(count - 1),
		ProducerID:      p.id, ProducerEpoch: p.epoch, FirstSequence: p.sequence, NumRecords: int32(count), Records: packed,
	}
	raw := b.AppendTo(nil)
	binary.BigEndian.PutUint32(raw[17:], crc32.Checksum(raw[21:], crc32.MakeTable(crc32.Castagnoli)))
	return raw
}

// batchOf is a record batch with these records.
func batchOf(t testing.TB, codec kgo.CompressionCodecType, p producer, rs []record) []byte {
	return pack(len(rs), compress(t, codec, plainRecords(rs)), codec, p)
}

func compress(t testing.TB, codec kgo.CompressionCodecType, plain []byte) []byte {
	t.Helper()
	how := map[kgo.CompressionCodecType]kgo.CompressionCodec{
		kgo.CodecGzip: kgo.GzipCompression(), kgo.CodecSnappy: kgo.SnappyCompression(),
		kgo.CodecLz4: kgo.Lz4Compression(), kgo.CodecZstd: kgo.ZstdCompression(),
	}[codec]
	c, err := kgo.DefaultCompressor(how)
	if err != nil {
		t.Fatal(err)
	}
	if codec == kgo.CodecNone {
		return plain
	}
	packed, used := c.Compress(new(bytes.Buffer), plain)
	if used != codec {
		t.Fatalf("compressed with codec %d, not %d", used, codec)
	}
	return slices.Clone(packed)
}

// javaSnappy puts blocks of snappy data into the frame of Java clients.
func javaSnappy(blocks ...[]byte) []byte {
	out := []byte("\x82SNAPPY\x00\x00\x00\x00\x01\x00\x00\x00\x01")
	for _, b := range blocks {
		out = kbin.AppendBytes(out, b)
	}
	return out
}

// produced is a Produce request with one batch for each of topic's partitions.
func produced(acks int16, txn *string, topic string, batches ...[]byte) *kmsg.ProduceRequest {
	t := kmsg.ProduceRequestTopic{Topic: topic}
	for i, b := range batches {
		t.Partitions = append(t.Partitions, kmsg.ProduceRequestTopicPartition{Partition: int32(i), Records: b})
	}
	return &kmsg.ProduceRequest{TransactionID: txn, Acks: acks, TimeoutMillis: 30000, Topics: []kmsg.ProduceRequestTopic{t}}
}

func pointer[T any](v T) *T { return &v }

// allocated is how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
