package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"kstep/tracer"
	"kstep/tracer/render"
)

// The format is OTLP's JSON encoding of traces (opentelemetry-proto,
// trace/v1/trace.proto): ids as hex, times as strings of nanoseconds.

type (
	otlpTraces struct {
		ResourceSpans []otlpResource `json:"resourceSpans"`
	}
	otlpResource struct {
		Resource   otlpAttributes `json:"resource"`
		ScopeSpans []otlpScope    `json:"scopeSpans"`
	}
	otlpAttributes struct {
		Attributes []otlpAttribute `json:"attributes"`
	}
	otlpScope struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		Spans []otlpSpan `json:"spans"`
	}
	otlpSpan struct {
		TraceID    string          `json:"traceId"`
		SpanID     string          `json:"spanId"`
		Parent     string          `json:"parentSpanId,omitempty"`
		Name       string          `json:"name"`
		Kind       int             `json:"kind"`
		Start      string          `json:"startTimeUnixNano"`
		End        string          `json:"endTimeUnixNano"`
		Attributes []otlpAttribute `json:"attributes,omitempty"`
		Status     *otlpStatus     `json:"status,omitempty"`
	}
	otlpStatus struct {
		Code    int    `json:"code"`
		Message string `json:"message,omitempty"`
	}
	otlpAttribute struct {
		Key   string    `json:"key"`
		Value otlpValue `json:"value"`
	}
	otlpValue struct {
		String *string `json:"stringValue,omitempty"`
		Int    *string `json:"intValue,omitempty"`
	}
)

// Numbers of the protocol.
const (
	spanInternal = 1
	spanClient   = 3
	statusError  = 2
)

// OTLP writes a trace as OpenTelemetry spans: the program, under it each call,
// and each request with its answer under the call that had begun last. A trace
// knows no wall clock: the program begins at start.
func OTLP(w io.Writer, t *tracer.Trace, start time.Time) error {
	s := spanner{start: start, open: map[request]int{}, calls: map[int]int{}}
	sum := sha256.New()
	if err := tracer.Write(sum, t); err != nil {
		return fmt.Errorf("write the trace as spans: %w", err)
	}
	s.id = hex.EncodeToString(sum.Sum(nil)[:16])
	s.program(t)
	for i := range t.Events {
		s.add(&t.Events[i])
	}
	scope := otlpScope{Spans: s.finish()}
	scope.Scope.Name = "kstep"
	attributes := []otlpAttribute{text("service.name", t.Header.Program.File), text("kstep.lesson", t.Header.Lesson)}
	if v := t.Header.Variant; v != "" {
		attributes = append(attributes, text("kstep.variant", v))
	}
	out := otlpTraces{ResourceSpans: []otlpResource{{
		Resource:   otlpAttributes{attributes},
		ScopeSpans: []otlpScope{scope},
	}}}
	if err := json.NewEncoder(w).Encode(out); err != nil {
		return fmt.Errorf("write the trace as spans: %w", err)
	}
	return nil
}

type request struct{ connection, correlation int }

// spanner makes spans of events, in their order. Span 0 is the program.
type spanner struct {
	id    string
	start time.Time
	spans []otlpSpan
	ends  []int64         // of each span, ns since the run began; -1: not known
	calls map[int]int     // call ID -> span
	open  map[request]int // requests without an answer yet -> span
	under int             // span of the call that began last
	last  int64           // of all events
}

func (s *spanner) program(t *tracer.Trace) {
	s.span("program "+t.Header.Program.File, spanInternal, -1, 0)
}

// span begins a span and returns its index.
func (s *spanner) span(name string, kind, parent int, at int64, attributes ...otlpAttribute) int {
	n := len(s.spans)
	span := otlpSpan{TraceID: s.id, SpanID: fmt.Sprintf("%016x", n+1), Name: render.CleanLine(name), Kind: kind, Start: s.time(at), Attributes: attributes}
	if parent >= 0 {
		span.Parent = s.spans[parent].SpanID
	}
	s.spans, s.ends = append(s.spans, span), append(s.ends, -1)
	return n
}

func (s *spanner) time(at int64) string { return strconv.FormatInt(s.start.UnixNano()+at, 10) }

func (s *spanner) add(e *tracer.Event) {
	s.last = max(s.last, e.At)
	switch {
	case e.Lane == tracer.Application && e.Call != nil && (e.Kind == tracer.Called || e.Kind == tracer.Returned):
		s.call(e)
	case e.Lane == tracer.Wire && e.Kind == tracer.Request:
		f := e.Frame
		key := request{f.Connection, int(f.Correlation)}
		s.open[key] = s.span(f.API+" request", spanClient, s.under, e.At, frameAttributes(f)...)
	case e.Lane == tracer.Wire && e.Kind == tracer.Response:
		key := request{e.Frame.Connection, int(e.Frame.Correlation)}
		if n, ok := s.open[key]; ok {
			s.ends[n] = e.At
			s.fail(n, errorOf(e.Frame))
			delete(s.open, key)
		}
	case e.Exit != nil:
		s.ends[0] = e.At
		s.spans[0].Attributes = append(s.spans[0].Attributes, number("process.exit.code", e.Exit.Code))
	}
}

func (s *spanner) call(e *tracer.Event) {
	n, ok := s.calls[e.Call.ID]
	if !ok {
		n = s.span(e.Call.Name+"()", spanInternal, 0, e.Call.Began, callAttributes(e.Call)...)
		s.calls[e.Call.ID] = n
		s.under = n
	}
	if e.Kind == tracer.Returned {
		s.ends[n] = e.At
		if e.Call.Error != nil {
			s.fail(n, e.Call.Error.Name)
		}
	}
}

func (s *spanner) fail(n int, why string) {
	if why != "" {
		s.spans[n].Status = &otlpStatus{statusError, render.CleanLine(why)}
	}
}

// finish ends what had not ended when the record did, and says so.
func (s *spanner) finish() []otlpSpan {
	for i := range s.spans {
		if s.ends[i] < 0 {
			s.ends[i] = s.last
			s.spans[i].Attributes = append(s.spans[i].Attributes, text("kstep.unfinished", "no end was recorded"))
		}
		s.spans[i].End = s.time(s.ends[i])
	}
	return s.spans
}

func callAttributes(c *tracer.Call) []otlpAttribute {
	out := []otlpAttribute{text("code.function.name", c.Name), number("kstep.calls", c.N())}
	if c.Site != nil {
		out = append(out, text("code.file.path", c.Site.File), number("code.line.number", c.Site.Line))
	}
	if c.Message != nil {
		out = append(out, text("messaging.system", "kafka"), text("messaging.operation.name", "produce"), text("messaging.destination.name", c.Message.Topic))
	}
	return out
}

func frameAttributes(f *tracer.Frame) []otlpAttribute {
	out := []otlpAttribute{
		text("messaging.system", "kafka"), text("rpc.method", f.API), number("kstep.connection", f.Connection), number("kstep.node", int(f.Node)), number("kstep.request.bytes", f.Bytes),
	}
	records := 0
	for _, b := range f.Batches {
		records += b.Records
	}
	if len(f.Batches) > 0 {
		out = append(out, text("messaging.destination.name", f.Batches[0].Topic), number("messaging.batch.message_count", records))
	}
	return out
}

// errorOf is the first error of a response.
func errorOf(f *tracer.Frame) string {
	for _, b := range f.Batches {
		if b.Error != "" {
			return b.Error
		}
	}
	return f.Error
}

func text(key, value string) otlpAttribute {
	value = render.CleanLine(value)
	return otlpAttribute{key, otlpValue{String: &value}}
}

func number(key string, n int) otlpAttribute {
	s := strconv.Itoa(n)
	return otlpAttribute{key, otlpValue{Int: &s}}
}
