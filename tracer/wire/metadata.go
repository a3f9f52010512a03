package wire

import (
	"sync"

	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// topicIDs is what Metadata responses have told of topic ids, which newer
// requests name topics by. Safe for concurrent use.
type topicIDs struct {
	mu    sync.Mutex
	names map[[16]byte]string
}

func newTopicIDs() *topicIDs { return &topicIDs{names: map[[16]byte]string{}} }

func (t *topicIDs) learn(id [16]byte, name string) {
	if id == ([16]byte{}) || name == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.names[id] = name
}

// name is the topic's name, by itself or by its id.
func (t *topicIDs) name(name string, id [16]byte) string {
	if name != "" {
		return name
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.names[id]
}

func metadataRequest(f *tracer.Frame, r *kmsg.MetadataRequest) {
	for _, t := range r.Topics {
		f.Topics = append(f.Topics, tracer.Topic{Name: text(t.Topic)})
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
