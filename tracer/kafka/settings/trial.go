package settings

// How the client is asked without starting it.

import (
	"strings"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

// The trap: a keystore without its password. The client looks at what settings
// say together only after it has taken each of them, and at this first
// (librdkafka v2.15.0 src/rdkafka_conf.c, rd_kafka_conf_finalize), before it
// allocates or starts anything. So a configuration with the trap is always
// refused, and how it is refused says whether each setting was taken.
const (
	trapKey   = "ssl.keystore.location"
	trapValue = "kstep"
	escapeKey = "ssl.keystore.password"
	trapWords = "`ssl.keystore.password` is mandatory"
)

// trial gives settings to the client and returns its words where it refuses
// one, or "" where it takes them all. The keystore's location and password are
// left out: the client takes any text for them.
func trial(set map[string]any) string {
	conf := kafka.ConfigMap{trapKey: trapValue}
	for key, value := range set {
		if key != trapKey && key != escapeKey {
			conf[key] = value
		}
	}
	p, err := kafka.NewProducer(&conf)
	if err == nil {
		// Not with this client; a producer left running would be worse than the wait.
		p.Close()
		return ""
	}
	if strings.Contains(err.Error(), trapWords) {
		return ""
	}
	return strings.TrimSpace(err.Error())
}
