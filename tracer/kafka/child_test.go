//go:build cgo

package kafka_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/kafka"
)

func init() {
	programs["hangs in Flush"] = func() {
		p, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "localhost:9092"})
		check(err)
		unread := make(chan kafka.Event)
		// Two reports that come one by one: the client's own poller hangs with the
		// first that it takes, and Flush with the other.
		for n := range int64(2) {
			check(p.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT()}, Value: []byte("v")}, unread))
			for high := int64(0); high <= n; {
				_, high, err = p.Producer.QueryWatermarkOffsets("t", 0, 5000)
				check(err)
			}
		}
		done := make(chan int)
		go func() { done <- p.Flush(500) }()
		select {
		case <-done:
			fmt.Println("returned")
		case <-time.After(1500 * time.Millisecond): // three times what Flush was allowed
			fmt.Println("hangs")
		}
		select {}
	}
	programs["main returns"] = func() {
		open, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "localhost:9092", "linger.ms": 60_000})
		check(err)
		closed, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "localhost:9092"})
		check(err)
		closed.Close()
		check(open.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: topicT()}, Value: []byte("v")}, nil))
	}
	programs["no producer"] = func() {}
	programs["starts another"] = func() {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"=is another")
		out, err := cmd.CombinedOutput()
		check(err)
		os.Stdout.Write(out)
	}
	programs["is another"] = func() {
		_, err := kafka.NewProducer(&kafka.ConfigMap{"linger.mss": 1})
		fmt.Println(os.Getenv("KSTEP_LAB"), err)
	}
	programs["crashes"] = func() {
		p, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "localhost:9092"})
		check(err)
		p.Close()
		p.Producer.Len() // past the wrapper: what the real client does
	}
}

// A call that never returns is seen, even where the program is killed.
func TestHangingFlush(t *testing.T) {
	addr := broker(t)
	c := start(t, "hangs in Flush", addr, &journal.Setup{}, withPipe)
	if got := c.firstLine(t); got != "hangs" {
		t.Errorf("the child said %q", got)
	}
	c.cmd.Process.Signal(syscall.SIGKILL)
	c.cmd.Wait()
	r := c.record(t)
	last := r.Events[len(r.Events)-1]
	if last.Kind != tracer.Called || last.Call.Name != "Flush" || last.Call.Site == nil || last.Call.Site.File != "child_test.go" {
		t.Errorf("the record ends with %s", text(&last))
	}
	if len(r.Messages) != 2 || r.Unfinished+r.Lost != 0 {
		t.Errorf("%d messages, %d unfinished, %d lost", len(r.Messages), r.Unfinished, r.Lost)
	}
}

// The program's last row says what its producers still hold.
func TestMainDone(t *testing.T) {
	addr := broker(t)
	for program, want := range map[string][]*tracer.Queues{
		"main returns": {{Client: 1}, {Closed: true}},
		"no producer":  {nil},
	} {
		c := start(t, program, addr, &journal.Setup{})
		if err := c.cmd.Wait(); err != nil {
			t.Fatalf("%s: %v\n%s", program, err, c.stderr.String())
		}
		var got []*tracer.Queues
		for _, e := range c.record(t).Events {
			if e.Kind == tracer.MainDone {
				got = append(got, e.Call.After)
				if e.Call.Name != "main" || e.Call.Producer != len(got) && want[0] != nil || e.Lane != tracer.Application {
					t.Errorf("%s: %+v", program, e.Call)
				}
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", program, d)
		}
	}
}

// A process that the program starts is not traced.
func TestGrandchild(t *testing.T) {
	c := start(t, "starts another", broker(t), &journal.Setup{Set: map[string]string{"linger.ms": "1"}})
	if err := c.cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, c.stderr.String())
	}
	if got, want := c.stdout.String(), " No such configuration property: \"linger.mss\"\n"; got != want {
		t.Errorf("the grandchild said %q, want %q", got, want)
	}
	if r := c.record(t); len(r.Events) != 1 || r.Events[0].Kind != tracer.MainDone {
		t.Errorf("recorded %q", texts(r))
	}
}

// A crash inside the client leaves the record up to it.
func TestCrash(t *testing.T) {
	c := start(t, "crashes", broker(t), &journal.Setup{})
	c.cmd.Wait() // freed memory: it may or may not crash
	all := texts(c.record(t))
	if len(all) < 5 || all[4] != "returned Close() ()" {
		t.Errorf("recorded %q", all)
	}
}

// firstLine waits for the child's first line of output.
func (c *child) firstLine(t testing.TB) string {
	t.Helper()
	line, err := bufio.NewReader(c.pipe).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}
