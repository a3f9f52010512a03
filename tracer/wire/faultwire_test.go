// Faults happen to the frames they name, in their connection's order, and to no
// others.

package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// faultTap is a tap with faults, in a cluster of one.
func faultTap(t *testing.T, w *witness, called func(string, int, bool) (int64, bool), words ...string) *Tap {
	t.Helper()
	tap := NewTap(w.record)
	tap.Inject(Faults{List: faultList(t, words...), Nodes: 1, Called: called})
	t.Cleanup(tap.Seal)
	return tap
}

func faultList(t *testing.T, words ...string) (out []Fault) {
	t.Helper()
	for _, w := range words {
		f, err := ParseFault(w)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

// faultProduce is a Produce request with one record.
func faultProduce(t *testing.T, correlation int32, acks int16, topic string) []byte {
	return ask(produced(acks, nil, topic, batchOf(t, kgo.CodecNone, plainProducer, records("v"))), 9, correlation)
}

func faultProduced(correlation int32) []byte {
	return answer(appended("t", kmsg.ProduceResponseTopicPartition{BaseOffset: 7}), 9, correlation)
}

// faultFailed says NOT_ENOUGH_REPLICAS.
func faultFailed(correlation int32) []byte {
	p := kmsg.NewProduceResponseTopicPartition()
	p.ErrorCode, p.BaseOffset, p.LogAppendTime, p.LogStartOffset = 19, -1, -1, -1
	return answer(appended("t", p), 9, correlation)
}

var (
	faultAsk      = func(n int32) []byte { return ask(&kmsg.ListGroupsRequest{}, 3, n) }
	faultAnswered = func(n int32) []byte { return answer(&kmsg.ListGroupsResponse{}, 3, n) }
)

// faultSees reads what must come next.
func faultSees(t *testing.T, c net.Conn, want []byte) {
	t.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(c, got); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%v: %x, want %x", err, got, want)
	}
}

// faultEnds reads the end.
func faultEnds(t *testing.T, c net.Conn) {
	t.Helper()
	if n, err := c.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		t.Fatalf("%d bytes and %v, want the end", n, err)
	}
}

// faultAwaits returns when there is an event of a kind about a frame.
func faultAwaits(t *testing.T, w *witness, kind tracer.Kind, correlation int32) {
	t.Helper()
	for ctx := patient(t); w.count(kind, correlation) == 0; {
		select {
		case <-ctx.Done():
			t.Fatalf("no %s %d: %v", kind, correlation, faultKinds(w))
		case <-time.After(time.Millisecond):
		}
	}
}

// faultKinds are the events, each with its correlation id where it has one.
func faultKinds(w *witness) []string {
	var out []string
	for _, e := range w.all() {
		s := string(e.Kind)
		if e.Frame != nil && e.Frame.Correlation != 0 {
			s += fmt.Sprint(" ", e.Frame.Correlation)
		}
		out = append(out, s)
	}
	return out
}

func faultWantKinds(t *testing.T, w *witness, want ...string) {
	t.Helper()
	if d := cmp.Diff(want, faultKinds(w)); d != "" {
		t.Errorf("events:\n%s", d)
	}
}

func TestLoseRequest(t *testing.T) {
	w := &witness{}
	client, broker := link(t, faultTap(t, w, nil, "lose Produce request 2"))
	send(t, client, slices.Concat(faultProduce(t, 1, 1, "t"), faultProduce(t, 2, 1, "t"), faultProduce(t, 3, 1, "t")))
	faultEnds(t, client)
	faultSees(t, broker, faultProduce(t, 1, 1, "t")) // it had passed
	send(t, broker, faultProduced(1))                // and is answered into the void
	faultEnds(t, broker)
	faultWantKinds(t, w, "connection opened", "request 1", "request 2", "connection closed", "fault 2")
	e := w.all()[4]
	if e.Lane != tracer.Lab || e.Known != tracer.Observed || e.At == 0 || e.Frame.Batches[0].Topic != "t" || !strings.HasPrefix(e.Text, "the Produce request is lost") {
		t.Errorf("%s", asJSON(t, e))
	}
}

// What was written before arrives, what was lost and what follows does not.
func TestLoseResponse(t *testing.T) {
	w := &witness{}
	tap := faultTap(t, w, nil, "lose Produce response 2 of t[0]")
	client, broker := link(t, tap)
	for n := int32(1); n <= 3; n++ {
		send(t, client, faultProduce(t, n, 1, "t"))
		faultSees(t, broker, faultProduce(t, n, 1, "t"))
	}
	send(t, broker, slices.Concat(faultProduced(1), faultProduced(2), faultProduced(3)))
	faultSees(t, client, faultProduced(1))
	faultEnds(t, client)
	faultEnds(t, broker)
	broker.Close()
	if err := tap.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	faultWantKinds(t, w, "connection opened", "request 1", "request 2", "request 3", "response 1", "connection closed", "fault 2")
	if b := w.all()[6].Frame.Batches[0]; b.BaseOffset != 7 {
		t.Errorf("the lost answer was %+v", b)
	}
}

// An answer in the broker's place waits for the answers before it.
func TestAnswerInTheBrokersPlace(t *testing.T) {
	w := &witness{}
	client, broker := link(t, faultTap(t, w, nil, "answer Produce request 1 with NOT_ENOUGH_REPLICAS"))
	send(t, client, slices.Concat(faultAsk(1), faultProduce(t, 2, 1, "t"), faultAsk(3)))
	faultSees(t, broker, slices.Concat(faultAsk(1), faultAsk(3)))
	send(t, broker, faultAnswered(1))
	failed := faultFailed(2)
	faultSees(t, client, slices.Concat(faultAnswered(1), failed))
	send(t, broker, faultAnswered(3))
	faultSees(t, client, faultAnswered(3))
	faultWantKinds(t, w, "connection opened", "request 1", "request 2", "fault 2", "request 3", "response 1", "response 2", "response 3")
}

// It can wait for what the client sends later, and holds up what follows.
func TestAnswerAfterALaterRequest(t *testing.T) {
	w := &witness{}
	client, broker := link(t, faultTap(t, w, nil, "answer Produce request 1 with NOT_ENOUGH_REPLICAS after Produce request 3"))
	send(t, client, slices.Concat(faultProduce(t, 1, 1, "t"), faultProduce(t, 2, 1, "t")))
	faultSees(t, broker, faultProduce(t, 2, 1, "t"))
	send(t, broker, faultProduced(2))
	send(t, client, faultProduce(t, 3, 1, "t"))
	faultSees(t, client, slices.Concat(
		faultFailed(1), faultProduced(2)))
	faultWantKinds(t, w, "connection opened", "request 1", "request 2", "request 3", "fault 1", "response 1", "response 2")
}

// A broker that cannot do what wants no answer closes the connection.
func TestAnswerWhereNoneIsWanted(t *testing.T) {
	w := &witness{}
	client, broker := link(t, faultTap(t, w, nil, "answer Produce request 1 with NOT_LEADER_OR_FOLLOWER"))
	send(t, client, faultProduce(t, 1, 0, "t"))
	faultEnds(t, client)
	faultEnds(t, broker)
	faultWantKinds(t, w, "connection opened", "request 1", "connection closed", "fault 1")
}

// When the tap is sealed nothing is held any more.
func TestSealEndsFaults(t *testing.T) {
	w := &witness{}
	tap := faultTap(t, w, nil, "hold Produce request 1 until Flush called", "hold ListGroups response 1 until ListGroups request 9")
	client, broker := link(t, tap)
	send(t, client, faultAsk(1))
	faultSees(t, broker, faultAsk(1))
	send(t, broker, faultAnswered(1))
	send(t, client, faultProduce(t, 2, 1, "t"))
	faultUntil(t, func() bool { return len(w.all()) == 5 })
	tap.Seal()
	faultSees(t, broker, faultProduce(t, 2, 1, "t"))
	faultSees(t, client, faultAnswered(1))
	faultWantKinds(t, w, "connection opened", "request 1", "fault 1", "request 2", "fault 2")
}

// A delayed request arrives though its client is gone, as it would.
func TestDelayedRequestArrives(t *testing.T) {
	w := &witness{}
	tap := faultTap(t, w, nil, "delay Produce request 1 by 100ms")
	client, broker := link(t, tap)
	begun := time.Now()
	send(t, client, faultProduce(t, 1, 1, "t"))
	client.Close()
	faultSees(t, broker, faultProduce(t, 1, 1, "t"))
	faultEnds(t, broker)
	if d := time.Since(begun); d < 100*time.Millisecond {
		t.Errorf("it took %s", d)
	}
}

// What moves the leader says so, and what cannot does too.
func TestMove(t *testing.T) {
	w := &witness{}
	tap := NewTap(w.record)
	moved := ""
	tap.Inject(Faults{List: faultList(t, "move leader of t[3] to 1 at Produce request 1", "move leader of u[0] to 1 at Produce request 2"),
		Move: func(topic string, partition, node int32) error {
			moved += fmt.Sprintf("%s[%d] %d ", topic, partition, node)
			if topic == "u" {
				return errors.New("none")
			}
			return nil
		}})
	t.Cleanup(tap.Seal)
	client, broker := link(t, tap)
	send(t, client, slices.Concat(faultProduce(t, 1, 1, "t"), faultProduce(t, 2, 1, "t")))
	faultSees(t, broker, slices.Concat(faultProduce(t, 1, 1, "t"), faultProduce(t, 2, 1, "t")))
	if moved != "t[3] 1 u[0] 1 " {
		t.Errorf("moved: %s", moved)
	}
	faultWantKinds(t, w, "connection opened", "request 1", "fault 1", "request 2", "noted")
	faultTexts(t, w, "broker 1 becomes the leader of t[3]")
}

// Faults that do not match change nothing, and small delays only when.
func TestFaultsLeaveTheRestAlone(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	w := &witness{}
	tap := NewTap(w.record)
	tap.Inject(Faults{Nodes: 2, List: faultList(t, "lose EndTxn request 1", "delay Produce request every by 1ms", "delay Fetch response 1-3 by 1ms")})
	defer tap.Seal()
	c, err := kfake.NewCluster(kfake.NumBrokers(2), kfake.SeedTopics(2, "orders"), kfake.ListenFn(tap.Listen))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	sent, got := exchangeRecords(t, ctx, c.ListenAddrs(), 300)
	if d := cmp.Diff(sent, got); d != "" {
		t.Errorf("records:\n%s", d)
	}
	c.Close()
	if err := tap.Idle(ctx); err != nil {
		t.Fatal(err)
	}
}
