// The decoder tells of each frame what the table says, and of those it cannot
// decode that they were there.

package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

func TestExchanges(t *testing.T) {
	for _, x := range exchanges(t) {
		t.Run(fmt.Sprintf("%s v%d", x.name, x.version), func(t *testing.T) {
			const connection, node, correlation = 4, 2, 77
			d := NewDecoder(connection, node, nil)
			req, resp := x.frames(correlation)
			wantReq, wantResp := x.want(connection, node, correlation)
			if diff := cmp.Diff(wantReq, d.Request(req)); diff != "" {
				t.Errorf("request:\n%s", diff)
			}
			if x.resp == nil {
				if len(d.queue.waiting) != 0 {
					t.Error("a request without an answer waits for one")
				}
				return
			}
			if diff := cmp.Diff(wantResp, d.Response(resp)); diff != "" {
				t.Errorf("response:\n%s", diff)
			}
		})
	}
}

// Many requests may be on their way before the first is answered, and those
// that get no answer do not shift the others'.
func TestPipelined(t *testing.T) {
	d := NewDecoder(1, 0, nil)
	all := exchanges(t)
	for i, x := range all {
		req, _ := x.frames(int32(i))
		d.Request(req)
	}
	for i, x := range all {
		if x.resp == nil {
			continue
		}
		_, resp := x.frames(int32(i))
		_, want := x.want(1, 0, int32(i))
		if diff := cmp.Diff(want, d.Response(resp)); diff != "" {
			t.Errorf("%s v%d:\n%s", x.name, x.version, diff)
		}
	}
}

// A request written by hand from the protocol guide, as librdkafka sends it:
// what builds the other frames of these tests also reads them.
func TestRequestByHand(t *testing.T) {
	frame := []byte("\x00\x00\x00\x25" + "\x00\x12\x00\x03\x00\x00\x00\x01" + "\x00\x07rdkafka" + "\x00" +
		"\x0blibrdkafka" + "\x072.15.0" + "\x00")
	want := tracer.Event{Lane: tracer.Wire, Kind: tracer.Request, Known: tracer.Observed, Frame: &tracer.Frame{
		Connection: 1, API: "ApiVersions", Key: 18, Version: 3, Correlation: 1, Bytes: 41, ClientID: "rdkafka"}}
	if diff := cmp.Diff(want, NewDecoder(1, 0, nil).Request(frame)); diff != "" {
		t.Error(diff)
	}
}

// Every version of every API that kmsg knows passes, both ways.
func TestAllVersions(t *testing.T) {
	for key := range int16(kmsg.MaxKey + 1) {
		for v := int16(0); kmsg.RequestForKey(key) != nil && v <= kmsg.RequestForKey(key).MaxVersion(); v++ {
			if kmsg.Key(key) == kmsg.ControlledShutdown && v == 0 {
				continue // its header has no client id; only brokers send it
			}
			d, r := NewDecoder(1, 0, nil), kmsg.RequestForKey(key)
			if p, ok := r.(*kmsg.ProduceRequest); ok {
				p.Acks = 1 // else there is no answer
			}
			req, resp := d.Request(ask(r, v, 5)), d.Response(answer(kmsg.ResponseForKey(key), v, 5))
			if req.Kind != tracer.Request || resp.Kind != tracer.Response || req.Frame.API != kmsg.NameForKey(key) {
				t.Errorf("%s v%d: %s (%s), %s (%s)", kmsg.NameForKey(key), v, req.Kind, req.Frame.Reason, resp.Kind, resp.Frame.Reason)
			}
		}
	}
}

// Whether a Produce request is answered is told in every version, before its
// body is read.
func TestAcksZero(t *testing.T) {
	for version := range (&kmsg.ProduceRequest{}).MaxVersion() + 1 {
		for _, txn := range []*string{nil, pointer(""), pointer("orders-1")} {
			for _, acks := range []int16{-1, 0, 1} {
				req := produced(acks, txn, "orders", nil)
				req.SetVersion(version)
				if got := acksZero(version, kbin.Reader{Src: req.AppendTo(nil)}); got != (acks == 0) {
					t.Errorf("v%d, transactional id %q, acks %d: %t", version, text(txn), acks, got)
				}
			}
		}
		if acksZero(version, kbin.Reader{}) {
			t.Errorf("v%d: without acks", version)
		}
	}
}

// Newer versions name a topic by its id, which Metadata told of.
func TestTopicIDs(t *testing.T) {
	var ids TopicIDs
	d, other := NewDecoder(1, 0, &ids), NewDecoder(2, 1, &ids)
	req := func() []byte {
		r := produced(1, nil, "")
		r.Topics[0].TopicID = ordersID
		r.Topics[0].Partitions = []kmsg.ProduceRequestTopicPartition{{}}
		return ask(r, 13, 1)
	}
	if got := other.Request(req()).Frame.Batches[0].Topic; got != "AQIDBAUGBwgJCgsMDQ4PEA" {
		t.Errorf("an unknown id is told as %q", got)
	}
	for i, x := range metadataExchanges() {
		r, a := x.frames(int32(i))
		d.Request(r)
		d.Response(a)
	}
	if got := other.Request(req()).Frame.Batches[0].Topic; got != "orders" {
		t.Errorf("a known id is told as %q", got)
	}
	byID := &kmsg.MetadataRequest{Topics: []kmsg.MetadataRequestTopic{{TopicID: ordersID}}}
	if got := other.Request(ask(byID, 13, 2)).Frame.Topics; len(got) != 1 || got[0].Name != "orders" {
		t.Errorf("Metadata by id: %v", got)
	}
	resp := &kmsg.ProduceResponse{Topics: []kmsg.ProduceResponseTopic{{TopicID: ordersID, Partitions: []kmsg.ProduceResponseTopicPartition{{}}}}}
	if got := other.Response(answer(resp, 13, 1)).Frame.Batches[0].Topic; got != "orders" {
		t.Errorf("the response tells %q", got)
	}
}

func TestUndecodedRequests(t *testing.T) {
	for name, c := range map[string]struct {
		frame  []byte
		want   tracer.Frame
		queued bool // its answer is awaited
	}{
		"empty":           {framed(nil), tracer.Frame{Reason: "it is shorter than a request's header"}, false},
		"short":           {framed([]byte("\x00\x03\x00\x09\x00\x00\x00")), tracer.Frame{Reason: "it is shorter than a request's header"}, false},
		"unknown key":     {header(999, 7, 5), tracer.Frame{Key: 999, Version: 7, Correlation: 5, Reason: "API key 999 is none that kstep knows"}, true},
		"negative key":    {header(-1, 7, 5), tracer.Frame{Key: -1, Version: 7, Correlation: 5, Reason: "API key -1 is none that kstep knows"}, true},
		"unknown version": {header(3, 99, 5), tracer.Frame{API: "Metadata", Key: 3, Version: 99, Correlation: 5, Reason: "Metadata v99 is no version that kstep knows"}, true},
		"negative version": {header(3, -1, 5), tracer.Frame{API: "Metadata", Key: 3, Version: -1, Correlation: 5,
			Reason: "Metadata v-1 is no version that kstep knows"}, true},
		"no body": {header(3, 9, 5), tracer.Frame{API: "Metadata", Key: 3, Version: 9, Correlation: 5, Reason: "its fields do not fit its version"}, true},
		"a client id that ends nowhere": {framed([]byte("\x00\x03\x00\x01\x00\x00\x00\x05\x00\x09abc")),
			tracer.Frame{API: "Metadata", Key: 3, Version: 1, Correlation: 5, Reason: "its fields do not fit its version"}, true},
		// Without this, the one that follows would not find its answer.
		"acks 0 and a body that cannot be read": {framed([]byte("\x00\x00\x00\x03\x00\x00\x00\x05\xff\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00\x09")),
			tracer.Frame{API: "Produce", Version: 3, Correlation: 5, Reason: "its fields do not fit its version"}, false},
	} {
		c.want.Connection, c.want.Bytes = 1, len(c.frame)
		want := tracer.Event{Lane: tracer.Wire, Kind: tracer.Undecoded, Known: tracer.Observed, Frame: &c.want}
		d := NewDecoder(1, 0, nil)
		if diff := cmp.Diff(want, d.Request(c.frame)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if (len(d.queue.waiting) == 1) != c.queued {
			t.Errorf("%s: %d requests wait for an answer", name, len(d.queue.waiting))
		}
	}
}

func TestUndecodedResponses(t *testing.T) {
	nothing := func(*Decoder) {}
	asked := func(frame []byte) func(*Decoder) { return func(d *Decoder) { d.Request(frame) } }
	metadata := ask(&kmsg.MetadataRequest{}, 9, 5)
	for name, c := range map[string]struct {
		before func(*Decoder)
		frame  []byte
		want   tracer.Frame
	}{
		"short":              {nothing, framed([]byte("abc")), tracer.Frame{Reason: "it is shorter than a response's header"}},
		"to no request":      {nothing, framed([]byte("\x00\x00\x00\x05")), tracer.Frame{Correlation: 5, Reason: "it does not answer the oldest request that awaits an answer"}},
		"to another request": {asked(metadata), framed([]byte("\x00\x00\x00\x06")), tracer.Frame{Correlation: 6, Reason: "it does not answer the oldest request that awaits an answer"}},
		"to an unknown API":  {asked(header(999, 7, 5)), framed([]byte("\x00\x00\x00\x05abc")), tracer.Frame{Key: 999, Version: 7, Correlation: 5, Reason: "it answers a request that kstep does not know"}},
		"no body":            {asked(metadata), framed([]byte("\x00\x00\x00\x05")), tracer.Frame{API: "Metadata", Key: 3, Version: 9, Correlation: 5, Reason: "its fields do not fit its version"}},
		"to an unknown version": {asked(header(3, 99, 5)), framed([]byte("\x00\x00\x00\x05\x00")),
			tracer.Frame{API: "Metadata", Key: 3, Version: 99, Correlation: 5, Reason: "its version is none that kstep knows"}},
	} {
		c.want.Connection, c.want.Bytes = 1, len(c.frame)
		want := tracer.Event{Lane: tracer.Wire, Kind: tracer.Undecoded, Known: tracer.Observed, Frame: &c.want}
		d := NewDecoder(1, 0, nil)
		c.before(d)
		if diff := cmp.Diff(want, d.Response(c.frame)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

// A broker answers ApiVersions of a version that it does not know in version
// 0, even where kstep does not know the version either.
func TestApiVersionsOfTheFuture(t *testing.T) {
	d := NewDecoder(1, 0, nil)
	if e := d.Request(header(18, 99, 5)); e.Kind != tracer.Undecoded {
		t.Errorf("request: %s", e.Kind)
	}
	if e := d.Response(answer(&kmsg.ApiVersionsResponse{ErrorCode: unsupported}, 0, 5)); e.Kind != tracer.Response || e.Frame.Error != "UNSUPPORTED_VERSION" {
		t.Errorf("response: %s, %q, %s", e.Kind, e.Frame.Error, e.Frame.Reason)
	}
}

// Tags of a header are skipped, and a claim of billions of them is not counted
// through.
func TestHeaderTags(t *testing.T) {
	body := []byte("\x00\x03\x00\x09\x00\x00\x00\x05\xff\xff" + "\x02\x00\x01a\x07\x02bc")
	frame := framed((&kmsg.MetadataRequest{Version: 9}).AppendTo(body))
	if e := NewDecoder(1, 0, nil).Request(frame); e.Kind != tracer.Request {
		t.Errorf("with tags: %s, %s", e.Kind, e.Frame.Reason)
	}
	r := kbin.Reader{Src: []byte("\xff\xff\xff\xff\x0f")}
	began := time.Now()
	skipTags(&r)
	if took := time.Since(began); r.Ok() || took > 2*time.Second { // 4 billion steps take ten times that
		t.Errorf("4 billion tags are in 5 bytes: %t, %s", r.Ok(), took)
	}
}

// A caller uses the frame's memory again.
func TestEventKeepsNothingOfTheFrame(t *testing.T) {
	for _, x := range exchanges(t) {
		d := NewDecoder(1, 0, nil)
		req, resp := x.frames(1)
		for _, step := range []struct {
			decode func([]byte) tracer.Event
			frame  []byte
		}{{d.Request, req}, {d.Response, resp}} {
			if step.frame == nil {
				continue
			}
			e := step.decode(step.frame)
			before := asJSON(t, e)
			for i := range step.frame {
				step.frame[i] = 'X'
			}
			if !bytes.Equal(before, asJSON(t, e)) {
				t.Errorf("%s v%d: the event changed with the frame's memory", x.name, x.version)
			}
		}
	}
}

// No key, value or header is in an event, whatever the codec.
func TestEventHoldsNoPayload(t *testing.T) {
	const marker = "MARKER"
	rs := []record{{key: []byte(marker + "1"), value: []byte(marker + "2"), headers: []kmsg.Header{{Key: marker, Value: []byte(marker)}}}}
	for codec := range codecs {
		e := NewDecoder(1, 0, nil).Request(ask(produced(1, nil, "orders", batchOf(t, kgo.CompressionCodecType(codec), plainProducer, rs)), 8, 1))
		if e.Frame.Batches[0].CRCs == nil || bytes.Contains(asJSON(t, e), []byte(marker)) {
			t.Errorf("%s: %s", codecs[codec], asJSON(t, e))
		}
	}
}

func asJSON(t testing.TB, e tracer.Event) []byte {
	t.Helper()
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
