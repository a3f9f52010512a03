package keys

import (
	"slices"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// together tells whether the messages of two keys share a partition.
func together(run *tracer.Run, a, b string) bool {
	_, of := homes(run)
	return len(of[a]) > 0 && slices.Equal(of[a], of[b])
}

// onKeys is a statement about where the keys of this run are.
func onKeys(holds func(run *tracer.Run) bool) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		if len(placed(r.Main)) == 0 {
			return lesson.Lacks(lacking)
		}
		return lesson.If(holds(r.Main), lesson.Shown(responses(r.Main), "The key and its partition: %s.", told(r.Main)))
	}
}

var whichKeys = quiz.WhichHolds{
	ID:  "which-keys",
	Ask: "Three keys, three partitions. Which of these holds in this run?",
	Statements: []quiz.Statement{
		{Text: "Two keys share a partition, and one partition stays empty", Belief: "broker-picks-partition", Check: onKeys(func(run *tracer.Run) bool {
			order, of := homes(run)
			single := true
			for _, ps := range of {
				single = single && len(ps) == 1
			}
			return single && len(used(run)) == len(order)-1
		})},
		{Text: "Each key has one partition, and each partition one key", Belief: "key-has-own-partition", Check: onKeys(func(run *tracer.Run) bool {
			order, _ := homes(run)
			return len(used(run)) == len(order)
		})},
		{Text: "The messages of a key are spread over the partitions", Belief: "keys-are-dealt-in-turn", Check: onKeys(func(run *tracer.Run) bool {
			_, of := homes(run)
			for _, ps := range of {
				if len(ps) > 1 {
					return true
				}
			}
			return false
		})},
		{Text: "All messages are in one partition, for one producer", Belief: "producer-keeps-one-partition", Check: onKeys(func(run *tracer.Run) bool { return len(used(run)) == 1 })},
	},
	Hints: [3]string{
		"Look at the Message Ledger, columns Key and In the broker's log.",
		"Compare the partitions of alice, of carol and of erin.",
		"The partition is a hash of the key modulo the number of partitions. Nothing keeps two keys from the same remainder.",
	},
}

var howManyUsed = quiz.HowMany{
	ID:  "partitions-used",
	Ask: "How many of the three partitions get messages?",
	Of: quiz.Reading{Says: "as the partitioner has it", Count: func(r *tracer.Runs) (int, []string) {
		return len(used(r.Main)), responses(r.Main)
	}},
	Other: []quiz.Reading{
		{Says: "one for each of the names", Belief: "key-has-own-partition", Count: quiz.Exactly(3)},
		{Says: "the producer keeps to one", Belief: "producer-keeps-one-partition", Count: quiz.Exactly(1)},
		{Says: "any partition means none", Belief: "partition-any-is-none", Count: quiz.Exactly(0)},
		{Says: "two of them take turns", Belief: "keys-are-dealt-in-turn", Count: quiz.Exactly(2)},
	},
	Hints: [3]string{
		"Look at the responses in the Process Table, or at the Message Ledger.",
		"Compare the partitions that they name.",
		"Equal keys always meet in one partition; different keys may.",
	},
}

var otherRule = quiz.WhichHolds{
	ID:  "other-rule",
	Ask: "The program runs with partitioner=murmur2_random. Here and there, where are alice and carol?",
	Statements: []quiz.Statement{
		{Text: "Here in one partition, there in two different ones", Belief: "keys-are-dealt-in-turn", Check: underOther(func(here, there *tracer.Run) bool {
			return together(here, "alice", "carol") && !together(there, "alice", "carol")
		})},
		{Text: "In one partition there: equal keys, equal places", Belief: "all-rules-agree", Check: underOther(func(_, there *tracer.Run) bool { return together(there, "alice", "carol") })},
		{Text: "Spread at random there: the rule is called random", Belief: "random-means-all", Check: underOther(func(_, there *tracer.Run) bool {
			_, of := homes(there)
			return len(of["alice"]) > 1 || len(of["carol"]) > 1
		})},
		{Text: "Refused there: the topic was made for one rule", Belief: "broker-picks-partition", Check: underOther(func(_, there *tracer.Run) bool { return there.Ledger().Delivered == 0 })},
	},
	Hints: [3]string{
		"Look at the responses of the twin run murmur2: kstep run keys --variant murmur2 shows them.",
		"Compare how many records each partition gets in the two runs.",
		"Another hash gives other remainders; random concerns messages without a key only.",
	},
}

// underOther is a statement about this run and that with murmur2_random.
func underOther(holds func(here, there *tracer.Run) bool) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		there := r.Twin(murmurName)
		if len(placed(r.Main)) == 0 || len(placed(there)) == 0 {
			return lesson.Lacks(lacking + ", here or with murmur2_random")
		}
		rows := append(responses(r.Main), tracer.OfTwin(murmurName, responses(there))...)
		return lesson.If(holds(r.Main, there), lesson.Shown(rows, "Here: %s. With murmur2_random: %s.", told(r.Main), told(there)))
	}
}

var howManyWithoutKeys = quiz.HowMany{
	ID:  "partitions-without-keys",
	Ask: "Without keys, and with partitioner=consistent (variant no-keys), how many of the three partitions get messages?",
	Of: quiz.Reading{Says: "no key is the same key for all", Count: func(r *tracer.Runs) (int, []string) {
		run := r.Twin(noKeysName)
		return len(used(run)), tracer.OfTwin(noKeysName, responses(run))
	}},
	Other: []quiz.Reading{
		{Says: "no key, so they are dealt in turn", Belief: "keys-are-dealt-in-turn", Count: quiz.Exactly(3)},
		{Says: "as many as with the keys before", Belief: "random-means-all", Count: func(r *tracer.Runs) (int, []string) { return len(used(r.Main)), responses(r.Main) }},
		{Says: "no key, no partition, no message", Belief: "partition-any-is-none", Count: quiz.Exactly(0)},
		{Says: "each message has one of its own", Belief: "key-has-own-partition", Count: quiz.Exactly(5)},
	},
	Hints: [3]string{
		"Look at the responses of the twin run no-keys: kstep run keys --variant no-keys shows them.",
		"Compare the partitions that they name.",
		"This partitioner is a hash and nothing else: what is hashed for a message without a key is empty, each time.",
	},
}
