//go:build cgo

// Transactions.

package kafka

import (
	"context"

	"kstep/tracer"
	"kstep/tracer/site"
)

// InitTransactions gets the producer's id from the cluster and ends what an
// earlier one of that transactional.id left open. A nil ctx, or one without a
// deadline, means twice transaction.timeout.ms.
//
//go:noinline
func (p *Producer) InitTransactions(ctx context.Context) error {
	t := p.trace
	if t == nil {
		return p.Producer.InitTransactions(ctx)
	}
	pc := site.PC()
	if t.leavesOut(pc) {
		return t.leftOut(pc, "InitTransactions", wait(ctx))
	}
	c := t.begin(pc, "InitTransactions", wait(ctx))
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.InitTransactions(ctx))
}

// BeginTransaction begins a transaction.
//
//go:noinline
func (p *Producer) BeginTransaction() error {
	t := p.trace
	if t == nil {
		return p.Producer.BeginTransaction()
	}
	pc := site.PC()
	if t.leavesOut(pc) {
		return t.leftOut(pc, "BeginTransaction")
	}
	c := t.begin(pc, "BeginTransaction")
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.BeginTransaction())
}

// SendOffsetsToTransaction makes a consumer's offsets part of the transaction.
//
//go:noinline
func (p *Producer) SendOffsetsToTransaction(ctx context.Context, offsets []TopicPartition, consumerMetadata *ConsumerGroupMetadata) error {
	t := p.trace
	if t == nil {
		return p.Producer.SendOffsetsToTransaction(ctx, offsets, consumerMetadata)
	}
	group := tracer.Value{Name: "consumerMetadata", Text: "nil"}
	if consumerMetadata != nil {
		group.Text = "consumer group metadata"
	}
	pc := site.PC()
	if t.leavesOut(pc) {
		return t.leftOut(pc, "SendOffsetsToTransaction", wait(ctx), partitions("offsets", offsets), group)
	}
	c := t.begin(pc, "SendOffsetsToTransaction", wait(ctx), partitions("offsets", offsets), group)
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.SendOffsetsToTransaction(ctx, offsets, consumerMetadata))
}

// CommitTransaction waits for the outstanding messages and commits.
//
//go:noinline
func (p *Producer) CommitTransaction(ctx context.Context) error {
	t := p.trace
	if t == nil {
		return p.Producer.CommitTransaction(ctx)
	}
	pc := site.PC()
	if t.leavesOut(pc) {
		return t.leftOut(pc, "CommitTransaction", wait(ctx))
	}
	c := t.begin(pc, "CommitTransaction", wait(ctx))
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.CommitTransaction(ctx))
}

// AbortTransaction purges the outstanding messages and aborts.
//
//go:noinline
func (p *Producer) AbortTransaction(ctx context.Context) error {
	t := p.trace
	if t == nil {
		return p.Producer.AbortTransaction(ctx)
	}
	pc := site.PC()
	if t.leavesOut(pc) {
		return t.leftOut(pc, "AbortTransaction", wait(ctx))
	}
	c := t.begin(pc, "AbortTransaction", wait(ctx))
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.AbortTransaction(ctx))
}
