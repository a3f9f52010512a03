package tracer

// What of a client's configuration must not be recorded.

import "strings"

// Redacted stands for a value that is never recorded.
const Redacted = "(redacted)"

// secretWords are parts of names of settings whose values are secrets, or may
// be (librdkafka CONFIGURATION.md: sasl.*, ssl.*).
var secretWords = []string{"password", "passphrase", "secret", "token", "jaas", ".pem", "key", "credential", "oauthbearer.config", "assertion"}

// SecretSetting tells whether a setting of that name may hold a secret.
func SecretSetting(key string) bool {
	key = strings.ToLower(key)
	for _, w := range secretWords {
		if strings.Contains(key, w) {
			return true
		}
	}
	return false
}

// ShownSetting is a setting's value as it may be recorded and shown: never a
// secret, and no address with a user in it.
func ShownSetting(key, value string) string {
	if SecretSetting(key) {
		return Redacted
	}
	if scheme, rest, ok := strings.Cut(value, "://"); ok && strings.Contains(rest, "@") {
		return scheme + "://" + Redacted
	}
	return value
}
