// Package view decides what a reader sees of a run: a Document of blocks,
// without a byte of any format. It reads rows (tracer.Rows) and claims, and but
// for mode perf's Waits never an event's clock: what it says is the same for
// every run that did the same.
//
//	document.go   the Document and its blocks, the contract with render
//	lesson.go     what a lesson brings: promise, claims, questions
//	modes.go      the modes: lists of blocks over one trace
//	build.go      what stands above the blocks, and the small ones
//	flow.go       Process Flow            code.go      Execution Sample
//	process.go    Process Table           tracker.go   Status Tracker
//	ledger.go     Message Ledger          sequence.go  Sequence
//	moments.go    Key Moments             snapshot.go  Concept Snapshot
//	transcript.go Full Transcript         twins.go     Twin Runs, as far as they are cited
//	short.go      mode learn: the short Process Table, and few questions
//	record.go     mode deep: the Full Record, every event
//	challenge.go  mode challenge: questions, and the evidence after them
//	recall.go     mode recall: questions and cards
//	costs.go      mode perf: Step Costs and those of the Twin Runs; costsum.go
//	              says what they come to, otherrequests.go counts what is not
//	              Produce, took.go is the one file that reads a clock
//	terms.go      Terms, and where sentences link to them
//	exchange.go   requests other than Produce, in words
//	fault.go      what kstep did to the run, in words
//	differences.go what two runs do not have in common; align.go pairs their
//	              rows, compared.go holds the other parts, diffpage.go is the page
//	cells.go      a document as flat, addressed texts; tally.go counts those of
//	              several runs, varies.go is what a lesson says of them
//	waits.go      calls whose return is told after what they waited for
//	words.go      wording that all of them share; cited.go the rows of a finding
package view
