// Tests of what is held, and of what is passed.

package wire

import (
	"slices"
	"sync/atomic"
	"testing"

	"kstep/tracer"
)

// What is held holds up what follows it in its direction on its connection, and
// nothing else.
func TestHold(t *testing.T) {
	w := &witness{}
	var called atomic.Bool
	tap := faultTap(t, w, func(call string, m int, returned bool) (int64, bool) {
		return 0, called.Load() && call == "Flush" && m == 2 && returned
	}, "hold Produce request 1 until Flush returned 2", "hold ListGroups response 2 until Flush returned 2")
	l := listen(t, tap)
	client, broker := connect(t, l)
	other, otherBroker := connect(t, l)
	send(t, client, slices.Concat(faultAsk(1), faultProduce(t, 2, 1, "t"), faultAsk(3)))
	faultSees(t, broker, faultAsk(1))
	send(t, broker, faultAnswered(1))
	faultSees(t, client, faultAnswered(1)) // the other direction goes on

	send(t, other, slices.Concat(faultProduce(t, 1, 1, "t"), faultAsk(2)))
	faultSees(t, otherBroker, slices.Concat(faultProduce(t, 1, 1, "t"), faultAsk(2))) // and so does the other connection
	send(t, otherBroker, slices.Concat(faultProduced(1), faultAnswered(2)))
	faultSees(t, other, faultProduced(1))

	called.Store(true)
	faultSees(t, broker, slices.Concat(faultProduce(t, 2, 1, "t"), faultAsk(3)))
	faultSees(t, other, faultAnswered(2))
	if n := len(w.kinds()); n != 12 {
		t.Errorf("%d events: %v", n, faultKinds(w))
	}
	send(t, client, faultProduce(t, 4, 1, "t")) // the fault was for the first one
	faultSees(t, broker, faultProduce(t, 4, 1, "t"))
}

// Where the condition is met there is nothing to hold, and nothing is said.
func TestHoldForNothing(t *testing.T) {
	w := &witness{}
	client, broker := link(t, faultTap(t, w, func(string, int, bool) (int64, bool) { return 1, true }, "hold Produce request 1 until Flush called"))
	send(t, client, faultProduce(t, 1, 1, "t"))
	faultSees(t, broker, faultProduce(t, 1, 1, "t"))
	faultWantKinds(t, w, "connection opened", "request 1")
}

// What is passed is told once, when it passes: where it had to wait and where
// it had not.
func TestPass(t *testing.T) {
	for _, waits := range []bool{true, false} {
		w := &witness{}
		var called atomic.Bool
		called.Store(!waits)
		tap := faultTap(t, w, func(string, int, bool) (int64, bool) { return 0, called.Load() }, "pass Produce request 1 after Flush called")
		client, broker := link(t, tap)
		send(t, client, slices.Concat(faultAsk(1), faultProduce(t, 2, 1, "t")))
		faultSees(t, broker, faultAsk(1))
		if waits {
			faultAwaits(t, w, tracer.Request, 2)
			faultWantKinds(t, w, "connection opened", "request 1", "request 2") // sent, and not told yet
			called.Store(true)
		}
		faultSees(t, broker, faultProduce(t, 2, 1, "t"))
		faultWantKinds(t, w, "connection opened", "request 1", "request 2", "fault 2")
	}
}

// A client may close the connection on which something waits to pass, and ask
// again on another: what it asks there is the first to pass, and waits, too.
func TestPassOnAnotherConnection(t *testing.T) {
	w := &witness{}
	var called atomic.Bool
	l := listen(t, faultTap(t, w, func(string, int, bool) (int64, bool) { return 0, called.Load() }, "pass Produce request 1 after Flush called"))
	first, firstBroker := connect(t, l)
	send(t, first, slices.Concat(faultAsk(1), faultProduce(t, 2, 1, "t")))
	faultSees(t, firstBroker, faultAsk(1))
	second, secondBroker := connect(t, l)
	send(t, second, slices.Concat(faultAsk(3), faultProduce(t, 4, 1, "t")))
	faultSees(t, secondBroker, faultAsk(3))
	first.Close()
	faultEnds(t, firstBroker)

	called.Store(true)
	faultSees(t, secondBroker, faultProduce(t, 4, 1, "t"))
	send(t, second, faultProduce(t, 5, 1, "t"))
	faultSees(t, secondBroker, faultProduce(t, 5, 1, "t"))
	if told := w.count(tracer.Faulted, 4); told != 1 || w.count(tracer.Faulted, 2)+w.count(tracer.Faulted, 5) != 0 {
		t.Errorf("it is told of request 4 %d times: %v", told, faultKinds(w))
	}
}

// An answer that comes when its client has closed the connection is none, and
// does not count: the fault happens to the one that the client gets.
func TestAnswerThatNobodyWaitsFor(t *testing.T) {
	for _, words := range []string{"pass ListGroups response 1 after Flush called", "delay ListGroups response 1 by 1ms"} {
		w := &witness{}
		l := listen(t, faultTap(t, w, func(string, int, bool) (int64, bool) { return 0, true }, words))
		first, firstBroker := connect(t, l)
		send(t, first, faultAsk(1))
		faultSees(t, firstBroker, faultAsk(1))
		first.Close()
		faultEnds(t, firstBroker)
		if _, err := firstBroker.Write(faultAnswered(1)); err != nil {
			t.Fatal(err)
		}
		firstBroker.Close()

		second, secondBroker := connect(t, l)
		send(t, second, faultAsk(2))
		faultSees(t, secondBroker, faultAsk(2))
		send(t, secondBroker, faultAnswered(2))
		faultSees(t, second, faultAnswered(2))
		if w.count(tracer.Faulted, 1) != 0 || w.count(tracer.Faulted, 2) != 1 {
			t.Errorf("%s: %v", words, faultKinds(w))
		}
	}
}

// A held request that its client no longer waits for never arrives.
func TestHoldEndsWithTheConnection(t *testing.T) {
	w := &witness{}
	tap := faultTap(t, w, nil, "hold Produce request 2 until Flush called", "hold ListGroups response 1 until Flush called")
	l := listen(t, tap)
	client, broker := connect(t, l)
	send(t, client, slices.Concat(faultProduce(t, 1, 1, "t"), faultProduce(t, 2, 1, "t"), faultProduce(t, 3, 1, "t")))
	faultSees(t, broker, faultProduce(t, 1, 1, "t"))
	client.Close()
	faultEnds(t, broker)
	broker.Close()

	client, broker = connect(t, l)
	send(t, client, faultAsk(1))
	faultSees(t, broker, faultAsk(1))
	send(t, broker, faultAnswered(1))
	broker.Close()
	faultEnds(t, client)
	if err := tap.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
}
