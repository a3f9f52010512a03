//go:build cgo

// The program's configuration: as text, and as the lab wants it.

package kafka

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"kstep/tracer"
)

// labBroker is what the lab's address is called in texts: its port differs
// from run to run.
const labBroker = "the lab's broker"

const topicConfig = "default.topic.config"

// prepare is the configuration the client gets: the program's, with the lab's
// settings and the lab's broker. What was changed is recorded.
func (l *lab) prepare(conf *ConfigMap) *ConfigMap {
	if conf == nil {
		return nil // the real client's own failure
	}
	c := clone(*conf)
	for _, key := range sorted(l.setup.Set) {
		text := l.setup.Set[key]
		c.SetKey(key, typed(key, text))
		l.note(tracer.SettingChanged, key+"="+shown(key, text))
	}
	l.logging(c, *conf)
	for _, key := range []string{"bootstrap.servers", "metadata.broker.list"} {
		if was, ok := c[key]; ok && l.setup.Bootstrap != "" {
			c[key] = l.setup.Bootstrap
			l.note(tracer.AddressReplaced, shown(key, was)+" -> "+labBroker)
		}
	}
	return &c
}

// logging switches on the client's debug lines, which go to stderr, where the
// lab picks them up; unless the program wants the log for itself.
func (l *lab) logging(c, program ConfigMap) {
	if l.setup.Debug == "" {
		return
	}
	_, debug := program["debug"]
	_, channel := program["go.logs.channel.enable"]
	_, level := program["log_level"]
	switch {
	case debug:
		l.note(tracer.Noted, "the program sets debug itself: of the client's own log there is what it asks for")
	case channel:
		l.note(tracer.Noted, "the program takes the client's log for itself (go.logs.channel.enable): what the client did inside is missing")
	default:
		c["debug"] = l.setup.Debug
		if level {
			l.note(tracer.Noted, "the program sets log_level: what the client did inside may be missing")
		}
	}
}

// clone copies a configuration, the map for topics in it included: SetKey
// writes into both (confluent-kafka-go v2.15.0 kafka/config.go).
func clone(m ConfigMap) ConfigMap {
	c := make(ConfigMap, len(m)+4)
	for k, v := range m {
		if sub, ok := v.(ConfigMap); ok {
			v = clone(sub)
		}
		c[k] = v
	}
	return c
}

// typed gives the settings of the Go client the type they must have; the
// others are read from text.
func typed(key, text string) kafka.ConfigValue {
	if !strings.HasPrefix(key, "go.") {
		return text
	}
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	if b, err := strconv.ParseBool(text); err == nil {
		return b
	}
	return text
}

// configArgs is a configuration as arguments, by key.
func configArgs(conf *ConfigMap) []tracer.Value {
	if conf == nil {
		return []tracer.Value{{Name: "conf", Text: "nil"}}
	}
	var out []tracer.Value
	for _, key := range sorted(*conf) {
		v := (*conf)[key]
		if sub, ok := v.(ConfigMap); ok && key == topicConfig {
			for _, k := range sorted(sub) {
				out = append(out, value("{topic}."+k, shown(k, sub[k])))
			}
			continue
		}
		out = append(out, value(key, shown(key, v)))
	}
	return out
}

// shown is a setting's value as text; never a secret.
func shown(key string, v any) string {
	if tracer.SecretSetting(key) {
		return redacted
	}
	var text string
	switch v := v.(type) {
	case chan kafka.LogEvent:
		text = "chan kafka.LogEvent"
	case string, int, bool, fmt.Stringer, nil:
		text = fmt.Sprint(v)
	default:
		text = fmt.Sprintf("%T", v) // the client refuses it, and a pointer's value says nothing
		if f, ok := v.(float64); ok {
			text = strconv.FormatFloat(f, 'g', -1, 64)
		}
	}
	return tracer.ShownSetting(key, text)
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
