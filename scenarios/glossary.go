package scenarios

import "kstep/tracer/view"

// Where the words of the glossary are documented.
const (
	protocolGuide = "Kafka protocol guide"
	kafkaIntro    = "Kafka documentation, Introduction"
	kafkaDesign   = "Kafka documentation, Design"
	kafkaRecord   = "Kafka documentation, Message Format, Record"
	settingsList  = "librdkafka v2.15.0, CONFIGURATION.md"
	introduction  = "librdkafka v2.15.0, INTRODUCTION.md"
	goProducer    = "confluent-kafka-go v2.15.0, kafka/producer.go"
)

// Glossary are the words of the field that lessons use, each bound to the
// lesson that shows it, in the order of the alphabet.
func Glossary() []view.Term {
	return []view.Term{
		{Name: "acks", Text: "How many brokers must have a record before it counts as delivered: none (0: no broker answers), the leader (1), all that are in sync (all, or -1).", Source: settingsList + ", acks", Lesson: "acks"},
		{Name: "batch", Forms: []string{"batches"}, Text: "Messages for one partition that the client puts into a request together.", Source: introduction + ", High throughput", Lesson: "linger"},
		{Name: "batch.num.messages", Text: "The most messages the client puts into one batch; 10,000 by default.", Source: settingsList, Lesson: "linger"},
		{Name: "bootstrap.servers", Text: "The addresses the client asks first; the answer names all brokers.", Source: settingsList, Lesson: "first-message"},
		{Name: "broker", Forms: []string{"brokers"}, Text: "A server of the Kafka cluster. It keeps the logs of partitions.", Source: kafkaIntro, Lesson: "first-message"},
		{Name: "compression.type", Text: "With which codec the client compresses batches; none by default.", Source: settingsList, Lesson: "compression"},
		{Name: "delivery channel", Text: "A Go channel that a program passes to Produce(), for the delivery report of that message.", Source: goProducer + ", Produce", Lesson: "sync-produce"},
		{Name: "delivery report", Forms: []string{"delivery reports", "report", "reports"}, Text: "What the client says of a message in the end: delivered, with partition and offset, or an error.", Source: introduction + ", Message reliability", Lesson: "delivery-report"},
		{Name: "enable.idempotence", Forms: []string{"idempotent", "idempotence"}, Text: "The producer numbers its messages, so that the broker can drop a batch that comes twice and refuse one that comes out of order.", Source: introduction + ", Idempotent Producer", Lesson: "lost-ack"},
		{Name: "epoch", Text: "A number beside the producer id that grows when a producer starts anew. A broker refuses what comes with an older one.", Source: "KIP-98, Exactly Once Delivery and Transactional Messaging", Lesson: "reordering"},
		{Name: "Events()", Text: "The Go channel on which a producer hands out errors, and the delivery reports of messages whose Produce() was given no channel.", Source: goProducer + ", Produce and Events", Lesson: "unread-events"},
		{Name: "fenced", Text: "Shut out: another producer with the same transactional id has begun a new epoch.", Source: introduction + ", Old producer fencing", Lesson: "transactions"},
		{Name: "go.delivery.report.fields", Text: "What of a message the Go client copies into its report: key and value by default, headers where it is asked to.", Source: goProducer + ", NewProducer", Lesson: "headers"},
		{Name: "go.delivery.reports", Text: "Whether the Go client hands out reports to Events(); true by default.", Source: goProducer + ", NewProducer", Lesson: "unread-events"},
		{Name: "header", Forms: []string{"headers"}, Text: "A name and a value that travel with a record beside key and value.", Source: kafkaRecord, Lesson: "headers"},
		{Name: "in flight", Text: "Sent, and not yet answered.", Source: settingsList + ", max.in.flight.requests.per.connection", Lesson: "reordering"},
		{Name: "key", Forms: []string{"keys"}, Text: "Bytes of a message that choose its partition: messages with the same key go to the same partition.", Source: settingsList + ", partitioner", Lesson: "keys"},
		{Name: "leader", Forms: []string{"leads", "leaders"}, Text: "The broker that takes the records of a partition; the others copy them.", Source: kafkaDesign + ", Replication", Lesson: "first-message"},
		{Name: "linger.ms", Text: "How long the client waits for more messages before it sends a batch; 5 ms by default.", Source: settingsList, Lesson: "linger"},
		{Name: "message.max.bytes", Text: "The largest message the client takes; 1,000,000 bytes by default.", Source: settingsList, Lesson: "message-too-large"},
		{Name: "message.timeout.ms", Text: "How long the client tries to deliver a message before it reports a failure; 5 minutes by default.", Source: settingsList, Lesson: "broker-down-recovery"},
		{Name: "offset", Forms: []string{"offsets"}, Text: "A record's number in the log of its partition.", Source: kafkaDesign, Lesson: "first-message"},
		{Name: "partition", Forms: []string{"partitions"}, Text: "A part of a topic with a log of its own. Order is kept in a partition, not between them.", Source: kafkaIntro, Lesson: "keys"},
		{Name: "partitioner", Text: "The rule by which the client chooses a partition for a message.", Source: settingsList, Lesson: "keys"},
		{Name: "Produce request", Forms: []string{"Produce requests"}, Text: "What carries batches from the client to the broker.", Source: protocolGuide + ", Produce", Lesson: "first-message"},
		{Name: "producer id", Text: "A number that the cluster gives a producer, so that it can tell its batches from another's.", Source: kafkaDesign + ", Message Delivery Semantics", Lesson: "lost-ack"},
		{Name: "Purge()", Text: "Gives up the messages in the client's queues and, where asked to, those in flight; their reports say that they were purged.", Source: goProducer + ", Purge", Lesson: "flush-timeout"},
		{Name: "queue.buffering.max.messages", Text: "The most messages the client keeps in its queue; 100,000 by default.", Source: settingsList, Lesson: "queue-full"},
		{Name: "read_committed", Text: "A reader that gets no records of open or aborted transactions.", Source: kafkaDesign + ", Using Transactions", Lesson: "transactions"},
		{Name: "read_uncommitted", Text: "A reader that gets every record, whatever became of its transaction.", Source: kafkaDesign + ", Using Transactions", Lesson: "transactions"},
		{Name: "record", Forms: []string{"records"}, Text: "A message as the broker's log has it.", Source: kafkaRecord, Lesson: "first-message"},
		{Name: "sequence number", Forms: []string{"sequence numbers"}, Text: "The place of a message among those that an idempotent producer sends to a partition. A batch carries that of its first message.", Source: introduction + ", Ordering and message sequence numbers", Lesson: "lost-ack"},
		{Name: "topic", Forms: []string{"topics"}, Text: "A named stream of records, made of partitions.", Source: kafkaIntro, Lesson: "first-message"},
		{Name: "topic.metadata.propagation.max.ms", Text: "How long the client goes on asking for a topic that brokers do not know; 30,000 ms by default.", Source: settingsList, Lesson: "unknown-topic"},
		{Name: "transaction", Forms: []string{"transactions"}, Text: "Records that become visible together, or not at all, for read_committed readers.", Source: "librdkafka v2.15.0, src/rdkafka.h, Transactional producer API", Lesson: "transactions"},
		{Name: "transactional.id", Forms: []string{"transactional id"}, Text: "The name by which the cluster knows a transactional producer over restarts.", Source: settingsList, Lesson: "transactions"},
	}
}
