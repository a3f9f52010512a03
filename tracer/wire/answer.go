// Answers that kstep gives in the broker's place.

package wire

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"sync"

	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// errorCodes are the protocol's errors by the names that errorName gives.
var errorCodes = sync.OnceValue(func() map[string]int16 {
	const highest = 200 // above Kafka's last, so that a newer kerr needs no change here
	codes := map[string]int16{}
	for code := int16(-1); code <= highest; code++ {
		if name := errorName(code); name != "" && name != fmt.Sprintf("error %d", code) {
			codes[name] = code
		}
	}
	return codes
})

// errorNames are those names, in the order of their codes.
func errorNames() []string {
	var out []string
	codes := errorCodes()
	for code := int16(-1); len(out) < len(codes); code++ {
		if name := errorName(code); codes[name] == code && name != "" {
			out = append(out, name)
		}
	}
	return out
}

// answerFrame is the whole response frame that answers a whole request frame
// with an error. A broker that fails a request says so for each partition it
// names, with base offset -1 (ReplicaManager.appendRecords in Kafka's own
// source), or once, where the response has an error of its own.
func answerFrame(request []byte, code int16) ([]byte, error) {
	r := kbin.Reader{Src: request[lengthSize:]}
	key, version, correlation := r.Int16(), r.Int16(), r.Int32()
	req := kmsg.RequestForKey(key)
	if req == nil || version > req.MaxVersion() {
		return nil, fmt.Errorf("API key %d v%d is none that kstep knows", key, version)
	}
	req.SetVersion(version)
	r.NullableString() // client id
	if req.IsFlexible() {
		skipTags(&r)
	}
	if !r.Ok() {
		return nil, fmt.Errorf("its header is cut off")
	}
	if err := req.ReadFrom(r.Src); err != nil {
		return nil, err
	}
	resp := req.ResponseKind()
	fail(resp, req, code)
	told := req.ResponseKind()
	if told.ReadFrom(resp.AppendTo(nil)) != nil || firstError(reflect.ValueOf(told)) != code {
		return nil, fmt.Errorf("its response has no error in version %d", version)
	}
	b := make([]byte, responseHeader)
	binary.BigEndian.PutUint32(b[lengthSize:], uint32(correlation))
	if resp.IsFlexible() && key != int16(kmsg.ApiVersions) {
		b = append(b, 0) // no tags in the header
	}
	b = resp.AppendTo(b)
	binary.BigEndian.PutUint32(b, uint32(len(b)-lengthSize))
	return b, nil
}

// fail fills the error into the response.
func fail(resp kmsg.Response, req kmsg.Request, code int16) {
	switch r := req.(type) {
	case *kmsg.ProduceRequest:
		failProduce(resp.(*kmsg.ProduceResponse), r, code)
	case *kmsg.FindCoordinatorRequest:
		failFindCoordinator(resp.(*kmsg.FindCoordinatorResponse), r, code)
	case *kmsg.AddPartitionsToTxnRequest:
		failAddPartitions(resp.(*kmsg.AddPartitionsToTxnResponse), r, code)
	default:
		if f := ownError(reflect.ValueOf(resp)); f.IsValid() {
			f.SetInt(int64(code))
		}
	}
}

// ownError is the field of the response's own error; not valid where it has
// none.
func ownError(resp reflect.Value) reflect.Value {
	if resp.Kind() != reflect.Pointer || resp.IsNil() {
		return reflect.Value{}
	}
	f := resp.Elem().FieldByName("ErrorCode")
	if !f.IsValid() || f.Kind() != reflect.Int16 {
		return reflect.Value{}
	}
	return f
}

func failProduce(resp *kmsg.ProduceResponse, req *kmsg.ProduceRequest, code int16) {
	for _, t := range req.Topics {
		out := kmsg.NewProduceResponseTopic()
		out.Topic, out.TopicID = t.Topic, t.TopicID
		for _, p := range t.Partitions {
			part := kmsg.NewProduceResponseTopicPartition()
			part.Partition, part.ErrorCode = p.Partition, code
			part.BaseOffset, part.LogAppendTime, part.LogStartOffset = -1, -1, -1
			out.Partitions = append(out.Partitions, part)
		}
		resp.Topics = append(resp.Topics, out)
	}
}

func failFindCoordinator(resp *kmsg.FindCoordinatorResponse, req *kmsg.FindCoordinatorRequest, code int16) {
	resp.ErrorCode, resp.NodeID = code, -1
	for _, key := range req.CoordinatorKeys { // from v4 on
		out := kmsg.NewFindCoordinatorResponseCoordinator()
		out.Key, out.ErrorCode, out.NodeID = key, code, -1
		resp.Coordinators = append(resp.Coordinators, out)
	}
}

func failAddPartitions(resp *kmsg.AddPartitionsToTxnResponse, req *kmsg.AddPartitionsToTxnRequest, code int16) {
	resp.ErrorCode = code // from v4 on, whose requests only brokers send
	for _, t := range req.Topics {
		out := kmsg.NewAddPartitionsToTxnResponseTopic()
		out.Topic = t.Topic
		for _, p := range t.Partitions {
			part := kmsg.NewAddPartitionsToTxnResponseTopicPartition()
			part.Partition, part.ErrorCode = p, code
			out.Partitions = append(out.Partitions, part)
		}
		resp.Topics = append(resp.Topics, out)
	}
}
