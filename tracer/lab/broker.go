package lab

import (
	"fmt"
	"strings"

	"github.com/twmb/franz-go/pkg/kfake"

	"kstep/tracer/wire"
)

// broker is the embedded cluster of one run.
type broker struct {
	cluster *kfake.Cluster
	addrs   []string
}

// startBroker starts a cluster whose every connection passes the tap.
func startBroker(tap *wire.Tap, o Options) (*broker, error) {
	opts := []kfake.Opt{kfake.NumBrokers(o.Brokers), kfake.ListenFn(tap.Listen)}
	for _, t := range o.Topics {
		opts = append(opts, kfake.SeedTopics(int32(t.Partitions), t.Topic))
	}
	c, err := kfake.NewCluster(opts...)
	if err != nil {
		return nil, fmt.Errorf("start the embedded broker: %w", err)
	}
	return &broker{cluster: c, addrs: c.ListenAddrs()}, nil
}

// Bootstrap is the address list a client starts from.
func (b *broker) Bootstrap() string { return strings.Join(b.addrs, ",") }

// Close frees the ports.
func (b *broker) Close() { b.cluster.Close() }
