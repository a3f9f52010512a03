// A tapped connection passes bytes unharmed, tells of them before they pass
// and in their order, and ends as conn.go says.

package wire

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// step is a request frame and its response, either of which may be no good.
type step struct {
	req, resp         []byte
	wantReq, wantResp tracer.Event
}

// steps are the exchanges of the table, frames that cannot be decoded between
// them, and frames larger than any buffer.
func steps(t testing.TB) (all []step) {
	add := func(x exchange) {
		c := int32(len(all))
		s := step{}
		s.req, s.resp = x.frames(c)
		s.wantReq, s.wantResp = x.want(1, 0, c)
		all = append(all, s)
	}
	for i, x := range exchanges(t) {
		add(x)
		if i%5 != 0 {
			continue
		}
		c := int32(len(all))
		s := step{req: header(3, 9, c), resp: framed([]byte{0, 0, 0, byte(c), 0, 99})}
		s.wantReq = undecoded(&tracer.Frame{Connection: 1, API: "Metadata", Key: 3, Version: 9, Correlation: c, Bytes: len(s.req)}, "its fields do not fit its version")
		s.wantResp = undecoded(&tracer.Frame{Connection: 1, API: "Metadata", Key: 3, Version: 9, Correlation: c, Bytes: len(s.resp)}, "its fields do not fit its version")
		all = append(all, s)
	}
	for _, size := range []int{firstBuffer, 10 * firstBuffer} {
		value := string(bytes.Repeat([]byte("v"), size))
		raw := batchOf(t, kgo.CodecNone, plainProducer, records(value))
		topic := string(bytes.Repeat([]byte("t"), 30000))
		add(exchange{version: 7, answered: 7, req: produced(1, nil, topic, raw),
			wantReq: tracer.Frame{API: "Produce", Acks: pointer(int16(1)), Batches: []tracer.Batch{{Topic: topic, Records: 1, Bytes: len(raw), Codec: "none",
				ProducerID: -1, Epoch: -1, Sequence: -1, BaseOffset: -1, CRCs: checksums(records(value))}}},
			resp:     appended(topic, kmsg.ProduceResponseTopicPartition{}),
			wantResp: tracer.Frame{API: "Produce", Batches: []tracer.Batch{{Topic: topic, ProducerID: -1, Epoch: -1, Sequence: -1}}}})
	}
	return all
}

// A client that pipelines its requests, and a broker that answers them in
// order, each writing and reading pieces of any size.
func TestBytesPass(t *testing.T) {
	all := steps(t)
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := &witness{}
			client, broker := link(t, NewTap(w.record))
			var wg sync.WaitGroup
			wg.Go(func() { // the client's requests
				p := pieces(seed)
				var requests []byte
				for _, s := range all {
					requests = append(requests, s.req...)
				}
				p.write(t, client, requests)
			})
			wg.Go(func() { // the broker
				p := pieces(seed + 100)
				var answers []byte
				for i, s := range all {
					if got := p.read(t, broker, len(s.req)); !bytes.Equal(got, s.req) {
						t.Errorf("request %d is not what was sent", i)
						broker.Close()
						return
					}
					if w.count(s.wantReq.Kind, s.wantReq.Frame.Correlation) == 0 {
						t.Errorf("request %d passed before it was recorded", i)
					}
					answers = append(answers, s.resp...)
					if p.IntN(3) == 0 || i == len(all)-1 { // several in one write, too
						p.write(t, broker, answers)
						answers = nil
					}
				}
			})
			p := pieces(seed + 200) // the client's responses
			for i, s := range all {
				if got := p.read(t, client, len(s.resp)); !bytes.Equal(got, s.resp) {
					t.Errorf("response %d is not what was sent", i)
					client.Close()
					break
				}
				if s.resp != nil && w.count(s.wantResp.Kind, s.wantResp.Frame.Correlation) == 0 {
					t.Errorf("response %d passed before it was recorded", i)
				}
			}
			wg.Wait()
			broker.Close()
			checkOrder(t, w.all(), all)
		})
	}
}

// checkOrder holds the events of a connection against the steps: the
// connection's own first and last, requests and responses each in their order,
// none before its request, and no clock that goes back.
func checkOrder(t *testing.T, got []tracer.Event, all []step) {
	t.Helper()
	if len(got) < 2 || got[0].Kind != tracer.ConnectionOpened || got[len(got)-1].Kind != tracer.ConnectionClosed {
		t.Fatalf("%d events, which do not begin and end with the connection", len(got))
	}
	if !slices.IsSortedFunc(got, func(a, b tracer.Event) int { return int(a.At - b.At) }) || got[0].At == 0 {
		t.Error("the clock goes back")
	}
	var reqs, resps []tracer.Event
	for _, e := range got[1 : len(got)-1] {
		e.At = 0
		// A request has what the next step's has; else it is a response.
		if len(reqs) < len(all) && cmp.Equal(e, all[len(reqs)].wantReq) {
			reqs = append(reqs, e)
			continue
		}
		resps = append(resps, e)
		if int(e.Frame.Correlation) >= len(reqs) {
			t.Errorf("response %d is told before its request", e.Frame.Correlation)
		}
	}
	var want []tracer.Event
	for _, s := range all {
		if s.resp != nil {
			want = append(want, s.wantResp)
		}
	}
	if len(reqs) != len(all) {
		t.Errorf("%d of %d requests are told", len(reqs), len(all))
	}
	if d := cmp.Diff(want, resps); d != "" {
		t.Errorf("responses:\n%s", d)
	}
}

// pieceMaker writes and reads in pieces of random size, of which many are small.
type pieceMaker struct{ *rand.Rand }

func pieces(seed uint64) pieceMaker { return pieceMaker{rand.New(rand.NewPCG(seed, 1))} }

func (p pieceMaker) size(most int) int {
	return 1 + p.IntN(min(most, 1<<(2+p.IntN(16))))
}

func (p pieceMaker) write(t *testing.T, w io.Writer, b []byte) {
	for len(b) > 0 {
		n := p.size(len(b))
		piece := bytes.Clone(b[:n])
		if wrote, err := w.Write(piece); err != nil || wrote != n {
			t.Errorf("write of %d bytes: %d, %v", n, wrote, err)
			return
		}
		clear(piece) // the writer uses its memory again
		b = b[n:]
	}
}

func (p pieceMaker) read(t *testing.T, r io.Reader, n int) (out []byte) {
	for len(out) < n {
		piece := make([]byte, p.size(n-len(out)))
		got, err := r.Read(piece)
		if err != nil {
			t.Errorf("read: %v", err)
			return nil
		}
		out = append(out, piece[:got]...)
	}
	return out
}
