//go:build cgo

package kafka_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/kafka"
)

// line is the line it is called from.
func line() int {
	_, _, n, _ := runtime.Caller(1)
	return n
}

// text is an event of a call in one line, without times and queues.
func text(e *tracer.Event) string {
	if e.Call == nil {
		return fmt.Sprintf("%s %s: %s", e.Lane, e.Kind, e.Text)
	}
	c := e.Call
	list := func(vs []tracer.Value) string {
		var out []string
		for _, v := range vs {
			out = append(out, v.Name+"="+v.Text)
		}
		return strings.Join(out, ", ")
	}
	s := fmt.Sprintf("%s %s(%s)", e.Kind, c.Name, list(c.Args))
	if e.Kind == tracer.Returned {
		s += " (" + list(c.Results) + ")"
	}
	if c.Error != nil {
		s += fmt.Sprintf(" error %d", c.Error.Code)
	}
	if c.Guarded {
		s += " guarded"
	}
	if c.Count > 0 {
		s += fmt.Sprintf(" x %d", c.Count)
	}
	return s
}

func texts(r *journal.Record) (out []string) {
	for i := range r.Events {
		out = append(out, text(&r.Events[i]))
	}
	return out
}

func newProducer(t testing.TB, conf kafka.ConfigMap) *kafka.Producer {
	t.Helper()
	p, err := kafka.NewProducer(&conf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func topicT() *string { s := "t"; return &s }

// The source lesson's program, recorded from end to end.
func TestFirstMessage(t *testing.T) {
	record := traced(t, journal.Setup{Bootstrap: broker(t), Set: map[string]string{"linger.ms": "7", "sasl.password": "hunter2"}, Debug: ""})
	conf := &kafka.ConfigMap{"bootstrap.servers": "localhost:9092"}
	p, err := kafka.NewProducer(conf)
	newLine := line() - 1
	if err != nil {
		t.Fatal(err)
	}
	stamp := time.UnixMilli(1_700_000_000_000)
	err = p.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT(), Partition: kafka.PartitionAny}, Timestamp: stamp,
		Key: []byte("key1"), Value: []byte(strings.Repeat("é", 50)), Headers: []kafka.Header{{Key: "h", Value: []byte{0xff}}, {Key: "n"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for report := false; !report; { // until the report lies in Events()
		report = len(p.Events()) == 1
	}
	left := p.Flush(10)
	p.Close()
	if (*conf)["bootstrap.servers"] != "localhost:9092" || len(*conf) != 1 {
		t.Errorf("the program's own map became %v", *conf)
	}
	var got []string
	r := record()
	for i, s := range texts(r) {
		if !strings.Contains(s, "returned Events()") { // polled
			got = append(got, s)
			if c := r.Events[i].Call; c != nil && (c.Site == nil || c.Site.File != "record_test.go" || !strings.HasSuffix(c.Site.Func, "TestFirstMessage")) {
				t.Errorf("%s: site %+v", s, c.Site)
			}
		}
	}
	want := []string{
		"called NewProducer(bootstrap.servers=localhost:9092)",
		"lab setting changed: linger.ms=7",
		"lab setting changed: sasl.password=(redacted)",
		"lab address replaced: localhost:9092 -> the lab's broker",
		"returned NewProducer(bootstrap.servers=localhost:9092) (producer=" + p.String() + ", error=nil)",
		"returned Produce(deliveryChan=nil) (error=nil)",
		"called Flush(timeoutMs=10)",
		fmt.Sprintf("returned Flush(timeoutMs=10) (left=%d)", left),
		"called Close()",
		"returned Close() ()",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	first, last := r.Events[0].Call, r.Events[4].Call
	if first.ID != 1 || first.Producer != 0 || last.ID != 1 || last.Producer != 1 || last.Site.Line != newLine || last.After == nil {
		t.Errorf("NewProducer %+v, %+v", first, last)
	}
	c := r.Events[5].Call
	m := &tracer.Message{
		Number: 1, Topic: "t", Partition: -1, Key: &tracer.Payload{Text: "key1", Size: 4}, Value: &tracer.Payload{Text: strings.Repeat("é", 32), Size: 100},
		Headers:   []tracer.Header{{Key: "h", Value: tracer.Payload{Text: "\uFFFD", Size: 1}}, {Key: "n", Value: tracer.Payload{Text: "nil"}}},
		Timestamp: stamp.UnixMilli(), CRC: tracer.CRC([]byte("key1"), []byte(strings.Repeat("é", 50))),
	}
	if d := cmp.Diff(m, c.Message); d != "" {
		t.Error(d)
	}
	if c.Before.Len() != 0 || c.After.Len() < 1 || c.After.Client+c.After.Events < 1 {
		t.Errorf("queues before %+v, after %+v", c.Before, c.After)
	}
	if q := r.Events[len(r.Events)-1].Call.After; !q.Closed || r.Events[len(r.Events)-2].Call.Before.Closed {
		t.Errorf("queues around Close: %+v", q)
	}
	if r.Messages[0] != (journal.Produced{Topic: "t", CRC: m.CRC}) {
		t.Errorf("message %+v", r.Messages[0])
	}
}

// What each method records, with a broker that answers.
func TestMethods(t *testing.T) {
	record := traced(t, journal.Setup{Bootstrap: broker(t)})
	p := newProducer(t, kafka.ConfigMap{"bootstrap.servers": "x:1", "queue.buffering.max.messages": 3, "linger.ms": 1000, "go.delivery.reports": false, "log_level": 3})
	soon, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	group, err := kafka.NewTestConsumerGroupMetadata("g")
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 300)
	msg := func(v string) *kafka.Message {
		return &kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT()}, Value: []byte(v)}
	}
	unbuffered, roomy := make(chan kafka.Event), make(chan kafka.Event, 5)
	steps := []struct {
		do   func()
		want []string
	}{
		{func() { p.GetMetadata(topicT(), false, 5000) }, []string{
			"called GetMetadata(topic=t, allTopics=false, timeoutMs=5000)",
			"returned GetMetadata(topic=t, allTopics=false, timeoutMs=5000) (metadata=1 broker, 1 topic, error=nil)"}},
		{func() { p.QueryWatermarkOffsets("t", 0, 5000) }, []string{
			"called QueryWatermarkOffsets(topic=t, partition=0, timeoutMs=5000)",
			"returned QueryWatermarkOffsets(topic=t, partition=0, timeoutMs=5000) (low=0, high=0, error=nil)"}},
		{func() { p.OffsetsForTimes([]kafka.TopicPartition{{Topic: topicT(), Offset: 5}}, 5000) }, []string{
			"called OffsetsForTimes(times=t[0]@5, timeoutMs=5000)",
			"returned OffsetsForTimes(times=t[0]@5, timeoutMs=5000) (offsets=t[0]@end, error=nil)"}},
		{func() { p.Produce(nil, nil) }, []string{"returned Produce(deliveryChan=nil) (error=Local: Invalid argument or configuration) error -186"}},
		{func() { p.Produce(msg("1"), unbuffered) }, []string{"returned Produce(deliveryChan=chan kafka.Event, unbuffered) (error=nil)"}},
		{func() { p.Produce(msg("2"), roomy) }, []string{"returned Produce(deliveryChan=chan kafka.Event, capacity 5) (error=nil)"}},
		{func() { p.Produce(msg("3"), nil) }, []string{"returned Produce(deliveryChan=nil) (error=nil)"}},
		{func() { p.Produce(msg("4"), nil) }, []string{"returned Produce(deliveryChan=nil) (error=Local: Queue full) error -184"}},
		{func() { p.Len() }, []string{"returned Len() (n=3)"}},
		{func() { p.Purge(kafka.PurgeQueue | kafka.PurgeNonBlocking) }, []string{
			"called Purge(flags=PurgeQueue|PurgeNonBlocking)", "returned Purge(flags=PurgeQueue|PurgeNonBlocking) (error=nil)"}},
		{func() { <-unbuffered }, nil},
		{func() { p.Purge(64) }, []string{
			"called Purge(flags=64)", "returned Purge(flags=64) (error=Local: Invalid argument or configuration) error -186"}},
		{func() { p.IsClosed() }, []string{"returned IsClosed() (closed=false)"}},
		{func() { _ = p.String() }, []string{"returned String() (name=" + p.Producer.String() + ")"}},
		{func() { p.Events() }, []string{"returned Events() (channel=chan kafka.Event)"}},
		{func() { p.Logs() }, []string{"returned Logs() (channel=nil)"}},
		{func() { p.ProduceChannel() }, []string{
			"lab noted: messages sent through ProduceChannel() are not seen one by one",
			"returned ProduceChannel() (channel=chan *kafka.Message)"}},
		{func() { p.GetFatalError() }, []string{"called GetFatalError()", "returned GetFatalError() (error=nil)"}},
		{func() { p.SetSaslCredentials("bob", "hunter2") }, []string{
			"called SetSaslCredentials(username=(redacted), password=(redacted))",
			"returned SetSaslCredentials(username=(redacted), password=(redacted)) (error=nil)"}},
		{func() { p.SetOAuthBearerToken(kafka.OAuthBearerToken{TokenValue: "hunter2", Expiration: time.Now()}) }, []string{
			"called SetOAuthBearerToken(oauthBearerToken=(redacted))",
			"returned SetOAuthBearerToken(oauthBearerToken=(redacted)) (error=SASL/OAUTHBEARER is not the configured authentication mechanism) error -172"}},
		{func() { p.SetOAuthBearerTokenFailure("hunter2") }, []string{
			"called SetOAuthBearerTokenFailure(errstr=(redacted))",
			"returned SetOAuthBearerTokenFailure(errstr=(redacted)) (error=Local: Erroneous state) error -172"}},
		{func() { p.InitTransactions(soon) }, []string{
			"called InitTransactions(ctx=context with a deadline)",
			"returned InitTransactions(ctx=context with a deadline) (error=The Transactional API requires transactional.id to be configured) error -145"}},
		{func() { p.BeginTransaction() }, []string{
			"called BeginTransaction()", "returned BeginTransaction() (error=The Transactional API requires transactional.id to be configured) error -145"}},
		{func() { p.SendOffsetsToTransaction(context.Background(), nil, group) }, []string{
			"called SendOffsetsToTransaction(ctx=context without a deadline, offsets=nil, consumerMetadata=consumer group metadata)",
			"returned SendOffsetsToTransaction(ctx=context without a deadline, offsets=nil, consumerMetadata=consumer group metadata) (error="}},
		{func() { p.CommitTransaction(nil) }, []string{
			"called CommitTransaction(ctx=nil)", "returned CommitTransaction(ctx=nil) (error=The Transactional API requires transactional.id to be configured) error -145"}},
		{func() { p.AbortTransaction(nil) }, []string{
			"called AbortTransaction(ctx=nil)", "returned AbortTransaction(ctx=nil) (error=The Transactional API requires transactional.id to be configured) error -145"}},
		{func() { p.TestFatalError(kafka.ErrOutOfOrderSequenceNumber, long) }, []string{
			"called TestFatalError(code=Broker: Broker received an out of order sequence number, str=" + long[:256] + ")",
			"returned TestFatalError(code=Broker: Broker received an out of order sequence number, str=" + long[:256] + ") (code=Success)"}},
	}
	for i, step := range steps {
		before := len(record().Events)
		step.do()
		r := record()
		got := texts(r)[before:]
		if len(got) != len(step.want) {
			t.Errorf("step %d: recorded %q, want %q", i, got, step.want)
			continue
		}
		for k := range got {
			if !strings.HasPrefix(got[k], step.want[k]) {
				t.Errorf("step %d: recorded\n%s, want\n%s", i, got[k], step.want[k])
			}
			if c := r.Events[before+k].Call; c != nil && (c.Site == nil || c.Site.File != "record_test.go" || c.Producer != 1) {
				t.Errorf("step %d: %s: site %+v, producer %d", i, got[k], c.Site, c.Producer)
			}
		}
	}
	for _, e := range record().Events {
		if s := fmt.Sprintf("%+v", e.Call); strings.Contains(s, "hunter2") || strings.Contains(s, "bob") {
			t.Errorf("a secret is recorded: %s", s)
		}
	}
}

// Reports that nobody reads are seen where they wait.
func TestQueues(t *testing.T) {
	record := traced(t, journal.Setup{Bootstrap: broker(t)})
	p := newProducer(t, kafka.ConfigMap{"bootstrap.servers": "x:1"})
	own := make(chan kafka.Event, 10)
	for i := range 3 {
		var ch chan kafka.Event
		if i > 0 {
			ch = own
		}
		if err := p.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT()}, Value: []byte("v")}, ch); err != nil {
			t.Fatal(err)
		}
	}
	for len(own) < 2 || len(p.Producer.Events()) < 1 || p.Producer.Len() != 1 {
		runtime.Gosched()
	}
	if n := p.Len(); n != 1 {
		t.Errorf("Len is %d", n)
	}
	p.Flush(1)
	events := record().Events
	last := events[len(events)-1].Call
	if d := cmp.Diff(&tracer.Queues{Events: 1, Reports: 2}, last.After); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(last.After, events[len(events)-3].Call.After); d != "" {
		t.Errorf("Len's own queues: %s", d)
	}
}

// A loop is recorded in full at its beginning and counted then.
func TestLoops(t *testing.T) {
	record := traced(t, journal.Setup{Bootstrap: "127.0.0.1:1"})
	p := newProducer(t, kafka.ConfigMap{"bootstrap.servers": "x:1", "queue.buffering.max.messages": 1000, "log_level": 0})
	refused := 0
	for i := range 2000 {
		if p.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT()}, Value: []byte{byte(i), byte(i >> 8)}}, nil) != nil {
			refused++
		}
	}
	var long int
	for range 700 {
		p.Len()
		p.IsClosed()
	}
	for range 1000 {
		long += p.Len()
	}
	send := p.Produce
	send(nil, nil)
	r := record()
	produced, failed, lens, ids := 0, 0, 0, map[int]bool{}
	for i := range r.Events {
		c := r.Events[i].Call
		if c == nil || r.Events[i].Kind == tracer.Called {
			continue
		}
		if ids[c.ID] {
			t.Errorf("two calls have the number %d", c.ID)
		}
		ids[c.ID] = true
		switch {
		case c.Name == "Produce" && c.Error == nil:
			if c.Message.Number != produced+1 {
				t.Errorf("message %d has the number %d", produced+1, c.Message.Number)
			}
			produced += c.N()
		case c.Name == "Produce":
			failed += c.N()
		case c.Name == "Len":
			lens += c.N()
		}
		if c.Site == nil || c.Site.File != "record_test.go" || c.Began > r.Events[i].At {
			t.Errorf("%s: site %v, began %d, returned %d", c.Name, c.Site, c.Began, r.Events[i].At)
		}
	}
	if produced != 1000 || failed != refused+1 || lens != 1700 || len(r.Messages) != 1000 {
		t.Errorf("%d produced, %d refused, %d lens, %d messages", produced, failed, lens, len(r.Messages))
	}
	if n := len(r.Events); n > 2500 {
		t.Errorf("%d events", n)
	}
	for i, m := range r.Messages {
		if want := tracer.CRC(nil, []byte{byte(i), byte(i >> 8)}); m.CRC != want {
			t.Fatalf("message %d has the CRC %x, want %x", i+1, m.CRC, want)
		}
	}
}

// The constructor's own error comes back untouched and is recorded; a producer
// that was not made has no number.
func TestConstructorFails(t *testing.T) {
	record := traced(t, journal.Setup{Bootstrap: "127.0.0.1:1", Set: map[string]string{"linger.mss": "5"}})
	_, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "x:1"})
	e, ok := err.(kafka.Error)
	if !ok || e.Code() != kafka.ErrInvalidArg || e.Error() != `No such configuration property: "linger.mss"` {
		t.Errorf("error %#v", err)
	}
	events := record().Events
	c := events[len(events)-1].Call
	if c.Error == nil || c.Error.Code != -186 || c.Error.Text != e.Error() || c.Error.Name != kafka.ErrInvalidArg.String() || c.Producer != 0 {
		t.Errorf("recorded %+v, error %+v", c, c.Error)
	}
}

// The other clients get the lab's broker, too.
func TestOtherClients(t *testing.T) {
	record := traced(t, journal.Setup{Bootstrap: broker(t)})
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	a, err := kafka.NewAdminClient(&kafka.ConfigMap{"metadata.broker.list": "x:1"})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.ClusterID(ctx); err != nil {
		t.Error(err)
	}
	c, err := kafka.NewConsumer(&kafka.ConfigMap{"bootstrap.servers": "x:1", "group.id": "g"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.GetMetadata(topicT(), false, 5000); err != nil {
		t.Error(err)
	}
	p := newProducer(t, kafka.ConfigMap{"bootstrap.servers": "x:1"})
	b, err := kafka.NewAdminClientFromProducer(p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.ClusterID(ctx); err != nil {
		t.Error(err)
	}
	b.Close()
	want := []string{
		"called NewAdminClient(metadata.broker.list=x:1)",
		"lab address replaced: x:1 -> the lab's broker",
		"returned NewAdminClient(metadata.broker.list=x:1) (admin=a new admin, error=nil)",
		"called NewConsumer(bootstrap.servers=x:1, group.id=g)",
		"lab address replaced: x:1 -> the lab's broker",
		"returned NewConsumer(bootstrap.servers=x:1, group.id=g) (consumer=a new consumer, error=nil)",
	}
	if d := cmp.Diff(want, texts(record())[:6]); d != "" {
		t.Error(d)
	}
}
