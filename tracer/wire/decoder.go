// One connection's requests and responses, as events.

package wire

import (
	"encoding/binary"
	"fmt"
	"sync/atomic"

	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// Decoder turns the frames of one connection into events. Requests come in
// through Request, responses through Response, each in the connection's order
// and from one goroutine at a time; the two may be different ones. A response
// must come in after its request.
//
// An event has no time yet: who passes the frame on knows when that is, and
// sets At. It keeps nothing of the frame's memory. The decoder never fails: a
// frame that it cannot decode is an event of kind Undecoded.
type Decoder struct {
	connection int
	node       int32
	topics     *TopicIDs
	queue      queue
	tokens     atomic.Bool // after SaslHandshake v0, frames are tokens without a header
}

// NewDecoder decodes the connection with that number, to the broker with that
// node id. Decoders of one cluster share the table of topic ids; nil gives the
// decoder one of its own.
func NewDecoder(connection int, node int32, topics *TopicIDs) *Decoder {
	if topics == nil {
		topics = &TopicIDs{}
	}
	return &Decoder{connection: connection, node: node, topics: topics}
}

// Event is an event about the connection itself.
func (d *Decoder) Event(kind tracer.Kind) tracer.Event { return event(kind, d.frame(0)) }

// Undecoded is the event of bytes that are no whole frame, and why; partial is
// what there is of them.
func (d *Decoder) Undecoded(partial []byte, reason string) tracer.Event {
	f := d.frame(len(partial))
	if key, ok := apiKey(partial); d.tokens.Load() || ok && secret(key) {
		f.Bytes = 0
	}
	return undecoded(f, reason)
}

func (d *Decoder) frame(bytes int) *tracer.Frame {
	return &tracer.Frame{Connection: d.connection, Node: d.node, Bytes: bytes}
}

func event(kind tracer.Kind, f *tracer.Frame) tracer.Event {
	return tracer.Event{Lane: tracer.Wire, Kind: kind, Known: tracer.Observed, Frame: f}
}

func undecoded(f *tracer.Frame, reason string) tracer.Event {
	f.Reason = reason
	return event(tracer.Undecoded, f)
}

const (
	requestHeader  = lengthSize + 8 // api key, version, correlation id
	responseHeader = lengthSize + 4 // correlation id
)

// maybeToken is why frames are not looked at after SaslHandshake v0. Tokens
// that follow it have no header, and how many they are depends on the mechanism
// (KIP-43; later clients use v1 and SaslAuthenticate, KIP-152).
const maybeToken = "it may be a SASL token: the connection began with SaslHandshake v0"

// apiKey is the API key of a request frame, or of what there is of it; false
// where that is too little.
func apiKey(frame []byte) (int16, bool) {
	if len(frame) < lengthSize+2 {
		return 0, false
	}
	return int16(binary.BigEndian.Uint16(frame[lengthSize:])), true
}

// unknownAPI tells whether a whole request frame has an API key that is none
// of the protocol's, be the rest of its header there or not.
func unknownAPI(frame []byte) bool {
	key, ok := apiKey(frame)
	return ok && kmsg.RequestForKey(key) == nil
}

// Request decodes a request: its whole frame, length included.
func (d *Decoder) Request(frame []byte) tracer.Event {
	f := d.frame(len(frame))
	if d.tokens.Load() {
		return d.Undecoded(frame, maybeToken)
	}
	if len(frame) < requestHeader {
		return undecoded(f, "it is shorter than a request's header")
	}
	r := kbin.Reader{Src: frame[lengthSize:]}
	f.Key, f.Version, f.Correlation = r.Int16(), r.Int16(), r.Int32()
	if unknownAPI(frame) {
		d.queue.add(pending{key: f.Key, version: f.Version, correlation: f.Correlation})
		return undecoded(f, fmt.Sprintf("API key %d is none that kstep knows", f.Key))
	}
	f.API = kmsg.NameForKey(f.Key)
	req := kmsg.RequestForKey(f.Key)
	req.SetVersion(f.Version)
	if !d.begin(f, req.IsFlexible(), &r) {
		return event(tracer.Request, f)
	}
	if f.Version < 0 || f.Version > req.MaxVersion() {
		return undecoded(f, fmt.Sprintf("%s v%d is no version that kstep knows", f.API, f.Version))
	}
	if !r.Ok() || req.ReadFrom(r.Src) != nil {
		return undecoded(f, "its fields do not fit its version")
	}
	d.request(f, req)
	return event(tracer.Request, f)
}

// begin reads the rest of a request's header, and queues the request if it
// will be answered. It is false where the body must not be looked at.
//
// The client id is a nullable string in every version, never a compact one; a
// flexible version's header ends with tags (Kafka protocol guide, Request
// Header v1 and v2).
func (d *Decoder) begin(f *tracer.Frame, flexible bool, r *kbin.Reader) bool {
	id := text(r.NullableString())
	if flexible {
		skipTags(r)
	}
	if f.Key != int16(kmsg.Produce) || !acksZero(f.Version, *r) {
		d.queue.add(pending{f.Key, f.Version, f.Correlation, flexible})
	}
	if f.Key == int16(kmsg.SASLHandshake) && f.Version == 0 {
		d.tokens.Store(true)
	}
	f.ClientID = id
	if secret(f.Key) {
		f.Bytes = 0
		return false
	}
	return true
}

// Response decodes a response: its whole frame, length included.
func (d *Decoder) Response(frame []byte) tracer.Event {
	f := d.frame(len(frame))
	if len(frame) < responseHeader {
		if d.tokens.Load() { // an empty token, as PLAIN is answered with
			return d.Undecoded(frame, maybeToken)
		}
		return undecoded(f, "it is shorter than a response's header")
	}
	correlation := int32(binary.BigEndian.Uint32(frame[lengthSize:]))
	p, ok := d.queue.take(correlation)
	if !ok {
		if d.tokens.Load() {
			return d.Undecoded(frame, maybeToken)
		}
		f.Correlation = correlation
		return undecoded(f, "it does not answer the oldest request that awaits an answer")
	}
	f.Key, f.Version, f.Correlation = p.key, p.version, correlation
	resp := kmsg.ResponseForKey(p.key)
	if resp == nil {
		return undecoded(f, "it answers a request that kstep does not know")
	}
	f.API = kmsg.NameForKey(p.key)
	if secret(p.key) {
		f.Bytes = 0
		return event(tracer.Response, f)
	}
	if err := readResponse(resp, p, frame[responseHeader:]); err != nil {
		return undecoded(f, err.Error())
	}
	d.response(f, resp)
	return event(tracer.Response, f)
}
