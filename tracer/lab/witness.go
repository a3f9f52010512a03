package lab

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// logged is a record as the broker's log holds it.
type logged struct {
	topic      string
	partition  int32
	offset     int64
	key, value []byte
	control    bool
	aborted    bool // a read_committed reader does not get it
}

// partitionRange is what a partition's log holds: offsets from low up to, not
// including, high.
type partitionRange struct {
	topic     string
	partition int32
	low, high int64
}

// readLog reads the log of the topics back from the brokers, partition by
// partition, from the first offset to the last. It uses another client
// (franz-go) than the program, so that the witness is independent. Topics with
// transactions are read twice, the first time as a read_committed reader does.
func readLog(ctx context.Context, brokers []string, topics, transactional []string, visit func(logged)) ([]partitionRange, error) {
	committed := map[place]bool{}
	if _, err := read(ctx, brokers, transactional, kgo.ReadCommitted(), func(r logged) { committed[r.place()] = true }); err != nil {
		return nil, err
	}
	return read(ctx, brokers, topics, kgo.ReadUncommitted(), func(r logged) {
		r.aborted = !r.control && slices.Contains(transactional, r.topic) && !committed[r.place()]
		visit(r)
	})
}

// place is where a record stands.
type place struct {
	topic     string
	partition int32
	offset    int64
}

func (r logged) place() place { return place{r.topic, r.partition, r.offset} }

// read reads topics as a reader of that isolation level.
func read(ctx context.Context, brokers []string, topics []string, level kgo.IsolationLevel, visit func(logged)) ([]partitionRange, error) {
	if len(topics) == 0 {
		return nil, nil
	}
	cl, err := kgo.NewClient(kgo.SeedBrokers(brokers...), kgo.KeepControlRecords(), kgo.DisableClientMetrics(), kgo.FetchIsolationLevel(level))
	if err != nil {
		return nil, fmt.Errorf("read the broker's log: %w", err)
	}
	defer cl.Close()
	ranges, err := watermarks(ctx, cl, topics, level)
	if err != nil {
		return nil, fmt.Errorf("ask for the watermarks: %w", err)
	}
	if err := fetch(ctx, cl, ranges, visit); err != nil {
		return nil, fmt.Errorf("read the broker's log: %w", err)
	}
	return ranges, nil
}

// watermarks asks for the low and high offset of every partition; a
// read_committed reader is told the last stable offset for the high one.
func watermarks(ctx context.Context, cl *kgo.Client, topics []string, level kgo.IsolationLevel) ([]partitionRange, error) {
	req := kmsg.NewPtrMetadataRequest()
	for _, t := range topics {
		rt := kmsg.NewMetadataRequestTopic()
		rt.Topic = kmsg.StringPtr(t)
		req.Topics = append(req.Topics, rt)
	}
	meta, err := req.RequestWith(ctx, cl)
	if err != nil {
		return nil, err
	}
	var out []partitionRange
	for _, t := range meta.Topics {
		if kerr.ErrorForCode(t.ErrorCode) != nil || t.Topic == nil {
			continue // a topic that was asked for and never made holds nothing
		}
		for _, p := range t.Partitions {
			out = append(out, partitionRange{topic: *t.Topic, partition: p.Partition})
		}
	}
	slices.SortFunc(out, func(a, b partitionRange) int {
		if a.topic != b.topic {
			if a.topic < b.topic {
				return -1
			}
			return 1
		}
		return int(a.partition - b.partition)
	})
	for i := range out {
		if out[i].low, err = offset(ctx, cl, out[i], -2, level); err != nil {
			return nil, err
		}
		if out[i].high, err = offset(ctx, cl, out[i], -1, level); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// offset asks a partition for its earliest (-2) or next (-1) offset
// (ListOffsets, protocol key 2).
func offset(ctx context.Context, cl *kgo.Client, r partitionRange, at int64, level kgo.IsolationLevel) (int64, error) {
	p := kmsg.NewListOffsetsRequestTopicPartition()
	p.Partition, p.Timestamp, p.CurrentLeaderEpoch = r.partition, at, -1
	t := kmsg.NewListOffsetsRequestTopic()
	t.Topic, t.Partitions = r.topic, append(t.Partitions, p)
	req := kmsg.NewPtrListOffsetsRequest()
	req.ReplicaID, req.Topics = -1, append(req.Topics, t)
	if level == kgo.ReadCommitted() {
		req.IsolationLevel = 1 // Kafka protocol guide, ListOffsets isolation_level
	}
	resp, err := req.RequestWith(ctx, cl)
	if err != nil {
		return 0, err
	}
	for _, t := range resp.Topics {
		for _, p := range t.Partitions {
			return p.Offset, kerr.ErrorForCode(p.ErrorCode)
		}
	}
	return 0, fmt.Errorf("%s[%d] has no answer", r.topic, r.partition)
}

// fetch visits the records of all partitions that hold any: partition by
// partition in the order of ranges, and each in the order of its offsets,
// whatever order the brokers answer in. What comes before its turn waits.
func fetch(ctx context.Context, cl *kgo.Client, ranges []partitionRange, visit func(logged)) error {
	type part struct {
		topic     string
		partition int32
	}
	var todo []partitionRange // low is the offset that is visited next
	place := map[part]int{}
	from := map[string]map[int32]kgo.Offset{}
	for _, r := range ranges {
		if r.low >= r.high {
			continue
		}
		if from[r.topic] == nil {
			from[r.topic] = map[int32]kgo.Offset{}
		}
		from[r.topic][r.partition] = kgo.NewOffset().At(r.low)
		place[part{r.topic, r.partition}] = len(todo)
		todo = append(todo, r)
	}
	if len(todo) == 0 {
		return nil
	}
	cl.AddConsumePartitions(from)
	waiting := make([][]logged, len(todo))
	for next := 0; next < len(todo); {
		fetches := cl.PollFetches(ctx)
		if errs := fetches.Errors(); len(errs) > 0 {
			return errs[0].Err
		}
		fetches.EachRecord(func(r *kgo.Record) {
			i := place[part{r.Topic, r.Partition}]
			waiting[i] = append(waiting[i], logged{topic: r.Topic, partition: r.Partition, offset: r.Offset, key: r.Key, value: r.Value, control: r.Attrs.IsControl()})
		})
		for ; next < len(todo); next++ {
			for _, r := range waiting[next] {
				visit(r)
				todo[next].low = r.offset + 1
			}
			waiting[next] = nil
			if todo[next].low < todo[next].high {
				break
			}
		}
	}
	return nil
}

// topicsOf are the topics whose log may hold something of this run: those
// that were seeded and those the program produced to; and of these, those that
// it produced to in transactions.
func topicsOf(o Options, wire []tracer.Event) (all, transactional []string) {
	seen, inTransaction := map[string]bool{}, map[string]bool{}
	for _, t := range o.Topics {
		seen[t.Topic] = true
	}
	for i := range wire {
		if f := wire[i].Frame; f != nil {
			for _, b := range f.Batches {
				seen[b.Topic] = true
				if b.Transactional {
					inTransaction[b.Topic] = true
				}
			}
		}
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen)), slices.Sorted(maps.Keys(inTransaction))
}
