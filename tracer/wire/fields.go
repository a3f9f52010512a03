// What kstep shows of a frame's fields, and what it must not look at.

package wire

import (
	"encoding/binary"
	"errors"

	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// secret tells whether a request's or response's body and size must not be
// looked at: SASL tokens (the size of a PLAIN token tells the password's
// length), SCRAM credentials, delegation tokens, configuration values.
func secret(key int16) bool {
	switch kmsg.Key(key) {
	case kmsg.SASLAuthenticate, kmsg.AlterUserSCRAMCredentials, kmsg.CreateDelegationToken,
		kmsg.AlterConfigs, kmsg.IncrementalAlterConfigs:
		return true
	}
	return false
}

// request fills in what is shown of a request: for most, that it was sent.
func (d *Decoder) request(f *tracer.Frame, req kmsg.Request) {
	switch r := req.(type) {
	case *kmsg.ProduceRequest:
		d.produceRequest(f, r)
	case *kmsg.MetadataRequest:
		d.metadataRequest(f, r)
	default:
		f.TransactionalID = transactionalID(req)
		transactionRequest(f, req)
	}
}

// transactionRequest fills in the steps of a transaction: which partitions
// join it, and how it ends.
func transactionRequest(f *tracer.Frame, req kmsg.Request) {
	switch r := req.(type) {
	case *kmsg.AddPartitionsToTxnRequest:
		for _, t := range r.Topics { // v4, which only brokers send, has them elsewhere
			f.Topics = append(f.Topics, tracer.Topic{Name: t.Topic, Partitions: len(t.Partitions)})
		}
	case *kmsg.EndTxnRequest:
		commit := r.Commit
		f.Commit = &commit
	}
}

// transactionalID is the transactional id that a request is about.
func transactionalID(req kmsg.Request) string {
	switch r := req.(type) {
	case *kmsg.InitProducerIDRequest:
		return text(r.TransactionalID)
	case *kmsg.AddPartitionsToTxnRequest:
		if len(r.Transactions) > 0 { // v4, which only brokers send, has a list
			return r.Transactions[0].TransactionalID
		}
		return r.TransactionalID
	case *kmsg.AddOffsetsToTxnRequest:
		return r.TransactionalID
	case *kmsg.TxnOffsetCommitRequest:
		return r.TransactionalID
	case *kmsg.EndTxnRequest:
		return r.TransactionalID
	case *kmsg.FindCoordinatorRequest:
		return coordinatorOf(r)
	}
	return ""
}

// coordinatorOf is the transactional id whose coordinator is looked for.
func coordinatorOf(r *kmsg.FindCoordinatorRequest) string {
	const transaction = 1 // Kafka protocol guide, FindCoordinator key_type
	switch {
	case r.CoordinatorType != transaction:
		return ""
	case len(r.CoordinatorKeys) > 0: // from v4 on
		return r.CoordinatorKeys[0]
	}
	return r.CoordinatorKey
}

// response fills in what is shown of a response.
func (d *Decoder) response(f *tracer.Frame, resp kmsg.Response) {
	switch r := resp.(type) {
	case *kmsg.ProduceResponse:
		d.produceResponse(f, r)
	case *kmsg.MetadataResponse:
		d.metadataResponse(f, r)
	case *kmsg.InitProducerIDResponse:
		if f.Error = errorName(r.ErrorCode); f.Error == "" {
			epoch := r.ProducerEpoch
			f.Epoch = &epoch
		}
	default:
		f.Error = errorOf(resp)
	}
}

// readResponse decodes a response's body, and the tags before it. ApiVersions
// has no tags in its header in any version, and answers in version 0 where the
// broker does not know the version asked for (KIP-511).
func readResponse(resp kmsg.Response, p pending, body []byte) error {
	version := p.version
	if p.key == int16(kmsg.ApiVersions) {
		const unsupportedVersion = 35
		if len(body) >= 2 && binary.BigEndian.Uint16(body) == unsupportedVersion {
			version = 0
		}
	} else if p.flexible {
		r := kbin.Reader{Src: body}
		skipTags(&r)
		body = r.Src
	}
	if version < 0 || version > resp.MaxVersion() {
		return errors.New("its version is none that kstep knows")
	}
	resp.SetVersion(version)
	if resp.ReadFrom(body) != nil {
		return errors.New("its fields do not fit its version")
	}
	return nil
}

// skipTags skips the tags of a header. The one of kmsg does not stop at the
// end of the bytes but counts on to what a hostile frame claims.
func skipTags(r *kbin.Reader) {
	for n := r.Uvarint(); n > 0 && r.Ok(); n-- {
		r.Uvarint()
		r.Span(int(r.Uvarint()))
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
