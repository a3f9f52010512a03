package wire

import (
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// Decoder turns the frames of one connection into events. Requests come in
// through Request, responses through Response, each from one goroutine; the
// two may be different ones.
type Decoder struct {
	connection int
	node       int32
	topics     *topicIDs

	mu      sync.Mutex
	waiting []pending // requests that await their response, oldest first
}

// pending is what a response must be decoded with: the protocol names it
// nowhere itself.
type pending struct {
	key, version int16
	correlation  int32
}

// NewDecoder decodes the connection with that number, to that node. Decoders
// of one tap share the table of topic ids.
func NewDecoder(connection int, node int32, topics *topicIDs) *Decoder {
	if topics == nil {
		topics = newTopicIDs()
	}
	return &Decoder{connection: connection, node: node, topics: topics}
}

// frame begins the detail of an event of this connection.
func (d *Decoder) frame(bytes int) *tracer.Frame {
	return &tracer.Frame{Connection: d.connection, Node: d.node, Bytes: bytes}
}

// event is an event of the wire lane, now.
func event(kind tracer.Kind, f *tracer.Frame) tracer.Event {
	return tracer.Event{At: tracer.Now(), Lane: tracer.Wire, Kind: kind, Known: tracer.Observed, Frame: f}
}

// undecoded is the event of a frame that passes without being understood.
func undecoded(f *tracer.Frame, reason string) tracer.Event {
	f.Reason = reason
	return event(tracer.Undecoded, f)
}

// Request decodes a request: its whole frame, length included. A frame that
// cannot be decoded becomes an Undecoded event.
func (d *Decoder) Request(frame []byte) (e tracer.Event) {
	f := d.frame(len(frame))
	defer recovered(f, &e)
	if len(frame) < 12 {
		return undecoded(f, "shorter than a request's header")
	}
	// Request header: api key, version, correlation id, client id (a nullable
	// string, never compact), then tags where the version is flexible.
	r := kbin.Reader{Src: frame[4:]}
	f.Key, f.Version, f.Correlation = r.Int16(), r.Int16(), r.Int32()
	f.API = kmsg.NameForKey(f.Key)
	if id := r.NullableString(); id != nil {
		f.ClientID = *id
	}
	req := kmsg.RequestForKey(f.Key)
	if req == nil {
		return undecoded(f, "an api that this kstep does not know")
	}
	d.expect(f, frame)
	if f.Version < 0 || f.Version > req.MaxVersion() {
		return undecoded(f, "a version that this kstep does not know")
	}
	req.SetVersion(f.Version)
	if req.IsFlexible() {
		kmsg.SkipTags(&r)
	}
	if secret(f.Key) {
		f.Bytes = 0 // the size of a PLAIN token tells the password's length
		return event(tracer.Request, f)
	}
	if !r.Ok() {
		return undecoded(f, "cut off in its header")
	}
	if err := req.ReadFrom(r.Src); err != nil {
		return undecoded(f, "its fields do not fit its version")
	}
	d.request(f, req)
	return event(tracer.Request, f)
}

// expect remembers that a response will come, but for Produce with acks=0,
// which the broker does not answer (Kafka protocol guide, Produce).
func (d *Decoder) expect(f *tracer.Frame, frame []byte) {
	if f.Key == int16(kmsg.Produce) && acksZero(f.Version, frame) {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting = append(d.waiting, pending{f.Key, f.Version, f.Correlation})
}

// Response decodes a response: its whole frame, length included.
func (d *Decoder) Response(frame []byte) (e tracer.Event) {
	f := d.frame(len(frame))
	defer recovered(f, &e)
	if len(frame) < 8 {
		return undecoded(f, "shorter than a response's header")
	}
	f.Correlation = int32(binary.BigEndian.Uint32(frame[4:]))
	p, ok := d.answers(f.Correlation)
	if !ok {
		return undecoded(f, "a response to no request that was seen")
	}
	f.Key, f.Version, f.API = p.key, p.version, kmsg.NameForKey(p.key)
	resp := kmsg.ResponseForKey(p.key)
	if resp == nil || p.version > resp.MaxVersion() {
		return undecoded(f, "a response to a request that was not understood")
	}
	if secret(p.key) {
		f.Bytes = 0
		return event(tracer.Response, f)
	}
	if err := readResponse(resp, p, frame[8:]); err != nil {
		return undecoded(f, "its fields do not fit its version")
	}
	d.response(f, resp)
	return event(tracer.Response, f)
}

// answers takes the request that a response belongs to from the queue. A
// broker answers the requests of one connection in their order.
func (d *Decoder) answers(correlation int32) (pending, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.waiting) == 0 || d.waiting[0].correlation != correlation {
		return pending{}, false
	}
	p := d.waiting[0]
	d.waiting = d.waiting[1:]
	return p, true
}

// readResponse decodes a response's body. ApiVersions has no tags in its
// header, and an answer of version 0 where the broker does not know the
// version asked for (error 35, KIP-511).
func readResponse(resp kmsg.Response, p pending, body []byte) error {
	resp.SetVersion(p.version)
	if p.key == int16(kmsg.ApiVersions) {
		if len(body) >= 2 && binary.BigEndian.Uint16(body) == 35 {
			resp.SetVersion(0)
		}
		return resp.ReadFrom(body)
	}
	if resp.IsFlexible() {
		r := kbin.Reader{Src: body}
		kmsg.SkipTags(&r)
		body = r.Src
	}
	return resp.ReadFrom(body)
}

// request and response fill in what kstep shows of a frame.
func (d *Decoder) request(f *tracer.Frame, req kmsg.Request) {
	switch r := req.(type) {
	case *kmsg.ProduceRequest:
		d.produceRequest(f, r)
	case *kmsg.MetadataRequest:
		metadataRequest(f, r)
	case *kmsg.InitProducerIDRequest:
		f.TransactionalID = text(r.TransactionalID)
	case *kmsg.AddPartitionsToTxnRequest:
		f.TransactionalID = r.TransactionalID
	case *kmsg.EndTxnRequest:
		f.TransactionalID = r.TransactionalID
	}
}

func (d *Decoder) response(f *tracer.Frame, resp kmsg.Response) {
	switch r := resp.(type) {
	case *kmsg.ProduceResponse:
		d.produceResponse(f, r)
	case *kmsg.MetadataResponse:
		d.metadataResponse(f, r)
	default:
		f.Error = errorOf(resp)
	}
}

// secret tells whether a request's or response's body must not be looked at:
// SASL tokens, SCRAM credentials, delegation tokens, configuration values.
func secret(key int16) bool {
	switch kmsg.Key(key) {
	case kmsg.SASLAuthenticate, kmsg.AlterUserSCRAMCredentials, kmsg.CreateDelegationToken,
		kmsg.AlterConfigs, kmsg.IncrementalAlterConfigs:
		return true
	}
	return false
}

// recovered turns a panic of the protocol library on a hostile frame into an
// Undecoded event: a tap must not end the run it watches.
func recovered(f *tracer.Frame, e *tracer.Event) {
	if r := recover(); r != nil {
		*e = undecoded(f, fmt.Sprint("the decoder gave up: ", r))
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
