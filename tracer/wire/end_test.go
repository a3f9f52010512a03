// How a tapped connection ends, by whose fault ever.

package wire

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

var metadataFrame = ask(&kmsg.MetadataRequest{}, 9, 5)

// Garbage from the client never reaches the broker, which could not be trusted
// with it, and neither does what comes behind it.
func TestGarbageFromClient(t *testing.T) {
	for name, c := range map[string]struct {
		garbage     string
		reason      string
		least, most int // bytes told: how much of what follows a bad length is in by then is the network's affair
	}{
		"TLS hello": {"\x16\x03\x01\x02\x00\x01\x00", "a TLS handshake where a Kafka frame should begin (bytes 22 3 1): this side does not speak TLS",
			lengthSize, 7 + len(metadataFrame)},
		"length too large": {"\x06\x40\x00\x01", "its length says 104857601 bytes; a frame has 0 to 104857600",
			lengthSize, 4 + len(metadataFrame)},
		"unknown API":                          {string(header(999, 0, 5)), "API key 999 is none that kstep knows", 12, 12},
		"unknown API, and no more of a header": {"\x00\x00\x00\x02\x7f\xff", "it is shorter than a request's header", 6, 6},
	} {
		w := &witness{}
		client, broker := link(t, NewTap(w.record))
		send(t, client, slices.Concat(metadataFrame, []byte(c.garbage), metadataFrame))
		if got, err := io.ReadAll(broker); err != nil || !bytes.Equal(got, metadataFrame) {
			t.Errorf("%s: the broker reads %q, %v", name, got, err)
		}
		if n, err := broker.Read(make([]byte, 99)); n != 0 || err == nil {
			t.Errorf("%s: after the end the broker reads %d bytes, %v", name, n, err)
		}
		if n, err := client.Read(make([]byte, 99)); n != 0 || err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: the client reads %d bytes, %v", name, n, err)
		}
		if d := cmp.Diff([]tracer.Kind{tracer.ConnectionOpened, tracer.Request, tracer.Undecoded, tracer.ConnectionClosed}, w.kinds()); d != "" {
			t.Errorf("%s:\n%s", name, d)
			continue
		}
		if f := w.all()[2].Frame; f.Reason != c.reason+"; the connection is closed" || f.Bytes < c.least || f.Bytes > c.most {
			t.Errorf("%s: %d bytes, %s", name, f.Bytes, f.Reason)
		}
	}
}

// What a client sent of a request before it went reaches the broker.
func TestCutRequest(t *testing.T) {
	secret := ask(&kmsg.SASLAuthenticateRequest{SASLAuthBytes: []byte("a password")}, 2, 5)
	for name, c := range map[string]struct {
		frame []byte
		told  int
	}{
		"in its length": {metadataFrame[:3], 3},
		"in its header": {metadataFrame[:9], 9},
		"in its body":   {metadataFrame[:len(metadataFrame)-1], len(metadataFrame) - 1},
		"a secret":      {secret[:len(secret)-1], 0},
	} {
		w := &witness{}
		client, broker := link(t, NewTap(w.record))
		send(t, client, slices.Concat(metadataFrame, c.frame))
		if err := client.CloseWrite(); err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(broker); err != nil || !bytes.Equal(got, slices.Concat(metadataFrame, c.frame)) {
			t.Errorf("%s: the broker reads %q, %v", name, got, err)
		}
		broker.Close()
		if d := cmp.Diff([]tracer.Kind{tracer.ConnectionOpened, tracer.Request, tracer.Undecoded, tracer.ConnectionClosed}, w.kinds()); d != "" {
			t.Errorf("%s:\n%s", name, d)
			continue
		}
		if f := w.all()[2].Frame; f.Bytes != c.told || f.Reason != "the connection ended inside it" {
			t.Errorf("%s: %d bytes, %s", name, f.Bytes, f.Reason)
		}
	}
}

// Responses that cannot be followed pass as they come; requests are followed
// as before.
func TestGarbageFromBroker(t *testing.T) {
	for name, garbage := range map[string]string{
		"TLS alert":        "\x15\x03\x03\x00\x02\x02\x46",
		"length too large": "\x7f\x00\x00\x00 and so on",
	} {
		for cut := range len(garbage) + 1 {
			w := &witness{}
			client, broker := link(t, NewTap(w.record))
			sent := slices.Concat(answer(&kmsg.MetadataResponse{}, 9, 5), []byte(garbage[:cut]))
			rest := slices.Concat([]byte(garbage[cut:]), answer(&kmsg.MetadataResponse{}, 9, 6))
			send(t, client, metadataFrame)
			if _, err := io.ReadFull(broker, make([]byte, len(metadataFrame))); err != nil {
				t.Fatal(err)
			}
			send(t, broker, sent)
			send(t, broker, rest)
			send(t, client, metadataFrame)
			if _, err := io.ReadFull(broker, make([]byte, len(metadataFrame))); err != nil {
				t.Fatal(err)
			}
			broker.Close()
			if got, _ := io.ReadAll(client); !bytes.Equal(got, slices.Concat(sent, rest)) {
				t.Errorf("%s, cut at %d: the client reads %q", name, cut, got)
			}
			if d := cmp.Diff([]tracer.Kind{tracer.ConnectionOpened, tracer.Request, tracer.Response, tracer.Undecoded, tracer.Request, tracer.ConnectionClosed}, w.kinds()); d != "" {
				t.Errorf("%s, cut at %d:\n%s", name, cut, d)
			} else if f := w.all()[3].Frame; !strings.HasSuffix(f.Reason, "; responses are not followed from here on") {
				t.Error(f.Reason)
			}
		}
	}
}

// A response passes when it is whole, and is lost where that never comes.
func TestHalfResponse(t *testing.T) {
	w := &witness{}
	client, broker := link(t, NewTap(w.record))
	whole := answer(&kmsg.MetadataResponse{}, 9, 5)
	send(t, broker, slices.Concat(whole, whole[:len(whole)-1]))
	broker.Close()
	if got, _ := io.ReadAll(client); !bytes.Equal(got, whole) {
		t.Errorf("the client reads %q", got)
	}
	if d := cmp.Diff([]tracer.Kind{tracer.ConnectionOpened, tracer.Undecoded, tracer.ConnectionClosed}, w.kinds()); d != "" {
		t.Error(d)
	}
}

// A deadline is an error of one call, after which the connection goes on where
// it was.
func TestDeadlines(t *testing.T) {
	w := &witness{}
	client, broker := link(t, NewTap(w.record))
	half := len(metadataFrame) / 2
	send(t, client, metadataFrame[:half])
	for _, d := range []time.Time{time.Now().Add(10 * time.Millisecond), time.Unix(1, 0)} {
		broker.SetReadDeadline(d)
		n, err := broker.Read(make([]byte, 99))
		var timeout net.Error
		if n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) || !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Fatalf("read %d, %v", n, err)
		}
	}
	broker.SetReadDeadline(time.Time{})
	send(t, client, metadataFrame[half:])
	got := make([]byte, len(metadataFrame))
	if _, err := io.ReadFull(broker, got); err != nil || !bytes.Equal(got, metadataFrame) {
		t.Errorf("read %q, %v", got, err)
	}
	broker.SetWriteDeadline(time.Unix(1, 0))
	whole := answer(&kmsg.MetadataResponse{}, 9, 5)
	if _, err := broker.Write(whole); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("write: %v", err)
	}
	if n, err := broker.Read(nil); n != 0 || err != nil {
		t.Errorf("a read of nothing: %d, %v", n, err)
	}
}

// However many close it, and whoever reads and writes by then, a connection
// ends once, and nothing is told after its end.
func TestConcurrentClose(t *testing.T) {
	for range 10 {
		w := &witness{}
		tap := NewTap(w.record)
		client, broker := link(t, tap)
		var wg sync.WaitGroup
		wg.Go(func() { io.Copy(io.Discard, broker) })
		wg.Go(func() {
			for n := 1; n > 0; {
				n, _ = broker.Write(metadataFrame)
			}
		})
		wg.Go(func() {
			for n := 1; n > 0; {
				n, _ = client.Write(metadataFrame)
			}
		})
		if _, err := io.ReadFull(client, make([]byte, 10*len(metadataFrame))); err != nil {
			t.Fatal(err)
		}
		for range 4 {
			wg.Go(func() { broker.Close() })
		}
		wg.Wait()
		if err := tap.Idle(patient(t)); err != nil {
			t.Fatal(err)
		}
		kinds := w.kinds()
		if i := slices.Index(kinds, tracer.ConnectionClosed); i != len(kinds)-1 {
			t.Errorf("of %d events the %d. is the connection's end", len(kinds), i+1)
		}
	}
}

// A client that is told of the end can rely on it to be recorded.
func TestEndIsRecordedBeforeItIsSeen(t *testing.T) {
	var client net.Conn
	ended := false
	client, broker := link(t, NewTap(func(e tracer.Event) {
		if e.Kind != tracer.ConnectionClosed {
			return
		}
		ended = true
		client.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
		if _, err := client.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("the client saw the end before it was recorded: %v", err)
		}
	}))
	if broker.Close(); !ended {
		t.Error("the end was not recorded")
	}
}
