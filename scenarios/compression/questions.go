package compression

import (
	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// ofPair is a statement about the run's two batches.
func ofPair(holds func(p *pair) bool) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		p := pairOf(r.Main, "")
		if p == nil {
			return lesson.Lacks(lacking)
		}
		return lesson.If(holds(p), lesson.Shown(append(p.oneRows, p.manyRows...), "The batch of %s has codec %s, that of %s has codec %s.", lesson.Count(p.one.Records, "record"), p.one.Codec, lesson.Count(p.many.Records, "record"), p.many.Codec))
	}
}

var whichBatch = quiz.WhichHolds{
	ID:  "which-batch",
	Ask: "The program sets compression.type. Which of its batches is compressed on the wire?",
	Statements: []quiz.Statement{
		{Text: "Only the one with many messages in it", Belief: "topic-decides-codec", Check: ofPair(func(p *pair) bool { return p.one.Codec == plain && p.many.Codec != plain })},
		{Text: "Both of them: the setting says that", Belief: "everything-is-compressed", Check: ofPair(func(p *pair) bool { return p.one.Codec != plain && p.many.Codec != plain })},
		{Text: "None of them: the broker compresses", Belief: "broker-compresses", Check: ofPair(func(p *pair) bool { return p.one.Codec == plain && p.many.Codec == plain })},
		{Text: "Only the one with a single message", Belief: "compressed-one-by-one", Check: ofPair(func(p *pair) bool { return p.one.Codec != plain && p.many.Codec == plain })},
	},
	Hints: [3]string{
		"Look at the two Produce requests in the Process Table: how many records, how many bytes?",
		"Compare their bytes with those of the twin run none.",
		"Compression shortens what comes up again and again. Where little does, its own overhead weighs more.",
	},
}

var whyNot = quiz.WhichHolds{
	ID:  "why-not",
	Ask: "Why does the single message leave as it is?",
	Statements: []quiz.Statement{
		{Text: "Compressed, its batch would not be smaller", Belief: "compressed-one-by-one", Check: func(r *tracer.Runs) tracer.Finding {
			here, without := pairOf(r.Main, ""), pairOf(r.Twin(noneName), noneName)
			if here == nil || without == nil {
				return lesson.Lacks(lacking + ", here or without compression")
			}
			return lesson.If(here.one.Codec == plain && here.oneBytes == without.oneBytes && here.many.Codec != plain,
				lesson.Shown(append(here.oneRows, without.oneRows...), "It has as many bytes as without compression: %d.", here.oneBytes),
				lesson.Cited("confluentinc/confluent-kafka-go issue 333", "The client sends a batch compressed only if that is smaller"))
		}},
		{Text: "Its batch came before the setting was read", Belief: "setting-is-not-read", Check: func(r *tracer.Runs) tracer.Finding {
			made, p := r.Main.Call("NewProducer"), pairOf(r.Main, "")
			if made == nil || p == nil {
				return lesson.Lacks(lacking)
			}
			return lesson.If(lesson.Setting(r.Main, "compression.type") == "", lesson.Shown(append(tracer.Addresses(made), p.oneRows...), "NewProducer() had the setting before any message was made."))
		}},
		{Text: "Its broker compresses it, not the client", Belief: "broker-compresses", Check: func(r *tracer.Runs) tracer.Finding {
			p := pairOf(r.Main, "")
			if p == nil {
				return lesson.Lacks(lacking)
			}
			return lesson.If(p.many.Codec == plain, lesson.Shown(p.manyRows, "The batch of %s left the client with codec %s: it is the client that compresses.", lesson.Count(p.many.Records, "record"), p.many.Codec))
		}},
		{Text: "Its topic holds only batches without codec", Belief: "topic-decides-codec", Check: ofPair(func(p *pair) bool { return p.many.Codec == plain })},
	},
	Hints: [3]string{
		"Look at the first Produce request here and in the twin run none.",
		"Compare the bytes of the two, and then those of the second requests.",
		"The client tries the codec on each batch, and takes the smaller of the two.",
	},
}

var howManyBatches = quiz.HowMany{
	ID:  "batches",
	Ask: "How many batches does the program send?",
	Of: quiz.Reading{Says: "one for each of the calls of Flush()", Count: func(r *tracer.Runs) (int, []string) {
		f := r.Main.Whole().Requests("Produce")
		return len(f.Batches()), f.Rows()
	}},
	Other: []quiz.Reading{
		{Says: "one for each of the messages", Belief: "every-message-alone", Count: func(r *tracer.Runs) (int, []string) {
			f := r.Main.Whole().Requests("Produce")
			return f.Records(), f.Rows()
		}},
		{Says: "one for all of the program", Belief: "messages-always-batched", Count: quiz.Exactly(1)},
		{Says: "none, for nothing is that large", Belief: "batch-must-be-full", Count: quiz.Exactly(0)},
	},
	Hints: [3]string{
		"Look at the Produce requests in the Process Table.",
		"Compare the number of calls of Flush() with the number of requests.",
		"What waits together leaves together: linger.ms and Flush() decide when.",
	},
}
