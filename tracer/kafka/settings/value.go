package settings

// Text into what NewProducer wants for a setting.

import (
	"fmt"
	"strconv"
	"strings"
)

// MaxChannelSize is the largest size Check allows for the channels of a
// producer, in events or messages: NewProducer allocates them at once.
const MaxChannelSize = 10_000_000

// Value is a setting's text as kafka.ConfigMap wants it: the binding's own
// settings have a Go type (confluent-kafka-go v2.15.0 kafka/producer.go,
// NewProducer), all others are text. It fails where the text has not the form
// of that type. Safe for concurrent use.
func Value(key, text string) (any, error) {
	switch key {
	// delivery.report.only.error is the client's, but the binding looks at it
	// first and refuses it only as a bool; as text it would get past it, and
	// leak.
	case "go.batch.producer", "go.delivery.reports", "go.logs.channel.enable", "delivery.report.only.error":
		return boolean(text)
	case "go.events.channel.size", "go.produce.channel.size":
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > MaxChannelSize {
			return nil, fmt.Errorf("expected a whole number in the range 0..%d", MaxChannelSize)
		}
		return n, nil
	}
	return text, nil
}

// boolean reads the words that the client takes for its own settings.
func boolean(text string) (any, error) {
	switch strings.ToLower(text) {
	case "true", "t", "1":
		return true, nil
	case "false", "f", "0":
		return false, nil
	}
	return nil, fmt.Errorf("expected true or false")
}
