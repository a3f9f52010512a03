package view

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer"
)

// texts are the cells of a table, a line a row.
func texts(t Table) []string {
	var out []string
	for _, r := range t.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, strings.ReplaceAll(c.Text, "\n", " "))
		}
		out = append(out, strings.Join(cells, " | "))
	}
	return out
}

// The costs of a committed trace: by step, all together, and beside its twins.
func TestCosts(t *testing.T) {
	d := inMode(t, "perf", lesson())
	for id, want := range map[string][]string{
		"step-costs": {"1 | NewProducer() line 11 | 0 | 0 | - | 0", "2 | Produce() line 19 | 0 | 0 | - | 0",
			"3 | Flush() line 28 | 1 | 1 | 1 | 125", "4 | exit | 0 | 0 | - | 0", "all |  | 1 | 1 | 1 | 125"},
		"twin-costs":     {"this run | 1 | 1 | 1 | 125 | 1", "no-flush | 0 | 0 | - | 0 | 0", "await-report | 1 | 1 | 1 | 125 | 1"},
		"other-requests": {"ApiVersions | 3.1 | 2 | 98 | 2 | 1,588", "Metadata | 3.1 | 2 | 78 | 2 | 166", "GetTelemetrySubscriptions | - | 1 | 39 | 1 | 53"},
	} {
		if d := cmp.Diff(want, texts(block[Table](t, d, id))); d != "" {
			t.Errorf("%s: %s", id, d)
		}
	}
	var said []string
	for _, c := range block[List](t, d, "cost-summary").Items {
		said = append(said, c.Text+" "+Cited(c.Rows))
	}
	want := []string{
		"1 record left in 1 Produce request. row 3.3",
		"The messages' keys and values are 9 bytes; the requests have 125. rows 2, 3.3",
		"1 round trip: 1 Produce request that was answered. row 3.4",
		"The twin no-flush sent 0 records in 0 Produce requests: 125 bytes less and 1 round trip less. rows no-flush 1, no-flush 2, no-flush 3",
		"The twin await-report sent 1 record in 1 Produce request: the same bytes and the same round trips. row await-report 2.3",
	}
	if d := cmp.Diff(want, said); d != "" {
		t.Error(d)
	}
}

// wireTrace is a run of Produce calls and a Flush: two requests of three and two
// records, the second lost and sent again, and a producer id asked for twice.
func wireTrace() *tracer.Trace {
	tr := &tracer.Trace{}
	add := func(e tracer.Event) {
		e.Seq, e.At, e.Known = len(tr.Events)+1, int64(len(tr.Events)+1)*1_000_000, tracer.Observed
		tr.Events = append(tr.Events, e)
	}
	call := func(kind tracer.Kind, c tracer.Call) {
		if c.Producer = 1; c.Began == 0 {
			c.Began = int64(len(tr.Events)+1) * 1_000_000
		}
		add(tracer.Event{Lane: tracer.Application, Kind: kind, Call: &c})
	}
	frame := func(kind tracer.Kind, api string, correlation int32, bytes, records int) {
		f := &tracer.Frame{Connection: 1, API: api, Correlation: correlation, Bytes: bytes}
		if api == "Produce" {
			f.Batches = []tracer.Batch{{Topic: "t", Records: records, ProducerID: -1}}
		}
		add(tracer.Event{Lane: tracer.Wire, Kind: kind, Frame: f})
	}
	message := &tracer.Message{Topic: "t", Key: &tracer.Payload{Size: 1}, Value: &tracer.Payload{Size: 2}}
	call(tracer.Returned, tracer.Call{ID: 1, Name: "NewProducer"})
	call(tracer.Returned, tracer.Call{ID: 2, Name: "Produce", Message: message, Count: 5, Bytes: 15})
	call(tracer.Called, tracer.Call{ID: 3, Name: "Flush"})
	for i := range int32(2) {
		frame(tracer.Request, "InitProducerID", 1+i, 40, 0)
		frame(tracer.Response, "InitProducerID", 1+i, 20, 0)
	}
	frame(tracer.Request, "Produce", 3, 300, 3)
	frame(tracer.Response, "Produce", 3, 50, 0)
	frame(tracer.Request, "Produce", 4, 200, 2)
	frame(tracer.Request, "Produce", 5, 200, 2)
	frame(tracer.Response, "Produce", 5, 50, 0)
	call(tracer.Returned, tracer.Call{ID: 3, Name: "Flush", Began: 3_000_000, Results: []tracer.Value{{Text: "0"}}})
	add(tracer.Event{Lane: tracer.Lab, Kind: tracer.Exited, Exit: &tracer.Exit{}})
	return tr
}

// A request that is sent again costs again; an answer that did not come is no
// round trip, and one that says "ask again" is.
func TestCostsOfWhatIsSentAgain(t *testing.T) {
	m, _ := FindMode("perf")
	d := BuildMode(tracer.NewRuns(wireTrace()), Lesson{}, m)
	want := []string{"1 | NewProducer() | 0 | 0 | - | 0", "2 | Produce() x 5 | 0 | 0 | - | 0", "3 | Flush() | 3 | 7 | 2.3 | 700", "4 | exit | 0 | 0 | - | 0", "all |  | 3 | 7 | 2.3 | 700"}
	if d := cmp.Diff(want, texts(block[Table](t, d, "step-costs"))); d != "" {
		t.Error(d)
	}
	var said []string
	for _, c := range block[List](t, d, "cost-summary").Items {
		said = append(said, c.Text)
	}
	want = []string{"7 records left in 3 Produce requests: 2.3 a request.", "The messages' keys and values are 15 bytes; the requests have 700.",
		"4 round trips: 2 Produce requests that were answered, and 2 for a producer id or a step of a transaction."}
	if d := cmp.Diff(want, said); d != "" {
		t.Error(d)
	}
	want = []string{"1 | NewProducer() | 0 | under 1 ms | about 1 ms", "2 | Produce() x 5 | 0 | under 1 ms | about 1 ms", "3 | Flush() | 4 | about 10 ms | about 1 ms"}
	if d := cmp.Diff(want, texts(block[Table](t, d, "waits"))); d != "" {
		t.Error(d)
	}
}

// A run that sends nothing costs nothing, and says so.
func TestNoCosts(t *testing.T) {
	tr := &tracer.Trace{Events: []tracer.Event{{Seq: 1, Lane: tracer.Application, Kind: tracer.Called, Known: tracer.Observed, Call: &tracer.Call{ID: 1, Name: "NewProducer", Producer: 1}}}}
	m, _ := FindMode("perf")
	d := BuildMode(tracer.NewRuns(tr), Lesson{}, m)
	if got := block[List](t, d, "cost-summary").Items[0]; got.Text != "No Produce request left." || len(got.Rows) != 1 {
		t.Errorf("%+v", got)
	}
	if d := cmp.Diff([]string{"1 | NewProducer() | 0 | had not returned | -"}, texts(block[Table](t, d, "waits"))); d != "" {
		t.Error(d)
	}
}

// No mode but perf has a time in it: two runs that differ in their clock alone
// have the same pages.
func TestNoTimeOutsidePerf(t *testing.T) {
	for _, m := range Modes() {
		tr := load(t, "first-message")
		want := Cells(BuildMode(tracer.NewRuns(tr), lesson(), m))
		for i := range tr.Events {
			tr.Events[i].At *= 1000
			if c := tr.Events[i].Call; c != nil {
				c.Began *= 1000
			}
		}
		same := cmp.Equal(want, Cells(BuildMode(tracer.NewRuns(tr), lesson(), m)))
		if same == (m.Name == "perf") {
			t.Errorf("mode %s: the same pages at another pace: %t", m.Name, same)
		}
	}
}

func TestRounded(t *testing.T) {
	const ms = 1_000_000
	for ns, want := range map[int64]string{
		0: "under 1 ms", 999_999: "under 1 ms", ms: "about 1 ms", 9*ms + ms/2 - 1: "about 9 ms", 10 * ms: "about 10 ms", 14 * ms: "about 10 ms",
		15 * ms: "about 20 ms", 94 * ms: "about 90 ms", 96 * ms: "about 100 ms", 104 * ms: "about 100 ms", 949 * ms: "about 900 ms", 951 * ms: "about 1.0 s",
		1_234 * ms: "about 1.2 s", 15_100 * ms: "about 15 s", -1: "not known", 1<<63 - 1: "about 9,223,372,037 s",
	} {
		if got := rounded(ns); got != want {
			t.Errorf("%d ns is %q, want %q", ns, got, want)
		}
	}
}
