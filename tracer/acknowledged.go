package tracer

// acknowledged are the messages, by number, that a Produce request carried
// which the broker answered without error and whose answer reached the client.
// It joins requests to messages by the CRC of key and value. It is nil where
// that cannot tell message from message: two are equal, calls were recorded as
// a run, a request's records were not all read, or no answer was asked for.
func acknowledged(t *Trace, produced []*Call) map[int]bool {
	numbers := numbersOf(produced)
	if numbers == nil {
		return nil
	}
	acked := map[int]bool{}
	requests := map[flight]*Frame{}
	for i := range t.Events {
		e := &t.Events[i]
		if e.Lane != Wire || e.Frame == nil || e.Frame.API != "Produce" {
			continue
		}
		key := flight{e.Frame.Connection, int(e.Frame.Correlation)}
		if e.Kind == Request {
			if !legible(e.Frame) {
				return nil
			}
			requests[key] = e.Frame
			continue
		}
		for _, answer := range e.Frame.Batches {
			if !taken(answer.Error) || requests[key] == nil {
				continue
			}
			for _, b := range requests[key].Batches {
				if b.Topic != answer.Topic || b.Partition != answer.Partition {
					continue
				}
				for _, crc := range b.CRCs {
					acked[numbers[sameContent{b.Topic, crc}]] = true
				}
			}
		}
	}
	delete(acked, 0) // records that are none of the program's
	return acked
}

// numbersOf are the messages' numbers by their content; nil where two are equal
// or calls were recorded as a run.
func numbersOf(produced []*Call) map[sameContent]int {
	numbers := map[sameContent]int{}
	for _, c := range produced {
		k := sameContent{c.Message.Topic, c.Message.CRC}
		if c.N() > 1 || numbers[k] != 0 {
			return nil
		}
		numbers[k] = c.Message.Number
	}
	return numbers
}

// carried are the messages, by number, that a Produce request carries, as far
// as its records were read.
func carried(f *Frame, numbers map[sameContent]int) []int {
	var out []int
	for _, b := range f.Batches {
		for _, crc := range b.CRCs {
			if n := numbers[sameContent{b.Topic, crc}]; n > 0 {
				out = append(out, n)
			}
		}
	}
	return out
}

// sameContent is what the log and the wire know a message by.
type sameContent struct {
	topic string
	crc   uint32
}

// legible tells whether the request asks for an answer and all its records were
// read.
func legible(f *Frame) bool {
	if f.Acks != nil && *f.Acks == 0 {
		return false
	}
	for _, b := range f.Batches {
		if len(b.CRCs) != b.Records {
			return false
		}
	}
	return true
}

// taken tells whether the broker has the batch: it appended it, or had it
// already (librdkafka v2.15.0, INTRODUCTION.md, Idempotent Producer).
func taken(err string) bool { return err == "" || err == "DUPLICATE_SEQUENCE_NUMBER" }
