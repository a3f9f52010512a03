//go:build cgo

// Arguments and results as text.

package kafka

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"kstep/tracer"
)

const (
	maxPayload = 64  // bytes kept of a key, a value or a header
	maxValue   = 256 // bytes kept of another argument
	redacted   = tracer.Redacted
)

// message copies a message as the program handed it over; nil for none.
func message(m *Message) *tracer.Message {
	if m == nil {
		return nil
	}
	out := &tracer.Message{
		Partition: m.TopicPartition.Partition, Key: payload(m.Key), Value: payload(m.Value), CRC: tracer.CRC(m.Key, m.Value),
	}
	if m.TopicPartition.Topic != nil {
		out.Topic = plain(*m.TopicPartition.Topic, maxValue)
	}
	if !m.Timestamp.IsZero() {
		out.Timestamp = m.Timestamp.UnixMilli()
	}
	for _, h := range m.Headers {
		v := payload(h.Value)
		if v == nil {
			v = &tracer.Payload{Text: "nil"}
		}
		out.Headers = append(out.Headers, tracer.Header{Key: plain(h.Key, maxPayload), Value: *v})
	}
	return out
}

// payload is the beginning of a key or value; nil for none.
func payload(b []byte) *tracer.Payload {
	if b == nil {
		return nil
	}
	return &tracer.Payload{Text: plain(string(b[:min(len(b), maxPayload+utf8.UTFMax)]), maxPayload), Size: len(b)}
}

// plain is the beginning of s as valid UTF-8, at most limit bytes of it. A
// character that the limit cuts is left out.
func plain(s string, limit int) string {
	if len(s) > limit {
		end := limit
		for end > limit-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		if !utf8.RuneStart(s[end]) {
			end = limit // not UTF-8 anyway
		}
		s = s[:end]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// cut is a value as text, with its whole size where it is shortened.
func cut(s string) tracer.Value {
	if len(s) > maxValue {
		return tracer.Value{Text: plain(s, maxValue), Size: len(s)}
	}
	return tracer.Value{Text: plain(s, maxValue)}
}

func value(name, text string) tracer.Value {
	v := cut(text)
	v.Name = name
	return v
}

func number(name string, n int) tracer.Value {
	return tracer.Value{Name: name, Text: strconv.Itoa(n)}
}

// wait is a context as text, without the time that is left until its deadline:
// that differs from run to run.
func wait(ctx context.Context) tracer.Value {
	text := "nil"
	if ctx != nil {
		text = "context without a deadline"
		if _, ok := ctx.Deadline(); ok {
			text = "context with a deadline"
		}
	}
	return tracer.Value{Name: "ctx", Text: text}
}

// partitions is a list of topics, partitions and offsets as text.
func partitions(name string, list []kafka.TopicPartition) tracer.Value {
	var b strings.Builder
	for i, p := range list {
		if b.Len() > 1<<14 {
			break // enough to be shortened
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.String())
	}
	if list == nil {
		return tracer.Value{Name: name, Text: "nil"}
	}
	return value(name, b.String())
}

// purgeFlags names the bits of Purge's argument.
func purgeFlags(flags int) string {
	var names []string
	for _, f := range []struct {
		bit  int
		name string
	}{{kafka.PurgeQueue, "PurgeQueue"}, {kafka.PurgeInFlight, "PurgeInFlight"}, {kafka.PurgeNonBlocking, "PurgeNonBlocking"}} {
		if flags&f.bit != 0 {
			names = append(names, f.name)
			flags &^= f.bit
		}
	}
	if flags != 0 || len(names) == 0 {
		names = append(names, strconv.Itoa(flags))
	}
	return strings.Join(names, "|")
}

// brokersAndTopics is a metadata answer as text, without addresses.
func brokersAndTopics(m *kafka.Metadata) string {
	if m == nil {
		return "nil"
	}
	return fmt.Sprintf("%s, %s", count(len(m.Brokers), "broker"), count(len(m.Topics), "topic"))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
