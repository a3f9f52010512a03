package settings

// Whether a set of settings is acceptable.

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Check asks whether every key is a setting of a producer and its value one
// that the client takes by itself. It returns nil or an *Error for the first,
// in the order of the keys, that is refused. It connects nowhere, prints
// nothing and leaves no thread or goroutine behind. Safe for concurrent use.
//
// The client's judgement is the one that counts, so linger.ms=5x is accepted:
// the client reads a number up to the first letter (librdkafka v2.15.0
// src/rdkafka_conf.c, rd_kafka_anyconf_set_prop). Whether settings fit each
// other is not asked. The Go binding does not free a configuration that the
// client refused, so each call costs some kB for the life of the process.
func Check(set map[string]string) error {
	keys := slices.Sorted(maps.Keys(set))
	typed := map[string]any{}
	for _, key := range keys {
		reason := refusal(key, set[key])
		if reason == "" && users()[key] == "" {
			return &Error{Key: key, Value: set[key], Nearest: nearest(key)}
		}
		if reason == "" {
			v, err := Value(key, set[key])
			if err != nil {
				reason = err.Error()
			}
			typed[key] = v
		}
		if reason != "" {
			return &Error{Key: key, Value: set[key], Reason: reason}
		}
	}
	if trial(typed) == "" {
		return nil
	}
	// Which it was: the client names the property in most refusals, not in all.
	for _, key := range keys {
		if words := trial(map[string]any{key: typed[key]}); words != "" {
			return &Error{Key: key, Value: set[key], Reason: inWordsOf(key, words)}
		}
	}
	return nil
}

// quoted is how the client names a property in its refusals.
var quoted = regexp.MustCompile(`property "[^"]*"`)

// inWordsOf names the setting as it was given: of two names for one thing the
// client says its older (queue.buffering.max.ms for linger.ms).
func inWordsOf(key, words string) string {
	return quoted.ReplaceAllLiteralString(words, `property "`+key+`"`)
}

// refusal is why kstep refuses a setting whatever the client says, or "".
func refusal(key, value string) string {
	if why := owned[key]; why != "" {
		return why
	}
	switch users()[key] {
	case consumer:
		return "only a consumer uses it, and the traced program is a producer"
	case code:
		return "it takes a function or an object of the program, not text"
	}
	if strings.ContainsRune(value, 0) {
		return "the value holds a NUL byte, at which the client would cut it off"
	}
	return ""
}
