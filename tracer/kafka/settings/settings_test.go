package settings

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// unknownWords is how the client refuses a name it does not have.
const unknownWords = "No such configuration property"

// some is a value of the right Go type for a setting; whether it is in range
// does not matter.
func some(key string) any {
	for _, text := range []string{"1", "true"} {
		if v, err := Value(key, text); err == nil {
			return v
		}
	}
	panic(key)
}

// Every name of the list is one the client has. go.logs.channel is the
// binding's and takes a Go channel.
func TestNamesExist(t *testing.T) {
	for name := range users() {
		if name == "go.logs.channel" || name == "plugin.library.paths" {
			continue // a plugin would be loaded; see below
		}
		if words := trial(map[string]any{name: some(name)}); strings.Contains(words, unknownWords) {
			t.Errorf("%s: %s", name, words)
		}
	}
	if words := trial(map[string]any{"plugin.library.paths": ""}); strings.Contains(words, unknownWords) {
		t.Error(words)
	}
	for _, name := range []string{"linger.mss", "go.batch", "kstep", "", "LINGER.MS"} {
		if words := trial(map[string]any{name: "1"}); !strings.Contains(words, unknownWords) {
			t.Errorf("the made-up name %q: %q", name, words)
		}
	}
}

func TestNamesList(t *testing.T) {
	if v, _ := kafka.LibraryVersion(); v != 0x020f00ff {
		t.Errorf("names.txt is of librdkafka 2.15.0, the client is %#x: go through its CONFIGURATION.md again", v)
	}
	got := Names()
	if len(got) < 140 || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Fatalf("%d names", len(got))
	}
	for _, name := range []string{"linger.ms", "acks", "go.delivery.reports", "compression.level", "bootstrap.servers", "transactional.id"} {
		if !slices.Contains(got, name) {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range []string{"group.id", "log_cb", "go.logs.channel"} {
		if slices.Contains(got, name) {
			t.Errorf("%s is there", name)
		}
	}
	for name, who := range users() {
		if !slices.Contains([]user{anyone, producer, consumer, code}, who) {
			t.Errorf("%s is used by %q", name, who)
		}
	}
	for name := range owned {
		if users()[name] == "" {
			t.Errorf("%s is owned but no setting", name)
		}
	}
	got[0] = "changed"
	if Names()[0] == "changed" {
		t.Error("Names hands out its own slice")
	}
}

// The trap always springs: no setting, and no two that belong together, let a
// producer come to life.
func TestTrap(t *testing.T) {
	for _, set := range []map[string]any{
		{},
		{"ssl.keystore.location": "x", "ssl.keystore.password": "y"},
		{"enable.idempotence": "true", "acks": "1"},
		{"transactional.id": "t", "enable.idempotence": "false"},
		{"security.protocol": "ssl", "linger.ms": "5", "bootstrap.servers": "localhost:1"},
	} {
		conf := kafka.ConfigMap{trapKey: trapValue}
		maps.Copy(conf, func() map[string]kafka.ConfigValue {
			m := map[string]kafka.ConfigValue{}
			for k, v := range set {
				if k != trapKey && k != escapeKey {
					m[k] = v
				}
			}
			return m
		}())
		p, err := kafka.NewProducer(&conf)
		if err == nil {
			p.Close()
			t.Fatalf("%v made a producer", set)
		}
		if !strings.Contains(err.Error(), trapWords) {
			t.Errorf("%v: %v", set, err)
		}
	}
}

// threads are the client's threads in this process, which it names.
func threads(t *testing.T) (out []string) {
	t.Helper()
	tasks, err := filepath.Glob("/proc/self/task/*/comm")
	if err != nil || len(tasks) == 0 {
		t.Skip("no list of threads here", err)
	}
	for _, task := range tasks {
		if b, err := os.ReadFile(task); err == nil && strings.HasPrefix(string(b), "rdk:") {
			out = append(out, strings.TrimSpace(string(b)))
		}
	}
	return out
}

func TestCheckLeavesNoThreads(t *testing.T) {
	for name := range users() {
		if name != "plugin.library.paths" {
			_ = Check(map[string]string{name: "1"})
		}
	}
	if got := threads(t); len(got) > 0 {
		t.Errorf("threads left: %q", got)
	}
	p, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "127.0.0.1:1", "log_level": 0})
	if err != nil {
		t.Fatal(err)
	}
	if len(threads(t)) == 0 {
		t.Error("a real producer shows no threads either: this test proves nothing")
	}
	p.Close()
}

func TestCheckTakes(t *testing.T) {
	for _, set := range []map[string]string{
		nil,
		{},
		{"linger.ms": "0.1"},
		{"acks": "all", "linger.ms": "0", "compression.type": "zstd", "partitioner": "murmur2_random"},
		{"enable.idempotence": "true", "acks": "1"}, // together refused, each taken
		{"transactional.id": "t", "enable.idempotence": "false"},
		{"go.delivery.reports": "false", "go.batch.producer": "1", "go.events.channel.size": "0", "go.delivery.report.fields": "all"},
		{"ssl.keystore.location": "x", "ssl.keystore.password": "y"},
		{"ssl.keystore.password": "y"},
		{"delivery.report.only.error": "false"},
		{"client.id": "it's = me"},
	} {
		if err := Check(set); err != nil {
			t.Errorf("%v: %v", set, err)
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	for _, c := range []struct {
		key, value, nearest, line string
	}{
		{"linger.mss", "5", "linger.ms", `no setting "linger.mss"; the nearest is "linger.ms"`},
		{"LINGER_MS", "5", "linger.ms", `no setting "LINGER_MS"; the nearest is "linger.ms"`},
		{"linegr.ms", "5", "linger.ms", `no setting "linegr.ms"; the nearest is "linger.ms"`},
		{"compression", "gzip", "compression.type", `no setting "compression"; the nearest is "compression.type"`},
		{"xyzzy.plugh.zork", "1", "", `no setting "xyzzy.plugh.zork"`},
		{"", "1", "", `no setting ""`},
		{"test.mock.num.brokers", "3", "", `no setting "test.mock.num.brokers"`}, // hidden: a cluster of its own
		{"linger.ms", "1000000", "", `setting linger.ms: Configuration property "linger.ms" value 1e+06 is outside allowed range 0..900000`},
		{"linger.ms", "soon", "", `setting linger.ms: Invalid value for configuration property "linger.ms"`},
		{"compression.type", "zip", "", `setting compression.type: Invalid value "zip" for configuration property "compression.type"`},
		{"enable.idempotence", "maybe", "", `setting enable.idempotence: Expected bool value for "enable.idempotence": true or false`},
		{"go.delivery.reports", "maybe", "", `setting go.delivery.reports: expected true or false`},
		{"go.events.channel.size", "-1", "", `setting go.events.channel.size: expected a whole number in the range 0..10000000`},
		{"go.delivery.report.fields", "all,nothing", "", `setting go.delivery.report.fields: unknown message field: all`},
		{"delivery.report.only.error", "true", "", `setting delivery.report.only.error: delivery.report.only.error=true is not currently supported by the Go client`},
		{"bootstrap.servers", "localhost:9092", "", `setting bootstrap.servers: kstep puts the address of the lab's broker there`},
		{"debug", "all", "", `setting debug: kstep sets it, to read the client's log`},
		{"plugin.library.paths", "evil", "", `setting plugin.library.paths: it would load other code into the traced program`},
		{"group.id", "g", "", `setting group.id: only a consumer uses it, and the traced program is a producer`},
		{"log_cb", "f", "", `setting log_cb: it takes a function or an object of the program, not text`},
		{"client.id", "a\x00b", "", `setting client.id: the value holds a NUL byte, at which the client would cut it off`},
	} {
		err := Check(map[string]string{c.key: c.value, "acks": "all"})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s=%s: %v", c.key, c.value, err)
			continue
		}
		if e.Error() != c.line || e.Key != c.key || e.Value != c.value || e.Nearest != c.nearest || e.Unknown() != strings.HasPrefix(c.line, "no ") {
			t.Errorf("%s=%s:\n%s\n%+v, want\n%s", c.key, c.value, e, *e, c.line)
		}
	}
}

// Of several refused settings it is always the same one that is named.
func TestCheckOrder(t *testing.T) {
	for range 20 {
		err := Check(map[string]string{"retries": "no", "batch.size": "no", "linger.ms": "5", "acks": "all"})
		var e *Error
		if !errors.As(err, &e) || e.Key != "batch.size" {
			t.Fatal(err)
		}
	}
}

// Every setting that is offered as the nearest is one that is not refused for
// its name.
func TestNearestIsOffered(t *testing.T) {
	for _, name := range Names() {
		if owned[name] != "" {
			continue
		}
		if got := nearest(name + "x"); owned[got] != "" || got == "" || users()[got] == consumer {
			t.Errorf("%sx: %q", name, got)
		}
		if got := nearest(name); got != name {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := nearest(strings.Repeat("linger", 1000)); got != "" {
		t.Error(got)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "abd", 1}, {"abc", "xabc", 1}, {"kitten", "sitting", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%s to %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestParse(t *testing.T) {
	got, err := Parse([]string{"linger.ms=5", " acks =all", "client.id=a=b", "transactional.id="})
	want := map[string]string{"linger.ms": "5", "acks": "all", "client.id": "a=b", "transactional.id": ""}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := Parse(nil); err != nil || got == nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	for _, c := range []struct {
		pairs []string
		line  string
	}{
		{[]string{"linger.ms"}, `"linger.ms" is not of the form key=value`},
		{[]string{""}, `"" is not of the form key=value`},
		{[]string{"=5"}, `"=5" names no setting before the equals sign`},
		{[]string{"linger.ms=5", "linger.ms=5"}, `setting linger.ms is given twice`},
	} {
		if _, err := Parse(c.pairs); err == nil || err.Error() != c.line {
			t.Errorf("%q: %v, want %s", c.pairs, err, c.line)
		}
	}
}
