package clientlog

// What a line says happened, by its tag and wording. The wordings are those of
// librdkafka v2.15.0; the file after each rule says where the client logs it.

import (
	"strings"

	"kstep/tracer"
)

// kind names what a message of the client says and fills the details that go
// with it. internal: the line is about the object behind which no broker is.
func kind(s string, internal bool, l *tracer.Log) tracer.Kind {
	rule := rules[l.Tag]
	if rule == nil {
		return tracer.ClientLogged
	}
	found := *l
	k := rule(s, &found)
	if k == tracer.BrokerState && internal || counts(k) && (found.Count < 1 || found.Count > tracer.MaxMessages) {
		return tracer.ClientLogged
	}
	if k != "" {
		*l = found
		return k
	}
	return tracer.ClientLogged
}

// counts: a line of these kinds that counts nothing says nothing happened.
func counts(k tracer.Kind) bool {
	switch k {
	case tracer.TopicKnown, tracer.Partitioned, tracer.Batched, tracer.Delivered, tracer.Failed,
		tracer.TimedOut, tracer.Purged, tracer.TerminatedWith:
		return true
	}
	return false
}

// rules read the messages of a tag; "" where the wording says nothing a kind
// stands for.
var rules = map[string]func(string, *tracer.Log) tracer.Kind{
	"STATE":       state,
	"IDEMPSTATE":  state,
	"TXNSTATE":    state,
	"PARTCNT":     partitionCount,
	"UAS":         partitioned,
	"PRODUCE":     batched,
	"SEND":        sent,
	"RECV":        received,
	"RETRY":       retried,
	"MSGSET":      answered,
	"DUPSEQ":      settled,
	"IMPLICITACK": implicitly,
	"ERRSEQ":      settled,
	"UNKPID":      settled,
	"FATAL":       fatal,
	"TIMEOUT":     timedOut,
	"PURGEQ":      purged,
	"TERMINATE":   terminated,
}

// state: rdkafka_broker.c (rd_kafka_broker_set_state), rdkafka_topic.c,
// rdkafka_idempotence.c, rdkafka_txnmgr.c. A topic's change of state comes
// without its partitions, which the line with PARTCNT brings, so only that one
// is TopicKnown.
func state(s string, l *tracer.Log) tracer.Kind {
	switch {
	case match(s, "Broker changed state %s -> %s", &l.From, &l.To):
		return tracer.BrokerState
	case match(s, "Topic %s changed state %s -> %s", &l.Topic, &l.From, &l.To),
		match(s, "Idempotent producer state change %s -> %s", &l.From, &l.To),
		match(s, "Transaction state change %s -> %s", &l.From, &l.To):
		return tracer.ClientLogged
	}
	return ""
}

// partitionCount: rdkafka_topic.c (rd_kafka_topic_partition_cnt_update). A
// client that is being destroyed says so too, "from 1 to 0".
func partitionCount(s string, l *tracer.Log) tracer.Kind {
	if match(s, "Topic %s (id %s) partition count changed from %d to %d", &l.Topic, nil, nil, &l.Count) {
		return tracer.TopicKnown
	}
	return ""
}

// partitioned: rdkafka_topic.c (rd_kafka_topic_assign_uas). Messages that
// cannot be given a partition get their report right there.
func partitioned(s string, l *tracer.Log) tracer.Kind {
	switch {
	case match(s, "%d/%d messages were partitioned in topic %s", &l.Count, nil, &l.Topic):
		return tracer.Partitioned
	case match(s, "%d/%d messages failed partitioning in topic %s", &l.Count, nil, &l.Topic):
		l.Partition = -1
		return tracer.Failed
	}
	return ""
}

// batched: rdkafka_msgset_writer.c (rd_kafka_msgset_writer_finalize).
func batched(s string, l *tracer.Log) tracer.Kind {
	if match(s, "%s [%d]: Produce MessageSet with %d message(s) (%d bytes, ApiVersion %d, MsgVersion %d, MsgId %d,",
		&l.Topic, &l.Partition, &l.Count, &l.Bytes, &l.Version, nil, &l.FirstID) {
		l.API = "Produce"
		return tracer.Batched
	}
	return ""
}

// sent: rdkafka_broker.c (rd_kafka_broker_send).
func sent(s string, l *tracer.Log) tracer.Kind {
	if match(s, "Sent %sRequest (v%d, %d bytes @ %d, CorrId %d)", &l.API, &l.Version, &l.Bytes, nil, &l.Correlation) {
		l.API = apiName(l.API)
		return tracer.RequestSent
	}
	return ""
}

// received: rdkafka_broker.c (rd_kafka_req_response).
func received(s string, l *tracer.Log) tracer.Kind {
	if match(s, "Received %sResponse (v%d, %d bytes, CorrId %d,", &l.API, &l.Version, &l.Bytes, &l.Correlation) {
		l.API = apiName(l.API)
		return tracer.ResponseRead
	}
	return ""
}

// retried: rdkafka_broker.c (rd_kafka_broker_buf_retry). Produce requests are
// never retried as such: their messages are put back, see answered.
func retried(s string, l *tracer.Log) tracer.Kind {
	if match(s, "Retrying %sRequest (v%d, %d bytes, retry %d/%d, prev CorrId %d)",
		&l.API, &l.Version, &l.Bytes, nil, nil, &l.Correlation) {
		l.API = apiName(l.API)
		return tracer.Retried
	}
	return ""
}

// answered: rdkafka_request.c (rd_kafka_msgbatch_handle_Produce_result and
// rd_kafka_handle_Produce_error). Messages whose batch met an error that can
// pass are put back into the queue; the others get their report.
func answered(s string, l *tracer.Log) tracer.Kind {
	var sequence int32
	var rest, failure, actions string
	if !match(s, "%s [%d]: MessageSet with %d message(s) (MsgId %d, BaseSeq %d) %s",
		&l.Topic, &l.Partition, &l.Count, &l.FirstID, &sequence, &rest) {
		return ""
	}
	l.API = "Produce"
	if rest == "delivered" {
		return tracer.Delivered
	}
	if !match(rest, "encountered error: %s (actions %s)", &failure, &actions) {
		return ""
	}
	switch {
	case sequence >= 0 && undecided[failure]:
		return tracer.ClientLogged
	case strings.HasPrefix(failure, "Local: Purged"):
		return tracer.Purged
	case strings.Contains(actions, "Refresh"), strings.Contains(actions, "Retry"):
		return tracer.Retried
	}
	return tracer.Failed
}

// undecided are errors of an idempotent producer's batch of which a further
// line says what became of the messages, see settled and fatal.
var undecided = map[string]bool{
	"Broker: Broker received an out of order sequence number": true,
	"Broker: Broker received a duplicate sequence number":     true,
	"Broker: Unknown Producer Id":                             true,
}

// settled: rdkafka_request.c (rd_kafka_handle_idempotent_Produce_error).
func settled(s string, l *tracer.Log) tracer.Kind {
	if !match(s, "ProduceRequest for %s [%d] with %d message(s) failed ", &l.Topic, &l.Partition, &l.Count) {
		return ""
	}
	l.API = "Produce"
	switch {
	case strings.HasSuffix(s, "marking the messages successfully delivered"):
		return tracer.Delivered
	case strings.HasSuffix(s, "retrying"):
		return tracer.Retried
	case strings.HasSuffix(s, "failing the current transaction"):
		return tracer.Failed
	}
	return ""
}

// fatal: the same place, for the errors after which an idempotent producer
// cannot go on. Other fatal errors come with a MSGSET line that says Failed.
func fatal(s string, l *tracer.Log) tracer.Kind {
	i := strings.Index(s, "ProduceRequest for ")
	if i < 0 || !match(s[i:], "ProduceRequest for %s [%d] with %d message(s) failed %s", &l.Topic, &l.Partition, &l.Count, nil) {
		return ""
	}
	for _, why := range []string{"due to sequence desynchronization", "with rewound sequence number", "due to unknown producer id"} {
		if strings.Contains(s, why) {
			l.API = "Produce"
			return tracer.Failed
		}
	}
	return ""
}

// implicitly: rdkafka_broker.c (rd_kafka_dr_implicit_ack).
func implicitly(s string, l *tracer.Log) tracer.Kind {
	if match(s, "%s [%d] %d message(s) implicitly acked", &l.Topic, &l.Partition, &l.Count) {
		return tracer.Delivered
	}
	return ""
}

// timedOut: rdkafka_broker.c (rd_kafka_broker_toppar_msgq_scan) for messages
// in a partition's queue, rdkafka_topic.c (rd_kafka_topic_scan_all) for those
// without a partition or without a broker.
func timedOut(s string, l *tracer.Log) tracer.Kind {
	var sending int
	if match(s, "%s [%d]: timed out %d+%d message(s) (MsgId %d..", &l.Topic, &l.Partition, &sending, &l.Count, &l.FirstID) {
		l.Count += sending
		return tracer.TimedOut
	}
	if match(s, "%s: %d message(s) timed out", &l.Topic, &l.Count) {
		l.Partition = -1
		return tracer.TimedOut
	}
	return ""
}

// purged: rdkafka_broker.c (rd_kafka_broker_handle_purge_queues),
// rdkafka_partition.c (rd_kafka_purge_ua_toppar_queues).
func purged(s string, l *tracer.Log) tracer.Kind {
	if match(s, "Purged %d message(s) from ", &l.Count) {
		return tracer.Purged
	}
	return ""
}

// terminated: rdkafka.c (rd_kafka_destroy_app).
func terminated(s string, l *tracer.Log) tracer.Kind {
	if match(s, "Producer terminating with %d message%s(%d byte", &l.Count, nil, &l.Bytes) {
		return tracer.TerminatedWith
	}
	return ""
}

// apiName is the protocol's name of a request, as the wire lane has it, where
// the client's differs (librdkafka v2.15.0 src/rdkafka_proto.h).
func apiName(name string) string {
	switch name {
	case "ApiVersion":
		return "ApiVersions"
	case "InitProducerId":
		return "InitProducerID"
	case "SaslHandshake":
		return "SASLHandshake"
	case "SaslAuthenticate":
		return "SASLAuthenticate"
	}
	return name
}
