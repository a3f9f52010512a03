package view

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParts(t *testing.T) {
	const source = `package p

func f() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092",
		"linger.ms": 5,
		key: 1})
	other.ConfigMap("acks")
	defer p.Close()
	p.Produce(&kafka.Message{
		Value: nil,
	}, nil)
	if p.Len() > 0 && p.
		Flush(1) > 0 { p.Flush(2); p.Purge(0) }
}
`
	var got []string
	for _, p := range Parts(source) {
		got = append(got, p.Without.String()+": "+p.String())
	}
	want := []string{
		"line:9: line 9, Close()", "line:10: line 10, Produce()", "line:14: line 14, Flush(), Purge()", "linger.ms: linger.ms",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if p := Parts("no Go"); p != nil {
		t.Errorf("no Go has %v", p)
	}
}
