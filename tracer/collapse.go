package tracer

// What is many and alike becomes one row: calls from one line, and rows under one
// call.

// mergeFrom is how many like calls from one line in a row become one row.
const mergeFrom = 6

// collapseFrom is how many rows under one call are collapsed into one a kind.
const collapseFrom = 13

// collapseFaulted is the same for a run that faults were done to: what a fault
// leads to is a matter of single requests.
const collapseFaulted = 49

// collapse makes one row a kind where a call has too many rows under it.
func collapse(rows []Row, limit int) []Row {
	if len(rows) < limit {
		return rows
	}
	var out []Row
	at := map[RowKind]int{}
	for _, r := range rows {
		i, ok := at[r.Kind]
		if !ok {
			at[r.Kind] = len(out)
			out = append(out, r)
			continue
		}
		out[i].Count += r.Count
		out[i].Evidence = append(out[i].Evidence, r.Evidence...)
		out[i].After = r.After
		out[i].Messages = append(out[i].Messages, r.Messages...)
	}
	return out
}

// timedOutToo adds messages to the row above where more of the same partition
// timed out with nothing in between. The client looks for such messages once a
// second (librdkafka v2.15.0, src/rdkafka.c, rd_kafka_topic_scan_tmr_cb): how
// many looks it took is an accident of a run.
func (b *builder) timedOutToo(e *Event) bool {
	r := b.lastUnder()
	if r == nil || r.Kind != RowReport || r.Event.Kind != TimedOut || e.Client == nil || r.Event.Client == nil ||
		r.Event.Client.Topic != e.Client.Topic || r.Event.Client.Partition != e.Client.Partition {
		return false
	}
	r.Evidence = append(r.Evidence, e)
	r.After = b.fold.State.clone()
	b.last = r.After
	return true
}

// likeCalls finds runs of at least mergeFrom calls that differ in nothing a
// table would show, and maps each call's ID to the ID of its run's first.
func likeCalls(events []Event) map[int]int {
	runs := map[int]int{}
	var run []*Call
	flush := func() {
		if len(run) >= mergeFrom || len(run) > 1 && run[len(run)-1].Count > 1 {
			for _, c := range run {
				runs[c.ID] = run[0].ID
			}
		}
		run = run[:0]
	}
	for i := range events {
		c := events[i].Call
		if events[i].Kind != Returned || c == nil {
			continue
		}
		if len(run) > 0 && !alike(run[0], c) {
			flush()
		}
		run = append(run, c)
	}
	flush()
	return runs
}

func alike(a, b *Call) bool {
	if a.Name != b.Name || a.Producer != b.Producer || (a.Error == nil) != (b.Error == nil) || a.Site == nil || b.Site == nil || *a.Site != *b.Site {
		return false
	}
	if a.Error != nil && a.Error.Code != b.Error.Code {
		return false
	}
	if (a.Message == nil) != (b.Message == nil) {
		return false
	}
	return a.Message == nil || a.Message.Topic == b.Message.Topic && a.Message.Partition == b.Message.Partition
}
