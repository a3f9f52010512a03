package tracer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// The limits of a trace file. They are far above what a run of kstep writes
// and keep a hostile file from costing memory or time.
const (
	MaxFileBytes  = 256 << 20     // of the whole file
	MaxEvents     = 2_000_000     // of a trace and its twins together
	MaxMessages   = 50_000_000    // that the counts of all events may add up to
	MaxFrameBytes = 1_000_000_000 // librdkafka's largest message.max.bytes (CONFIGURATION.md)
	maxTwins      = 32
)

// FileError says why a trace file was refused, in one line.
type FileError struct{ Reason string }

// Error is the reason.
func (e *FileError) Error() string { return e.Reason }

func refuse(format string, args ...any) error {
	return &FileError{Reason: fmt.Sprintf(format, args...)}
}

// Read reads a trace and checks everything that later code relies on. A file
// that cannot be used is a *FileError; its text is one line for the user.
// Nothing is allocated because the file claims it: only because it is there.
func Read(r io.Reader) (*Trace, error) {
	data, err := readLimited(r)
	if err != nil {
		return nil, err
	}
	var t Trace
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, refuse("%s", jsonReason(err, len(data)))
	}
	if err := check(&t); err != nil {
		return nil, err
	}
	return &t, nil
}

// readLimited looks at the size and the beginning before it reads the rest,
// and never reads more than the limit.
func readLimited(r io.Reader) ([]byte, error) {
	if f, ok := r.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := f.Stat(); err == nil && info.Size() > MaxFileBytes {
			return nil, tooLarge()
		}
	}
	b := bufio.NewReaderSize(r, 4096)
	head, err := b.Peek(4096)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("read the trace: %w", err)
	}
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, refuse("the trace is empty: it was not written to its end; record it again with --format json")
	}
	if err := checkFormat(head); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	n, err := buf.ReadFrom(io.LimitReader(b, MaxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the trace: %w", err)
	}
	if n > MaxFileBytes {
		return nil, tooLarge()
	}
	return buf.Bytes(), nil
}

func tooLarge() error {
	return refuse("the trace is larger than %d MiB, which no run of kstep writes", MaxFileBytes>>20)
}

// checkFormat looks at the beginning of the file only, so that a file of
// another kind or of a newer kstep is refused before it is decoded.
func checkFormat(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	open, err := d.Token()
	if err != nil || open != json.Delim('{') {
		return refuse("this is not a kstep trace: it does not begin with {\"format\":%q", Format)
	}
	name, err := d.Token()
	if err != nil || name != "format" {
		return refuse("this is not a kstep trace: its first field is not \"format\"")
	}
	value, err := d.Token()
	format, ok := value.(string)
	if err != nil || !ok {
		return refuse("this is not a kstep trace: its \"format\" is not a text")
	}
	if format == Format {
		return nil
	}
	if strings.HasPrefix(format, "kstep-trace/") {
		return refuse("the trace has format %q; this kstep reads %q: use a newer kstep", short(format), Format)
	}
	return refuse("this is not a kstep trace: its format is %q", short(format))
}

func short(s string) string {
	if len(s) > 40 {
		return s[:40] + "..."
	}
	return s
}

// jsonReason puts a decoding error into one line.
func jsonReason(err error, size int) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax) && syntax.Offset >= int64(size):
		return "the trace ends in the middle: it was cut off or not written to its end"
	case errors.As(err, &syntax):
		return fmt.Sprintf("the trace is broken at byte %d: %s", syntax.Offset, syntax.Error())
	case errors.As(err, &kind):
		return fmt.Sprintf("the trace is broken at byte %d: %s cannot be a %s", kind.Offset, short(kind.Field), kind.Value)
	}
	return "the trace is broken: " + short(err.Error())
}

// check proves what every reader of a trace relies on.
func check(t *Trace) error {
	sum := &tally{}
	if err := sum.trace(t); err != nil {
		return err
	}
	if len(t.Twins) > maxTwins {
		return refuse("the trace has %d twins; at most %d are read", len(t.Twins), maxTwins)
	}
	for _, twin := range t.Twins {
		if twin == nil || len(twin.Twins) > 0 {
			return refuse("the trace's twins are broken: a twin has no twins of its own")
		}
		if err := sum.trace(twin); err != nil {
			return err
		}
	}
	return nil
}

// tally adds up what a file claims.
type tally struct{ events, messages int }

func (y *tally) trace(t *Trace) error {
	if y.events += len(t.Events); y.events > MaxEvents {
		return refuse("the trace has more than %d events", MaxEvents)
	}
	if len(t.Events) == 0 {
		return refuse("the trace has no events: nothing ran")
	}
	for i := range t.Events {
		if err := y.event(&t.Events[i], i+1); err != nil {
			return err
		}
	}
	return nil
}

func (y *tally) event(e *Event, seq int) error {
	if e.Seq != seq {
		return refuse("event %d of the trace has the number %d: events are missing or were moved", seq, e.Seq)
	}
	switch {
	case e.Lane == Wire && e.Frame == nil, e.Lane == Client && e.Client == nil, e.Lane == Broker && e.Record == nil,
		e.Kind == Exited && e.Exit == nil, (e.Kind == Called || e.Kind == Returned) && e.Call == nil:
		return refuse("event %d of the trace (%s) lacks its detail", seq, short(string(e.Kind)))
	}
	counts := []int{e.Count}
	if e.Call != nil {
		counts = append(counts, e.Call.Count)
	}
	if e.Client != nil {
		counts = append(counts, e.Client.Count)
	}
	if e.Record != nil {
		counts = append(counts, e.Record.Count)
	}
	for _, n := range append(append(counts, sizes(e)...), numbers(e)...) {
		if n < 0 {
			return refuse("event %d of the trace claims a negative number", seq)
		}
	}
	for _, n := range counts {
		if y.messages += n; n > MaxMessages || y.messages > 4*MaxMessages {
			return refuse("event %d of the trace claims %d messages; a run keeps at most %d", seq, n, MaxMessages)
		}
	}
	for _, n := range numbers(e) {
		if n > MaxMessages {
			return refuse("event %d of the trace is about message %d; a run keeps at most %d", seq, n, MaxMessages)
		}
	}
	for _, n := range sizes(e) {
		if n > MaxFrameBytes {
			return refuse("event %d of the trace claims %d bytes; no Kafka message or frame is larger than %d", seq, n, MaxFrameBytes)
		}
	}
	if e.Kind == Returned && e.Call.Name == "Produce" && e.Call.Error == nil && e.Call.Message == nil {
		return refuse("event %d of the trace, a call of Produce that took a message, lacks it", seq)
	}
	return nil
}

// numbers are the numbers of messages that an event is about.
func numbers(e *Event) []int {
	var out []int
	if e.Call != nil && e.Call.Message != nil {
		out = append(out, e.Call.Message.Number)
	}
	if e.Record != nil {
		out = append(out, e.Record.Message)
	}
	return out
}

// sizes are the byte counts an event claims.
func sizes(e *Event) []int {
	var out []int
	payload := func(p *Payload) {
		if p != nil {
			out = append(out, p.Size)
		}
	}
	if c := e.Call; c != nil {
		for _, v := range append(c.Args, c.Results...) {
			out = append(out, v.Size)
		}
		if c.Message != nil {
			payload(c.Message.Key)
			payload(c.Message.Value)
		}
	}
	if e.Record != nil {
		payload(e.Record.Key)
		payload(e.Record.Value)
	}
	if e.Frame != nil {
		out = append(out, e.Frame.Bytes)
		for _, b := range e.Frame.Batches {
			out = append(out, b.Bytes, b.Records)
		}
	}
	return out
}
