package lab

// Faults, done to real programs.

import (
	"context"
	"fmt"
	"log"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kstep/tracer"
	"kstep/tracer/kafka"
	"kstep/tracer/wire"
)

// faultPrograms are the programs that these tests run as the child. A program's
// name is followed by the client's settings.
var faultPrograms = map[string]func(settings string){
	"fault-one":   func(s string) { faultSend(s, "A") },
	"fault-three": func(s string) { faultSend(s, "A", "B", "C") },
	"fault-twice": faultFlushTwice,
	"fault-leave": faultLeave,
}

func faultProducer(settings string) *kafka.Producer {
	c := kafka.ConfigMap{"bootstrap.servers": "localhost:9092"}
	for _, s := range strings.Fields(settings) {
		key, value, _ := strings.Cut(s, "=")
		c[key] = value
	}
	p, err := kafka.NewProducer(&c)
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		for range p.Events() { // unread errors would count in Len()
		}
	}()
	return p
}

func faultProduce(p *kafka.Producer, value string, reports chan kafka.Event) {
	topic := "t"
	err := p.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: 0}, Value: []byte(value)}, reports)
	if err != nil {
		log.Fatal(err)
	}
}

// faultSend sends values, waits, and prints what their reports say.
func faultSend(settings string, values ...string) {
	p := faultProducer(settings)
	reports := make(chan kafka.Event, len(values))
	for _, v := range values {
		faultProduce(p, v, reports)
	}
	fmt.Println("left", p.Flush(30_000))
	for len(reports) > 0 {
		m := (<-reports).(*kafka.Message)
		fmt.Println(string(m.Value), m.TopicPartition.Error)
	}
}

// faultFlushTwice gives the first Flush too little time for a broker that is
// down.
func faultFlushTwice(settings string) {
	p := faultProducer(settings)
	reports := make(chan kafka.Event, 1)
	faultProduce(p, "A", reports)
	fmt.Println("all", p.Flush(300) == 0) // how many errors nobody has read yet is an accident
	fmt.Println("all", p.Flush(30_000) == 0)
	fmt.Println((<-reports).(*kafka.Message).TopicPartition.Error)
}

// faultLeave ends without waiting for anything.
func faultLeave(settings string) {
	p := faultProducer(settings)
	faultProduce(p, "A", nil)
	p.Flush(300)
}

// faultRun is a run with faults.
func faultRun(t *testing.T, program string, brokers int, faults ...string) *tracer.Trace {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tr, err := Run(ctx, Options{Program: program, Brokers: brokers, Topics: []tracer.Seed{{Topic: "t", Partitions: 1}}, Faults: faults})
	if err != nil {
		t.Fatal(err)
	}
	if tr.Header.Partial != "" {
		t.Errorf("the record is not whole: %s", tr.Header.Partial)
	}
	if l := tracer.Balance(tr); len(l.Breaches) > 0 {
		t.Errorf("the ledger: %v", l.Breaches)
	}
	if t.Failed() || testing.Verbose() {
		t.Log("\n" + faultStory(tr))
	}
	return tr
}

// faultStory is what the faults, the wire and the log say of Produce, a line
// an event.
func faultStory(tr *tracer.Trace) string {
	var b strings.Builder
	for i := range tr.Events {
		e := &tr.Events[i]
		f := e.Frame
		switch {
		case e.Kind == tracer.Faulted || e.Kind == tracer.Noted || e.Kind == tracer.Printed:
			fmt.Fprintln(&b, e.Kind, e.Text)
		case e.Lane == tracer.Wire && f.API == "Produce":
			for _, x := range f.Batches {
				fmt.Fprintln(&b, f.Connection, e.Kind, f.Correlation, x.Records, "epoch", x.Epoch, "sequence", x.Sequence, "offset", x.BaseOffset, x.Error)
			}
		case e.Kind == tracer.ConnectionOpened || e.Kind == tracer.ConnectionClosed:
			fmt.Fprintln(&b, f.Connection, e.Kind)
		case e.Call != nil:
			fmt.Fprintln(&b, e.Kind, e.Call.Name)
		case e.Kind == tracer.Logged:
			fmt.Fprintln(&b, e.Kind, e.Record.Offset, e.Record.Value.Text)
		}
	}
	return b.String()
}

func faultOf(tr *tracer.Trace, kind tracer.Kind, api string) []*tracer.Event {
	var out []*tracer.Event
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == kind && (api == "" || e.Frame != nil && e.Frame.API == api) {
			out = append(out, e)
		}
	}
	return out
}

// faultTexts are the texts of a kind of events.
func faultTexts(tr *tracer.Trace, kind tracer.Kind) []string {
	var out []string
	for _, e := range faultOf(tr, kind, "") {
		out = append(out, e.Text)
	}
	return out
}

// faultLog is the values that the broker's log holds, in their order.
func faultLog(tr *tracer.Trace) string {
	var out []string
	for _, e := range faultOf(tr, tracer.Logged, "") {
		out = append(out, e.Record.Value.Text)
	}
	return strings.Join(out, " ")
}

func faultWant[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func faultWantAll(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%q, want\n%q", what, got, want)
	}
}

const lostAnswer = "the broker's answer to the Produce request is lost, and the connection is cut"

// The answer is lost, so the client sends the message again. A plain producer
// puts it into the log twice, and reports it once.
func TestLostAckOfAPlainProducerMakesADuplicate(t *testing.T) {
	tr := faultRun(t, "fault-one", 1, "lose Produce response 1")
	faultWant(t, "log", faultLog(tr), "A A")
	faultWantAll(t, "printed", faultTexts(tr, tracer.Printed), "left 0", "A <nil>")
	faultWantAll(t, "faults", faultTexts(tr, tracer.Faulted), lostAnswer)
	faultWant(t, "answers that came", len(faultOf(tr, tracer.Response, "Produce")), 1)
	f := faultOf(tr, tracer.Faulted, "Produce")[0].Frame
	faultWant(t, "offset in the answer that was lost", f.Batches[0].BaseOffset, 0)
}

// The broker knows the batch of an idempotent producer again by its sequence.
func TestLostAckOfAnIdempotentProducerMakesNoDuplicate(t *testing.T) {
	tr := faultRun(t, "fault-one enable.idempotence=true", 1, "lose Produce response 1")
	faultWant(t, "log", faultLog(tr), "A")
	faultWantAll(t, "printed", faultTexts(tr, tracer.Printed), "left 0", "A <nil>")
	sent := faultOf(tr, tracer.Request, "Produce")
	if len(sent) != 2 {
		t.Fatalf("%d Produce requests, want 2", len(sent))
	}
	a, b := sent[0].Frame.Batches[0], sent[1].Frame.Batches[0]
	if a.ProducerID != b.ProducerID || a.Epoch != b.Epoch || a.Sequence != 0 || b.Sequence != 0 {
		t.Errorf("the batches have ids and sequences %d/%d/%d and %d/%d/%d", a.ProducerID, a.Epoch, a.Sequence, b.ProducerID, b.Epoch, b.Sequence)
	}
}

// A request that is lost was sent, and did nothing.
func TestLostRequest(t *testing.T) {
	tr := faultRun(t, "fault-one", 1, "lose Produce request 1")
	faultWant(t, "log", faultLog(tr), "A")
	faultWant(t, "requests", len(faultOf(tr, tracer.Request, "Produce")), 2)
	faultWantAll(t, "faults", faultTexts(tr, tracer.Faulted), "the Produce request is lost on its way to the broker, and the connection is cut")
}

// An error that can pass is tried again, and the program learns nothing of it.
func TestNotLeaderTwice(t *testing.T) {
	tr := faultRun(t, "fault-one retry.backoff.ms=50", 1, "answer Produce request 1-2 with NOT_LEADER_OR_FOLLOWER")
	faultWant(t, "log", faultLog(tr), "A")
	faultWantAll(t, "printed", faultTexts(tr, tracer.Printed), "left 0", "A <nil>")
	var errs []string
	for _, e := range faultOf(tr, tracer.Response, "Produce") {
		errs = append(errs, e.Frame.Batches[0].Error)
	}
	faultWantAll(t, "answers", errs, "NOT_LEADER_OR_FOLLOWER", "NOT_LEADER_OR_FOLLOWER", "")
	const text = "kstep answers the Produce request in the broker's place: NOT_LEADER_OR_FOLLOWER"
	faultWantAll(t, "faults", faultTexts(tr, tracer.Faulted), text, text)
}

// An error that cannot pass is reported at once.
func TestAnswerThatIsFinal(t *testing.T) {
	tr := faultRun(t, "fault-one", 1, "answer Produce request 1 with MESSAGE_TOO_LARGE")
	faultWant(t, "log", faultLog(tr), "")
	faultWantAll(t, "printed", faultTexts(tr, tracer.Printed), "left 0", "A Broker: Message size too large")
	faultWant(t, "requests", len(faultOf(tr, tracer.Request, "Produce")), 1)
}

// faultReorder: A fails when B and C are on their way already.
const faultReorder = "answer Produce request 1 with NOT_ENOUGH_REPLICAS after Produce request 3"

const oneByOne = " linger.ms=0 batch.num.messages=1"

func TestRetryChangesTheOrderOfAPlainProducer(t *testing.T) {
	tr := faultRun(t, "fault-three"+oneByOne, 1, faultReorder)
	faultWant(t, "log", faultLog(tr), "B C A")
	faultWantAll(t, "faults", faultTexts(tr, tracer.Faulted),
		"kstep answers the Produce request in the broker's place, as soon as the 3rd Produce request is sent: NOT_ENOUGH_REPLICAS")
}

func TestRetryKeepsTheOrderOfAnIdempotentProducer(t *testing.T) {
	tr := faultRun(t, "fault-three enable.idempotence=true"+oneByOne, 1, faultReorder)
	faultWant(t, "log", faultLog(tr), "A B C")
	sent := faultOf(tr, tracer.Request, "Produce")
	if len(sent) < 6 {
		t.Fatalf("%d Produce requests, want at least 6", len(sent))
	}
	for i, e := range sent[len(sent)-3:] {
		b := e.Frame.Batches[0]
		faultWant(t, "epoch", b.Epoch, 1)
		faultWant(t, "sequence", b.Sequence, int32(i))
	}
}

// A broker that is down refuses connections; the client keeps the message, and
// connects when the broker is there.
func TestDownFromTheStart(t *testing.T) {
	tr := faultRun(t, "fault-twice", 1, "down from start until Flush returned")
	faultWant(t, "log", faultLog(tr), "A")
	faultWantAll(t, "printed", faultTexts(tr, tracer.Printed), "all false", "all true", "<nil>")
	faultWantAll(t, "faults", faultTexts(tr, tracer.Faulted),
		"broker 0 is down: its connections are cut, new ones are refused", "broker 0 accepts connections again")
	refused := false
	for i := range tr.Events {
		refused = refused || tr.Events[i].Lane == tracer.Client && strings.Contains(tr.Events[i].Text, "Connection refused")
	}
	faultWant(t, "the client's log says that it was refused", refused, true)
}

// It goes down with a request in hand, and what was in flight is sent again.
func TestDownAtARequest(t *testing.T) {
	tr := faultRun(t, "fault-twice", 1, "down at Produce request 1 until Flush returned")
	faultWant(t, "log", faultLog(tr), "A")
	faultWantAll(t, "printed", faultTexts(tr, tracer.Printed), "all false", "all true", "<nil>")
	faultWant(t, "requests", len(faultOf(tr, tracer.Request, "Produce")), 2)
}

// A broker that never comes up again is asked for its log all the same.
func TestDownForGood(t *testing.T) {
	tr := faultRun(t, "fault-leave", 1, "down at Produce response 1")
	faultWant(t, "log", faultLog(tr), "A")
	faultWant(t, "notes", len(faultOf(tr, tracer.Noted, "")), 0)
	faultWantAll(t, "faults", faultTexts(tr, tracer.Faulted), "broker 0 is down: its connections are cut, new ones are refused")
}

// A delay changes when, and nothing else.
func TestDelay(t *testing.T) {
	tr := faultRun(t, "fault-one", 1, "delay Produce response 1 by 300ms", "delay Produce request 1 by 200ms")
	faultWant(t, "log", faultLog(tr), "A")
	faultWantAll(t, "faults", faultTexts(tr, tracer.Faulted),
		"the Produce request is delayed on its way to the broker by 200ms",
		"the broker's answer to the Produce request is delayed by 300ms")
	sent, got := faultOf(tr, tracer.Request, "Produce")[0], faultOf(tr, tracer.Response, "Produce")[0]
	if d := time.Duration(got.At - sent.At); d < 500*time.Millisecond {
		t.Errorf("the answer came %s after the request", d)
	}
}

// What is held until the program ends never comes: the message is lost.
func TestHoldForEver(t *testing.T) {
	tr := faultRun(t, "fault-leave", 1, "hold Produce request 1 until Flush returned 2")
	faultWant(t, "log", faultLog(tr), "")
	faultWantAll(t, "faults", faultTexts(tr, tracer.Faulted),
		"the Produce request is held back on its way to the broker until the 2nd call of Flush() has returned")
}

// The leader moves, and the client finds the new one.
func TestMoveLeader(t *testing.T) {
	for _, at := range []string{"Produce request 1", "Produce response 1"} {
		for node := range 2 {
			tr := faultRun(t, "fault-one retry.backoff.ms=50", 2, fmt.Sprintf("move leader of t[0] to %d at %s", node, at))
			faultWant(t, "log", faultLog(tr), "A")
			faultWantAll(t, "faults", faultTexts(tr, tracer.Faulted), fmt.Sprintf("broker %d becomes the leader of t[0]", node))
		}
	}
}

// Whatever the program can call can be waited for, under the name it is
// recorded by.
func TestEveryCallCanBeWaitedFor(t *testing.T) {
	methods := reflect.TypeFor[*kafka.Producer]()
	for i := range methods.NumMethod() {
		name := methods.Method(i).Name
		if _, err := wire.ParseFault("hold Produce request 1 until " + name + " called"); err != nil {
			t.Error(err)
		}
	}
}

func TestFaultsThatCannotBe(t *testing.T) {
	for words, want := range map[string]string{
		"loose Produce response 1":                     `"loose" is not what a fault does; the nearest is "lose"`,
		"down node 1 from start":                       "there is no node 1; the cluster's nodes are 0 to 0",
		"move leader of t[0] to 3 at EndTxn request 1": "there is no node 3",
	} {
		_, err := Run(t.Context(), Options{Program: "fault-one", Faults: []string{words}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", words, err, want)
		}
	}
}
