package compression

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// pair are the run's two batches: that of the single click, and that of the
// many.
type pair struct {
	one, many           tracer.Batch
	oneBytes, manyBytes int // of the whole requests, as rows have them
	oneRows, manyRows   []string
}

// pairOf is nil where the run has not sent just these two.
func pairOf(run *tracer.Run, twin string) *pair {
	a := run.During("Flush").Requests("Produce")
	b := run.After("Flush").Requests("Produce")
	if a.N() != 1 || b.N() != 1 || len(a.Batches()) != 1 || len(b.Batches()) != 1 {
		return nil
	}
	return &pair{a.Batches()[0], b.Batches()[0], a.Events[0].Frame.Bytes, b.Events[0].Frame.Bytes, tracer.OfTwin(twin, a.Rows()), tracer.OfTwin(twin, b.Rows())}
}

const (
	lacking = "pair of batches, of one message and of many"
	plain   = "none" // the codec of a batch that is not compressed
)

var manyAreSmaller = tracer.Claim{
	ID:       "many-are-smaller",
	Question: "What does compression.type=gzip do to two hundred messages that are much alike?",
	Sentence: "Their batch is compressed as a whole, to less than half of what it is without.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, without := pairOf(r.Main, ""), pairOf(r.Twin(noneName), noneName)
		if here == nil || without == nil {
			return lesson.Lacks(lacking + ", here or without compression")
		}
		return lesson.If(here.many.Codec != plain && 2*here.manyBytes < without.manyBytes && here.many.Records == without.many.Records,
			lesson.Shown(here.manyRows, "%s in a request of %s bytes, codec %s.", lesson.Count(here.many.Records, "record"), lesson.Number(here.manyBytes), here.many.Codec),
			lesson.Shown(without.manyRows, "Without compression: %s bytes.", lesson.Number(without.manyBytes)))
	},
}

var oneIsNot = tracer.Claim{
	ID:       "one-is-not",
	Question: "And to a single short message?",
	Sentence: "Nothing: its batch would not get smaller, so it leaves as it is, though the setting says gzip.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, without := pairOf(r.Main, ""), pairOf(r.Twin(noneName), noneName)
		if here == nil || without == nil {
			return lesson.Lacks(lacking + ", here or without compression")
		}
		return lesson.If(here.one.Codec == plain && here.oneBytes == without.oneBytes,
			lesson.Shown(append(here.oneRows, without.oneRows...), "%s in %d bytes, codec %s; without compression %d bytes.", lesson.Count(here.one.Records, "record"), here.oneBytes, here.one.Codec, without.oneBytes),
			lesson.Cited("confluentinc/confluent-kafka-go issue 333", "The client sends a batch compressed only if that is smaller"))
	},
}

var otherCodec = tracer.Claim{
	ID:       "other-codec",
	Question: "Is that so with gzip only?",
	Sentence: "No, with zstd it is the same: the large batch is compressed, the tiny one is not.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return onlyTheLarge(r.Twin(zstdName), zstdName) },
}

var tinyStaysHere = tracer.Claim{
	ID:       "tiny-stays",
	Question: "Which of the two batches is compressed?",
	Sentence: "The large one. The tiny one leaves as it is.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return onlyTheLarge(r.Main, "") },
}

// onlyTheLarge holds that of the two batches the large one is compressed.
func onlyTheLarge(run *tracer.Run, twin string) tracer.Finding {
	p := pairOf(run, twin)
	if p == nil {
		return lesson.Lacks(lacking)
	}
	return lesson.If(p.one.Codec == plain && p.many.Codec != plain,
		lesson.Shown(append(p.oneRows, p.manyRows...), "%s: codec %s, %d bytes. %s: codec %s, %d bytes.", lesson.Count(p.one.Records, "record"), p.one.Codec, p.oneBytes, lesson.Count(p.many.Records, "record"), p.many.Codec, p.manyBytes))
}

var nothingCompressed = tracer.Claim{
	ID:       "nothing-compressed",
	Question: "How large is the batch as it is?",
	Sentence: "Larger than all its values together: each record is written out as it is, with some bytes of its own.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		p := pairOf(r.Main, "")
		if p == nil {
			return lesson.Lacks(lacking)
		}
		_, values := valueBytes(r.Main)
		return lesson.If(p.many.Codec == plain && p.manyBytes > values,
			lesson.Shown(p.manyRows, "%s in a request of %s bytes, codec %s; their values alone have %s.", lesson.Count(p.many.Records, "record"), lesson.Number(p.manyBytes), p.many.Codec, lesson.Number(values)))
	},
}

// valueBytes are the length of the shortest value that was sent, and of those of
// the many messages together: of all but the first.
func valueBytes(run *tracer.Run) (least, many int) {
	for i := range run.Trace.Events {
		c := run.Trace.Events[i].Call
		if c == nil || c.Message == nil || c.Message.Value == nil {
			continue
		}
		n := c.Message.Value.Size
		if least > 0 {
			many += n
		}
		if least == 0 || n < least {
			least = n
		}
	}
	return least, many
}

var mythEvery = tracer.Claim{
	ID:       "myth-every",
	Sentence: "\"With compression.type=gzip everything is sent compressed.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		p := pairOf(r.Main, "")
		if p == nil {
			return lesson.Lacks(lacking)
		}
		return lesson.If(p.one.Codec != plain && p.many.Codec != plain,
			lesson.Shown(p.oneRows, "The batch of %s has codec %s.", lesson.Count(p.one.Records, "record"), p.one.Codec))
	},
}

var mythAlone = tracer.Claim{
	ID:       "myth-alone",
	Sentence: "\"Each message is compressed by itself.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		p := pairOf(r.Main, "")
		if p == nil {
			return lesson.Lacks(lacking)
		}
		each := p.manyBytes / p.many.Records
		least, _ := valueBytes(r.Main)
		return lesson.If(each >= least || p.one.Codec != plain,
			lesson.Shown(append(p.manyRows, p.oneRows...), "By itself a message did not get smaller. Together they take less than %d bytes each, though no value is shorter than %d: what they have in common is not written out each time.", each+1, least))
	},
}

var mythFewer = tracer.Claim{
	ID:       "myth-fewer",
	Sentence: "\"With compression the same messages need fewer requests.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		here, there := r.Main.Whole().Requests("Produce"), r.Twin(noneName).Whole().Requests("Produce")
		if here.None() || there.None() {
			return lesson.Lacks(lacking + ", here or without compression")
		}
		return lesson.If(here.N() < there.N(),
			lesson.Shown(append(here.Rows(), tracer.OfTwin(noneName, there.Rows())...), "%s either way: librdkafka fills a batch first and compresses it then.", lesson.Count(here.N(), "request")),
			lesson.Cited("librdkafka v2.15.0, src/rdkafka_msgset_writer.c, rd_kafka_msgset_writer_finalize", "A batch is compressed when its last message is in"),
			lesson.Cited("Apache Kafka, MemoryRecordsBuilder.java, hasRoomFor", "The Java client estimates the compressed size while it fills a batch, so there a batch can take more messages"))
	},
}

// The sentences of the Concept Snapshot.

var keepBatch = tracer.Claim{
	ID:       "keep-batch",
	Sentence: "The client compresses a batch as a whole: the more alike messages in it, the more it saves.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(manyAreSmaller.Check(r)) },
}

var keepSmaller = tracer.Claim{
	ID:       "keep-smaller",
	Sentence: "A batch that would not get smaller leaves uncompressed.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return lesson.Bare(oneIsNot.Check(r)) },
}

var keepCodec = tracer.Claim{
	ID:       "keep-codec",
	Sentence: "The codec stands in each batch, so one topic can hold batches with and without compression.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		p := pairOf(r.Main, "")
		if p == nil {
			return lesson.Lacks(lacking)
		}
		return lesson.If(p.one.Codec != p.many.Codec && p.one.Topic == p.many.Topic, tracer.Reason{Rows: append(p.oneRows, p.manyRows...)})
	},
}

var keepSame = tracer.Claim{
	ID:       "keep-same",
	Sentence: "Compression changes the bytes of a batch, not the messages in it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		p, l := pairOf(r.Main, ""), r.Main.Ledger()
		if p == nil {
			return lesson.Lacks(lacking)
		}
		return lesson.If(p.one.Records+p.many.Records == l.Produced && l.InLog == l.Produced, tracer.Reason{Rows: append(p.oneRows, p.manyRows...)})
	},
}
