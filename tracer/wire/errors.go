package wire

import (
	"reflect"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// errorName is a protocol error by its name, NOT_LEADER_OR_FOLLOWER; empty for
// none.
func errorName(code int16) string {
	if code == 0 {
		return ""
	}
	return kerr.TypedErrorForCode(code).Message
}

// errorOf is the first error anywhere in a response. Every response type of
// the protocol calls the field ErrorCode, so one walk serves them all.
func errorOf(resp kmsg.Response) string {
	return firstError(reflect.ValueOf(resp))
}

func firstError(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return firstError(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Struct {
			return ""
		}
		for i := range v.Len() {
			if e := firstError(v.Index(i)); e != "" {
				return e
			}
		}
	case reflect.Struct:
		if f := v.FieldByName("ErrorCode"); f.IsValid() && f.Kind() == reflect.Int16 && f.Int() != 0 {
			return errorName(int16(f.Int()))
		}
		for i := range v.NumField() {
			if e := firstError(v.Field(i)); e != "" {
				return e
			}
		}
	}
	return ""
}
