//go:build cgo

// Programs that the tests run in a process of their own.

package kafka_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/goleak"

	"kstep/tracer/journal"
	"kstep/tracer/kafka"
)

// childEnv names the program that a re-executed test binary runs, and
// brokerEnv the broker of one that is not traced.
const (
	childEnv  = "KSTEP_TEST_PROGRAM"
	brokerEnv = "KSTEP_TEST_BROKER"
)

// programs are the programs a child can run; they exit by themselves.
var programs = map[string]func(){}

func TestMain(m *testing.M) {
	if name := os.Getenv(childEnv); name != "" {
		programs[name]()
		journal.End()
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// broker starts an embedded broker with the topic "t" of one partition.
func broker(t testing.TB) string {
	t.Helper()
	c, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, "t"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c.ListenAddrs()[0]
}

// child is a program in a process of its own.
type child struct {
	cmd    *exec.Cmd
	book   *os.File  // nil where it is not traced
	pipe   io.Reader // its stdout, where a test reads that while the child runs
	stdout bytes.Buffer
	stderr bytes.Buffer
}

// start starts a program; with a setup it is traced.
func start(t testing.TB, program, broker string, setup *journal.Setup, options ...func(*child)) *child {
	t.Helper()
	c := &child{cmd: exec.Command(os.Args[0])}
	c.cmd.Env = append(os.Environ(), childEnv+"="+program, brokerEnv+"="+broker)
	c.cmd.Stdout, c.cmd.Stderr = &c.stdout, &c.stderr
	for _, option := range options {
		option(c)
	}
	if setup != nil {
		book, err := journal.Create()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { book.Close() })
		c.book = book
		setup.Journal, setup.Bootstrap = 3, broker
		c.cmd.Env = append(c.cmd.Env, journal.Environ(*setup))
		c.cmd.ExtraFiles = []*os.File{book}
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// withPipe lets the test read the child's stdout while it runs.
func withPipe(c *child) {
	c.cmd.Stdout = nil
	c.pipe, _ = c.cmd.StdoutPipe()
}

// record is what the child has written so far.
func (c *child) record(t testing.TB) *journal.Record {
	t.Helper()
	r, err := journal.Read(c.book)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// traced makes the test's process a traced one, and returns what is recorded.
func traced(t testing.TB, setup journal.Setup) (record func() *journal.Record) {
	t.Helper()
	book, err := journal.Create()
	if err != nil {
		t.Fatal(err)
	}
	w, err := journal.Open(book)
	if err != nil {
		t.Fatal(err)
	}
	leave := kafka.EnterLab(&journal.Program{Setup: setup, Writer: w})
	t.Cleanup(func() {
		leave()
		book.Close()
	})
	return func() *journal.Record {
		t.Helper()
		r, err := journal.Read(book)
		if err != nil {
			t.Fatal(err)
		}
		if r.Lost != 0 || r.Unfinished != 0 || r.Trouble != "" {
			t.Errorf("the record has %d lost, %d unfinished, trouble %q", r.Lost, r.Unfinished, r.Trouble)
		}
		return r
	}
}
