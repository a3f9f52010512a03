package lab

import (
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/twmb/franz-go/pkg/kfake"

	"kstep/tracer/wire"
)

// broker is the embedded cluster of one run.
type broker struct {
	cluster atomic.Pointer[kfake.Cluster] // connections, which faults look at, may come before start returns
	addrs   []string
}

// start starts a cluster whose every connection passes the tap.
func (b *broker) start(tap *wire.Tap, o Options) error {
	opts := []kfake.Opt{kfake.NumBrokers(o.Brokers), kfake.ListenFn(tap.Listen)}
	for _, t := range o.Topics {
		opts = append(opts, kfake.SeedTopics(int32(t.Partitions), t.Topic))
	}
	c, err := kfake.NewCluster(opts...)
	if err != nil {
		return fmt.Errorf("start the embedded broker: %w", err)
	}
	b.cluster.Store(c)
	b.addrs = c.ListenAddrs()
	return b.spread(o)
}

// spread gives partition n to node n, counted round. The embedded broker draws
// leaders by lot, and a page must be the same in every run.
func (b *broker) spread(o Options) error {
	if o.Brokers == 1 {
		return nil
	}
	for _, t := range o.Topics {
		for p := range t.Partitions {
			if err := b.cluster.Load().MoveTopicPartition(t.Topic, int32(p), int32(p%o.Brokers)); err != nil {
				return fmt.Errorf("give %s[%d] a leader: %w", t.Topic, p, err)
			}
		}
	}
	return nil
}

// Bootstrap is the address list a client starts from.
func (b *broker) Bootstrap() string { return strings.Join(b.addrs, ",") }

// Close frees the ports.
func (b *broker) Close() { b.cluster.Load().Close() }
