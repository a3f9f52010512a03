package lab

import (
	"errors"
	"fmt"
	"os"

	"kstep/tracer/journal"
	"kstep/tracer/wire"
)

// CheckFaults tells, in one line, why Run would refuse the faults on a cluster
// of so many brokers; nil where it would not.
func CheckFaults(words []string, brokers int) error {
	_, err := parseFaults(words, brokers)
	return err
}

// parseFaults reads the words of faults, and refuses a node that the cluster
// does not have.
func parseFaults(words []string, brokers int) ([]wire.Fault, error) {
	var out []wire.Fault
	for _, w := range words {
		f, err := wire.ParseFault(w)
		if err != nil {
			return nil, err
		}
		if (f.Act == wire.Down || f.Act == wire.Move) && int(f.Node) >= brokers {
			return nil, fmt.Errorf("fault %q: there is no node %d; the cluster's nodes are 0 to %d", f, f.Node, brokers-1)
		}
		out = append(out, f)
	}
	return out, nil
}

// faultWords are faults as a trace holds them.
func faultWords(faults []wire.Fault) []string {
	var out []string
	for _, f := range faults {
		out = append(out, f.String())
	}
	return out
}

// inject makes the faults happen to the broker's connections, and to the
// broker.
func inject(tap *wire.Tap, faults []wire.Fault, nodes int, book *os.File, b *broker) {
	calls := journal.NewCalls(book)
	tap.Inject(wire.Faults{
		List:  faults,
		Nodes: nodes,
		Called: func(name string, m int, returned bool) (int64, bool) {
			called, back := calls.Of(name)
			if returned {
				return back.Nth(m)
			}
			return called.Nth(m)
		},
		Move: func(topic string, partition, node int32) error {
			c := b.cluster.Load()
			if c == nil {
				return errors.New("the cluster is not there yet")
			}
			return c.MoveTopicPartition(topic, partition, node)
		},
	})
}
