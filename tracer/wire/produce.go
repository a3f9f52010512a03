// The fields of Produce.

package wire

import (
	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// acksZero tells whether a Produce request asks for no answer (Kafka protocol
// guide, Produce: acks 0). It reads no further than that, so that it can tell
// where the rest cannot be decoded; body begins after the header.
func acksZero(version int16, body kbin.Reader) bool {
	switch {
	case version >= 9: // the first flexible version
		body.CompactNullableString() // transactional id
	case version >= 3:
		body.NullableString()
	}
	acks := body.Int16()
	return body.Ok() && acks == 0
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

func (d *Decoder) produceResponse(f *tracer.Frame, r *kmsg.ProduceResponse) {
	for _, t := range r.Topics {
		topic := d.topics.name(t.Topic, t.TopicID)
		for _, p := range t.Partitions {
			b := tracer.Batch{Topic: topic, Partition: p.Partition, ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: p.BaseOffset, Error: errorName(p.ErrorCode)}
			if b.Error != "" {
				b.BaseOffset = -1 // brokers put different things there; none is the records' place
			}
			f.Batches = append(f.Batches, b)
		}
	}
}
