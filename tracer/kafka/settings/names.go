package settings

// Which settings there are.

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed names.txt
var list string

// user says who uses a setting, in the words of names.txt.
type user string

const (
	anyone   user = "both"
	producer user = "producer"
	consumer user = "consumer"
	code     user = "code" // a function or an object, which text cannot give
)

// users is the list, by name.
var users = sync.OnceValue(func() map[string]user {
	m := map[string]user{}
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if who, name, found := strings.Cut(line, " "); found && who != "#" {
			m[name] = user(who)
		}
	}
	return m
})

var names = sync.OnceValue(func() []string {
	var out []string
	for name, who := range users() {
		if who == anyone || who == producer {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
})

// Names are the settings that a producer takes as text, sorted: the client's
// own (librdkafka v2.15.0 CONFIGURATION.md, global and topic settings) and
// those of the Go binding (go.*). It includes the few that Check refuses
// because kstep owns them. The slice is the caller's. Safe for concurrent use.
func Names() []string { return slices.Clone(names()) }

// owned are the settings that kstep itself needs, and why they cannot be set.
var owned = map[string]string{
	"bootstrap.servers":      "kstep puts the address of the lab's broker there",
	"metadata.broker.list":   "kstep puts the address of the lab's broker there",
	"debug":                  "kstep sets it, to read the client's log",
	"log_level":              "kstep needs the client's whole log",
	"log.queue":              "it would take the client's log away from where kstep reads it",
	"go.logs.channel.enable": "it would take the client's log away from where kstep reads it",
	"plugin.library.paths":   "it would load other code into the traced program",
}
