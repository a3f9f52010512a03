// A broker that is down refuses connections, and comes up again.

package wire

import (
	"errors"
	"net"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
)

// refused tells whether a dead broker's port is what is there.
func refused(l net.Listener) bool {
	c, err := net.Dial("tcp", l.Addr().String())
	if err == nil {
		c.Close()
	}
	return errors.Is(err, syscall.ECONNREFUSED)
}

// A broker that is down refuses connections at a port that is still its own.
func TestDown(t *testing.T) {
	w := &witness{}
	var called atomic.Bool
	tap := NewTap(w.record)
	tap.Inject(Faults{Nodes: 2, Called: func(string, int, bool) (int64, bool) { return tracer.Now(), called.Load() },
		List: faultList(t, "down node 1 from start until Flush called", "down node 0 at Produce request 1 until ListGroups request 1")})
	t.Cleanup(tap.Seal)
	one, two := listen(t, tap), listen(t, tap)
	if refused(one) || !refused(two) {
		t.Fatalf("refused: %v and %v", refused(one), refused(two))
	}
	(<-faultAccept(one)).Close() // the one that was not refused
	accepted := faultAccept(two)
	called.Store(true)
	faultUntil(t, func() bool { return !refused(two) })
	(<-accepted).Close()
	faultTexts(t, w, "broker 1 is down: its connections are cut, new ones are refused", "broker 1 accepts connections again")

	client, broker := connect(t, one)
	bystander, bystanding := connect(t, one)
	far, farBroker := connect(t, two)
	send(t, client, faultProduce(t, 1, 1, "t"))
	for _, c := range []net.Conn{client, broker, bystander, bystanding} {
		faultEnds(t, c)
	}
	faultUntil(t, func() bool { return refused(one) })
	send(t, far, faultAsk(1))
	faultSees(t, farBroker, faultAsk(1))
	faultUntil(t, func() bool { return !refused(one) })
	faultTexts(t, w, "broker 1 is down: its connections are cut, new ones are refused", "broker 1 accepts connections again",
		"broker 0 is down: its connections are cut, new ones are refused", "broker 0 accepts connections again")
}

func faultAccept(l net.Listener) <-chan net.Conn {
	out := make(chan net.Conn, 1)
	go func() {
		c, err := l.Accept()
		if err == nil {
			out <- c
		}
		close(out)
	}()
	return out
}

func faultUntil(t *testing.T, cond func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !cond(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}

func faultTexts(t *testing.T, w *witness, want ...string) {
	t.Helper()
	var got []string
	for _, e := range w.all() {
		if e.Kind == tracer.Faulted {
			got = append(got, e.Text)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("faults:\n%s", d)
	}
}

// A listener that is down can be closed, and Accept learns of it.
func TestCloseWhileDown(t *testing.T) {
	tap := faultTap(t, &witness{}, nil, "down from start")
	l := listen(t, tap)
	accepted := faultAccept(l)
	if !refused(l) {
		t.Error("it is not down")
	}
	l.Close()
	if c, ok := <-accepted; ok {
		t.Errorf("accepted %v", c)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("accept after close: %v", err)
	}
	if err := l.Close(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("close after close: %v", err)
	}
}

// Down for good ends when the tap is sealed, for whoever reads the log back.
func TestSealBringsUp(t *testing.T) {
	w := &witness{}
	tap := faultTap(t, w, nil, "down from start")
	l := listen(t, tap)
	if !refused(l) {
		t.Error("it is not down")
	}
	tap.Seal()
	tap.Seal()
	if _, broker := connect(t, l); broker == nil {
		t.Error("it is not up")
	}
	faultTexts(t, w, "broker 0 is down: its connections are cut, new ones are refused")
}
