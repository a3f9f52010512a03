// Answers in the broker's place carry their error, in every version.

package wire

import (
	"testing"

	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// Every request that can be answered is answered in every version so that a
// client reads the error, and with what it asked for.
func TestAnswersCarryTheirError(t *testing.T) {
	const name = "CLUSTER_AUTHORIZATION_FAILED"
	for _, api := range apis() {
		if !answerable(api) {
			continue
		}
		req := kmsg.RequestForKey(faultKey(api))
		for v := int16(0); v <= req.MaxVersion(); v++ {
			if api == "ControlledShutdown" && v == 0 {
				continue // its header has no client id
			}
			d := NewDecoder(1, 0, nil)
			topics := []kmsg.ProduceRequestTopic{{Topic: "t", TopicID: [16]byte{1}, Partitions: []kmsg.ProduceRequestTopicPartition{{Partition: 3}}}}
			switch r := req.(type) {
			case *kmsg.ProduceRequest:
				r.Acks, r.Topics = 1, topics
			case *kmsg.AddPartitionsToTxnRequest:
				r.Topics = []kmsg.AddPartitionsToTxnRequestTopic{{Topic: "t", Partitions: []int32{3}}}
			case *kmsg.FindCoordinatorRequest:
				r.CoordinatorKey, r.CoordinatorKeys = "k", []string{"k"}
			}
			frame := ask(req, v, 5)
			if e := d.Request(frame); e.Kind != tracer.Request {
				t.Fatalf("%s v%d: %s", api, v, e.Frame.Reason)
			}
			b, err := answerFrame(frame, errorCodes()[name])
			if err != nil {
				if used, ok := faultUsed[api]; ok && v >= used {
					t.Errorf("%s v%d: %v", api, v, err)
				}
				continue
			}
			e := d.Response(b)
			got := e.Frame.Error
			for _, b := range e.Frame.Batches {
				got += b.Error
			}
			if e.Kind != tracer.Response || got != name && !secret(e.Frame.Key) {
				t.Errorf("%s v%d: %s", api, v, asJSON(t, e))
			}
		}
	}
}

// faultUsed are the least versions that librdkafka uses of what a producer
// asks.
var faultUsed = map[string]int16{"Produce": 3, "Metadata": 13, "ApiVersions": 0, "FindCoordinator": 0, "InitProducerID": 0, "AddPartitionsToTxn": 0, "AddOffsetsToTxn": 0, "EndTxn": 0}

func faultKey(api string) int16 {
	for k := range int16(kmsg.MaxKey + 1) {
		if kmsg.NameForKey(k) == api {
			return k
		}
	}
	return -1
}

func FuzzAnswer(f *testing.F) {
	for _, api := range apis() {
		req := kmsg.RequestForKey(faultKey(api))
		f.Add(ask(req, req.MaxVersion(), 1))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		if len(frame) < requestHeader || unknownAPI(frame) {
			return
		}
		d := NewDecoder(1, 0, nil)
		if d.Request(frame).Kind != tracer.Request {
			return
		}
		b, err := answerFrame(frame, 1)
		if err != nil {
			return
		}
		if n, err := frameSize(b); n != len(b) || err != nil {
			t.Fatalf("a frame of %d bytes says %d, %v", len(b), n, err)
		}
	})
}
