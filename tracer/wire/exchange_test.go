// Requests and responses as librdkafka and a broker exchange them, and what
// the decoder must tell of them. The tables of the decoder, the tapped
// connections and the fuzzers all use these.

package wire

import (
	"testing"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// exchange is a request and its response. What is wanted leaves out what is
// the same for every frame: see want.
type exchange struct {
	name     string
	version  int16
	req      kmsg.Request
	wantReq  tracer.Frame
	resp     kmsg.Response // nil: the broker sends none
	answered int16         // the response's version
	wantResp tracer.Frame
}

const (
	denied       = 31 // CLUSTER_AUTHORIZATION_FAILED
	notLeader    = 6
	unsupported  = 35
	outOfOrder   = 45
	fenced       = 90 // PRODUCER_FENCED
	noSuchTopic  = 3
	transactionT = 1 // FindCoordinator: the key is a transactional id
)

// exchanges are many, in an order in which one connection can have them.
func exchanges(t testing.TB) []exchange {
	all := []exchange{
		{
			name: "ApiVersions, version too new", version: 3,
			req:     &kmsg.ApiVersionsRequest{ClientSoftwareName: "librdkafka", ClientSoftwareVersion: "2.15.0"},
			wantReq: tracer.Frame{API: "ApiVersions"},
			resp: &kmsg.ApiVersionsResponse{ErrorCode: unsupported,
				ApiKeys: []kmsg.ApiVersionsResponseApiKey{{ApiKey: 18, MaxVersion: 2}}},
			answered: 0, // whatever version the request had
			wantResp: tracer.Frame{API: "ApiVersions", Error: "UNSUPPORTED_VERSION"},
		},
		{
			name: "ApiVersions", version: 3,
			req:     &kmsg.ApiVersionsRequest{ClientSoftwareName: "librdkafka", ClientSoftwareVersion: "2.15.0"},
			wantReq: tracer.Frame{API: "ApiVersions"},
			resp: &kmsg.ApiVersionsResponse{
				ApiKeys: []kmsg.ApiVersionsResponseApiKey{{ApiKey: 0, MinVersion: 3, MaxVersion: 13}, {ApiKey: 18, MaxVersion: 4}}},
			answered: 3,
			wantResp: tracer.Frame{API: "ApiVersions"},
		},
		{
			name: "InitProducerID", version: 4,
			req:     &kmsg.InitProducerIDRequest{TransactionalID: pointer("orders-1"), TransactionTimeoutMillis: 60000, ProducerID: -1, ProducerEpoch: -1},
			wantReq: tracer.Frame{API: "InitProducerID", TransactionalID: "orders-1"},
			resp:    &kmsg.InitProducerIDResponse{ErrorCode: fenced, ProducerID: -1, ProducerEpoch: -1}, answered: 4,
			wantResp: tracer.Frame{API: "InitProducerID", Error: "PRODUCER_FENCED"},
		},
		{
			name: "InitProducerID, idempotent only", version: 4,
			req:     &kmsg.InitProducerIDRequest{TransactionTimeoutMillis: -1, ProducerID: -1, ProducerEpoch: -1},
			wantReq: tracer.Frame{API: "InitProducerID"},
			resp:    &kmsg.InitProducerIDResponse{ProducerID: 1000, ProducerEpoch: 7}, answered: 4,
			wantResp: tracer.Frame{API: "InitProducerID", Epoch: pointer(int16(7))},
		},
		{
			name: "FindCoordinator", version: 2,
			req:     &kmsg.FindCoordinatorRequest{CoordinatorKey: "orders-1", CoordinatorType: transactionT},
			wantReq: tracer.Frame{API: "FindCoordinator", TransactionalID: "orders-1"},
			resp:    &kmsg.FindCoordinatorResponse{NodeID: 1, Host: "localhost", Port: 9092}, answered: 2,
			wantResp: tracer.Frame{API: "FindCoordinator"},
		},
		{
			name: "FindCoordinator of a group", version: 2,
			req:     &kmsg.FindCoordinatorRequest{CoordinatorKey: "a group"},
			wantReq: tracer.Frame{API: "FindCoordinator"},
			resp:    &kmsg.FindCoordinatorResponse{ErrorCode: 15, NodeID: -1}, answered: 2,
			wantResp: tracer.Frame{API: "FindCoordinator", Error: "COORDINATOR_NOT_AVAILABLE"},
		},
		{
			name: "FindCoordinator, several keys", version: 4,
			req:     &kmsg.FindCoordinatorRequest{CoordinatorKeys: []string{"orders-1"}, CoordinatorType: transactionT},
			wantReq: tracer.Frame{API: "FindCoordinator", TransactionalID: "orders-1"},
			resp:    &kmsg.FindCoordinatorResponse{Coordinators: []kmsg.FindCoordinatorResponseCoordinator{{Key: "orders-1", ErrorCode: 53}}}, answered: 4,
			wantResp: tracer.Frame{API: "FindCoordinator", Error: "TRANSACTIONAL_ID_AUTHORIZATION_FAILED"},
		},
		{
			name: "AddPartitionsToTxn", version: 0,
			req: &kmsg.AddPartitionsToTxnRequest{TransactionalID: "orders-1", ProducerID: 1000,
				Topics: []kmsg.AddPartitionsToTxnRequestTopic{{Topic: "orders", Partitions: []int32{0, 1}}}},
			wantReq: tracer.Frame{API: "AddPartitionsToTxn", TransactionalID: "orders-1", Topics: []tracer.Topic{{Name: "orders", Partitions: 2}}},
			resp: &kmsg.AddPartitionsToTxnResponse{Topics: []kmsg.AddPartitionsToTxnResponseTopic{{Topic: "orders",
				Partitions: []kmsg.AddPartitionsToTxnResponseTopicPartition{{Partition: 0}, {Partition: 1, ErrorCode: noSuchTopic}}}}},
			answered: 0,
			wantResp: tracer.Frame{API: "AddPartitionsToTxn", Error: "UNKNOWN_TOPIC_OR_PARTITION"},
		},
		{
			name: "EndTxn", version: 1,
			req:     &kmsg.EndTxnRequest{TransactionalID: "orders-1", ProducerID: 1000, Commit: true},
			wantReq: tracer.Frame{API: "EndTxn", TransactionalID: "orders-1", Commit: pointer(true)},
			resp:    &kmsg.EndTxnResponse{}, answered: 1,
			wantResp: tracer.Frame{API: "EndTxn"},
		},
		{
			name: "EndTxn, an error newer than kstep", version: 1,
			req:     &kmsg.EndTxnRequest{TransactionalID: "orders-1", ProducerID: 1000},
			wantReq: tracer.Frame{API: "EndTxn", TransactionalID: "orders-1", Commit: pointer(false)},
			resp:    &kmsg.EndTxnResponse{ErrorCode: 9999}, answered: 1,
			wantResp: tracer.Frame{API: "EndTxn", Error: "error 9999"},
		},
		{
			name: "SaslHandshake", version: 1,
			req:     &kmsg.SASLHandshakeRequest{Mechanism: "PLAIN"},
			wantReq: tracer.Frame{API: "SASLHandshake"},
			resp:    &kmsg.SASLHandshakeResponse{ErrorCode: 33, SupportedMechanisms: []string{"SCRAM-SHA-256"}}, answered: 1,
			wantResp: tracer.Frame{API: "SASLHandshake", Error: "UNSUPPORTED_SASL_MECHANISM"},
		},
	}
	all = append(all, metadataExchanges()...)
	return append(all, produceExchanges(t)...)
}

var ordersID = [16]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}

func metadataExchanges() (all []exchange) {
	for _, v := range []int16{1, 4, 9, 12, 13} {
		x := exchange{
			name: "Metadata", version: v, answered: v,
			req:     &kmsg.MetadataRequest{Topics: []kmsg.MetadataRequestTopic{{Topic: pointer("orders")}, {Topic: pointer("nope")}}, AllowAutoTopicCreation: true},
			wantReq: tracer.Frame{API: "Metadata", Topics: []tracer.Topic{{Name: "orders"}, {Name: "nope"}}},
			resp: &kmsg.MetadataResponse{
				Brokers: []kmsg.MetadataResponseBroker{{NodeID: 1, Host: "a", Port: 9092}, {NodeID: 2, Host: "b", Port: 9092}},
				Topics: []kmsg.MetadataResponseTopic{
					{Topic: pointer("orders"), TopicID: ordersID, Partitions: []kmsg.MetadataResponseTopicPartition{
						{Partition: 1, Leader: 1, Replicas: []int32{1, 2}}, {Partition: 0, Leader: 2, Replicas: []int32{2}}, {Partition: 2, Leader: 3}}},
					{Topic: pointer("nope"), ErrorCode: noSuchTopic},
				},
			},
			wantResp: tracer.Frame{API: "Metadata", Brokers: 2, Topics: []tracer.Topic{
				{Name: "orders", Partitions: 3, Leader: 2}, {Name: "nope", Leader: -1, Error: "UNKNOWN_TOPIC_OR_PARTITION"}}},
		}
		if v >= 13 { // the first with an error of its own
			x.resp.(*kmsg.MetadataResponse).ErrorCode = denied
			x.wantResp.Error = "CLUSTER_AUTHORIZATION_FAILED"
		}
		all = append(all, x)
	}
	return append(all, exchange{
		name: "Metadata of all topics", version: 12, answered: 12,
		req: &kmsg.MetadataRequest{}, wantReq: tracer.Frame{API: "Metadata"},
		resp: &kmsg.MetadataResponse{}, wantResp: tracer.Frame{API: "Metadata"},
	})
}

func produceExchanges(t testing.TB) (all []exchange) {
	one := batchOf(t, kgo.CodecNone, plainProducer, records("a"))
	two := batchOf(t, kgo.CodecNone, plainProducer, records("b", "c"))
	wantOne := tracer.Batch{Topic: "orders", Records: 1, Bytes: len(one), Codec: "none", ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: -1,
		CRCs: []uint32{tracer.CRC(nil, []byte("a"))}}
	wantTwo := tracer.Batch{Topic: "orders", Partition: 1, Records: 2, Bytes: len(two), Codec: "none", ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: -1,
		CRCs: []uint32{tracer.CRC(nil, []byte("b")), tracer.CRC(nil, []byte("c"))}}
	for v := int16(3); v <= 10; v++ {
		for _, acks := range []int16{-1, 0, 1} {
			x := exchange{
				name: "Produce", version: v, answered: v,
				req:     produced(acks, nil, "orders", one, two),
				wantReq: tracer.Frame{API: "Produce", Acks: pointer(acks), Batches: []tracer.Batch{wantOne, wantTwo}},
			}
			if acks != 0 {
				x.resp = appended("orders", kmsg.ProduceResponseTopicPartition{BaseOffset: 41}, kmsg.ProduceResponseTopicPartition{Partition: 1, BaseOffset: 7, ErrorCode: notLeader})
				x.wantResp = tracer.Frame{API: "Produce", Batches: []tracer.Batch{
					{Topic: "orders", ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: 41},
					{Topic: "orders", Partition: 1, ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: -1, Error: "NOT_LEADER_OR_FOLLOWER"}}}
			}
			all = append(all, x)
		}
	}
	sequenced := func(transactional bool) (raw []byte, want tracer.Batch) {
		p := producer{id: 1000, epoch: 3, sequence: 17}
		if transactional {
			p.bits = transactionalBit
		}
		raw = batchOf(t, kgo.CodecLz4, p, records("a"))
		return raw, tracer.Batch{Topic: "orders", Records: 1, Bytes: len(raw), Codec: "lz4", ProducerID: 1000, Epoch: 3, Sequence: 17,
			Transactional: transactional, BaseOffset: -1, CRCs: wantOne.CRCs}
	}
	idempotent, wantIdempotent := sequenced(false)
	transactional, wantTransactional := sequenced(true)
	return append(all, exchange{
		name: "Produce, idempotent", version: 10, answered: 10,
		req:     produced(-1, nil, "orders", idempotent),
		wantReq: tracer.Frame{API: "Produce", Acks: pointer(int16(-1)), Batches: []tracer.Batch{wantIdempotent}},
		resp:    appended("orders", kmsg.ProduceResponseTopicPartition{ErrorCode: outOfOrder, BaseOffset: -1}),
		wantResp: tracer.Frame{API: "Produce", Batches: []tracer.Batch{
			{Topic: "orders", ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: -1, Error: "OUT_OF_ORDER_SEQUENCE_NUMBER"}}},
	}, exchange{
		name: "Produce, transactional", version: 10, answered: 10,
		req:      produced(-1, pointer("orders-1"), "orders", transactional),
		wantReq:  tracer.Frame{API: "Produce", Acks: pointer(int16(-1)), TransactionalID: "orders-1", Batches: []tracer.Batch{wantTransactional}},
		resp:     appended("orders", kmsg.ProduceResponseTopicPartition{BaseOffset: 0}),
		wantResp: tracer.Frame{API: "Produce", Batches: []tracer.Batch{{Topic: "orders", ProducerID: -1, Epoch: -1, Sequence: -1}}},
	})
}

// appended is the response to a Produce request of one topic.
func appended(topic string, partitions ...kmsg.ProduceResponseTopicPartition) *kmsg.ProduceResponse {
	return &kmsg.ProduceResponse{Topics: []kmsg.ProduceResponseTopic{{Topic: topic, Partitions: partitions}}}
}

// frames of the exchange; the response's is nil where there is none.
func (x exchange) frames(correlation int32) (req, resp []byte) {
	req = ask(x.req, x.version, correlation)
	if x.resp != nil {
		resp = answer(x.resp, x.answered, correlation)
	}
	return req, resp
}

// want are the events that the frames must be, but for their times.
func (x exchange) want(connection int, node, correlation int32) (req, resp tracer.Event) {
	sent, received := x.frames(correlation)
	whole := func(kind tracer.Kind, f tracer.Frame, size int) tracer.Event {
		f.Connection, f.Node, f.Key, f.Version, f.Correlation = connection, node, x.req.Key(), x.version, correlation
		f.Bytes = size
		return tracer.Event{Lane: tracer.Wire, Kind: kind, Known: tracer.Observed, Frame: &f}
	}
	req = whole(tracer.Request, x.wantReq, len(sent))
	req.Frame.ClientID = clientID
	return req, whole(tracer.Response, x.wantResp, len(received))
}
