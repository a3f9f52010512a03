// A real client and the embedded broker with the tap between them: every frame
// is decoded, and what passes is what was sent.

package wire

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/plain"

	"kstep/tracer"
)

// cluster is an embedded one behind a tap.
func cluster(t *testing.T, w *witness, opts ...kfake.Opt) (*Tap, *kfake.Cluster) {
	t.Helper()
	tap := NewTap(w.record)
	c, err := kfake.NewCluster(append(opts, kfake.NumBrokers(2), kfake.SeedTopics(2, "orders"), kfake.ListenFn(tap.Listen))...)
	if err != nil {
		t.Fatal(err)
	}
	return tap, c
}

// exchangeRecords produces records and reads them back, with another client.
func exchangeRecords(t *testing.T, ctx context.Context, addrs []string, n int, opts ...kgo.Opt) (sent, got []string) {
	t.Helper()
	opts = append(opts, kgo.SeedBrokers(addrs...), kgo.RecordPartitioner(kgo.RoundRobinPartitioner()))
	p, err := kgo.NewClient(opts...)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	var rs []*kgo.Record
	for i := range n {
		rs = append(rs, &kgo.Record{Topic: "orders", Key: fmt.Append(nil, "key ", i), Value: bytes.Repeat(fmt.Append(nil, "value ", i, " "), 20)})
	}
	if err := p.ProduceSync(ctx, rs...).FirstErr(); err != nil {
		t.Fatal(err)
	}
	c, err := kgo.NewClient(append(opts, kgo.ConsumeTopics("orders"))...)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	line := func(r *kgo.Record) string { return fmt.Sprintf("%d/%d %s %s", r.Partition, r.Offset, r.Key, r.Value) }
	for _, r := range rs {
		sent = append(sent, line(r))
	}
	for len(got) < n {
		fetched := c.PollFetches(ctx)
		if err := fetched.Err(); err != nil {
			t.Fatal(err)
		}
		for r := range fetched.RecordsAll() {
			got = append(got, line(r))
		}
	}
	slices.Sort(sent)
	slices.Sort(got)
	return sent, got
}

// quiet closes the cluster, waits until no connection is open, and gives all
// events; none is of an undecoded frame.
func quiet(t *testing.T, ctx context.Context, w *witness, tap *Tap, c *kfake.Cluster) []tracer.Event {
	t.Helper()
	c.Close()
	if err := tap.Idle(ctx); err != nil {
		t.Fatal(err)
	}
	all := w.all()
	for _, e := range all {
		if e.Kind == tracer.Undecoded {
			t.Errorf("not decoded: %s", asJSON(t, e))
		}
	}
	return all
}

func TestCluster(t *testing.T) {
	const n = 50
	for i, how := range []kgo.CompressionCodec{kgo.NoCompression(), kgo.GzipCompression(), kgo.SnappyCompression(), kgo.Lz4Compression(), kgo.ZstdCompression()} {
		t.Run(codecs[i], func(t *testing.T) {
			ctx := patient(t)
			w := &witness{}
			tap, c := cluster(t, w)
			defer c.Close()
			sent, got := exchangeRecords(t, ctx, c.ListenAddrs(), n, kgo.ProducerBatchCompression(how))
			if d := cmp.Diff(sent, got); d != "" {
				t.Errorf("records:\n%s", d)
			}
			var want, told []uint32
			for i := range n {
				want = append(want, tracer.CRC(fmt.Append(nil, "key ", i), bytes.Repeat(fmt.Append(nil, "value ", i, " "), 20)))
			}
			asked, answered := map[string]int{}, map[string]int{}
			for _, e := range quiet(t, ctx, w, tap, c) {
				switch e.Kind {
				case tracer.Request:
					asked[e.Frame.API]++
				case tracer.Response:
					answered[e.Frame.API]++
				}
				for _, b := range e.Frame.Batches {
					told = append(told, b.CRCs...)
					if b.Topic != "orders" || b.Error != "" || e.Kind == tracer.Request && b.Codec != codecs[i] || e.Kind == tracer.Response && b.BaseOffset < 0 {
						t.Errorf("batch %+v", b)
					}
				}
			}
			slices.Sort(want)
			slices.Sort(told)
			if d := cmp.Diff(want, told); d != "" {
				t.Errorf("checksums:\n%s", d)
			}
			for _, api := range []string{"ApiVersions", "Metadata", "InitProducerID", "Produce"} {
				// A client that is closed does not wait for Metadata that it asked for in the background.
				if asked[api] == 0 || answered[api] == 0 || api == "Produce" && asked[api] != answered[api] {
					t.Errorf("%s: %d requests, %d responses", api, asked[api], answered[api])
				}
			}
		})
	}
}

// A transaction, and a client that has to name itself; its password is
// nowhere.
func TestClusterWithSecretsAndTransactions(t *testing.T) {
	ctx := patient(t)
	const password = "MARKER"
	w := &witness{}
	tap, c := cluster(t, w, kfake.EnableSASL(), kfake.User("PLAIN", "user", password))
	defer c.Close()
	opts := []kgo.Opt{kgo.SeedBrokers(c.ListenAddrs()...), kgo.SASL(plain.Auth{User: "user", Pass: password}.AsMechanism()), kgo.TransactionalID("orders-1")}
	p, err := kgo.NewClient(opts...)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := p.BeginTransaction(); err != nil {
		t.Fatal(err)
	}
	if err := p.ProduceSync(ctx, &kgo.Record{Topic: "orders", Value: []byte("a")}).FirstErr(); err != nil {
		t.Fatal(err)
	}
	if err := p.EndTransaction(ctx, kgo.TryCommit); err != nil {
		t.Fatal(err)
	}
	p.Close()
	seen := map[string]bool{}
	for _, e := range quiet(t, ctx, w, tap, c) {
		if bytes.Contains(asJSON(t, e), []byte(password)) || e.Frame.API == "SASLAuthenticate" && e.Frame.Bytes != 0 {
			t.Errorf("%s", asJSON(t, e))
		}
		if e.Kind == tracer.Request {
			seen[e.Frame.API+" "+e.Frame.TransactionalID] = true
		}
	}
	for _, want := range []string{"SASLHandshake ", "SASLAuthenticate ", "FindCoordinator orders-1", "InitProducerID orders-1", "Produce orders-1", "EndTxn orders-1"} {
		if !seen[want] {
			t.Errorf("no %q among %v", want, seen)
		}
	}
}
