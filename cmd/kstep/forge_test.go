package main

// Traces that no run has written, made from one that a run has.

import (
	"bytes"
	"maps"
	"reflect"
	"runtime/debug"
	"slices"
	"testing"

	"kstep/tracer"
)

// recorded is the trace of a run, with its twins, as its file has it.
func recorded(t *testing.T) []byte {
	t.Helper()
	r := start(t, "run", "first-message", "--format", "json")
	if code := wait(t, r.cmd); code == exitUsage {
		t.Fatalf("exit code %d: %s", code, r.stderr.String())
	}
	return r.stdout.Bytes()
}

// fields visits every field of a kind in a value, with a name that is the same
// for all events, so that one of a kind can be picked.
func fields(v reflect.Value, name string, visit func(name string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fields(v.Elem(), name, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fields(v.Field(i), v.Type().Name()+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fields(v.Index(i), name, visit)
		}
	default:
		visit(name, v)
	}
}

// parsed reads a trace that is known to be good.
func parsed(t *testing.T, data []byte) *tracer.Trace {
	t.Helper()
	tr, err := tracer.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// filled is a trace in which nothing that a trace can hold is missing.
func filled(t *testing.T, data []byte) []byte {
	t.Helper()
	tr := parsed(t, data)
	tr.Header.Variant, tr.Header.Partial = "no-flush", "it was cut"
	tr.Header.Settings = []tracer.Setting{{Key: "linger.ms", Value: "1"}}
	acks := int16(1)
	for i := range tr.Events {
		e := &tr.Events[i]
		if c := e.Call; c != nil {
			c.Error = &tracer.Error{Code: -1, Name: "Local: x", Text: "x"}
			c.Args = append(c.Args, tracer.Value{Name: "x", Text: "x"})
			if m := c.Message; m != nil {
				c.Error = nil
				m.Headers = []tracer.Header{{Key: "x", Value: tracer.Payload{Text: "x", Size: 1}}}
			}
		}
		if f := e.Frame; f != nil && e.Kind == tracer.Response {
			f.Error, f.TransactionalID, f.Acks = "X", "x", &acks
		}
		if e.Exit != nil {
			e.Exit.Signal = "killed"
		}
	}
	tr.Events = append(tr.Events,
		tracer.Event{Lane: tracer.Application, Kind: tracer.Printed, Known: tracer.Observed, Text: "x", Stream: "stdout"},
		tracer.Event{Lane: tracer.Lab, Kind: tracer.Noted, Known: tracer.Observed, Text: "x"},
		tracer.Event{Lane: tracer.Wire, Kind: tracer.Undecoded, Known: tracer.Observed, Frame: &tracer.Frame{Connection: 1, Reason: "x", Bytes: 5}})
	for i := range tr.Events {
		tr.Events[i].Seq = i + 1
	}
	return rewritten(t, tr)
}

func rewritten(t *testing.T, tr *tracer.Trace) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := tracer.Write(&b, tr); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// kinds are the names of the fields of some kinds.
func kinds(tr *tracer.Trace, want ...reflect.Kind) []string {
	seen := map[string]bool{}
	fields(reflect.ValueOf(tr), "", func(name string, v reflect.Value) {
		if slices.Contains(want, v.Kind()) && name != "Trace.Format" && name != "Event.Seq" {
			seen[name] = true
		}
	})
	return slices.Sorted(maps.Keys(seen))
}

// with is a trace in which the first limit fields of a name hold a value.
func with(t *testing.T, data []byte, limit int, set func(v reflect.Value), names ...string) []byte {
	t.Helper()
	tr := parsed(t, data)
	left := map[string]int{}
	for _, name := range names {
		left[name] = limit
	}
	fields(reflect.ValueOf(tr), "", func(name string, v reflect.Value) {
		if left[name] > 0 {
			left[name]--
			set(v)
		}
	})
	return rewritten(t, tr)
}

// raced tells whether the race detector is in this binary.
func raced() bool {
	info, _ := debug.ReadBuildInfo()
	return info != nil && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}
