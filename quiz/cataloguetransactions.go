package quiz

// Misconceptions about transactions.

var ofTransactions = []Misconception{
	{"delivered-means-committed", "What was delivered is given to every reader.",
		"confluentinc/librdkafka issue 3020", "users find messages of aborted transactions in what their reader is given"},
	{"markers-are-messages", "What marks the end of a transaction is a message.",
		"confluentinc/confluent-kafka-python issue 1706", "three messages in transactions are counted as six"},
	{"reader-must-join", "A reader has to take part in the transaction.",
		"tulios/kafkajs issue 1252", "a user asks for a sample of a transactional consumer"},
	{"only-messages-take-offsets", "Only messages take offsets.",
		"tulios/kafkajs issue 684", "a user finds even offsets only and speaks of phantom messages"},
	{"begin-writes-too", "Begin and commit each write to the log.",
		"spring-attic/spring-integration-kafka issue 306", "a user takes the offsets in between for the two phases of a commit"},
	{"kept-until-commit", "The client keeps a transaction's messages until the commit.",
		"confluentinc/confluent-kafka-dotnet issue 2107", "a user finds messages in the topic before the commit is called"},
	{"abort-removes-records", "An abort takes records out of the log.",
		"confluentinc/confluent-kafka-dotnet issue 2107", "a user aborts, and the message is still in the topic and not erased"},
	{"flush-publishes", "What was flushed before an abort is given to every reader.",
		"streamnative/kop issue 1283", "a message that waited before the abort was given to readers of committed ones, by a bug"},
	{"aborted-was-sent", "What is aborted was sent first.",
		"redpanda-data/redpanda issue 6630", "with Kafka, messages of an aborted transaction are in the log, and some readers are given them"},
	{"abort-puts-back", "An abort leaves messages for the next transaction.",
		"thomhurst/Dekaf issue 1151", "a client is asked for a way to discard what an abort leaves unsent"},
	{"successor-inherits", "A new producer with the same id goes on with the open transaction.",
		"mateusjunges/laravel-kafka pull request 223", "transactional.id is explained as naming one logical producer across restarts"},
}
