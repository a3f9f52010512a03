// Package clientlog turns the log lines that librdkafka writes to stderr into
// events of the client lane.
//
// The client's default log printer writes one line an entry,
// "%LEVEL|SEC.MSEC|TAG|NAME| MESSAGE" (librdkafka v2.15.0 src/rdkafka.c,
// rd_kafka_log_print), on the same file descriptor the program writes its own
// words to. Splitter tells the two apart, Parse reads one line of the client.
//
//	splitter.go  a stream of stderr into lines of the program and of the client
//	parse.go     one line of the client into its parts
//	kinds.go     what a line says happened, by tag and wording
//	match.go     the small pattern language kinds.go is written in
//	words.go     wording that is the same in every run
//
// What the log says is Reported, never Observed. It is also not complete:
// messages purged before the topic was known, and messages whose retries are
// used up, get their delivery report without a line that counts them.
package clientlog
