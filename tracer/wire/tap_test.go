// The tap numbers connections, can be sealed, and knows when all is quiet.

package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
)

func TestNumbers(t *testing.T) {
	w := &witness{}
	tap := NewTap(w.record)
	first, second := listen(t, tap), listen(t, tap)
	for _, l := range []net.Listener{first, second, first, second} {
		_, broker := connect(t, l)
		broker.Close()
	}
	want := []tracer.Frame{{Connection: 1}, {Connection: 2, Node: 1}, {Connection: 3}, {Connection: 4, Node: 1}}
	var opened, closed []tracer.Frame
	for _, e := range w.all() {
		switch e.Kind {
		case tracer.ConnectionOpened:
			opened = append(opened, *e.Frame)
		case tracer.ConnectionClosed:
			closed = append(closed, *e.Frame)
		}
	}
	if d := cmp.Diff(want, opened); d != "" {
		t.Errorf("opened:\n%s", d)
	}
	if d := cmp.Diff(want, closed); d != "" {
		t.Errorf("closed:\n%s", d)
	}
}

// Connections that are accepted at once each have a number of their own.
func TestNumbersOfConcurrentConnections(t *testing.T) {
	const each = 25
	w := &witness{}
	tap := NewTap(w.record)
	var wg sync.WaitGroup
	for range 4 {
		l := listen(t, tap)
		wg.Go(func() {
			for range each {
				_, broker := connect(t, l)
				broker.Close()
			}
		})
	}
	wg.Wait()
	seen := map[int]int{}
	for _, e := range w.all() {
		seen[e.Frame.Connection]++
	}
	for n := 1; n <= 4*each; n++ {
		if seen[n] != 2 {
			t.Errorf("connection %d has %d events", n, seen[n])
		}
	}
	if len(seen) != 4*each {
		t.Errorf("%d numbers for %d connections", len(seen), 4*each)
	}
}

func TestListenFails(t *testing.T) {
	w := &witness{}
	tap := NewTap(w.record)
	if l, err := tap.Listen("tcp", "no address"); err == nil {
		l.Close()
		t.Fatal("listens nowhere")
	}
	// A listener that there is not takes no node's number.
	_, broker := link(t, tap)
	broker.Close()
	if n := w.all()[0].Frame.Node; n != 0 {
		t.Errorf("node %d", n)
	}
	l := listen(t, tap)
	l.Close()
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("accept: %v", err)
	}
}

// When Seal returns, the last event has been handed over; bytes go on passing.
func TestSeal(t *testing.T) {
	w := &witness{}
	tap := NewTap(w.record)
	l := listen(t, tap)
	client, broker := connect(t, l)
	tap.Seal()
	before := w.all()

	passes := func(client *net.TCPConn, broker net.Conn, to, from []byte) {
		t.Helper()
		send(t, client, to)
		send(t, broker, from)
		got, back := make([]byte, len(to)), make([]byte, len(from))
		if _, err := io.ReadFull(broker, got); err != nil || !bytes.Equal(got, to) {
			t.Errorf("the broker reads %q, %v", got, err)
		}
		if _, err := io.ReadFull(client, back); err != nil || !bytes.Equal(back, from) {
			t.Errorf("the client reads %q, %v", back, err)
		}
	}
	passes(client, broker, metadataFrame, metadataFrame)
	untappedClient, untapped := connect(t, l)
	passes(untappedClient, untapped, []byte("\xff\xff\xff\xffany"), []byte("by"))
	broker.Close()
	// The one that was not tapped is still open, and not waited for.
	if err := tap.Idle(patient(t)); err != nil {
		t.Error(err)
	}
	if d := cmp.Diff(before, w.all()); d != "" || len(before) != 1 {
		t.Errorf("events after the seal:\n%s", d)
	}
}

// Seal waits for the event that is being handed over.
func TestSealWaits(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	var recorded atomic.Bool
	tap := NewTap(func(e tracer.Event) {
		if e.Kind == tracer.ConnectionOpened {
			close(entered)
			<-release
			recorded.Store(true)
		}
	})
	l := listen(t, tap)
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() { connect(t, l) })
	<-entered
	sealed := make(chan bool)
	go func() {
		tap.Seal()
		sealed <- recorded.Load()
	}()
	// Seal has come as far as it can: it waits, and so nobody else gets in.
	for tap.seal.TryRLock() {
		tap.seal.RUnlock()
		select {
		case <-sealed:
			close(release)
			t.Fatal("sealed before the event was handed over")
		default:
			runtime.Gosched()
		}
	}
	close(release)
	if !<-sealed {
		t.Error("sealed before the event was handed over")
	}
}

func TestIdle(t *testing.T) {
	w := &witness{}
	tap := NewTap(w.record)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := tap.Idle(over); err != nil {
		t.Errorf("without a connection: %v", err)
	}
	l := listen(t, tap)
	for range 3 { // it can become idle again and again
		_, first := connect(t, l)
		_, second := connect(t, l)
		first.Close()
		first.Close() // counts once
		if err := tap.Idle(over); !errors.Is(err, context.Canceled) {
			t.Errorf("with an open connection: %v", err)
		}
		idle := make(chan error)
		go func() { idle <- tap.Idle(patient(t)) }()
		second.Close()
		if err := <-idle; err != nil {
			t.Errorf("when the last was closed: %v", err)
		}
		if kinds := w.kinds(); kinds[len(kinds)-1] != tracer.ConnectionClosed {
			t.Error("idle before the end was recorded")
		}
	}
}

// A slow witness slows its own connection, not the others.
func TestSlowWitness(t *testing.T) {
	release := make(chan struct{})
	tap := NewTap(func(e tracer.Event) {
		if e.Kind == tracer.Request && e.Frame.Connection == 1 {
			<-release
		}
	})
	l := listen(t, tap)
	client, broker := connect(t, l)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(release)
	send(t, client, metadataFrame)
	wg.Go(func() { io.ReadFull(broker, make([]byte, len(metadataFrame))) })
	other, otherBroker := connect(t, l)
	send(t, other, metadataFrame)
	if _, err := io.ReadFull(otherBroker, make([]byte, len(metadataFrame))); err != nil {
		t.Error(err)
	}
}
