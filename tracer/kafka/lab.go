//go:build cgo

// This process's side of the lab: its journal, and the producers it has made.

package kafka

import (
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/site"
)

// lab is what all producers of a traced process share.
type lab struct {
	setup journal.Setup
	w     *journal.Writer // nil: nothing can be recorded
	sites *site.Table
	calls atomic.Int64 // IDs of calls

	leaveOut *journal.LeaveOut // nil: every call is made
	left     counter           // calls left out so far, of those that are told one by one
	leftMore sync.Once         // tells that there are more

	mu        sync.Mutex
	producers int // made so far
	traces    []*trace
}

// current is nil when no lab started this process. It is set before main runs,
// so that the lab's variable is gone before the program starts a child.
var current = enter(journal.Process())

func enter(p *journal.Program) *lab {
	if p == nil {
		return nil
	}
	l := &lab{setup: p.Setup, w: p.Writer}
	l.sites = &site.Table{Wrapper: wrapperPrefix()}
	if l.w != nil {
		l.sites.Number = l.w.Site
		l.leaveOut = p.Setup.LeaveOut // what cannot be recorded is not left out either
	}
	journal.AtEnd(l.mainDone)
	return l
}

// wrapperPrefix is how the names of this package's functions begin. Its tests'
// functions count as the program's.
func wrapperPrefix() string { return "kstep/tracer/kafka.(*Producer)." }

// add gives a new producer its number and its trace.
func (l *lab) add(client *realProducer) *trace {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.producers++
	if l.w == nil {
		return nil
	}
	t := &trace{lab: l, number: l.producers, client: client}
	t.gate.left = make(chan struct{}, 1)
	l.traces = append(l.traces, t)
	return t
}

// mainDone records that the program's main returned, with what each producer
// still holds. The lab's harness runs it (journal.End).
func (l *lab) mainDone() {
	l.mu.Lock()
	traces := slices.Clone(l.traces)
	l.mu.Unlock()
	if len(traces) == 0 {
		traces = append(traces, nil)
	}
	for _, t := range traces {
		c := tracer.Call{Name: "main"}
		if t != nil {
			c.Producer, c.After = t.number, t.queues()
		}
		c.Printed = printed()
		at := tracer.Now()
		c.Began = at
		l.w.Event(&tracer.Event{At: at, Lane: tracer.Application, Kind: tracer.MainDone, Known: tracer.Observed, Call: &c})
	}
}

// note records what the lab did to the program, or what a reader must know.
func (l *lab) note(kind tracer.Kind, text string) {
	l.w.Event(&tracer.Event{At: tracer.Now(), Lane: tracer.Lab, Kind: kind, Known: tracer.Observed, Text: text})
}

// hide takes the lab's own addresses out of a text: their ports differ from
// run to run, and are none of the program's.
func (l *lab) hide(text string) string {
	for addr := range strings.SplitSeq(l.setup.Bootstrap, ",") {
		if addr = strings.TrimSpace(addr); addr != "" {
			text = strings.ReplaceAll(text, addr, labBroker)
		}
	}
	return text
}

// printed is how many bytes the process has written to standard output, which
// the lab makes a file: between which two calls the program printed a line is
// then a fact and no matter of clocks. 0 where standard output is no file.
func printed() int64 {
	n, err := syscall.Seek(syscall.Stdout, 0, io.SeekCurrent)
	if err != nil {
		return 0
	}
	return n
}
