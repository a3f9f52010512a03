// Package tracer is the core of kstep: what a trace is and what follows from
// it. It imports only the standard library and never talks to Kafka.
//
// The way of the data, a file a noun:
//
//	event.go     one fact of a run, and the details a fact can have
//	clock.go     the one clock of all lanes
//	recorder.go  the one door through which events of the lab and the tap come in
//	order.go     many lanes into one order, by cause before clock
//	reports.go   where the client's reports stand in that order
//	trace.go     header and events: the record of a run
//	read.go      a trace from a file, with limits; write.go the way back
//	state.go     the fold: what is where after each event; settle.go what the client's log does not tell
//	cause.go     where rows stand: batch by batch, between deeds of the program
//	exchange.go  rows of producer ids and transactions
//	permanent.go errors of the broker after which messages are given up
//	hindered.go  rows of faults at what is asked before a batch can be sent
//	row.go       rows with addresses (3, 3.2): calls, and what happened meanwhile
//	collapse.go  many like rows as one
//	ledger.go    what became of each message, and the law that none is unaccounted for; covers.go
//	             which records hold it, logorder.go in which order
//	claim.go     sentences with predicates, held against rows
//	query.go     the words in which predicates ask
//	diff.go      what differs between two states
package tracer
