package clientlog

import (
	"strings"
	"testing"

	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

const at0 = "[thrd:127.0.0.1:19092/0]: 127.0.0.1:19092/0: "

func TestParse(t *testing.T) {
	for _, c := range []struct {
		tag, message string
		kind         tracer.Kind
		want         tracer.Log // name, level and tag are set by the test
		text         string     // "" to leave it unchecked
	}{
		// Recorded from real runs.
		{"PRODUCE", at0 + "my_topic [0]: Produce MessageSet with 1 message(s) (77 bytes, ApiVersion 10, MsgVersion 2, MsgId 3, BaseSeq 0, PID{Id:7316181768139001586,Epoch:0}, gzip)", tracer.Batched,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "my_topic", Count: 1, Bytes: 77, FirstID: 3, API: "Produce", Version: 10},
			"my_topic [0]: Produce MessageSet with 1 message(s) (77 bytes, ApiVersion 10, MsgVersion 2, MsgId 3, BaseSeq 0, PID{epoch 0}, gzip)"},
		{"SEND", at0 + "Sent InitProducerIdRequest (v4, 38 bytes @ 0, CorrId 2)", tracer.RequestSent,
			tracer.Log{Thread: "broker 0", Broker: "0", API: "InitProducerID", Version: 4, Bytes: 38, Correlation: 2}, ""},
		{"RECV", "[thrd:TxnCoordinator]: TxnCoordinator/0: Received ApiVersionResponse (v3, 786 bytes, CorrId 1, rtt 0.02ms)", tracer.ResponseRead,
			tracer.Log{Thread: "TxnCoordinator", Broker: "TxnCoordinator", API: "ApiVersions", Version: 3, Bytes: 786, Correlation: 1},
			"Received ApiVersionResponse (v3, 786 bytes, CorrId 1, rtt …ms)"},
		{"MSGSET", at0 + "my_topic [2]: MessageSet with 3 message(s) (MsgId 1, BaseSeq 0) delivered", tracer.Delivered,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "my_topic", Partition: 2, Count: 3, FirstID: 1, API: "Produce"}, ""},
		{"MSGSET", at0 + "my_topic [0]: MessageSet with 3 message(s) (MsgId 0, BaseSeq -1) encountered error: Broker: Message size too large (actions Permanent,MsgNotPersisted)", tracer.Failed,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "my_topic", Count: 3, API: "Produce"}, ""},
		{"MSGSET", at0 + "my_topic [0]: MessageSet with 3 message(s) (MsgId 0, BaseSeq -1) encountered error: Local: Broker transport failure (actions Refresh,MsgPossiblyPersisted)", tracer.Retried,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "my_topic", Count: 3, API: "Produce"}, ""},
		{"MSGSET", at0 + "my_topic [0]: MessageSet with 3 message(s) (MsgId 0, BaseSeq -1) encountered error: Local: Purged in flight (actions Permanent,MsgPossiblyPersisted)", tracer.Purged,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "my_topic", Count: 3, API: "Produce"}, ""},
		{"TIMEOUT", at0 + "my_topic [0]: timed out 1+3 message(s) (MsgId 1..4): message.timeout.ms exceeded", tracer.TimedOut,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "my_topic", Count: 4, FirstID: 1}, ""},
		{"TIMEOUT", "[thrd:main]: my_topic: 3 message(s) timed out", tracer.TimedOut,
			tracer.Log{Thread: "main", Topic: "my_topic", Partition: -1, Count: 3}, ""},
		{"PURGEQ", at0 + "Purged 3 message(s) from 1 partition(s)", tracer.Purged, tracer.Log{Thread: "broker 0", Broker: "0", Count: 3}, ""},
		{"PURGEQ", "[thrd:app]: Purged 0 message(s) from 0 UA-partition(s)", tracer.ClientLogged, tracer.Log{Thread: "app"}, ""},
		{"PURGEQ", at0 + "Purged 1 in-flight, 0 retry-queued, 0 out-queue, 0 partially-sent requests", tracer.ClientLogged, tracer.Log{Thread: "broker 0", Broker: "0"}, ""},
		{"PARTCNT", "[thrd:main]: Topic my_topic (id gU2cwsTd67OLAGtDuHO68Q) partition count changed from 0 to 4", tracer.TopicKnown,
			tracer.Log{Thread: "main", Topic: "my_topic", Count: 4}, "Topic my_topic (id …) partition count changed from 0 to 4"},
		{"PARTCNT", "[thrd:main]: Topic my_topic (id gU2cwsTd67OLAGtDuHO68Q) partition count changed from 4 to 0", tracer.ClientLogged, tracer.Log{Thread: "main"}, ""},
		{"STATE", "[thrd:main]: Topic my_topic changed state unknown -> exists", tracer.ClientLogged,
			tracer.Log{Thread: "main", Topic: "my_topic", From: "unknown", To: "exists"}, ""},
		{"STATE", "[thrd:sasl_ssl://b-1.kafka.example:9096/bootstrap]: sasl_ssl://b-1.kafka.example:9096/bootstrap: Broker changed state SSL_HANDSHAKE -> AUTH_REQ", tracer.BrokerState,
			tracer.Log{Thread: "bootstrap", Broker: "bootstrap", From: "SSL_HANDSHAKE", To: "AUTH_REQ"}, ""},
		{"STATE", "[thrd::0/internal]: :0/internal: Broker changed state INIT -> DOWN", tracer.ClientLogged, tracer.Log{Thread: "internal"}, "Broker changed state INIT -> DOWN"},
		{"UAS", "[thrd:main]: 2/3 messages were partitioned in topic my_topic", tracer.Partitioned, tracer.Log{Thread: "main", Topic: "my_topic", Count: 2}, ""},
		{"UAS", "[thrd:main]: 0/3 messages were partitioned in topic my_topic", tracer.ClientLogged, tracer.Log{Thread: "main"}, ""},
		{"UAS", "[thrd:main]: 1/3 messages failed partitioning in topic my_topic", tracer.Failed, tracer.Log{Thread: "main", Topic: "my_topic", Partition: -1, Count: 1}, ""},
		{"TERMINATE", "[thrd:app]: Producer terminating with 1 message (5 bytes) still in queue or transit: use flush() to wait for outstanding message delivery", tracer.TerminatedWith,
			tracer.Log{Thread: "app", Count: 1, Bytes: 5}, ""},
		{"TERMINATE", "Producer terminating with 5 messages (1 byte) still in queue", tracer.TerminatedWith, tracer.Log{Count: 5, Bytes: 1}, ""},
		{"FAIL", "[thrd:TxnCoordinator]: TxnCoordinator/0: 127.0.0.1:23117: Closing connection due to nodename change (after 52ms in state TRY_CONNECT) (_TRANSPORT)", tracer.ClientLogged,
			tracer.Log{Thread: "TxnCoordinator", Broker: "TxnCoordinator"}, "the broker's address: Closing connection due to nodename change (after …ms in state TRY_CONNECT) (_TRANSPORT)"},
		{"BRKDELGT", "[thrd:main]: my_topic [0]: delegate to broker 127.0.0.1:23102/0 (rktp 0x7efccc00a230, term 0, ref 3)", tracer.ClientLogged,
			tracer.Log{Thread: "main"}, "my_topic [0]: delegate to broker 0 (rktp 0x…, term 0, ref 3)"},
		{"CONNECT", "[thrd:[::1]:9092/bootstrap]: [::1]:9092/bootstrap: Connecting to ipv6#[::1]:9092 (plaintext) with socket 13", tracer.ClientLogged,
			tracer.Log{Thread: "bootstrap", Broker: "bootstrap"}, "Connecting to the broker's address (plaintext) with a socket"},

		// Not recorded: worded after the client's source (see the rules).
		{"RETRY", at0 + "Retrying MetadataRequest (v13, 52 bytes, retry 1/3, prev CorrId 7) in 100ms", tracer.Retried,
			tracer.Log{Thread: "broker 0", Broker: "0", API: "Metadata", Version: 13, Bytes: 52, Correlation: 7}, ""},
		{"RETRY", at0 + "Moved 1 retry buffer(s) to output queue", tracer.ClientLogged, tracer.Log{Thread: "broker 0", Broker: "0"}, ""},
		{"MSGSET", at0 + "t [0]: MessageSet with 2 message(s) (MsgId 3, BaseSeq 2) encountered error: Broker: Broker received a duplicate sequence number (actions Permanent,MsgPossiblyPersisted)", tracer.ClientLogged,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "t", Count: 2, FirstID: 3, API: "Produce"}, ""},
		{"DUPSEQ", at0 + "ProduceRequest for t [0] with 2 message(s) failed due to duplicate sequence number: previous send succeeded but was not acknowledged (PID{Id:1000,Epoch:0}, base seq 2): marking the messages successfully delivered", tracer.Delivered,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "t", Count: 2, API: "Produce"}, ""},
		{"ERRSEQ", at0 + "ProduceRequest for t [0] with 2 message(s) failed due to skipped sequence numbers (PID{Id:1000,Epoch:0}, base seq 2 > next seq 0) caused by previous failed request (NOT_ENOUGH_REPLICAS, actions Retry, base seq 0..0, base msgid 1, 3ms ago): recovering and retrying", tracer.Retried,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "t", Count: 2, API: "Produce"}, ""},
		{"FATAL", "[thrd:x:1/0]: Fatal error: Broker: Broker received an out of order sequence number: ProduceRequest for t [0] with 2 message(s) failed due to sequence desynchronization with broker 0 (PID{Id:1000,Epoch:0}, base seq 2, …", tracer.Failed,
			tracer.Log{Thread: "broker 0", Topic: "t", Count: 2, API: "Produce"}, ""},
		{"FATAL", "[thrd:main]: Fatal error: Local: Fatal error: test_fatal_error: why not", tracer.ClientLogged, tracer.Log{Thread: "main"}, ""},
		{"IMPLICITACK", at0 + "t [1] 2 message(s) implicitly acked by subsequent batch success (msgids 1..2, last acked 3)", tracer.Delivered,
			tracer.Log{Thread: "broker 0", Broker: "0", Topic: "t", Partition: 1, Count: 2}, ""},

		// Numbers that cannot be.
		{"PURGEQ", "Purged 99999999999999999999 message(s) from 1 partition(s)", tracer.ClientLogged, tracer.Log{}, ""},
		{"PURGEQ", "Purged 2000000000 message(s) from 1 partition(s)", tracer.ClientLogged, tracer.Log{}, ""},
		{"PURGEQ", "Purged -3 message(s) from 1 partition(s)", tracer.ClientLogged, tracer.Log{}, ""},
	} {
		e, ok := Parse("%7|1795485045.837|" + c.tag + "|rdkafka#producer-1| " + c.message + "\n")
		if !ok {
			t.Errorf("%s %s: not a line of the client", c.tag, c.message)
			continue
		}
		c.want.Level, c.want.Tag, c.want.Name = 7, c.tag, "rdkafka#producer-1"
		if e.Kind != c.kind || *e.Client != c.want {
			t.Errorf("%s %s:\n%s %+v, want\n%s %+v", c.tag, c.message, e.Kind, *e.Client, c.kind, c.want)
		}
		if c.text != "" && e.Text != c.text {
			t.Errorf("%s %s:\nshown as %q, want\n%q", c.tag, c.message, e.Text, c.text)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{
		"", "%", "%7|", "hello", "%7|1795485045.837|PRODUCE|rdkafka", "%8|1795485045.837|A|b| c", "%7|1795485045.83|A|b| c",
		"%7|.837|A|b| c", "%7|1795485045.837||b| c", "%7|1795485045.837|a tag|b| c", " %7|1795485045.837|A|b| c", "50%7|1.000|A|b| c",
	} {
		if e, ok := Parse(s); ok {
			t.Errorf("%q was read as %+v", s, e)
		}
	}
}

func TestParseName(t *testing.T) {
	for line, want := range map[string]string{
		"%3|1.000|FAIL|a|b| c#producer-1| [thrd:app]: x":  "a|b| c#producer-1",
		"%3|1.000|FAIL|rdkafka#producer-2| x":             "rdkafka#producer-2",
		"%5|1.000|CONFWARN|| [thrd:app]: no client yet":   "",
		"%3|1.000|FAIL|caf\xe9#producer-1| [thrd:app]: x": "caf\uFFFD#producer-1",
	} {
		if e, ok := Parse(line); !ok || e.Client.Name != want {
			t.Errorf("%q: name %q (%t), want %q", line, e.Client.Name, ok, want)
		}
	}
}

func TestParseLongAndDirty(t *testing.T) {
	e, ok := Parse("%3|1.000|FAIL|n| a\x00b\xff" + strings.Repeat("é", maxText))
	if !ok || len(e.Text) > maxText+4 || !strings.HasPrefix(e.Text, "a\uFFFDb\uFFFDé") || !strings.HasSuffix(e.Text, "é…") {
		t.Errorf("%t, %d bytes, %.20q", ok, len(e.Text), e.Text)
	}
}

// The wire lane names requests as kmsg does; the two must be joinable.
func TestAPINames(t *testing.T) {
	known := map[string]bool{}
	for k := int16(0); k <= kmsg.MaxKey; k++ {
		known[kmsg.NameForKey(k)] = true
	}
	// Every request a producer of librdkafka v2.15.0 can send (src/rdkafka_proto.h).
	for _, name := range []string{"Produce", "Metadata", "ApiVersion", "FindCoordinator", "InitProducerId", "AddPartitionsToTxn",
		"AddOffsetsToTxn", "EndTxn", "TxnOffsetCommit", "SaslHandshake", "SaslAuthenticate", "ListOffsets", "OffsetForLeaderEpoch",
		"GetTelemetrySubscriptions", "PushTelemetry"} {
		if !known[apiName(name)] {
			t.Errorf("%s is %s, which the wire lane does not know", name, apiName(name))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("%7|1795485045.837|PRODUCE|rdkafka#producer-1| " + at0 + "my_topic [0]: Produce MessageSet with 1 message(s) (77 bytes, ApiVersion 10, MsgVersion 2, MsgId 0, BaseSeq -1, PID{Invalid}, uncompressed)")
	f.Add("%7|1.000|MSGSET|n| t [0]: MessageSet with 3 message(s) (MsgId 0, BaseSeq -1) encountered error: x (actions Retry)")
	f.Add("%4|1.000|TERMINATE|n| [thrd:app]: Producer terminating with 3 messages (15 bytes) still")
	f.Add("%7|1.000|FATAL|n| ProduceRequest for t [0] with 2 message(s) failed due to unknown producer id")
	f.Fuzz(func(t *testing.T, line string) {
		e, ok := Parse(line)
		if !ok {
			return
		}
		l := e.Client
		if e.Lane != tracer.Client || e.Known != tracer.Reported || e.Kind == "" || l == nil || l.Level < 0 || l.Level > 7 || l.Tag == "" {
			t.Fatalf("%q: %+v", line, e)
		}
		if l.Count < 0 || l.Count > tracer.MaxMessages || len(e.Text) > 2*maxText {
			t.Fatalf("%q: count %d, %d bytes of text", line, l.Count, len(e.Text))
		}
		if strings.ContainsRune(e.Text, 0) || e.Text != strings.ToValidUTF8(e.Text, "") || l.Name != strings.ToValidUTF8(l.Name, "") {
			t.Fatalf("%q: dirty text %q", line, e.Text)
		}
	})
}
