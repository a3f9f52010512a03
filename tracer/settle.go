package tracer

import "strings"

// What becomes of messages of which the client's log does not tell.

// settle gives a fate to what the client no longer holds though its log never
// said which: the log has no line for the reports of acks=0, of messages purged
// before their topic was known or by an abort, and of messages whose retries are
// used up. What was on the wire counts as delivered, as its report says with
// acks=0; what was not, as failed, or under a call that purges, as purged.
func (f *Folder) settle(call string) {
	s := &f.State
	s.Delivered += s.InFlight + s.Answered
	if call == "Purge" || call == "AbortTransaction" {
		s.Purged += s.Queued + s.Batched
	} else {
		s.Failed += s.Queued + s.Batched
	}
	s.Queued, s.Batched, s.InFlight, s.Answered = 0, 0, 0, 0
}

// asked is a time at which, or after which, the client was asked for the queues
// that a call came back with: after it, but for Len, which is the question. A
// message that another goroutine hands over meanwhile is in none of them yet.
func asked(e *Event) int64 {
	if e.Call.Name == "Len" {
		return e.Call.Began
	}
	return e.At
}

// purge removes what Purge was asked to: a call that waits has removed it all
// when it comes back, and what its reports are in by then is an accident
// (librdkafka v2.15.0, src/rdkafka.h, rd_kafka_purge). Its log counts only the
// messages of partitions that a broker's thread has.
func (f *Folder) purge(c *Call) {
	s, flags := &f.State, ""
	for _, v := range c.Args {
		if v.Name == "flags" {
			flags = v.Text
		}
	}
	if strings.Contains(flags, "PurgeNonBlocking") {
		return
	}
	if strings.Contains(flags, "PurgeQueue") {
		s.Purged += s.Queued + s.Batched
		s.Queued, s.Batched = 0, 0
	}
	if strings.Contains(flags, "PurgeInFlight") {
		s.Purged += s.InFlight
		s.InFlight = 0
	}
}

// closed drops what is still in the client: Close does not flush
// (confluent-kafka-go v2.15.0 kafka/producer.go:407).
func (f *Folder) closed(producer int) {
	s := &f.State
	open := 0
	for i := range s.Producers {
		h := &s.Producers[i]
		if h.Number == producer {
			h.Open, h.Closed = false, true
		}
		if h.Open {
			open++
		}
	}
	if open == 0 {
		f.lose()
		f.disconnect()
	}
}

// lose counts every message without a report as lost.
func (f *Folder) lose() {
	s := &f.State
	s.Lost += s.Undelivered()
	s.Queued, s.Batched, s.InFlight, s.Answered = 0, 0, 0, 0
}
