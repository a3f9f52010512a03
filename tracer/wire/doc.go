// Package wire is the witness of the TCP connections between client and
// broker. It decodes frames into events and passes the bytes on unharmed.
//
// The decoder knows nothing of listeners and the tap nothing of Kafka's
// fields, so that a proxy in front of another cluster can use the decoder as
// the tap does. Frames pass the tap whole, both ways, at one place each
// (conn.go: request and response), which is where a fault would hold or drop
// them.
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
// No bytes of a body are kept: an event holds names, numbers and checksums,
// never a key, a value, a header or a credential.
package wire
