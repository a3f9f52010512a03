//go:build cgo

// Methods that ask the broker, or the client about its health.

package kafka

import (
	"fmt"
	"strconv"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"kstep/tracer"
	"kstep/tracer/site"
)

// GetMetadata asks the cluster for its brokers and topics, for at most
// timeoutMs milliseconds.
//
//go:noinline
func (p *Producer) GetMetadata(topic *string, allTopics bool, timeoutMs int) (*Metadata, error) {
	t := p.trace
	if t == nil {
		return p.Producer.GetMetadata(topic, allTopics, timeoutMs)
	}
	name := "nil"
	if topic != nil {
		name = *topic
	}
	pc := site.PC()
	args := []tracer.Value{value("topic", name), {Name: "allTopics", Text: strconv.FormatBool(allTopics)}, number("timeoutMs", timeoutMs)}
	if t.leavesOut(pc) {
		return &Metadata{}, t.leftOut(pc, "GetMetadata", args...)
	}
	c := t.begin(pc, "GetMetadata", args...)
	if !t.enter() {
		return nil, c.fail(errClosed, tracer.Value{Name: "metadata", Text: "nil"})
	}
	defer t.leave()
	m, err := p.Producer.GetMetadata(topic, allTopics, timeoutMs)
	return m, c.fail(err, tracer.Value{Name: "metadata", Text: brokersAndTopics(m)})
}

// QueryWatermarkOffsets asks the broker for the first offset of a partition
// and the one after its last, for at most timeoutMs milliseconds.
//
//go:noinline
func (p *Producer) QueryWatermarkOffsets(topic string, partition int32, timeoutMs int) (low, high int64, err error) {
	t := p.trace
	if t == nil {
		return p.Producer.QueryWatermarkOffsets(topic, partition, timeoutMs)
	}
	c := t.begin(site.PC(), "QueryWatermarkOffsets", value("topic", topic), number("partition", int(partition)), number("timeoutMs", timeoutMs))
	if !t.enter() {
		low, high, err = -1, -1, errClosed
	} else {
		defer t.leave()
		low, high, err = p.Producer.QueryWatermarkOffsets(topic, partition, timeoutMs)
	}
	return low, high, c.fail(err, number("low", int(low)), number("high", int(high)))
}

// OffsetsForTimes asks the broker for the first offset at or after a time, for
// each partition, for at most timeoutMs milliseconds.
//
//go:noinline
func (p *Producer) OffsetsForTimes(times []TopicPartition, timeoutMs int) (offsets []TopicPartition, err error) {
	t := p.trace
	if t == nil {
		return p.Producer.OffsetsForTimes(times, timeoutMs)
	}
	c := t.begin(site.PC(), "OffsetsForTimes", partitions("times", times), number("timeoutMs", timeoutMs))
	if !t.enter() {
		return nil, c.fail(errClosed, partitions("offsets", nil))
	}
	defer t.leave()
	offsets, err = p.Producer.OffsetsForTimes(times, timeoutMs)
	return offsets, c.fail(err, partitions("offsets", offsets))
}

// GetFatalError is the error after which the client takes no more messages,
// nil where there is none.
//
//go:noinline
func (p *Producer) GetFatalError() error {
	t := p.trace
	if t == nil {
		return p.Producer.GetFatalError()
	}
	c := t.begin(site.PC(), "GetFatalError")
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.GetFatalError())
}

// TestFatalError makes the client fail for good, as a test. After Close it
// returns ErrState, guarded: the real one hangs.
//
//go:noinline
func (p *Producer) TestFatalError(code ErrorCode, str string) ErrorCode {
	t := p.trace
	if t == nil {
		return p.Producer.TestFatalError(code, str)
	}
	c := t.begin(site.PC(), "TestFatalError", value("code", code.String()), value("str", str))
	result := kafka.ErrState
	if t.enter() {
		defer t.leave()
		result = p.Producer.TestFatalError(code, str)
	} else {
		c.guarded()
	}
	c.done(value("code", fmt.Sprint(result)))
	return result
}
