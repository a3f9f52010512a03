package lab

import (
	"fmt"
	"io"
	"sync"

	"kstep/tracer"
	"kstep/tracer/clientlog"
)

// The limits of what is kept of the child's output. The client's lines above
// the limit are counted, those that move messages are added up instead.
const (
	maxPrinted    = 2000 // lines of the program itself, of each stream
	maxPrintedLen = 4096 // bytes of one of them
	maxClient     = 4000 // lines of the client's log
)

// output takes what the child writes to stderr apart: its own lines, and the
// client's log.
type output struct {
	rec    *tracer.Recorder
	err    *clientlog.Splitter
	mu     sync.Mutex
	prints int
	client int
	sums   map[sumKey]*tracer.Event // above the limit: one event a kind and partition
	order  []sumKey
	left   map[tracer.Lane]int
}

type sumKey struct {
	kind      tracer.Kind
	topic     string
	partition int32
}

func newOutput(rec *tracer.Recorder) *output {
	o := &output{rec: rec, sums: map[sumKey]*tracer.Event{}, left: map[tracer.Lane]int{}}
	o.err = clientlog.NewSplitter(o.programs, func(_ string, e tracer.Event) { o.logged(e) })
	return o
}

func (o *output) stderr() io.Writer { return o.err }

// close hands on unfinished last lines and what was added up.
func (o *output) close() {
	o.err.Close()
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, k := range o.order {
		o.rec.Record(*o.sums[k])
	}
	o.thinned(tracer.Application, "lines that the program wrote to stderr were not kept")
	o.thinned(tracer.Client, "lines of the client's log were not kept one by one; what they say of messages was added up")
}

// thinned says how many lines of a lane were above the limit.
func (o *output) thinned(lane tracer.Lane, what string) {
	if n := o.left[lane]; n > 0 {
		o.rec.Record(tracer.Event{Lane: tracer.Lab, Kind: tracer.Thinned, Known: tracer.Observed, Count: n, Text: fmt.Sprintf("%d %s", n, what)})
	}
}

// programs takes a line of stderr that the splitter says is the program's.
func (o *output) programs(s string) {
	if _, ok := clientlog.Parse(s); ok {
		return // the client's own line, which is an event of its lane
	}
	o.mu.Lock()
	o.prints++
	keep := o.prints <= maxPrinted
	if !keep {
		o.left[tracer.Application]++
	}
	o.mu.Unlock()
	if !keep {
		return
	}
	o.rec.Record(line("stderr", s))
}

// line is the event of a line the program wrote.
func line(stream, s string) tracer.Event {
	kept := text([]byte(s), maxPrintedLen)
	if len(s) > maxPrintedLen {
		kept += "..."
	}
	return tracer.Event{At: tracer.Now(), Lane: tracer.Application, Kind: tracer.Printed, Known: tracer.Observed, Text: kept, Stream: stream}
}

func (o *output) logged(e tracer.Event) {
	e.At = tracer.Now()
	o.mu.Lock()
	o.client++
	keep := o.client <= maxClient
	if !keep {
		o.sum(e)
	}
	o.mu.Unlock()
	if keep {
		o.rec.Record(e)
	}
}

// sum adds a line above the limit to the others of its kind. Lines that say
// nothing of a message are only counted.
func (o *output) sum(e tracer.Event) {
	o.left[tracer.Client]++
	switch e.Kind {
	case tracer.Batched, tracer.Delivered, tracer.Failed, tracer.TimedOut, tracer.Purged, tracer.Partitioned:
	default:
		return
	}
	k := sumKey{e.Kind, e.Client.Topic, e.Client.Partition}
	s, ok := o.sums[k]
	if !ok {
		e.Count = 1
		o.sums[k], o.order = &e, append(o.order, k)
		return
	}
	s.Count++
	s.Client.Count += e.Client.Count
	s.Client.Bytes += e.Client.Bytes
	s.At = e.At
}
