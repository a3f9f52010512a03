package quiz

// Misconceptions about keys, partitions and headers.

var ofMessages = []Misconception{
	{"key-has-own-partition", "Each key has a partition to itself.",
		"dpkp/kafka-python issue 1697", "a user gives different keys and finds them in one partition"},
	{"producer-keeps-one-partition", "A producer keeps to one partition.",
		"confluentinc/librdkafka issue 3603", "a producer sends all messages to one of four partitions, and a user cannot tell why"},
	{"keys-are-dealt-in-turn", "Messages are dealt to the partitions in turn.",
		"confluentinc/confluent-kafka-go issue 1201", "a user finds partitions out of balance and asks whether PartitionAny means turn by turn"},
	{"random-means-all", "A partitioner called random spreads every message at random.",
		"confluentinc/librdkafka issue 1349", "a user expects the default to be random and sees that messages of one key stay together"},
	{"all-rules-agree", "All clients put a key into the same partition.",
		"tulios/kafkajs issue 1154", "programs with two rules put the same key into different partitions"},
	{"broker-picks-partition", "The broker knows the rule for partitions.",
		"confluentinc/confluent-kafka-dotnet issue 1526", "a user asks which rule holds with which version of the platform, in turn or at random"},
	{"partition-any-is-none", "A message for any partition is in none.",
		"confluentinc/librdkafka issue 2875", "a user sees messages sent to partition -1 and then timed out, and asks why that caused it"},
	{"offsets-count-from-1", "The first record has offset 1.",
		"Blizzard/node-rdkafka issue 161", "reports begin with offset 1 where the first record has 0, and a user asks whether they are off by one"},
	{"one-offset-a-request", "Each request takes one offset.",
		"confluentinc/librdkafka issue 658", "a user sends ten messages and is told the offset of the last one only"},
	{"offsets-begin-anew", "Offsets begin anew in each batch.",
		"confluentinc/confluent-kafka-python pull request 267", "reports name offset 0 for all but the last message of a batch, until a setting is changed"},
	{"header-costs-its-value", "A header costs the bytes of its value.",
		"IBM/sarama issue 1045", "a message with headers is too large, and the question is whether their length should count"},
	{"lengths-are-not-sent", "Nothing but names and values is sent.",
		"IBM/sarama issue 2085", "a client counts a message as small enough, and a capture of the network shows more bytes"},
}
