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
	maxInflated = 64 << 10 // bytes of a compressed batch that is decompressed for it
)

// acksZero finds out whether a Produce request asks for no answer, from its
// header on, without decoding the records.
func acksZero(version int16, frame []byte) bool {
	r := kbin.Reader{Src: frame[12:]}
	r.NullableString() // client id
	req := kmsg.NewPtrProduceRequest()
	req.SetVersion(version)
	if req.IsFlexible() {
		kmsg.SkipTags(&r)
		r.CompactNullableString() // transactional id
	} else if version >= 3 {
		r.NullableString()
	}
	acks := r.Int16()
	return r.Ok() && acks == 0
}

func (d *Decoder) produceRequest(f *tracer.Frame, r *kmsg.ProduceRequest) {
	acks := r.Acks
	f.Acks, f.TransactionalID = &acks, text(r.TransactionID)
	for _, t := range r.Topics {
		topic := d.topics.name(t.Topic, t.TopicID)
		for _, p := range t.Partitions {
			f.Batches = append(f.Batches, batch(topic, p.Partition, p.Records))
		}
	}
}

// codecs are the names of a record batch's compression, by its number (Kafka
// protocol guide, record batch attributes).
var codecs = []string{"none", "gzip", "snappy", "lz4", "zstd"}

// batch reads the header of a record batch, and of its records what joins them
// to messages.
func batch(topic string, partition int32, raw []byte) tracer.Batch {
	b := tracer.Batch{Topic: topic, Partition: partition, Bytes: len(raw), ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: -1}
	var rb kmsg.RecordBatch
	if err := rb.UnsafeReadFrom(raw); err != nil {
		return b // older message sets have another form; their size is all that is told
	}
	b.Records = max(0, int(rb.NumRecords))
	b.ProducerID, b.Epoch, b.Sequence = rb.ProducerID, rb.ProducerEpoch, rb.FirstSequence
	b.Transactional = rb.Attributes&0x10 != 0
	codec := int(rb.Attributes & 7)
	if codec < len(codecs) {
		b.Codec = codecs[codec]
	}
	b.CRCs = crcs(rb.Records, codec, b.Records)
	return b
}

// crcs are the CRCs over key and value of the batch's first records.
func crcs(records []byte, codec, n int) []uint32 {
	if codec != 0 {
		if len(records) > maxInflated {
			return nil
		}
		plain, err := kgo.DefaultDecompressor().Decompress(records, kgo.CompressionCodecType(codec))
		if err != nil {
			return nil
		}
		records = plain
	}
	var out []uint32
	for range min(n, maxCRCs) {
		r := kbin.Reader{Src: records}
		length := int(r.Varint())
		size := len(records) - len(r.Src) + length
		if !r.Ok() || length < 0 || size > len(records) {
			return out
		}
		var rec kmsg.Record
		if err := rec.ReadFrom(records[:size]); err != nil {
			return out
		}
		out = append(out, tracer.CRC(rec.Key, rec.Value))
		records = records[size:]
	}
	return out
}

func (d *Decoder) produceResponse(f *tracer.Frame, r *kmsg.ProduceResponse) {
	for _, t := range r.Topics {
		topic := d.topics.name(t.Topic, t.TopicID)
		for _, p := range t.Partitions {
			b := tracer.Batch{Topic: topic, Partition: p.Partition, ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: p.BaseOffset, Error: errorName(p.ErrorCode)}
			if b.Error != "" {
				b.BaseOffset = -1 // brokers put different things there; none is the record's place
			}
			f.Batches = append(f.Batches, b)
		}
	}
}
