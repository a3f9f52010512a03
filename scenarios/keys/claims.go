package keys

import (
	"fmt"
	"slices"
	"strings"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// placed is where the broker's log has each message, by its number.
func placed(run *tracer.Run) []tracer.Entry {
	var out []tracer.Entry
	for _, e := range run.Ledger().Entries {
		if e.Partition >= 0 {
			out = append(out, e)
		}
	}
	return out
}

// homes are the partitions of each key, in the order keys came up first.
func homes(run *tracer.Run) (order []string, of map[string][]int32) {
	of = map[string][]int32{}
	for _, e := range placed(run) {
		if e.Message.Key == nil {
			continue
		}
		k := e.Message.Key.Text
		if of[k] == nil {
			order = append(order, k)
		}
		if !slices.Contains(of[k], e.Partition) {
			of[k] = append(of[k], e.Partition)
		}
	}
	return order, of
}

// told is "alice 2, carol 2, erin 0".
func told(run *tracer.Run) string {
	order, of := homes(run)
	var out []string
	for _, k := range order {
		out = append(out, k+" "+list(of[k]))
	}
	return strings.Join(out, ", ")
}

func list(ps []int32) string {
	var out []string
	for _, p := range ps {
		out = append(out, fmt.Sprint(p))
	}
	return strings.Join(out, " and ")
}

// used are the partitions that got messages.
func used(run *tracer.Run) []int32 {
	var out []int32
	for _, e := range placed(run) {
		if !slices.Contains(out, e.Partition) {
			out = append(out, e.Partition)
		}
	}
	slices.Sort(out)
	return out
}

func responses(run *tracer.Run) []string { return run.Whole().Responses("Produce").Rows() }

const lacking = "record of a message with a key in the broker's log"

var sameKey = tracer.Claim{
	ID:       "same-key",
	Question: "Two users sent two messages each. Where are they?",
	Sentence: "All messages of one key are in one partition.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		order, of := homes(r.Main)
		if len(order) == 0 {
			return lesson.Lacks(lacking)
		}
		ok := true
		for _, ps := range of {
			ok = ok && len(ps) == 1
		}
		return lesson.If(ok, lesson.Shown(responses(r.Main), "The key and its partition: %s.", told(r.Main)))
	},
}

var whoChooses = tracer.Claim{
	ID:       "who-chooses",
	Question: "Who chooses the partition?",
	Sentence: "The client, with the partitioner: a hash of the key, modulo the number of partitions. The program leaves it open, and the request names it.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		call, sent := r.Main.Call("Produce"), r.Main.Whole().Requests("Produce")
		if call == nil || sent.None() {
			return lesson.Lacks("Produce request")
		}
		const anyPartition = -1 // kafka.PartitionAny
		open := call.Message().Partition == anyPartition
		named := len(used(r.Main)) > 0
		for _, b := range sent.Batches() {
			named = named && slices.Contains(used(r.Main), b.Partition)
		}
		return lesson.If(open && named,
			lesson.Shown(append(tracer.Addresses(call), sent.Rows()...), "The messages were handed over for any partition; the requests named %s.", list(used(r.Main))),
			lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, partitioner", "The default, consistent_random, hashes the key with CRC32"))
	},
}

var oneBatchEach = tracer.Claim{
	ID:       "one-batch-each",
	Question: "How do keys and batches go together?",
	Sentence: "A batch is for one partition, so messages of one key can share a batch, and so can keys that share a partition.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		sent := r.Main.Whole().Requests("Produce")
		order, _ := homes(r.Main)
		if sent.None() || len(order) == 0 {
			return lesson.Lacks(lacking)
		}
		// More keys than batches: one of them holds two keys.
		batches := len(sent.Batches())
		return lesson.If(batches == len(used(r.Main)) && batches < len(order) && len(order) < sent.Records(),
			lesson.Shown(sent.Rows(), "%d records with %d keys in %d batches, for %d of the partitions.", sent.Records(), len(order), batches, len(used(r.Main))))
	},
}

var javaRule = tracer.Claim{
	ID:       "java-rule",
	Question: "Does the Java client put these keys into the same partitions?",
	Sentence: "No. It hashes with murmur2, and so does librdkafka with partitioner=murmur2_random: some keys get another partition.",
	Expect:   tracer.Confirmed,
	Check: func(r *tracer.Runs) tracer.Finding {
		moved := movedKeys(r)
		if moved == nil {
			return lesson.Lacks(lacking + ", here or with murmur2_random")
		}
		return lesson.If(len(moved) > 0,
			lesson.Shown(append(responses(r.Main), tracer.OfTwin(murmurName, responses(r.Twin(murmurName)))...), "Here: %s. With murmur2_random: %s.", told(r.Main), told(r.Twin(murmurName))),
			lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, partitioner", "murmur2_random is the rule of the Java client for keys that are not null"))
	},
}

// movedKeys are the keys that have another partition with murmur2; nil where a
// run is missing.
func movedKeys(r *tracer.Runs) []string {
	order, a := homes(r.Main)
	_, b := homes(r.Twin(murmurName))
	if len(order) == 0 || len(b) == 0 {
		return nil
	}
	moved := []string{}
	for _, k := range order {
		if !slices.Equal(a[k], b[k]) {
			moved = append(moved, k)
		}
	}
	return moved
}

var noKey = tracer.Claim{
	ID:       "no-key",
	Question: "And messages without a key?",
	Sentence: "The rule decides. partitioner=consistent hashes a key that is not there like any other: all go to one partition.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return unkeyed(r.Twin(noKeysName), noKeysName) },
}

var allTogether = tracer.Claim{
	ID:       "all-together",
	Question: "Which partition gets a message without a key?",
	Sentence: "With partitioner=consistent always the same one: the rule hashes a key that is not there like any other.",
	Expect:   tracer.Confirmed,
	Check:    func(r *tracer.Runs) tracer.Finding { return unkeyed(r.Main, "") },
}

// unkeyed holds that messages without a key are all in one partition.
func unkeyed(run *tracer.Run, twin string) tracer.Finding {
	at := placed(run)
	if len(at) == 0 {
		return lesson.Lacks("record of a message in the broker's log")
	}
	nils := 0
	for _, e := range at {
		if e.Message.Key == nil {
			nils += e.Last - e.First + 1
		}
	}
	return lesson.If(nils == run.Ledger().Produced && len(used(run)) == 1,
		lesson.Shown(tracer.OfTwin(twin, responses(run)), "%d messages without a key, all in partition %s.", nils, list(used(run))),
		lesson.Cited("librdkafka v2.15.0, CONFIGURATION.md, partitioner", "consistent_random, the default, takes any partition for a key that is null or empty"))
}
