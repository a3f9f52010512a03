// Package wire is the witness of the TCP connections between client and
// broker. It decodes frames into events and passes the bytes on unharmed.
//
// The decoder knows nothing of listeners and the tap nothing of Kafka's
// fields, so that a proxy in front of another cluster can use the decoder as
// the tap does. Frames pass the tap whole, both ways. Where faults are to
// happen, a connection is another type (faultconn.go), so that a run without them
// passes nothing that could change it.
//
//	frame.go     lengths: where a frame begins and ends
//	decoder.go   one connection's requests and responses
//	queue.go     which request a response answers
//	fields.go    what kstep shows of a frame's fields; secrets
//	produce.go   the fields of Produce
//	batch.go     record batches
//	claim.go     what compressed records claim to hold
//	metadata.go  the fields of Metadata, and the table of topic ids
//	errors.go    the error a response carries, by its name
//	tap.go       the listener: numbering, sealing, waiting for the end
//	conn.go      a tapped connection
//
//	fault.go     what can be done to a run, and its words
//	faultparse.go, faultnames.go   the words into a fault
//	faults.go    which fault happens at which frame, and what it waits for
//	faultconn.go a tapped connection to which faults may happen
//	faultpass.go, faultwriter.go   frames on their way through it
//	answer.go    answers in the broker's place
//	down.go      brokers that are down
//	faultlistener.go, keep_linux.go   listeners that can refuse
//	faultwords.go   what a learner reads of a fault that happened
//
// No bytes of a body are kept: an event holds names, numbers and checksums,
// never a key, a value, a header or a credential.
package wire
