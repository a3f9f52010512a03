//go:build cgo

package kafka_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	real "github.com/confluentinc/confluent-kafka-go/v2/kafka"
	"github.com/google/go-cmp/cmp"

	"kstep/tracer/journal"
	"kstep/tracer/kafka"
)

// client is what the scripts need of a producer, bare or wrapped.
type client interface {
	Produce(*real.Message, chan real.Event) error
	Events() chan real.Event
	Len() int
	Flush(int) int
	Close()
	Purge(int) error
	IsClosed() bool
	GetMetadata(*string, bool, int) (*real.Metadata, error)
	QueryWatermarkOffsets(string, int32, int) (int64, int64, error)
	InitTransactions(context.Context) error
	BeginTransaction() error
	CommitTransaction(context.Context) error
	AbortTransaction(context.Context) error
}

// script is what a program sees, line by line.
type script struct {
	p    client
	said []string
}

func (s *script) say(what string, got ...any) {
	for i, v := range got {
		if e := (real.Error{}); v != nil && reflect.TypeOf(v) == reflect.TypeOf(e) { // the error's very fields, not its text alone
			got[i] = fmt.Sprintf("%#v", v)
		}
	}
	s.said = append(s.said, what+": "+strings.TrimSpace(fmt.Sprintln(got...)))
}

// opaque is a value that must come back as it is.
type opaque struct{ n int }

func (s *script) send(n int, ch chan real.Event) error {
	return s.p.Produce(&real.Message{TopicPartition: real.TopicPartition{Topic: topicT()}, Value: fmt.Append(nil, n), Opaque: &opaque{n}}, ch)
}

// reports reads n reports from a channel.
func (s *script) reports(what string, ch chan real.Event, n int) {
	for range n {
		select {
		case e := <-ch:
			m, ok := e.(*real.Message)
			if !ok {
				s.say(what, "not a message", e)
				continue
			}
			s.say(what, m.Opaque.(*opaque).n, string(m.Value), m.TopicPartition.Partition, m.TopicPartition.Error)
		case <-time.After(20 * time.Second):
			s.say(what, "no report")
		}
	}
}

// scripts are programs that meet what lessons are about.
var scripts = map[string]struct {
	conf real.ConfigMap
	run  func(*script)
}{
	"reports": {real.ConfigMap{"linger.ms": 20}, func(s *script) {
		own := make(chan real.Event, 10)
		for i := range 10 {
			s.say("produce", s.send(i, map[bool]chan real.Event{true: own}[i%2 == 1]))
		}
		s.reports("events", s.p.Events(), 5)
		s.reports("own", own, 5)
		s.say("flush", s.p.Flush(5000), s.p.Len())
		low, high, err := s.p.QueryWatermarkOffsets("t", 0, 5000)
		s.say("watermarks", low, high, err)
	}},
	"unread events": {real.ConfigMap{}, func(s *script) {
		for i := range 5 {
			s.send(i, nil)
		}
		for len(s.p.Events()) < 5 { // Flush() hands out reports too: two carriers keep no order between them
			time.Sleep(time.Millisecond)
		}
		s.say("flush", s.p.Flush(500), s.p.Len(), len(s.p.Events()))
		s.reports("events", s.p.Events(), 5)
		s.say("flush", s.p.Flush(500), s.p.Flush(-1))
	}},
	"queue full and purge": {real.ConfigMap{"queue.buffering.max.messages": 3, "linger.ms": 60_000}, func(s *script) {
		for i := range 5 {
			s.say("produce", s.send(i, nil))
		}
		s.say("len", s.p.Len())
		s.say("purge", s.p.Purge(real.PurgeQueue), s.p.Purge(64))
		from := len(s.said)
		s.reports("events", s.p.Events(), 3)
		slices.Sort(s.said[from:]) // which of the client's queues a message is in when Purge() comes is an accident
	}},
	"refused": {real.ConfigMap{"message.max.bytes": 2000}, func(s *script) {
		topic := ""
		s.say("nil", s.p.Produce(nil, nil))
		s.say("no topic", s.p.Produce(&real.Message{}, nil), s.p.Produce(&real.Message{TopicPartition: real.TopicPartition{Topic: &topic}}, nil))
		s.say("too large", s.p.Produce(&real.Message{TopicPartition: real.TopicPartition{Topic: topicT()}, Value: make([]byte, 5000)}, nil))
		_, err := s.p.GetMetadata(topicT(), false, 5000)
		s.say("metadata", err)
		s.say("no such partition", s.p.Produce(&real.Message{TopicPartition: real.TopicPartition{Topic: topicT(), Partition: 7}}, nil))
		s.say("not transactional", s.p.BeginTransaction())
	}},
	"closed": {real.ConfigMap{"linger.ms": 60_000}, func(s *script) {
		s.send(1, nil)
		s.p.Close()
		s.p.Close()
		_, open := <-s.p.Events()
		_, err := s.p.GetMetadata(nil, true, 100)
		s.say("closed", s.p.IsClosed(), open, s.send(2, nil), s.p.Purge(real.PurgeQueue), err, s.p.CommitTransaction(context.Background()))
	}},
	"transactions": {real.ConfigMap{"transactional.id": "same"}, func(s *script) {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		s.say("early", s.p.BeginTransaction(), s.send(0, nil))
		s.say("init", s.p.InitTransactions(ctx))
		s.say("begin", s.p.BeginTransaction(), s.p.BeginTransaction())
		s.say("produce", s.send(1, nil))
		s.say("commit", s.p.CommitTransaction(ctx))
		s.say("flush", s.p.Flush(200))
		s.reports("committed", s.p.Events(), 1)
		s.say("begin", s.p.BeginTransaction())
		s.say("produce", s.send(2, nil))
		s.say("abort", s.p.AbortTransaction(ctx))
	}},
	"many": {real.ConfigMap{"queue.buffering.max.messages": 5000}, func(s *script) {
		own := make(chan real.Event, 3000)
		for i := range 3000 {
			if err := s.send(i, own); err != nil {
				s.say("produce", i, err)
			}
		}
		s.reports("own", own, 3000)
		_, high, err := s.p.QueryWatermarkOffsets("t", 0, 5000)
		s.say("watermark", high, err)
	}},
}

// A program sees the same from the wrapper as from the bare client: results,
// errors, their order, its own opaque values.
func TestSame(t *testing.T) {
	for name, sc := range scripts {
		t.Run(name, func(t *testing.T) {
			conf := func() *real.ConfigMap {
				c := real.ConfigMap{"bootstrap.servers": broker(t), "log_level": 0}
				for k, v := range sc.conf {
					c[k] = v
				}
				return &c
			}
			play := func(p client, err error) []string {
				if err != nil {
					t.Fatal(err)
				}
				s := &script{p: p}
				sc.run(s)
				p.Close()
				return s.said
			}
			bare, err := real.NewProducer(conf())
			want := play(bare, err)
			through, err := kafka.NewProducer(conf())
			if d := cmp.Diff(want, play(through, err)); d != "" {
				t.Errorf("not traced (-bare +wrapped):\n%s", d)
			}
			lab := conf()
			record := traced(t, journal.Setup{Bootstrap: (*lab)["bootstrap.servers"].(string)})
			(*lab)["bootstrap.servers"] = "localhost:9092"
			wrapped, err := kafka.NewProducer(lab)
			if d := cmp.Diff(want, play(wrapped, err)); d != "" {
				t.Errorf("traced (-bare +wrapped):\n%s", d)
			}
			if r := record(); len(r.Events) < 5 {
				t.Errorf("%d events", len(r.Events))
			}
		})
	}
}

// Without a lab nothing is recorded and nothing replaced, and the errors of
// the constructor are the client's.
func TestNotTraced(t *testing.T) {
	if _, found := os.LookupEnv("KSTEP_LAB"); found {
		t.Skip("this process is traced")
	}
	var e kafka.Error
	if _, err := kafka.NewProducer(&kafka.ConfigMap{"linger.mss": 1}); !errors.As(err, &e) || e.Code() != kafka.ErrInvalidArg {
		t.Errorf("error %v", err)
	}
	addr := broker(t)
	p := newProducer(t, kafka.ConfigMap{"bootstrap.servers": addr})
	a, err := kafka.NewAdminClientFromProducer(p)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	m, err := p.GetMetadata(topicT(), false, 5000)
	if err != nil || len(m.Brokers) != 1 || !slices.Contains(strings.Split(addr, ","), fmt.Sprintf("%s:%d", m.Brokers[0].Host, m.Brokers[0].Port)) {
		t.Errorf("metadata %+v, %v", m, err)
	}
}
