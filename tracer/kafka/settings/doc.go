// Package settings knows which settings a producer of confluent-kafka-go
// v2.15.0 (librdkafka v2.15.0) has, and asks the client itself whether a value
// is acceptable, without a broker, a connection or a thread.
//
//	names.go    which settings there are, from names.txt
//	check.go    whether a set of them is acceptable
//	trial.go    how the client is asked without starting it
//	value.go    text into what NewProducer wants for a setting
//	nearest.go  the setting somebody may have meant
//	pairs.go    key=value from a command line
//	error.go    what was refused and why
//
// What two settings say together (acks=1 with enable.idempotence=true) is not
// judged here: the program's own settings take part in that, and the client's
// refusal when the producer is made is worth seeing in a trace.
package settings
