// The names that the words of a fault may use.

package wire

import (
	"errors"
	"reflect"
	"strings"

	"github.com/twmb/franz-go/pkg/kmsg"
)

// calls are the producer's calls as tracer/kafka records them.
var calls = []string{
	"NewProducer", "Produce", "Flush", "Len", "Close", "Purge", "Events", "Logs", "ProduceChannel", "IsClosed", "String",
	"InitTransactions", "BeginTransaction", "SendOffsetsToTransaction", "CommitTransaction", "AbortTransaction",
	"GetMetadata", "QueryWatermarkOffsets", "OffsetsForTimes", "GetFatalError", "TestFatalError",
	"SetOAuthBearerToken", "SetOAuthBearerTokenFailure", "SetSaslCredentials",
}

// validTopic holds a name to Kafka's rules (Topic.validate in Kafka's own
// source).
func validTopic(name string) error {
	const longest = 249
	legal := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-'
	}
	switch {
	case name == "" || name == "." || name == ".." || len(name) > longest:
		return errors.New("is no topic's name")
	case strings.ContainsFunc(name, func(r rune) bool { return !legal(r) }):
		return errors.New("is no topic's name: it has letters, digits, '.', '_' and '-'")
	}
	return nil
}

// apis are the requests of the protocol by their names.
func apis() []string {
	var out []string
	for k := int16(0); k <= kmsg.MaxKey; k++ {
		if kmsg.RequestForKey(k) != nil {
			out = append(out, kmsg.NameForKey(k))
		}
	}
	return out
}

// answerable tells whether kstep can answer the request with an error.
func answerable(api string) bool {
	if api == "Produce" || api == "AddPartitionsToTxn" {
		return true
	}
	for k := int16(0); k <= kmsg.MaxKey; k++ {
		if kmsg.NameForKey(k) == api {
			return ownError(reflect.ValueOf(kmsg.ResponseForKey(k))).IsValid()
		}
	}
	return false
}
