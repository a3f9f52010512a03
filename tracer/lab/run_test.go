package lab

// An ordinary run: every lane is there, and the account balances.

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
)

func TestOrdinaryRun(t *testing.T) {
	tr := record(t, Options{
		Program: "ordinary",
		Header:  tracer.TraceHeader{Lesson: "l", Title: "T", Program: tracer.Program{File: "p.go", Source: "s"}},
		Topics:  []tracer.Seed{{Topic: "t", Partitions: 1}},
		Set:     []tracer.Setting{{Key: "linger.ms", Value: "1"}, {Key: "sasl.password", Value: "geheim"}},
	})
	want := tracer.TraceHeader{
		Lesson: "l", Title: "T", Program: tracer.Program{File: "p.go", Source: "s"}, Brokers: 1, Cluster: "embedded",
		Settings: []tracer.Setting{{Key: "linger.ms", Value: "1"}, {Key: "sasl.password", Value: "(redacted)"}},
		Topics:   []tracer.Seed{{Topic: "t", Partitions: 1}},
	}
	if d := cmp.Diff(want, tr.Header); d != "" {
		t.Errorf("header: want (-), got (+)\n%s", d)
	}
	if d := cmp.Diff([]string{"+NewProducer", "NewProducer", "Produce", "+Flush", "Flush"}, calls(tr)); d != "" {
		t.Errorf("calls: want (-), got (+)\n%s", d)
	}
	if d := cmp.Diff([]string{"to stdout"}, printed(tr, "stdout")); d != "" {
		t.Errorf("stdout: want (-), got (+)\n%s", d)
	}
	if d := cmp.Diff([]string{"to stderr"}, printed(tr, "stderr")); d != "" {
		t.Errorf("stderr, without the client's log: want (-), got (+)\n%s", d)
	}
	if exit := exitOfTrace(t, tr); exit != (tracer.Exit{}) {
		t.Errorf("exit: %+v", exit)
	}
	for _, kind := range []tracer.Kind{tracer.Started, tracer.AddressReplaced, tracer.SettingChanged, tracer.MainDone, tracer.Batched, tracer.Delivered, tracer.ConnectionOpened, tracer.ConnectionClosed, tracer.Logged, tracer.Watermark} {
		if len(of(tr, kind)) == 0 {
			t.Errorf("no event of kind %q", kind)
		}
	}
	holdsTimeAndNumbers(t, tr)
	holdsNoAddress(t, tr)
}

// The message's one record is the one the broker answered for.
func TestLedgerOfOneMessage(t *testing.T) {
	tr := record(t, Options{Program: "ordinary", Topics: []tracer.Seed{{Topic: "t", Partitions: 1}}})
	l := tracer.Balance(tr)
	if l.Produced != 1 || l.Delivered != 1 || l.Records != 1 || l.InLog != 1 || l.Foreign != 0 || !l.LogWasRead {
		t.Errorf("ledger: %+v", l)
	}
	record := of(tr, tracer.Logged)[0].Record
	if d := cmp.Diff(&tracer.Record{Topic: "t", Value: &tracer.Payload{Text: "one", Size: 3}, CRC: tracer.CRC(nil, []byte("one")), Message: 1}, record); d != "" {
		t.Errorf("the log's record: want (-), got (+)\n%s", d)
	}
	if d := cmp.Diff(&tracer.Record{Topic: "t", High: 1}, of(tr, tracer.Watermark)[len(of(tr, tracer.Watermark))-1].Record); d != "" {
		t.Errorf("the watermarks: want (-), got (+)\n%s", d)
	}
	for _, e := range of(tr, tracer.Response) {
		if e.Frame.API == "Produce" && e.Frame.Batches[0].BaseOffset != record.Offset {
			t.Errorf("the broker answered offset %d, its log says %d", e.Frame.Batches[0].BaseOffset, record.Offset)
		}
	}
}

// holdsTimeAndNumbers: the trace is numbered and its times are of the run.
func holdsTimeAndNumbers(t *testing.T, tr *tracer.Trace) {
	t.Helper()
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Seq != i+1 || e.At < 0 || e.At > patience.Nanoseconds() {
			t.Fatalf("event %d has the number %d and the time %d", i+1, e.Seq, e.At)
		}
	}
}

// holdsNoAddress: ports differ from run to run and are none of the program's.
func holdsNoAddress(t *testing.T, tr *tracer.Trace) {
	t.Helper()
	var b strings.Builder
	if err := tracer.Write(&b, tr); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(b.String(), "\n") {
		if strings.Contains(line, "127.0.0.1:") {
			t.Errorf("an address of the lab is in the trace: %s", line)
		}
	}
}

// A process that the program starts is not traced, and sees nothing of it; the
// program's own input is empty.
func TestProgramsOwnChildIsNotTraced(t *testing.T) {
	tr := record(t, Options{Program: "look"})
	if d := cmp.Diff([]string{"0 0 <nil>", `stdin "" <nil>`}, printed(tr, "stdout")); d != "" {
		t.Errorf("variables and journals that it sees: want (-), got (+)\n%s", d)
	}
}

// A program that never calls the client has a trace all the same.
func TestProgramWithoutAClient(t *testing.T) {
	tr := record(t, Options{Program: "nothing", Topics: []tracer.Seed{{Topic: "t", Partitions: 2}}})
	if len(calls(tr)) != 0 || tr.Header.Partial != "" || len(of(tr, tracer.MainDone)) != 1 || len(of(tr, tracer.Watermark)) != 2 {
		t.Errorf("partial %q, events %+v", tr.Header.Partial, tr.Events)
	}
}

func TestUnknownProgram(t *testing.T) {
	tr := record(t, Options{Program: "no such program"})
	if exit := exitOfTrace(t, tr); exit.Code != 2 {
		t.Errorf("exit: %+v", exit)
	}
	if d := cmp.Diff([]string{`kstep: no program "no such program" in this binary`}, printed(tr, "stderr")); d != "" {
		t.Errorf("stderr: want (-), got (+)\n%s", d)
	}
}
