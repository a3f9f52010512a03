// Package wire is the witness of the TCP connections between client and
// broker. It decodes frames into events and passes the bytes on unharmed.
//
// The decoder knows nothing of listeners and the tap nothing of Kafka's
// fields, so that a proxy in front of another cluster can use the decoder as
// the tap does. Frames pass the tap whole, both ways, at one place each
// (conn.go), which is where a fault would hold or drop them.
//
//	frame.go     lengths: where a frame begins and ends
//	decoder.go   one connection's requests and responses, in order
//	produce.go   the fields of Produce
//	metadata.go  the fields of Metadata, and the table of topic ids
//	errors.go    the error a response carries, by its name
//	tap.go       the listener: numbering, sealing, waiting for the end
//	conn.go      a tapped connection
package wire
