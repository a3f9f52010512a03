//go:build cgo

package kafka_test

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/kafka"
)

// Every call that can be left out is, where its line is the one: the client is
// not asked, the program gets no error, and the record says whose doing it was.
func TestLeaveOutLine(t *testing.T) {
	addr := broker(t)
	message := &kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT()}, Value: []byte("v")}
	for name, call := range map[string]func(*kafka.Producer) (any, error){
		"Flush":                    func(p *kafka.Producer) (any, error) { return p.Flush(10), nil },
		"Close":                    func(p *kafka.Producer) (any, error) { p.Close(); return p.IsClosed(), nil },
		"Produce":                  func(p *kafka.Producer) (any, error) { return nil, p.Produce(message, nil) },
		"Purge":                    func(p *kafka.Producer) (any, error) { return nil, p.Purge(kafka.PurgeQueue) },
		"GetMetadata":              func(p *kafka.Producer) (any, error) { return brokersOf(p.GetMetadata(nil, true, 1)) },
		"InitTransactions":         func(p *kafka.Producer) (any, error) { return nil, p.InitTransactions(t.Context()) },
		"BeginTransaction":         func(p *kafka.Producer) (any, error) { return nil, p.BeginTransaction() },
		"SendOffsetsToTransaction": func(p *kafka.Producer) (any, error) { return nil, p.SendOffsetsToTransaction(t.Context(), nil, nil) },
		"CommitTransaction":        func(p *kafka.Producer) (any, error) { return nil, p.CommitTransaction(t.Context()) },
		"AbortTransaction":         func(p *kafka.Producer) (any, error) { return nil, p.AbortTransaction(t.Context()) },
	} {
		t.Run(name, func(t *testing.T) {
			if !tracer.Removable(name) {
				t.Errorf("%s is none of those that can be left out", name)
			}
			line := lineOf(t, call)
			record := traced(t, journal.Setup{Bootstrap: addr, LeaveOut: &journal.LeaveOut{File: "leaveout_test.go", Line: line}})
			p, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "localhost:9092"})
			if err != nil {
				t.Fatal(err)
			}
			defer p.Producer.Close()
			got, err := call(p)
			if err != nil || fmt.Sprint(got) != fmt.Sprint(nothing[name]) || p.Producer.Len() != 0 {
				t.Errorf("it returned %v, %v; the client holds %d", got, err, p.Producer.Len())
			}
			var left []string
			for _, e := range record().Events {
				if e.Kind == tracer.LeftOut {
					left = append(left, fmt.Sprintf("%s %s %s", e.Lane, e.Call.Name, e.Text))
				}
				if e.Lane == tracer.Application && e.Call.Name == name {
					t.Errorf("the record has the call itself: %s", text(&e))
				}
			}
			if d := cmp.Diff([]string{fmt.Sprintf("lab %s %s(), line %d", name, name, line)}, left); d != "" {
				t.Error(d)
			}
		})
	}
}

// nothing is what stands for nothing, where a call returns more than an error.
var nothing = map[string]any{"Flush": 0, "Close": false, "GetMetadata": 0}

// brokersOf is how many brokers an answer names.
func brokersOf(m *kafka.Metadata, err error) (any, error) { return len(m.Brokers), err }

// lineOf is the line of a function that fits on one.
func lineOf(t *testing.T, f func(*kafka.Producer) (any, error)) int {
	t.Helper()
	pc := reflect.ValueOf(f).Pointer()
	file, line := runtime.FuncForPC(pc).FileLine(pc)
	if !strings.HasSuffix(file, "leaveout_test.go") {
		t.Fatalf("the function is in %s", file)
	}
	return line
}

// A call of another line, or of another file, is made.
func TestLeaveOutOtherLine(t *testing.T) {
	closes := func(p *kafka.Producer) (any, error) { p.Close(); return nil, nil }
	for _, out := range []journal.LeaveOut{{File: "leaveout_test.go", Line: 1}, {File: "other.go", Line: lineOf(t, closes)}, {}} {
		record := traced(t, journal.Setup{Bootstrap: broker(t), LeaveOut: &out})
		p, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "localhost:9092"})
		if err != nil {
			t.Fatal(err)
		}
		closes(p)
		if !p.IsClosed() {
			t.Errorf("%+v: Close() was left out", out)
		}
		for _, e := range record().Events {
			if e.Kind == tracer.LeftOut {
				t.Errorf("%+v: left out %s", out, e.Text)
			}
		}
	}
}

// A call in a loop is told of one by one up to a limit, and then once more.
func TestLeaveOutMany(t *testing.T) {
	addr := broker(t)
	produce := func(p *kafka.Producer) (any, error) { return nil, p.Produce(nil, nil) }
	record := traced(t, journal.Setup{Bootstrap: addr, LeaveOut: &journal.LeaveOut{File: "leaveout_test.go", Line: lineOf(t, produce)}})
	p, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "localhost:9092"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	for range 300 {
		if _, err := produce(p); err != nil {
			t.Fatal(err)
		}
	}
	one, more := 0, 0
	for _, e := range record().Events {
		switch {
		case e.Kind == tracer.LeftOut:
			one++
		case e.Kind == tracer.Noted && strings.Contains(e.Text, "left out more calls of Produce()"):
			more++
		}
	}
	if one != 256 || more != 1 {
		t.Errorf("told of %d one by one, and %d times of more", one, more)
	}
}

// A setting is taken out before the client is made; the program's map and the
// record of its call stay as they are.
func TestLeaveOutSetting(t *testing.T) {
	addr := broker(t)
	for _, c := range []struct {
		key  string
		want []string
	}{
		{"linger.mss", []string{"linger.mss=1"}},
		{"sasl.password", []string{"sasl.password=(redacted)"}},
		{"acks", nil},
	} {
		record := traced(t, journal.Setup{Bootstrap: addr, LeaveOut: &journal.LeaveOut{Setting: c.key}})
		conf := &kafka.ConfigMap{"bootstrap.servers": "localhost:9092", "linger.mss": 1, "sasl.password": "hunter2"}
		p, err := kafka.NewProducer(conf)
		if (err == nil) != (c.key == "linger.mss") { // there is no such setting, so the client refuses the others
			t.Errorf("without %s: %v", c.key, err)
		}
		if err == nil {
			p.Close()
		}
		if len(*conf) != 3 {
			t.Errorf("the program's map has become %v", *conf)
		}
		var left []string
		for _, e := range record().Events {
			if e.Kind == tracer.LeftOut {
				left = append(left, e.Text)
			}
		}
		if d := cmp.Diff(c.want, left); d != "" && c.key != "sasl.password" || len(left) != len(c.want) || strings.Contains(strings.Join(left, ""), "hunter2") {
			t.Errorf("without %s: %s", c.key, d)
		}
	}
}
