//go:build cgo

package kafka

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
	"kstep/tracer/journal"
)

// prepared is a lab with that setup, its client's configuration, and what it
// recorded.
func prepared(t *testing.T, setup journal.Setup, conf ConfigMap) (ConfigMap, []string) {
	t.Helper()
	book, err := journal.Create()
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	w, err := journal.Open(book)
	if err != nil {
		t.Fatal(err)
	}
	got := enter(&journal.Program{Setup: setup, Writer: w}).prepare(&conf)
	r, err := journal.Read(book)
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	for _, e := range r.Events {
		if e.Lane != tracer.Lab || e.Known != tracer.Observed || e.At == 0 {
			t.Errorf("event %+v", e)
		}
		notes = append(notes, string(e.Kind)+": "+e.Text)
	}
	return *got, notes
}

func TestPrepare(t *testing.T) {
	for name, c := range map[string]struct {
		setup journal.Setup
		conf  ConfigMap
		want  ConfigMap
		notes []string
	}{
		"address": {
			journal.Setup{Bootstrap: "127.0.0.1:5"},
			ConfigMap{"bootstrap.servers": "a:1,b:2", "metadata.broker.list": "real:9092", "acks": 1},
			ConfigMap{"bootstrap.servers": "127.0.0.1:5", "metadata.broker.list": "127.0.0.1:5", "acks": 1},
			[]string{"address replaced: a:1,b:2 -> the lab's broker", "address replaced: real:9092 -> the lab's broker"},
		},
		"no address is none": {journal.Setup{Bootstrap: "127.0.0.1:5"}, ConfigMap{}, ConfigMap{}, nil},
		"settings": {
			journal.Setup{Set: map[string]string{"linger.ms": "5", "go.events.channel.size": "1", "go.delivery.reports": "false", "{topic}.acks": "1", "ssl.key.pem": "x"}},
			ConfigMap{"linger.ms": 1, "default.topic.config": ConfigMap{"partitioner": "random"}},
			ConfigMap{"linger.ms": "5", "go.events.channel.size": 1, "go.delivery.reports": false, "ssl.key.pem": "x",
				"default.topic.config": ConfigMap{"partitioner": "random", "acks": "1"}},
			[]string{"setting changed: go.delivery.reports=false", "setting changed: go.events.channel.size=1", "setting changed: linger.ms=5",
				"setting changed: ssl.key.pem=(redacted)", "setting changed: {topic}.acks=1"},
		},
		"an address by --set stays out, too": {
			journal.Setup{Bootstrap: "lab:1", Set: map[string]string{"bootstrap.servers": "real:9092"}}, ConfigMap{},
			ConfigMap{"bootstrap.servers": "lab:1"},
			[]string{"setting changed: bootstrap.servers=real:9092", "address replaced: real:9092 -> the lab's broker"},
		},
		"debug": {journal.Setup{Debug: "msg"}, ConfigMap{}, ConfigMap{"debug": "msg"}, nil},
		"its own debug": {journal.Setup{Debug: "msg"}, ConfigMap{"debug": "all"}, ConfigMap{"debug": "all"},
			[]string{"noted: the program sets debug itself: of the client's own log there is what it asks for"}},
		"its own log": {journal.Setup{Debug: "msg"}, ConfigMap{"go.logs.channel.enable": true}, ConfigMap{"go.logs.channel.enable": true},
			[]string{"noted: the program takes the client's log for itself (go.logs.channel.enable): what the client did inside is missing"}},
		"its own level": {journal.Setup{Debug: "msg"}, ConfigMap{"log_level": 3}, ConfigMap{"log_level": 3, "debug": "msg"},
			[]string{"noted: the program sets log_level: what the client did inside may be missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			before := clone(c.conf)
			got, notes := prepared(t, c.setup, c.conf)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(c.notes, notes); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(before, c.conf); d != "" {
				t.Errorf("the program's own map was changed:\n%s", d)
			}
		})
	}
}

type named struct{}

func (named) String() string { return "a stringer" }

func TestShown(t *testing.T) {
	for _, c := range []struct {
		key  string
		v    any
		want string
	}{
		{"linger.ms", 5, "5"}, {"linger.ms", 0.5, "0.5"}, {"enable.idempotence", true, "true"}, {"acks", "all", "all"},
		{"x", named{}, "a stringer"}, {"x", &struct{}{}, "*struct {}"}, {"x", nil, "<nil>"},
		{"go.logs.channel", make(chan LogEvent), "chan kafka.LogEvent"},
		{"sasl.password", "p", redacted}, {"ssl.key.password", "p", redacted}, {"SASL.PASSWORD", "p", redacted},
		{"sasl.oauthbearer.client.secret", "p", redacted}, {"sasl.oauthbearer.token.endpoint.url", "u", redacted},
		{"sasl.jaas.config", "p", redacted}, {"ssl.certificate.pem", "p", redacted}, {"ssl.key.location", "p", redacted},
		{"sasl.oauthbearer.config", "p", redacted}, {"sasl.oauthbearer.assertion.private.key.passphrase", "p", redacted},
		{"https.proxy", "http://bob:pw@proxy:80", "http://" + redacted}, {"https.proxy", "http://proxy:80", "http://proxy:80"},
	} {
		if got := shown(c.key, c.v); got != c.want {
			t.Errorf("%s: %q, want %q", c.key, got, c.want)
		}
	}
}

// Texts are valid and say how much they leave out.
func TestText(t *testing.T) {
	if got := plain(strings.Repeat("a", 63)+"é", 64); got != strings.Repeat("a", 63) {
		t.Errorf("a cut character is kept: %q", got)
	}
	if got := payload([]byte("\xff\xfe")); got.Text != "\uFFFD" || got.Size != 2 {
		t.Errorf("invalid UTF-8 became %+v", got)
	}
	if got := payload([]byte{}); got == nil || got.Size != 0 || payload(nil) != nil {
		t.Errorf("an empty value became %+v", got)
	}
	if got := cut(strings.Repeat("x", 300)); len(got.Text) != maxValue || got.Size != 300 {
		t.Errorf("a long value became %d bytes, size %d", len(got.Text), got.Size)
	}
	l := &lab{setup: journal.Setup{Bootstrap: "127.0.0.1:5, 127.0.0.1:6"}}
	e := l.errorOf(NewError(ErrTransport, "127.0.0.1:6/1: Connect failed", true))
	if e.Text != "Fatal error: the lab's broker/1: Connect failed" || e.Code != -195 || !e.Fatal {
		t.Errorf("error %+v", e)
	}
	if e := l.errorOf(os.ErrNotExist); e.Name != "*errors.errorString" || e.Text != "file does not exist" {
		t.Errorf("error %+v", e)
	}
}
