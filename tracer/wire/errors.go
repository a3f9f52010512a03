// The error a response carries, by its name.

package wire

import (
	"fmt"
	"reflect"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// errorName is a protocol error by its name, as in UNKNOWN_TOPIC_OR_PARTITION;
// empty for none.
func errorName(code int16) string {
	const notLeader = 6
	switch e := kerr.TypedErrorForCode(code); {
	case code == 0:
		return ""
	case code == notLeader: // renamed in Kafka 2.6, KAFKA-10223; kerr has the old name
		return "NOT_LEADER_OR_FOLLOWER"
	case e.Code == code:
		return e.Message
	}
	return fmt.Sprintf("error %d", code) // newer than kerr, which calls it UNKNOWN_SERVER_ERROR
}

// errorOf is the first error anywhere in a response, its own before those of
// its parts. Every response type of kmsg calls the field ErrorCode, so one walk
// serves them all.
func errorOf(resp kmsg.Response) string { return errorName(firstError(reflect.ValueOf(resp))) }

func firstError(v reflect.Value) int16 {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return firstError(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Struct {
			return 0
		}
		for i := range v.Len() {
			if e := firstError(v.Index(i)); e != 0 {
				return e
			}
		}
	case reflect.Struct:
		if f := v.FieldByName("ErrorCode"); f.IsValid() && f.Kind() == reflect.Int16 && f.Int() != 0 {
			return int16(f.Int())
		}
		for i := range v.NumField() {
			if e := firstError(v.Field(i)); e != 0 {
				return e
			}
		}
	}
	return 0
}
