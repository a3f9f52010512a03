// What the decoder costs the broker, for each request that passes.

package wire

import "testing"

func BenchmarkProduceRequest(b *testing.B) {
	rs := make([]record, 1000)
	for i := range rs {
		rs[i] = record{key: []byte("order-17"), value: make([]byte, 100)}
	}
	for _, codec := range allCodecs {
		b.Run(codecs[codec], func(b *testing.B) {
			frame := ask(produced(0, nil, "orders", batchOf(b, codec, plainProducer, rs)), 10, 1)
			d := NewDecoder(1, 0, nil) // acks 0: none waits for an answer
			b.SetBytes(int64(len(frame)))
			b.ReportAllocs()
			for b.Loop() {
				if e := d.Request(frame); len(e.Frame.Batches) != 1 || len(e.Frame.Batches[0].CRCs) != maxCRCs {
					b.Fatal("the batch was not read")
				}
			}
		})
	}
}
