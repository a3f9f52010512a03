//go:build cgo

package kafka_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	real "github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/kafka"
)

// After Close, every method answers as a closed client does, and where the real
// one would crash or hang the event says that it was not asked.
func TestAfterClose(t *testing.T) {
	record := traced(t, journal.Setup{Bootstrap: "127.0.0.1:1"})
	p := newProducer(t, kafka.ConfigMap{"bootstrap.servers": "x:1", "log_level": 0})
	p.Close()
	bare, err := real.NewProducer(&real.ConfigMap{"bootstrap.servers": "127.0.0.1:1", "log_level": 0})
	if err != nil {
		t.Fatal(err)
	}
	bare.Close()
	closed := bare.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT()}}, nil)
	ctx := context.Background()
	for name, c := range map[string]struct {
		do      func() error
		want    error // of the real client; nil where the method returns none
		guarded bool
	}{
		"Produce": {func() error {
			return p.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT()}}, nil)
		}, closed, false},
		"Purge":                      {func() error { return p.Purge(kafka.PurgeQueue) }, bare.Purge(1), false},
		"GetMetadata":                {func() error { _, err := p.GetMetadata(nil, true, 10); return err }, closed, false},
		"QueryWatermarkOffsets":      {func() error { _, _, err := p.QueryWatermarkOffsets("t", 0, 10); return err }, closed, false},
		"OffsetsForTimes":            {func() error { _, err := p.OffsetsForTimes(nil, 10); return err }, closed, false},
		"GetFatalError":              {func() error { return p.GetFatalError() }, bare.GetFatalError(), false},
		"SetOAuthBearerToken":        {func() error { return p.SetOAuthBearerToken(kafka.OAuthBearerToken{}) }, closed, false},
		"SetOAuthBearerTokenFailure": {func() error { return p.SetOAuthBearerTokenFailure("x") }, closed, false},
		"SetSaslCredentials":         {func() error { return p.SetSaslCredentials("a", "b") }, closed, false},
		"InitTransactions":           {func() error { return p.InitTransactions(ctx) }, bare.InitTransactions(ctx), false},
		"BeginTransaction":           {func() error { return p.BeginTransaction() }, closed, false},
		"SendOffsetsToTransaction":   {func() error { return p.SendOffsetsToTransaction(ctx, nil, nil) }, closed, false},
		"CommitTransaction":          {func() error { return p.CommitTransaction(ctx) }, closed, false},
		"AbortTransaction":           {func() error { return p.AbortTransaction(ctx) }, closed, false},
		"IsClosed":                   {func() error { yes(t, p.IsClosed()); return nil }, nil, false},
		"String":                     {func() error { yes(t, strings.HasPrefix(p.String(), "rdkafka#producer-")); return nil }, nil, false},
		"Events": {func() error {
			for range p.Events() { // to its end
			}
			return nil
		}, nil, false},
		"Logs":           {func() error { yes(t, p.Logs() == nil); return nil }, nil, false},
		"ProduceChannel": {func() error { yes(t, p.ProduceChannel() == p.Producer.ProduceChannel()); return nil }, nil, false},
		"Close":          {func() error { p.Close(); return nil }, nil, false},
		"Flush":          {func() error { yes(t, p.Flush(1000) == 0); return nil }, nil, true},
		"Len":            {func() error { yes(t, p.Len() == 0); return nil }, nil, true},
		"TestFatalError": {func() error { yes(t, p.TestFatalError(kafka.ErrFail, "x") == kafka.ErrState); return nil }, nil, true},
		"NewAdminClientFromProducer": {func() error { _, err := kafka.NewAdminClientFromProducer(p); return err },
			kafka.NewError(kafka.ErrInvalidArg, "Can't derive AdminClient from closed producer", false), true},
	} {
		got := c.do()
		if got != c.want {
			t.Errorf("%s returned %v, want %v", name, got, c.want)
		}
		events := record().Events
		e := events[len(events)-1]
		if e.Kind != tracer.Returned || e.Call.Name != name || e.Call.Guarded != c.guarded || e.Call.After == nil || !e.Call.After.Closed {
			t.Errorf("%s is recorded as %s, queues %+v", name, text(&e), e.Call.After)
		}
		if (e.Call.Error != nil) != (c.want != nil) || c.want != nil && e.Call.Error.Text != c.want.Error() {
			t.Errorf("%s: recorded error %+v", name, e.Call.Error)
		}
	}
}

func yes(t *testing.T, ok bool) {
	t.Helper()
	if !ok {
		t.Error("not as a closed client")
	}
}

// Close may come while others are inside, and none of them touches a client
// that is gone.
func TestCloseWhileBusy(t *testing.T) {
	addr := broker(t)
	record := traced(t, journal.Setup{Bootstrap: addr})
	for range 5 {
		p := newProducer(t, kafka.ConfigMap{"bootstrap.servers": "x:1", "log_level": 0})
		var wg sync.WaitGroup
		busy := make(chan bool, 100)
		for _, call := range []func(){
			func() { p.Len() },
			func() { p.Flush(1) },
			func() {
				p.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT()}, Value: []byte("v")}, nil)
			},
			func() { p.GetMetadata(topicT(), false, 1000) },
			func() { p.Purge(kafka.PurgeQueue) },
			func() { p.GetFatalError() },
		} {
			wg.Go(func() {
				for !p.Producer.IsClosed() {
					call()
					select {
					case busy <- true:
					default:
					}
				}
				call()
			})
		}
		for range cap(busy) / 2 {
			<-busy
		}
		wg.Go(p.Close)
		p.Close()
		wg.Wait()
	}
	if r := record(); len(r.Events) == 0 {
		t.Error("nothing is recorded")
	}
}

// A call that never ends does not make Close hang, as it does not untraced.
func TestCloseBesideHangingCall(t *testing.T) {
	record := traced(t, journal.Setup{Bootstrap: "127.0.0.1:1"})
	p := newProducer(t, kafka.ConfigMap{"bootstrap.servers": "x:1", "log_level": 0})
	release := kafka.Hang(p)
	began := time.Now()
	p.Close()
	if d := time.Since(began); d > 5*time.Second {
		t.Errorf("Close took %v", d)
	}
	release()
	all := strings.Join(texts(record()), "\n")
	if !strings.Contains(all, "lab noted: Close() was called while another goroutine was inside the client") {
		t.Errorf("recorded\n%s", all)
	}
}
