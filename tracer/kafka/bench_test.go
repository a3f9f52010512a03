//go:build cgo

// What recording every call costs. Run it with
//
//	go test ./tracer/kafka -run '^$' -bench Recording -benchtime 9x
//
// One iteration is a round: the bare client and the wrapper, one after the
// other in processes of their own, each a million messages of 100 bytes; the
// broker is in this process. The ratios are of medians over the rounds. Single
// runs vary by 20 %: compare figures of one run only, and nothing below 9
// rounds. Memory is measured with no broker to send to, so that in both
// processes all messages are in the client at the end: how many wait there
// otherwise depends on the scheduler.

package kafka_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	real "github.com/confluentinc/confluent-kafka-go/v2/kafka"

	"kstep/tracer/journal"
	"kstep/tracer/kafka"
)

const benchMessages = 1_000_000

// cost is what a child measured of itself.
type cost struct {
	Calls time.Duration // all calls of Produce
	Wall  time.Duration // and Flush
	CPU   time.Duration // of the whole process, user and system
	Peak  int64         // resident memory at its peak, bytes
}

func init() {
	programs["bench bare"] = func() {
		p, err := real.NewProducer(benchConfig())
		check(err)
		measure(p)
	}
	programs["bench wrapped"] = func() {
		p, err := kafka.NewProducer(benchConfig())
		check(err)
		measure(p)
	}
}

func init() {
	programs["memory bare"] = func() {
		p, err := real.NewProducer(benchConfig())
		check(err)
		measureMemory(p)
	}
	programs["memory wrapped"] = func() {
		p, err := kafka.NewProducer(benchConfig())
		check(err)
		measureMemory(p)
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

func benchConfig() *real.ConfigMap {
	return &real.ConfigMap{
		"bootstrap.servers": os.Getenv(brokerEnv), "go.delivery.reports": false, "go.events.channel.size": 1000, "go.produce.channel.size": 1000,
		"queue.buffering.max.messages": 2 * benchMessages, "queue.buffering.max.kbytes": 1 << 21,
	}
}

// producer is what the benchmark needs of either.
type producer interface {
	Produce(*real.Message, chan real.Event) error
	Flush(int) int
	GetMetadata(*string, bool, int) (*real.Metadata, error)
}

func measure(p producer) {
	topic := "t"
	_, err := p.GetMetadata(&topic, false, 10_000) // connected, and the topic known
	check(err)
	began := time.Now()
	produceAll(p, topic)
	c := cost{Calls: time.Since(began)}
	if n := p.Flush(60_000); n != 0 {
		check(fmt.Errorf("Flush left %d", n))
	}
	c.Wall = time.Since(began)
	var u syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	c.CPU, c.Peak = time.Duration(u.Utime.Nano()+u.Stime.Nano()), u.Maxrss<<10
	check(json.NewEncoder(os.Stdout).Encode(c))
}

func produceAll(p producer, topic string) {
	value := make([]byte, 100)
	for i := range benchMessages {
		value[0], value[1], value[2] = byte(i), byte(i>>8), byte(i>>16)
		check(p.Produce(&real.Message{TopicPartition: real.TopicPartition{Topic: &topic, Partition: 0}, Value: value}, nil))
	}
}

func measureMemory(p producer) {
	produceAll(p, "t")
	var u syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	check(json.NewEncoder(os.Stdout).Encode(cost{Peak: u.Maxrss << 10}))
}

// BenchmarkRecordingMemory compares what the two processes hold when a million
// messages wait in each.
func BenchmarkRecordingMemory(b *testing.B) {
	var bare, wrapped []cost
	for b.Loop() {
		for _, program := range []string{"memory bare", "memory wrapped"} {
			var setup *journal.Setup
			if program == "memory wrapped" {
				setup = &journal.Setup{}
			}
			got, c := costOf(b, program, "127.0.0.1:1", setup) // nobody listens there
			if setup == nil {
				bare = append(bare, got)
				continue
			}
			wrapped = append(wrapped, got)
			c.book.Close()
		}
	}
	peak := func(c cost) int64 { return c.Peak }
	b.ReportMetric(float64(median(bare, peak))/benchMessages, "bare-B/message")
	b.ReportMetric(float64(median(wrapped, peak)-median(bare, peak))/benchMessages, "added-B/message")
	b.ReportMetric(0, "ns/op") // a round's length says nothing
}

// costOf runs a program and returns what it measured of itself.
func costOf(b *testing.B, program, addr string, setup *journal.Setup) (cost, *child) {
	b.Helper()
	c := start(b, program, addr, setup)
	if err := c.cmd.Wait(); err != nil {
		b.Fatalf("%s: %v\n%s", program, err, c.stderr.String())
	}
	var got cost
	if err := json.Unmarshal(c.stdout.Bytes(), &got); err != nil {
		b.Fatal(err)
	}
	return got, c
}

// BenchmarkRecording compares the wrapper with the bare client.
func BenchmarkRecording(b *testing.B) {
	addr := broker(b)
	var bare, wrapped []cost
	for b.Loop() {
		for _, program := range []string{"bench bare", "bench wrapped"} {
			var setup *journal.Setup
			if program == "bench wrapped" {
				setup = &journal.Setup{}
			}
			got, c := costOf(b, program, addr, setup)
			if setup == nil {
				bare = append(bare, got)
				continue
			}
			wrapped = append(wrapped, got)
			if r := c.record(b); len(r.Messages) != benchMessages || r.Lost != 0 || r.Unfinished != 0 {
				b.Fatalf("%d messages recorded, %d lost, %d unfinished", len(r.Messages), r.Lost, r.Unfinished)
			}
			c.book.Close()
		}
	}
	report(b, "calls", bare, wrapped, func(c cost) int64 { return int64(c.Calls) })
	report(b, "wall", bare, wrapped, func(c cost) int64 { return int64(c.Wall) })
	report(b, "cpu", bare, wrapped, func(c cost) int64 { return int64(c.CPU) })
	b.ReportMetric(0, "ns/op") // a round's length says nothing
}

func report(b *testing.B, name string, bare, wrapped []cost, of func(cost) int64) {
	x, y := median(bare, of), median(wrapped, of)
	b.ReportMetric(float64(x)/1e6, "bare-"+name+"-ms")
	b.ReportMetric(float64(y)/float64(x), name+"-ratio")
}

func median(c []cost, of func(cost) int64) int64 {
	v := make([]int64, len(c))
	for i := range c {
		v[i] = of(c[i])
	}
	slices.Sort(v)
	return v[len(v)/2]
}
