package scenarios

import (
	"bytes"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"

	"kstep/tracer"
	"kstep/tracer/kafka"
	"kstep/tracer/lab"
	"kstep/tracer/render"
)

const (
	millionName  = "million"
	millionCalls = 999_998
)

// produceMillion makes, with its NewProducer and its Flush, a million calls.
func produceMillion() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "localhost:9092", "go.delivery.reports": false,
		"queue.buffering.max.messages": 2_000_000, "queue.buffering.max.kbytes": 2_000_000})
	if err != nil {
		log.Fatal(err)
	}
	topic, value := "my_topic", bytes.Repeat([]byte("v"), 100)
	for range millionCalls {
		if err := p.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny}, Value: value}, nil); err != nil {
			log.Fatal(err)
		}
	}
	if left := p.Flush(60_000); left > 0 {
		log.Fatalf("%d left", left)
	}
}

const (
	growingName  = "growing"
	growingCalls = 20_000
)

// produceGrowing makes calls whose messages grow, so that they are no run of
// like ones, while another goroutine takes the reports and asks how many wait.
func produceGrowing() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "localhost:9092"})
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		for range p.Events() {
			p.Len()
		}
	}()
	topic := "my_topic"
	for i := range growingCalls {
		m := &kafka.Message{TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny}, Value: []byte(strconv.Itoa(i))}
		if err := p.Produce(m, nil); err != nil {
			log.Fatal(err)
		}
	}
	if left := p.Flush(60_000); left > 0 {
		log.Fatalf("%d left", left)
	}
	p.Close()
}

// million records the program's run.
func million(tb testing.TB) *tracer.Trace { return recordCalls(tb, millionName) }

func recordCalls(tb testing.TB, program string) *tracer.Trace {
	tb.Helper()
	t, err := lab.Run(tb.Context(), lab.Options{
		Program: program, Timeout: 2 * time.Minute,
		Header: tracer.TraceHeader{Lesson: program, Title: "Many calls"},
		Topics: []tracer.Seed{{Topic: "my_topic", Partitions: 1}},
	})
	if err != nil {
		tb.Fatal(err)
	}
	if t.Header.Partial != "" {
		tb.Fatal(t.Header.Partial)
	}
	return t
}

// A million calls are one row, and each message is accounted for.
func TestMillionCalls(t *testing.T) {
	if testing.Short() {
		t.Skip("records a million calls")
	}
	run := tracer.NewRun(million(t))
	produce := run.Calls("Produce")
	if len(produce) != 1 || produce[0].Count != millionCalls {
		t.Errorf("%d rows of Produce, the first with %d calls", len(produce), produce[0].Count)
	}
	l := run.Ledger()
	if l.Produced != millionCalls || l.Delivered != millionCalls || l.InLog != millionCalls || l.Records != millionCalls || len(l.Breaches) > 0 {
		l.Entries = nil
		t.Errorf("the ledger: %+v", l)
	}
}

// Where messages differ in length and goroutines call at once, each message is
// accounted for as well.
func TestGrowingMessages(t *testing.T) {
	l := tracer.NewRun(recordCalls(t, growingName)).Ledger()
	if l.Produced != growingCalls || l.Delivered != growingCalls || l.InLog != growingCalls || l.Records != growingCalls || len(l.Breaches) > 0 {
		l.Entries = nil
		t.Errorf("the ledger: %+v", l)
	}
}

// BenchmarkRun is the time that kstep run first-message takes, the built binary
// from start to end, beside the same program without kstep.
func BenchmarkRun(b *testing.B) {
	kstep := filepath.Join(b.TempDir(), "kstep")
	if out, err := exec.Command("go", "build", "-o", kstep, "kstep/cmd/kstep").CombinedOutput(); err != nil {
		b.Fatalf("build kstep: %v\n%s", err, out)
	}
	plain := buildUntraced(b)
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, "my_topic"))
	if err != nil {
		b.Fatal(err)
	}
	defer cluster.Close()
	env := append(os.Environ(), `UNTRACED_SET={"bootstrap.servers":"`+cluster.ListenAddrs()[0]+`"}`, "UNTRACED_NOTES="+os.DevNull)
	var with, without []float64
	for b.Loop() {
		with = append(with, took(b, os.Environ(), kstep, "run", "first-message", "--quiz=off"))
		without = append(without, took(b, env, plain, "first-message"))
	}
	slices.Sort(with)
	slices.Sort(without)
	b.ReportMetric(with[len(with)/2], "kstep-ms")
	b.ReportMetric(without[len(without)/2], "untraced-ms")
	b.ReportMetric(with[len(with)/2]-without[len(without)/2], "more-ms")
	b.ReportMetric(0, "ns/op")
}

// took is how many ms a command takes.
func took(b *testing.B, env []string, name string, args ...string) float64 {
	b.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = env
	began := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", name, err, out)
	}
	return float64(time.Since(began)) / float64(time.Millisecond)
}

// BenchmarkMillionCalls reads, folds and renders the trace of a run of a
// million recorded calls, in each format that people read.
func BenchmarkMillionCalls(b *testing.B) {
	t := million(b)
	var file bytes.Buffer
	if err := tracer.Write(&file, t); err != nil {
		b.Fatal(err)
	}
	for _, f := range []struct {
		name   string
		render func(io.Writer, *tracer.Trace) error
	}{
		{"terminal", func(w io.Writer, t *tracer.Trace) error {
			return render.Terminal(w, Document(t), render.TerminalOptions{Width: 80})
		}},
		{"markdown", func(w io.Writer, t *tracer.Trace) error { return render.Markdown(w, Document(t)) }},
		{"html", func(w io.Writer, t *tracer.Trace) error { return render.HTML(w, Document(t)) }},
	} {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				t, err := tracer.Read(bytes.NewReader(file.Bytes()))
				if err != nil {
					b.Fatal(err)
				}
				if err := f.render(io.Discard, t); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(file.Len())/1e6, "MB-file")
			b.ReportMetric(float64(len(t.Events)), "events-stored")
		})
	}
}
