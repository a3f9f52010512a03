package keys

import (
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

var mythOnePartition = tracer.Claim{
	ID:       "myth-own-partition",
	Sentence: "\"Each key has a partition of its own.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		order, _ := homes(r.Main)
		if len(order) == 0 {
			return lesson.Lacks(lacking)
		}
		return lesson.If(len(used(r.Main)) == len(order),
			lesson.Shown(responses(r.Main), "%d keys, and %d partitions with messages in them: %s.", len(order), len(used(r.Main)), told(r.Main)))
	},
}

var mythEverywhere = tracer.Claim{
	ID:       "myth-everywhere",
	Sentence: "\"A key means the same partition to every producer.\"",
	Myth:     true,
	Expect:   tracer.Depends,
	Check: func(r *tracer.Runs) tracer.Finding {
		moved := movedKeys(r)
		if moved == nil {
			return lesson.Lacks(lacking + ", here or with murmur2_random")
		}
		order, _ := homes(r.Main)
		because := []tracer.Reason{
			lesson.Shown(append(responses(r.Main), tracer.OfTwin(murmurName, responses(r.Twin(murmurName)))...), "It depends on the partitioner: of %d keys %d moved with murmur2_random.", len(order), len(moved)),
			lesson.Cited("librdkafka v2.15.0, src/rdkafka_msg.c, rd_kafka_msg_partitioner_consistent", "It depends on the number of partitions, too: the hash is taken modulo that number"),
		}
		if len(moved) == 0 {
			return lesson.Find(tracer.Confirmed, because[0])
		}
		return lesson.Find(tracer.Depends, because...)
	},
}

var mythOrder = tracer.Claim{
	ID:       "myth-order",
	Sentence: "\"The topic keeps the order in which messages were produced.\"",
	Myth:     true,
	Expect:   tracer.Refuted,
	Check: func(r *tracer.Runs) tracer.Finding {
		at := placed(r.Main)
		if len(used(r.Main)) < 2 {
			return lesson.Lacks("second partition with messages in it")
		}
		// Two messages of different partitions have no order: their offsets
		// count from 0 in each.
		for i := range at {
			for j := i + 1; j < len(at); j++ {
				if at[i].Partition != at[j].Partition && at[i].Offset >= at[j].Offset {
					return lesson.Find(tracer.Refuted, lesson.Shown(responses(r.Main), "Message #%d was produced before #%d, and their offsets are %d and %d: each partition counts for itself. There is an order inside a partition only.", at[i].First, at[j].First, at[i].Offset, at[j].Offset))
				}
			}
		}
		return lesson.Find(tracer.Confirmed, lesson.Shown(responses(r.Main), "The offsets rise from message to message."))
	},
}

// The sentences of the Concept Snapshot.

var keepKey = tracer.Claim{
	ID:       "keep-key",
	Sentence: "Messages with the same key go to the same partition, as long as the rule and the number of partitions stay the same.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		return lesson.Bare(sameKey.Check(r))
	},
}

var keepRule = tracer.Claim{
	ID:       "keep-rule",
	Sentence: "The client chooses the partition, by its partitioner. librdkafka's default and Java's are different rules.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		moved := movedKeys(r)
		if moved == nil {
			return lesson.Lacks(lacking + ", here or with murmur2_random")
		}
		return lesson.If(len(moved) > 0, tracer.Reason{Rows: append(responses(r.Main), tracer.OfTwin(murmurName, responses(r.Twin(murmurName)))...)})
	},
}

var keepOrder = tracer.Claim{
	ID:       "keep-order",
	Sentence: "There is an order inside a partition only. The messages of a key share one: here they are in the order of Produce(), and lesson reordering shows when they are not.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		if len(placed(r.Main)) == 0 {
			return lesson.Lacks(lacking)
		}
		return lesson.If(len(r.Main.Ledger().Orders) == 0, tracer.Reason{Rows: responses(r.Main)})
	},
}

var keepNoKey = tracer.Claim{
	ID:       "keep-no-key",
	Sentence: "Without keys the partitioner alone decides, and consistent puts all into one partition.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		f := lesson.Bare(unkeyed(r.Main, ""))
		f.Because = f.Because[:min(1, len(f.Because))]
		return f
	},
}
