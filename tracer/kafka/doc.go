//go:build cgo

// Package kafka is a drop-in for confluent-kafka-go's package kafka: a program
// changes its import path and nothing else, and every call it makes on a
// Producer is recorded. Every other name is the real package's own (an alias).
//
// Where no lab started the process (journal.Process is nil), every call goes
// straight to the real client. Otherwise the wrapper
//
//   - gives the client the lab's broker in place of the program's, changes the
//     settings the lab asks for, and says so (config.go),
//   - writes each call of a Producer to the journal (call.go, produce.go),
//   - leaves out the calls of one line, or one setting, where the lab asks for
//     that (leaveout.go),
//   - answers for a client that was closed where the real one would crash or
//     hang, and marks the event Guarded (gate.go).
//
// It observes and does not disturb: errors, reports, their order and the
// caller's Opaque are the real client's, nothing stands between the program and
// Events() or a delivery channel, and no goroutine is started.
//
// What it cannot see: messages sent through ProduceChannel(), and calls of a
// Consumer or an AdminClient. After Close, ProduceChannel() still returns the
// client's closed channel, and sending on it panics, as it does untraced: a
// channel cannot be guarded without a relay.
//
// Close waits, for at most closeWait, until calls that other goroutines are
// still inside have left the client, because the real Close frees it under
// them (confluent-kafka-go v2.15.0 kafka/producer.go:407-424).
package kafka

//go:generate go run ./internal/gen
