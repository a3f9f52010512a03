// The fields of Metadata, and the table of topic ids.

package wire

import (
	"encoding/base64"
	"sync"

	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// TopicIDs is what Metadata responses have told of topic ids, which newer
// requests name topics by (KIP-516). The zero value is an empty table. Safe
// for concurrent use.
type TopicIDs struct {
	mu    sync.Mutex
	names map[[16]byte]string
}

func (t *TopicIDs) learn(id [16]byte, name string) {
	if id == ([16]byte{}) || name == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.names == nil {
		t.names = map[[16]byte]string{}
	}
	t.names[id] = name
}

// name is the topic's name, by itself or by its id; the id, written as Kafka
// writes it, where the table does not have it.
func (t *TopicIDs) name(name string, id [16]byte) string {
	if name != "" || id == ([16]byte{}) {
		return name
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if name, ok := t.names[id]; ok {
		return name
	}
	return base64.RawURLEncoding.EncodeToString(id[:])
}

func (d *Decoder) metadataRequest(f *tracer.Frame, r *kmsg.MetadataRequest) {
	for _, t := range r.Topics {
		f.Topics = append(f.Topics, tracer.Topic{Name: d.topics.name(text(t.Topic), t.TopicID)})
	}
}

func (d *Decoder) metadataResponse(f *tracer.Frame, r *kmsg.MetadataResponse) {
	f.Brokers, f.Error = len(r.Brokers), errorName(r.ErrorCode)
	for _, t := range r.Topics {
		d.topics.learn(t.TopicID, text(t.Topic))
		topic := tracer.Topic{Name: d.topics.name(text(t.Topic), t.TopicID), Partitions: len(t.Partitions), Leader: -1, Error: errorName(t.ErrorCode)}
		for _, p := range t.Partitions {
			if p.Partition == 0 {
				topic.Leader = p.Leader
			}
		}
		f.Topics = append(f.Topics, topic)
	}
}
