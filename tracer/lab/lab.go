package lab

import (
	"context"
	"fmt"
	"os"
	"time"

	"kstep/tracer"
	"kstep/tracer/journal"
	"kstep/tracer/wire"
)

// Options say what to run and on what. The zero value of a field means its
// default.
type Options struct {
	Program    string             // the name the child looks its program up by; see RunIfChild
	Header     tracer.TraceHeader // lesson, variant, title and source; Run fills in the rest
	Brokers    int                // nodes of the cluster, default 1
	Topics     []tracer.Seed      // topics made before the program starts
	Set        []tracer.Setting   // client configuration laid over the program's own
	Faults     []string           // what is done to the run, in the words of wire.ParseFault
	Without    tracer.Without     // what is left out of the program; a line is one of Header.Program.File
	Timeout    time.Duration      // after which the program is ended, default 60 s
	Idle       time.Duration      // the program is ended when it has recorded nothing for so long since its first record; 0: for Timeout
	Command    []string           // a command to run in place of Program: a program of its own that imports kstep/tracer/kafka
	Executable string             // the binary to start as the child, default this one
	Started    func(pid int)      // told when the child runs; for progress and tests
}

// DefaultTimeout is how long a program may run.
const DefaultTimeout = 60 * time.Second

// clientDebug are librdkafka's debug contexts the client lane is made from
// (librdkafka CONFIGURATION.md, property debug).
const clientDebug = "broker,topic,metadata,msg,eos,protocol"

func (o Options) withDefaults() (Options, error) {
	if o.Brokers < 0 {
		return o, fmt.Errorf("a cluster has no %d nodes", o.Brokers)
	}
	if o.Brokers == 0 {
		o.Brokers = 1
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Executable == "" {
		exe, err := os.Executable()
		if err != nil {
			return o, fmt.Errorf("find kstep's own binary: %w", err)
		}
		o.Executable = exe
	}
	return o, nil
}

// Run runs the program to its end, whatever end that is, and returns the
// trace. A program that fails, hangs or is killed is no error: the trace says
// so. An error means that kstep could not run it, or that ctx was cancelled;
// the child is gone and the broker's ports are free when Run returns. Safe for
// concurrent use.
func Run(ctx context.Context, o Options) (*tracer.Trace, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	faults, err := parseFaults(o.Faults, o.Brokers)
	if err != nil {
		return nil, err
	}
	o.Faults = faultWords(faults)

	book, err := journal.Create()
	if err != nil {
		return nil, fmt.Errorf("make the record the program writes to: %w", err)
	}
	defer book.Close()

	rec := tracer.NewRecorder()
	tap := wire.NewTap(rec.Record)
	defer tap.Seal() // where nothing else does: nothing waits any more
	broker := &broker{}
	inject(tap, faults, o.Brokers, book, broker)
	if err := broker.start(tap, o); err != nil {
		return nil, err
	}
	defer broker.Close()

	stdout, err := journal.Scratch()
	if err != nil {
		return nil, err
	}
	defer stdout.Close()

	end, err := runChild(ctx, o, broker.Bootstrap(), book, stdout, newOutput(rec), rec)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	seal(ctx, tap, rec)
	return assemble(ctx, o, broker, book, stdout, rec, end)
}

// settle is how long the broker may take to finish what it had received when
// the program ended. It is never waited for in full unless a connection hangs.
const settle = 20 * time.Second

// seal waits until the broker has handled everything the program sent, or ctx
// ends, then ends the wire lane: connections from now on are kstep's own.
func seal(ctx context.Context, tap *wire.Tap, rec *tracer.Recorder) {
	ctx, cancel := context.WithTimeout(ctx, settle)
	defer cancel()
	if err := tap.Idle(ctx); err != nil {
		rec.Record(tracer.Event{Lane: tracer.Lab, Kind: tracer.Noted, Known: tracer.Observed,
			Text: "a connection of the program was still open after its end; what it carried later is not recorded"})
	}
	tap.Seal()
}
